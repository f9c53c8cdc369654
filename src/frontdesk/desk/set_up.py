"""The guided first set-up as the desk knows it: its steps and fields. What writes and what examines is handed in.

Each step is one table of the settings file. A field left empty keeps what is there, so a secret is never sent to the
browser, and nothing is lost by going back.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from frontdesk.desk.words import Words

SET_UP: Final = "/desk/setup"
DONE: Final = "done"
WEBHOOKS: Final = "service"

Changes = Mapping[str, str]
"""By the key in its table; what is empty is left as it is."""


class BadSetUp(ValueError):
    """The file can't be written like this; the text says which key and why, and holds no secret."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's. `state` is ok, warning or broken."""

    state: str
    check: str
    seen: str
    cure: str


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the pages act by. `written` tells what the file says in a table; a secret only, that it is there.

    `keep` writes changes into a table and raises BadSetUp; `examine` asks the provider or messenger about it.
    `is_first` while nothing runs yet; `finish` then starts it. `is_stale` says whether the file is another than the one
    that the running service has read. `command` starts it by hand.
    """

    command: str
    written: Callable[[str], Mapping[str, str]]
    keep: Callable[[str, Changes], None]
    examine: Callable[[str], Awaitable[Sequence[Finding]]]
    is_stale: Callable[[], bool]
    finish: Callable[[], None]
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, named as in the file."""

    name: str
    label: str
    hint: str = ""
    is_secret: bool = False
    is_needed: bool = True
    is_number: bool = False
    options: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the set-up. `kind` names the table."""

    kind: str
    title: str
    advice: str
    fields: tuple[Field, ...]
    is_optional: bool = True


def steps(say: Words) -> tuple[Step, ...]:
    """All of them, in order; the last only shows what came of it."""
    return (_salon(say), _whatsapp(say), _telegram(say), _max(say), _web(say), _webhooks(say), _done(say))


def _salon(say: Words) -> Step:
    user = say("Токен сотрудника с правами на журнал, запись и клиентов; его выдаёт вход по логину и паролю.")
    fields = (
        Field("provider", say("Сервис"), options={"yclients": "YCLIENTS", "altegio": "Altegio"}),
        Field("partner_token", say("Токен партнёра"), say("Из кабинета разработчика."), is_secret=True),
        Field("user_token", say("Токен пользователя"), user, is_secret=True),
        Field("branch", say("Номер филиала"), say("Число из адреса страницы салона в кабинете."), is_number=True),
        Field("title", say("Название для клиентов"), say("Пусто: как в журнале."), is_needed=False),
        Field("base_url", say("Адрес API"), say("Обычно пусто."), is_needed=False),
    )
    advice = say("Ключи доступа и филиал. Проверяются сразу: ничего в журнале не меняется.")
    return Step("salon", say("Журнал"), advice, fields, is_optional=False)


def _whatsapp(say: Words) -> Step:
    check = say("Придумайте сами и впишите то же в настройках webhook у Meta.")
    fields = (
        Field("phone_number_id", say("Номер (phone_number_id)"), say("Из раздела API Setup, это не телефон.")),
        Field("access_token", say("Токен доступа (access token)"), is_secret=True),
        Field("app_secret", say("Секрет приложения (app secret)"), is_secret=True),
        Field("verify_token", say("Проверочное слово (verify token)"), check, is_secret=True),
        Field("graph_url", say("Адрес API"), say("Обычно пусто."), is_needed=False),
    )
    return Step("whatsapp", "WhatsApp", say("Номер салона в WhatsApp Cloud API."), fields)


def _telegram(say: Words) -> Step:
    fields = (
        Field("token", say("Токен бота"), say("Его выдаёт @BotFather."), is_secret=True),
        Field("api_url", say("Адрес API"), say("Обычно пусто."), is_needed=False),
    )
    advice = say("Бот салона. Сообщения забираются сами: адрес в интернете для этого не нужен.")
    return Step("telegram", "Telegram", advice, fields)


def _max(say: Words) -> Step:
    fields = (
        Field("token", say("Токен бота"), is_secret=True),
        Field("secret", say("Секрет подписки"), say("Длинное случайное слово, придумайте сами."), is_secret=True),
        Field("api_url", say("Адрес API"), say("Обычно пусто."), is_needed=False),
        Field("ca_file", say("Файл корневого сертификата"), say("Если система его не знает."), is_needed=False),
    )
    return Step("max", "MAX", say("Бот салона в MAX. Ему нужен адрес этого сервера в интернете."), fields)


def _web(say: Words) -> Step:
    hint = say("Например https://salon.example; несколько через пробел. Пусто: чат только на своей странице.")
    fields = (Field("origins", say("Сайты, где показывать чат"), hint, is_needed=False),)
    return Step("web", say("Веб-чат"), say("Чат на сайте салона, без мессенджера."), fields)


def _webhooks(say: Words) -> Step:
    hint = say("Например https://desk.salon.example, с действующим сертификатом.")
    fields = (Field("public_url", say("Адрес этого сервера в интернете"), hint, is_needed=False),)
    advice = say("По этому адресу WhatsApp, MAX и журнал сообщают новое. Для одного Telegram он не нужен.")
    return Step(WEBHOOKS, say("Webhook"), advice, fields)


def _done(say: Words) -> Step:
    return Step(DONE, say("Готово"), "", ())
