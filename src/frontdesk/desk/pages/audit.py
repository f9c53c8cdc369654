"""The audit: who did what, when and through which channel; of one appointment, its whole story."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import groupby
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from starlette.responses import Response

from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.phones import international_phone, mask_phone
from frontdesk.booking.times import Instant, Local, to_instant, to_local
from frontdesk.desk.losses import reason_names
from frontdesk.desk.numbers import number_in
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.parts import FALLBACK_ZONE
from frontdesk.desk.times import day, day_of
from frontdesk.desk.visit import Visit
from frontdesk.desk.wishes import asked, stands
from frontdesk.desk.words import Words
from frontdesk.store import story
from frontdesk.store.columns import EPOCH, MICROSECOND
from frontdesk.store.ledger import AskedBy
from frontdesk.store.story import MOST_SHOWN, Asked, Changed, Client, Deed, Entry, Question

DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One line, as it is shown. `kind` is `deed`, `asked` or `changed`."""

    kind: str
    clock: str
    who: str
    what: str
    detail: str
    appointment: int | None
    client: str
    phone: str
    chat: int | None
    channel: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked for, as it was written; `wrong` says what can't be looked for."""

    appointment: str
    digits: str
    day: str
    wrong: str = ""


async def show(visit: Visit) -> Response:
    """A page of it, newest first."""
    filters = _filters(visit)
    entries = (
        () if filters.wrong else await visit.desk.store.read(partial(story.told, question=_question(visit, filters)))
    )
    now = visit.desk.clock.now()
    of_days = groupby(entries, lambda one: day(one.at, now, _zone(visit, one.salon), visit.words))
    days = [(title, [_row(visit, one) for one in of_day]) for title, of_day in of_days]
    earlier = (entries[-1].at - EPOCH) // MICROSECOND if len(entries) >= MOST_SHOWN else None
    shown = {"filters": filters, "days": days, "earlier": earlier, "before": visit.query("before")}
    return visit.render("audit.html", 422 if filters.wrong else 200, **shown)


def _filters(visit: Visit) -> Filters:
    appointment, digits = visit.query("appointment").strip(), visit.query("digits").strip()
    on_day, wrong = visit.query("day").strip(), ""
    if appointment and number_in(appointment) is None:
        wrong = visit.words("Номер записи пишется цифрами, как в журнале.")
    if digits and not (digits.isascii() and digits.isdecimal() and len(digits) == DIGITS):
        wrong = visit.words("Нужны последние четыре цифры телефона.")
    if on_day and _day(on_day) is None:
        wrong = visit.words("Такого дня нет: напишите, например, 21.11.2026.")
    return Filters(appointment, digits, on_day, wrong)


def _question(visit: Visit, filters: Filters) -> Question:
    number, shown_day, zone = number_in(filters.appointment), _day(filters.day), _zone(visit, None)
    since = to_instant(Local(datetime.combine(shown_day, time())), zone) if shown_day else None
    until = to_instant(Local(datetime.combine(shown_day + timedelta(days=1), time())), zone) if shown_day else None
    if (before := number_in(visit.query("before"))) is not None:
        shown = Instant(EPOCH + before * MICROSECOND)
        until = min(shown, until) if until else shown
    return Question(AppointmentId(number) if number is not None else None, filters.digits, since, until)


def _row(visit: Visit, one: Entry) -> Row:
    shown, client = to_local(one.at, _zone(visit, one.salon)), one.client
    kind, who, what, detail = _told(one, visit.words)
    return Row(
        kind=kind,
        clock=f"{shown:%H:%M:%S}",
        who=who,
        what=what,
        detail=detail,
        appointment=one.appointment,
        client=(client.name or visit.words("Без имени")) if client else "",
        phone=_phone(client) if client else "",
        chat=client.chat if client else None,
        channel=visit.desk.channel(client.address.channel, client.address.account) if client else "",
    )


def _told(one: Entry, say: Words) -> tuple[str, str, str, str]:
    match one.what:
        case Deed(who, what, detail):
            return "deed", who, say(what), detail
        case Asked(command, state, detail):
            wish = asked(command, say) if command else say("Просьба, стёртая или нечитаемая")
            return "asked", say("Клиент"), say("Просит: {wish}", wish=wish), f"{stands(state, say)} {detail}".strip()
        case Changed(kind, by, reason):
            who = say("Ассистент по просьбе клиента") if by is AskedBy.PERSON else say("Ассистент по просьбе салона")
            return "changed", who, _change(kind, say), reason_names(say).get(reason, "") if reason else ""
        case _:
            assert_never(one.what)
    assert_never(one.what)


def _change(kind: ChangeKind, say: Words) -> str:
    names = {
        ChangeKind.BOOKED: say("Записано в журнал"),
        ChangeKind.MOVED: say("Перенесено в журнале"),
        ChangeKind.CANCELLED: say("Отменено в журнале"),
        ChangeKind.CONFIRMED: say("Подтверждено в журнале"),
        ChangeKind.RESTORED: say("Возвращено в журнале"),
        ChangeKind.CAME: say("Отмечено: пришёл"),
        ChangeKind.NO_SHOW: say("Отмечено: не пришёл"),
        ChangeKind.EXPECTED: say("Отмечено: ожидание"),
    }
    return names.get(kind, kind.value)


def _phone(client: Client) -> str:
    on_whatsapp = international_phone(client.address.user) if client.address.channel == "whatsapp" else None
    phone = client.phone or on_whatsapp
    return mask_phone(phone) if phone else ""


def _zone(visit: Visit, salon: str | None) -> ZoneInfo:
    """The salon's; of what is of no salon, the first one's."""
    salons = visit.desk.salons()
    own = next((one.zone for one in salons if one.key == salon), None)
    return own or (salons[0].zone if salons else FALLBACK_ZONE)


def _day(written: str) -> date | None:
    found = day_of(written)
    return found if found is not None and EPOCH.date() < found < date.max - timedelta(days=1) else None


PAGE = Page(path="/desk/audit", title="История", icon="audit", order=60, routes=(PageRoute("", show),))
