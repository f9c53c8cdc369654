"""What the salon's owner is told of what keeps the assistant from work: the journal, a messenger, or itself.

It is nobody's conversation, so the words are complete.
"""

from dataclasses import dataclass
from datetime import timedelta

from frontdesk.dialogue.talk import Reply


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an examination found to be wrong: which check, what was seen, what to do about it."""

    check: str
    seen: str
    cure: str


CAUSES = {
    "partner token": "не принят ключ партнёра (partner_token)",
    "user token": "не принят ключ пользователя (user_token): например, сменили пароль",
    "tokens": "журнал не принял ключи доступа",
    "salon": "филиал не подключён к приложению или пользователь в нём не работает",
    "licence": "закончилась лицензия филиала",
    "rights": "у пользователя не хватает прав в журнале",
    "journal": "у пользователя нет права смотреть журнал",
}
CURES = {
    "partner token": "проверьте в кабинете разработчика, что ключ активирован, и впишите его в настройки",
    "user token": "войдите под пользователем салона заново и впишите новый ключ в настройки",
    "tokens": "проверьте partner_token и user_token в настройках и подключение филиала",
    "salon": "подключите приложение в кабинете салона и возьмите ключ сотрудника этого филиала",
    "licence": "продлите лицензию в кабинете салона, в разделе оплаты",
    "rights": "дайте этому пользователю в кабинете салона право, названное ниже",
    "journal": "дайте этому пользователю право на журнал записи в кабинете салона",
}


def locked_out(title: str, trouble: Trouble) -> Reply:
    """The journal lets nobody in; why, and what to do."""
    cause = CAUSES.get(trouble.check, "журнал не принимает наш вход")
    cure = CURES.get(trouble.check, "запустите frontdesk doctor, он назовёт причину")
    parts = (
        f"«{title}»: журнал записи больше не пускает меня, {cause}.",
        f"Что сделать: {cure}.",
        "Заявки клиентов принимаю и внесу сама, как только доступ вернётся.",
        f"Подробно: {trouble.seen}" + (f" {trouble.cure}" if trouble.cure else ""),
    )
    return Reply("\n".join(parts))


def let_in_again(title: str) -> Reply:
    """It is over."""
    return Reply(f"«{title}»: журнал записи снова пускает меня. Вношу заявки, которые накопились.")


def waits_long(title: str, number: int, longer_than: timedelta, desk: str) -> Reply:
    """The journal is there, and still clients' wishes don't get into it; `desk` is its address, where it is known."""
    minutes = round(longer_than.total_seconds() / 60)
    return Reply(
        f"«{title}»: журнал отвечает, но заявки клиентов не проходят. Ждут дольше {minutes} мин: {number}.\n"
        f"Что сделать: посмотрите, что мешает, {_page('Очередь', '/desk/outbox', desk)}"
    )


def waits_no_more(title: str) -> Reply:
    """It is over."""
    return Reply(f"«{title}»: заявки снова проходят, долго ждущих больше нет.")


def unsettled(title: str, number: int, desk: str) -> Reply:
    """The journal stands against what clients were promised to be asked for, and nobody has settled it."""
    return Reply(
        f"«{title}»: журнал не принял заявки, и больше часа их никто не разобрал: {number}.\n"
        f"Что сделать: выберите клиенту другое время или снимите заявку {_page('Очередь', '/desk/outbox', desk)}"
    )


def settled(title: str) -> Reply:
    """It is over."""
    return Reply(f"«{title}»: заявок, которые журнал не принял и никто не разобрал, больше нет.")


def set_aside(number: int, desk: str) -> Reply:
    """Some messages could not be answered, however often it was tried."""
    return Reply(
        f"Не смогла ответить клиентам, сообщений без ответа: {number}. Простите, это моя ошибка.\n"
        f"Что сделать: ответьте им сами {_page('Диалоги', '/desk/conversations', desk)}\n"
        "Причина записана в журнале службы: покажите его тому, кто её обслуживает."
    )


def answered() -> Reply:
    """It is over."""
    return Reply("Сообщений, на которые я не смогла ответить, больше нет.")


def account_refused(messenger: str, table: str, seen: str) -> Reply:
    """A messenger lets an account send nothing; `table` is its table in the settings."""
    return Reply(
        f"{messenger} не принимает мои сообщения.\n"
        "Что сделать: проверьте в кабинете мессенджера, что номер или бот не отключён, "
        f"и ключ в настройках, [{table}]; frontdesk doctor назовёт причину.\n"
        f"Ответы клиентам храню и отправлю, как только их снова примут.\nПодробно: {seen}"
    )


def account_accepted(messenger: str) -> Reply:
    """It is over."""
    return Reply(f"{messenger} снова принимает мои сообщения. Отправляю то, что накопилось.")


def _page(title: str, path: str, desk: str) -> str:
    return f"на странице «{title}»: {desk}{path}" if desk else f"на странице «{title}» рабочего места ({path})."
