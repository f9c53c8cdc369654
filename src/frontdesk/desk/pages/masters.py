"""Masters: who is told of changes in their day and where, and the links by which they say so themselves.

A master who signs in sees their own page alone: the coming week, and what they were told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.appointments import Appointment, Attendance, Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.times import Instant, to_local
from frontdesk.channels.messages import Delivery
from frontdesk.desk.guard import forbidden
from frontdesk.desk.losses import weekdays
from frontdesk.desk.numbers import number_in
from frontdesk.desk.page import EVERYBODY, Page, PageRoute
from frontdesk.desk.parts import FALLBACK_ZONE, Entrances, SalonCard
from frontdesk.desk.times import moment
from frontdesk.desk.visit import Visit
from frontdesk.desk.words import Words
from frontdesk.outage.reply import ReplyState
from frontdesk.store import masters
from frontdesk.store.masters import LINK, Standing, Told
from frontdesk.store.mirror import Mirror
from frontdesk.store.users import Role

PATH: Final = "/desk/masters"
DAYS: Final = 7
SHOWN_TO_STAFF: Final = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One master of the list. `works` where the journal still has them."""

    master: Master
    works: bool
    standing: Standing | None
    told: Told | None
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """The masters of one salon: those who work there, and those who do not any more."""

    salon: SalonCard
    working: Sequence[Line]
    former: Sequence[Line]


async def show(visit: Visit) -> Response:
    """All masters to the salon's staff; to a master their own page."""
    if _is_master(visit):
        return await _own(visit)
    found = await visit.desk.store.read(partial(_standings, visit=visit))
    entrances = await visit.desk.entrances()
    branches = [_branch(visit, salon, *found[salon.key], entrances) for salon in visit.desk.salons()]
    now = visit.desk.clock.now()
    return visit.render(
        "masters.html",
        branches=branches,
        channel=lambda address: visit.desk.channel(address.channel, address.account),
        when=lambda at, zone: moment(at, now, zone, visit.words),
        fate=lambda told: _fate(told, visit.words),
        link=LINK,
    )


async def invite(visit: Visit) -> Response:
    """Gives a master a new code; until it is used they are told where they were."""
    if _is_master(visit):
        return forbidden(visit)
    chosen = visit.form.get("master", "")
    card = next((one for one in visit.desk.masters() if one.value == chosen), None)
    if card is not None:
        await visit.desk.invite(card.salon, Master(card.id, card.name))
        _note(visit, "a master was invited", chosen)
    return visit.redirect(PATH)


async def remove(visit: Visit) -> Response:
    """From now on the master is told nothing, and no code of theirs is good."""
    if _is_master(visit):
        return forbidden(visit)
    salon, _, number = visit.form.get("master", "").rpartition(":")
    if (known := number_in(number)) is not None:
        await visit.desk.store.write(partial(masters.leave, salon=salon, master=MasterId(known)))
        _note(visit, "a master was removed from the notices", f"{salon}:{number}")
    return visit.redirect(PATH)


def _is_master(visit: Visit) -> bool:
    return visit.user is None or visit.user.role is Role.MASTER


def _note(visit: Visit, what: str, master: str) -> None:
    visit.desk.log.info(what, master=master, by=visit.user.name if visit.user else "")


Found = tuple[tuple[Standing, ...], dict[int, Told]]


def _standings(connection: Connection, visit: Visit) -> dict[str, Found]:
    now = visit.desk.clock.now()
    return {salon.key: _of_salon(connection, salon.key, now) for salon in visit.desk.salons()}


def _of_salon(connection: Connection, salon: str, now: Instant) -> Found:
    standings = masters.listed(connection, salon, now)
    told = {
        one.chat: last
        for one in standings
        if one.chat is not None
        for last in masters.notices(connection, one.chat, SHOWN_TO_STAFF)
    }
    return standings, told


def _branch(
    visit: Visit, salon: SalonCard, standings: Sequence[Standing], told: Mapping[int, Told], entrances: Entrances
) -> Branch:
    known = {one.master.id: one for one in standings}
    staff = {card.id: Master(card.id, card.name) for card in visit.desk.masters() if card.salon == salon.key}
    left = {one.master.id: one.master for one in standings if one.master.id not in staff}

    def line(master: Master) -> Line:
        standing = known.get(master.id)
        last = told.get(standing.chat) if standing and standing.chat is not None else None
        code = standing.code if standing else None
        links = _links(visit, salon.key, code, entrances) if code else ()
        return Line(master, master.id in staff, standing, last, links)

    return Branch(salon, [line(one) for one in staff.values()], [line(one) for one in left.values()])


def _links(visit: Visit, salon: str, code: str, entrances: Entrances) -> Sequence[tuple[str, str]]:
    """By messenger, for the accounts of this salon whose address is known."""
    accounts = visit.desk.accounts.items()
    return [
        (card.title, entrances[key] + quote(LINK + code, safe=""))
        for key, card in accounts
        if salon in card.salons and key in entrances
    ]


def _fate(told: Told, words: Words) -> str:
    if told.delivery is Delivery.FAILED or told.state is ReplyState.REFUSED:
        return words("не доставлено")
    if told.delivery is Delivery.READ:
        return words("прочитано")
    if told.delivery is Delivery.DELIVERED:
        return words("доставлено")
    return words("отправлено") if told.state is ReplyState.SENT else words("отправляется")


async def _own(visit: Visit) -> Response:
    user, desk, now = visit.user, visit.desk, visit.desk.clock.now()
    if user is None or user.salon is None or user.master is None:
        return forbidden(visit)
    salon, number = user.salon, user.master
    zone = next((one.zone for one in desk.salons() if one.key == salon), FALLBACK_ZONE)
    today = to_local(now, zone).date()
    found = await Mirror(desk.store).on_days(salon, [number], today, today + timedelta(days=DAYS - 1))
    standing, told = await desk.store.read(partial(_own_notices, salon=salon, master=number, now=now))
    return visit.render(
        "masters_own.html",
        days=_days([one for one in found if one.stands], today, visit.words),
        told=told,
        where=_where(visit, standing),
        when=lambda at: moment(at, now, zone, visit.words),
        fate=lambda one: _fate(one, visit.words),
        attendance=lambda one: _attendance(one, visit.words),
    )


def _where(visit: Visit, standing: Standing | None) -> str:
    if standing is None or standing.address is None:
        return ""
    return visit.desk.channel(standing.address.channel, standing.address.account)


def _own_notices(
    connection: Connection, salon: str, master: MasterId, now: Instant
) -> tuple[Standing | None, tuple[Told, ...]]:
    standing = next((one for one in masters.listed(connection, salon, now) if one.master.id == master), None)
    if standing is None or standing.chat is None:
        return standing, ()
    return standing, masters.notices(connection, standing.chat)


def _days(found: Sequence[Appointment], today: date, words: Words) -> list[tuple[str, list[Appointment]]]:
    names = weekdays(words)
    ordered = sorted(found, key=lambda one: (one.start, one.id))
    grouped = ((day, list(ones)) for day, ones in groupby(ordered, lambda one: max(one.start.date(), today)))
    return [
        (words("Сегодня") if day == today else f"{names[day.weekday()]}, {day:%d.%m}", ones) for day, ones in grouped
    ]


def _attendance(one: Appointment, words: Words) -> str:
    called = {
        Attendance.CONFIRMED: words("подтверждена"),
        Attendance.CAME: words("клиент пришёл"),
        Attendance.WAITING: words("ожидание"),
    }
    return called.get(one.attendance, "")


PAGE = Page(
    path=PATH,
    title="Мастера",
    own_title="Моя неделя",
    icon="masters",
    order=50,
    roles=EVERYBODY,
    routes=(
        PageRoute("", show),
        PageRoute("/invite", invite, "POST"),
        PageRoute("/remove", remove, "POST"),
    ),
)
