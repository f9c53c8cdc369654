"""Cancellations: what did not take place and why, over whole days that are past.

The days are those whose appointments the local copy keeps, so every number has its whole beside it. From fewer than
seven days nothing is told: a week has its own rhythm, and less than one says nothing about it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.copies import SalonCopy
from frontdesk.booking.times import Instant, to_local
from frontdesk.desk import losses
from frontdesk.desk.losses import Counted, Table
from frontdesk.desk.losses_money import value_table, worth
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.parts import SalonCard
from frontdesk.desk.sheets import sheet
from frontdesk.desk.times import day_of, moment
from frontdesk.desk.visit import Visit
from frontdesk.store import statistics
from frontdesk.store.mirror import Mirror
from frontdesk.store.statistics import Known, Lost, Moves, Names, Span, Whole
from frontdesk.store.statistics_queries import By, Loss

PATH: Final = "/desk/cancellations"
CHOICES: Final = (7, 30, 90)
USUAL: Final = 30
MOST_DAYS: Final = 90
FEWEST_DAYS: Final = 7
NO_MOVES: Final = Moves(0, 0)
OF_ALL: Final[tuple[Callable[[Counted], Table], ...]] = (
    losses.outcomes,
    value_table,
    losses.masters,
    losses.services,
    losses.hours,
)
OF_CLIENTS: Final[tuple[Callable[[Counted], Table], ...]] = (losses.reasons, losses.leads, losses.channels)


@dataclass(frozen=True, slots=True)
class Period:
    """The days that are asked for; `days` is the choice, None for own dates. `wrong` says why they are not those."""

    first: date
    last: date
    days: int | None
    wrong: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What one look into the store found."""

    known: Known
    lost: tuple[Lost, ...] = ()
    whole: tuple[Whole, ...] = ()
    moves: Moves = NO_MOVES
    names: Names | None = None


@dataclass(frozen=True)
class Report:
    """What the page says. `days` are those of which appointments are known, `own_days` those with the assistant."""

    salon: SalonCard
    period: Period
    days: int
    own_days: int
    read: Read
    counted: Counted

    @property
    def tables(self) -> list[Table]:
        """All that enough is known for."""
        if self.days < FEWEST_DAYS or not self.counted.total:
            return []
        made = [make(self.counted) for make in OF_ALL]
        return made + [make(self.counted) for make in OF_CLIENTS] if self.own_days >= FEWEST_DAYS else made

    def address(self, **more: str | int) -> str:
        """This page with these choices."""
        return f"?{urlencode({'salon': self.salon.key, **more})}"

    @property
    def choice(self) -> dict[str, str | int]:
        """The period as an address says it."""
        if self.period.days is not None:
            return {"days": self.period.days}
        return {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}


async def show(visit: Visit) -> Response:
    """The page."""
    report = await _report(visit)
    if report is None:
        return visit.refuse(404, visit.words("Такого салона нет"), visit.words("Выберите раздел в меню."))
    now, known = visit.desk.clock.now(), report.read.known
    return visit.render(
        "cancellations.html",
        422 if report.period.wrong else 200,
        report=report,
        salons=visit.desk.salons(),
        choices=CHOICES,
        fewest=FEWEST_DAYS,
        bounds=_bounds(now, report.salon),
        read_at=known.read_at and moment(known.read_at, now, report.salon.zone, visit.words),
        tiles=_tiles(visit, report) if report.tables else (),
    )


async def export(visit: Visit) -> Response:
    """One table as a file."""
    report = await _report(visit)
    tables = {one.key: one for one in report.tables} if report else {}
    table = tables.get(visit.query("table"))
    if report is None or table is None:
        advice = visit.words("Откройте страницу «Отмены» и выгрузите таблицу оттуда.")
        return visit.refuse(404, visit.words("Такой таблицы нет"), advice)
    period = f"{report.period.first:%d.%m.%Y}–{report.period.last:%d.%m.%Y}"
    rows = [(table.title, report.salon.title, period), table.head, *table.rows, (table.note,)]
    name = f"{table.key}-{report.period.first}-{report.period.last}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    content = sheet(rows, ";" if visit.words.language == "ru" else ",")
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


async def _report(visit: Visit) -> Report | None:
    desk = visit.desk
    salons = {one.key: one for one in desk.salons()}
    salon = salons.get(visit.query("salon")) if visit.query("salon") else next(iter(salons.values()), None)
    if salon is None:
        return None
    now = desk.clock.now()
    period = _period(visit, now, salon)
    span = Span(salon.key, period.first, period.last, _ahead(now, salon))
    known = {int(one.id): one.name for one in desk.masters() if one.salon == salon.key}
    copy = await Mirror(desk.store).salon(salon.key)
    titles = {int(one.offer.service.id): one.offer.service.title for one in copy.menu.listed} if copy else {}
    named = (tuple(sorted(known)), tuple(sorted(titles)))
    count = partial(_read, span=span, now=now, masters=known, services=titles)
    read: Read = await desk.figures.of(desk.store, ("cancellations", span, named), now, count)
    counted = _counted(visit, read, copy, known, titles)
    since = read.known.asked_since
    own_from = to_local(since, salon.zone).date() if since else None
    return Report(salon, period, _known_days(span, read.known.first), _known_days(span, own_from), read, counted)


def _read(connection: Connection, span: Span, now: Instant, masters: dict[int, str], services: dict[int, str]) -> Read:
    known = statistics.known(connection, span.salon)
    if _known_days(span, known.first) < FEWEST_DAYS:
        return Read(known)
    span = replace(span, first=max(span.first, known.first or span.first))
    whole = statistics.whole(connection, span)
    terms = [one for one in whole if one.by is By.TERMS]
    unnamed = sorted({one.number for one in terms if one.number} - set(masters))
    untitled = sorted({one.service for one in terms if one.service} - set(services))
    return Read(
        known,
        statistics.lost(connection, span, now),
        whole,
        statistics.moves(connection, span),
        statistics.names(connection, span, unnamed, untitled),
    )


def _counted(
    visit: Visit, read: Read, copy: SalonCopy | None, masters: dict[int, str], services: dict[int, str]
) -> Counted:
    called = {channel: card.title for (channel, _), card in visit.desk.accounts.items()}
    former = read.names or Names({}, {})
    return Counted(
        read.lost,
        read.whole,
        read.moves,
        visit.words,
        masters={**former.masters, **masters},
        services={**former.services, **services},
        channels=called,
        menu=copy.menu if copy else None,
    )


def _period(visit: Visit, now: Instant, salon: SalonCard) -> Period:
    earliest, last = _bounds(now, salon)
    if visit.query("from") or visit.query("to"):
        return _own_dates(visit, earliest, last)
    days = next((one for one in CHOICES if str(one) == visit.query("days")), USUAL)
    return Period(last - timedelta(days=days - 1), last, days)


def _own_dates(visit: Visit, earliest: date, latest: date) -> Period:
    usual = Period(latest - timedelta(days=USUAL - 1), latest, USUAL)
    first, last = day_of(visit.query("from")), day_of(visit.query("to"))
    if first is None or last is None:
        return replace(usual, wrong=visit.words("Укажите обе даты, например 21.11.2026."))
    if not earliest <= first <= last <= latest:
        wrong = visit.words(
            "Выберите даты по порядку, не раньше {first} и не позже {last}: за эти дни есть данные.",
            first=f"{earliest:%d.%m.%Y}",
            last=f"{latest:%d.%m.%Y}",
        )
        return replace(usual, wrong=wrong)
    return Period(first, last, None)


def _bounds(now: Instant, salon: SalonCard) -> tuple[date, date]:
    """The earliest and the latest day that may be asked for: today is not over."""
    today = to_local(now, salon.zone).date()
    return today - timedelta(days=MOST_DAYS), today - timedelta(days=1)


def _ahead(now: Instant, salon: SalonCard) -> timedelta:
    return now.astimezone(salon.zone).utcoffset() or timedelta(0)


def _known_days(span: Span, since: date | None) -> int:
    return 0 if since is None else max((span.last - max(span.first, since)).days + 1, 0)


def _tiles(visit: Visit, report: Report) -> Sequence[tuple[str, str, str]]:
    words, counted = visit.words, report.counted
    lost, total = counted.many(*Loss), counted.total
    cost = worth(counted, list(Loss))
    stayed_away = counted.many(Loss.NO_SHOW)
    valued = words("цена известна у {many} из {of}", many=cost.valued, of=cost.many)
    again = words("снова записались {many} из {of}, ещё могут {open}", many=cost.won, of=cost.many, open=cost.open)
    of_all = words("{share} из {of} записей", share=losses.share(lost, total), of=total)
    absent = words("{share} из {of} записей", share=losses.share(stayed_away, total), of=total)
    return (
        (words("Не состоялось"), str(lost), of_all),
        (words("Не пришли без отмены"), str(stayed_away), absent),
        (words("Стоимость"), losses.money(cost.cents, counted.currency), valued),
        (words("Возвращено"), losses.money(cost.won_cents, counted.currency), again),
    )


PAGE = Page(
    path=PATH,
    title="Отмены",
    icon="chart",
    order=40,
    routes=(PageRoute("", show), PageRoute("/table.csv", export)),
)
