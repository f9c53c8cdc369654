"""Settings: how the assistant speaks, what clients may do by themselves, what is switched on.

Secrets and connections are the settings file's; these are the salon's wishes, which hold from the next message on.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.policy import Pick
from frontdesk.booking.times import Instant
from frontdesk.desk import texts
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.visit import Visit
from frontdesk.desk.words import Words
from frontdesk.dialogue.voice import LONGEST_NAME, LONGEST_SIGNATURE, BadText, Tone, Voice, replaced
from frontdesk.store import audit, salon_wishes
from frontdesk.store.salon_wishes import PolicyWishes, Switches
from frontdesk.store.users import User

HOUR_S: Final = 3600
LONGEST_WINDOW_HOURS: Final = 24 * 30
LONGEST_USER: Final = 80
WRONG: Final = -1
YES_OR_NO: Final[Mapping[str, bool]] = {"yes": True, "no": False}

Group = Voice | PolicyWishes | Switches


async def show(visit: Visit) -> Response:
    """Everything as it is wanted now."""
    return await _shown(visit)


async def save_voice(visit: Visit) -> Response:
    """The tone, the assistant's name and the signature."""
    form = visit.form
    try:
        voice = replaced(
            Voice(), tone=form.get("tone", ""), name=form.get("name", ""), signature=form.get("signature", "")
        )
    except BadText:
        wrong = visit.words(
            "Имя до {name} знаков и подпись до {signature}, в одну строку, без невидимых знаков.",
            name=LONGEST_NAME,
            signature=LONGEST_SIGNATURE,
        )
        return await _shown(visit, 422, wrong=wrong)
    return await _saved(visit, voice)


async def save_policy(visit: Visit) -> Response:
    """What clients may do by themselves; what is left empty stays as the journal has it."""
    form, cancel, move = visit.form, _window(visit, "cancel"), _window(visit, "move")
    if cancel is WRONG or move is WRONG:
        wrong = visit.words("Срок пишется в часах, от 0 до {most}, можно с половиной: 1.5", most=LONGEST_WINDOW_HOURS)
        return await _shown(visit, 422, wrong=wrong)
    policy = PolicyWishes(
        may_cancel=YES_OR_NO.get(form.get("may_cancel", "")),
        cancel_notice_s=cancel,
        may_move=YES_OR_NO.get(form.get("may_move", "")),
        move_notice_s=move,
        pick=Pick(form["pick"]) if form.get("pick") in set(Pick) else None,
        confirm=YES_OR_NO.get(form.get("confirm", "")),
    )
    return await _saved(visit, policy)


async def save_switches(visit: Visit) -> Response:
    """Where the assistant answers, whether anybody is written to first, and test mode."""
    form = visit.form
    silent = frozenset(one for one in _accounts(visit) if form.get(f"answers {one}") != "on")
    account, user = form.get("test_account", ""), "".join(form.get("test_user", "").split())
    if account and (account not in _testable(visit) or not _is_user(account, user)):
        wrong = visit.words(
            "Для теста нужны мессенджер из списка и номер чата в нём; для WhatsApp это телефон с кодом."
        )
        return await _shown(visit, 422, wrong=wrong)
    to = f"{account}:{user.lstrip('+')}" if account else ""
    return await _saved(visit, Switches(silent, form.get("proactive") == "on", to))


def _window(visit: Visit, what: str) -> int | None:
    """The seconds that a form says in hours; None where it says nothing, WRONG where it makes no sense."""
    said = visit.form.get(f"{what}_hours", "").strip().replace(",", ".")
    if not said:
        return None
    try:
        hours = float(said)
    except ValueError:
        return WRONG
    return round(hours * HOUR_S) if 0 <= hours <= LONGEST_WINDOW_HOURS else WRONG


def _accounts(visit: Visit) -> Mapping[str, str]:
    """The messenger accounts by `channel:account`, as the salon knows them."""
    named = {f"{channel}:{name}": (card.title, name) for (channel, name), card in visit.desk.accounts.items()}
    titles = [title for title, _ in named.values()]
    return {key: title if titles.count(title) == 1 else f"{title} ({name})" for key, (title, name) in named.items()}


def _testable(visit: Visit) -> Mapping[str, str]:
    return {key: title for key, title in _accounts(visit).items() if not key.startswith("web:")}


def _is_user(account: str, user: str) -> bool:
    if account.startswith("whatsapp:"):
        return user.lstrip("+").isdecimal()
    return 0 < len(user) <= LONGEST_USER and user.isprintable() and ":" not in user


async def _saved(visit: Visit, group: Group) -> Response:
    if visit.user is not None:
        now = visit.desk.clock.now()
        await visit.desk.store.write(partial(_keep, user=visit.user, group=group, now=now))
        await visit.desk.reread()
    return visit.redirect(f"{PAGE.path}?saved=1")


def _keep(connection: Connection, user: User, group: Group, now: Instant) -> None:
    salon_wishes.save(connection, group)
    deed = type(group)
    audit.note(
        connection,
        user,
        {
            Voice: "Манера речи изменена",
            PolicyWishes: "Правила для клиентов изменены",
            Switches: "Переключатели изменены",
        }[deed],
        audit.NOTHING,
        now,
    )


async def _shown(visit: Visit, status: int = 200, *, wrong: str = "") -> Response:
    """What was typed stays in its form where it was wrong."""
    wishes = await visit.desk.store.read(salon_wishes.read)
    account, _, user = wishes.switches.test_to.rpartition(":")
    fields: dict[str, Any] = {
        "tone": wishes.voice.tone,
        "name": wishes.voice.name,
        "signature": wishes.voice.signature,
        "may_cancel": _said(wishes.policy.may_cancel),
        "cancel_hours": _hours(wishes.policy.cancel_notice_s),
        "may_move": _said(wishes.policy.may_move),
        "move_hours": _hours(wishes.policy.move_notice_s),
        "pick": wishes.policy.pick or "",
        "confirm": _said(wishes.policy.confirm),
        "test_account": account,
        "test_user": user,
    }
    fields |= {name: said for name, said in visit.form.items() if name in fields}
    return visit.render(
        "settings.html",
        status,
        wrong=wrong,
        saved=visit.query("saved") == "1",
        wishes=wishes,
        fields=fields,
        accounts=_accounts(visit),
        testable=_testable(visit),
        tones={Tone.FORMAL: visit.words("на «вы»"), Tone.FRIENDLY: visit.words("на «ты»")},
        allowed=_allowed(visit.words),
    )


def _allowed(say: Words) -> Mapping[str, str]:
    return {"": say("как в журнале"), "yes": say("да"), "no": say("нет")}


def _said(wanted: bool | None) -> str:
    return "" if wanted is None else "yes" if wanted else "no"


def _hours(seconds: int | None) -> str:
    return "" if seconds is None else f"{seconds / HOUR_S:g}"


PAGE = Page(
    path="/desk/settings",
    title="Настройки",
    icon="settings",
    order=70,
    routes=(
        PageRoute("", show),
        PageRoute("/voice", save_voice, "POST"),
        PageRoute("/policy", save_policy, "POST"),
        PageRoute("/switches", save_switches, "POST"),
        PageRoute("/texts", texts.show),
        PageRoute("/texts", texts.save, "POST"),
        PageRoute("/texts/reset", texts.reset, "POST"),
    ),
)
