"""The statistics of cancellations as tables: what a page shows, a chart draws and a file holds is the same rows.

A number of appointments never stands alone: each share says of how many, and money says how many of the appointments
have a known price.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from frontdesk.booking.menu import Menu
from frontdesk.desk.words import Words
from frontdesk.store.statistics import Lost, Moves, Whole
from frontdesk.store.statistics_queries import By, Loss

CENTS: Final = 100
MOST_BARS: Final = 12
FEW: Final = 5
"""A share of fewer appointments is not coloured."""
DAY_H: Final = 24
WIDE: Final = 6
"""Columns."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; the first cell of a row is its name. `chart` is what the browser draws of it, None for nothing."""

    key: str
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chart: Mapping[str, Any] | None = None

    @property
    def drawn(self) -> Mapping[str, Any] | None:
        """The chart where it has anything to show."""
        series = self.chart["series"] if self.chart and "series" in self.chart else ()
        is_empty = bool(series) and not any(any(one["values"]) for one in series)
        return None if is_empty else self.chart

    @property
    def is_wide(self) -> bool:
        """Whether the chart stands above the table, as it leaves no room beside."""
        return len(self.head) > WIDE


@dataclass(frozen=True)
class Counted:
    """What was counted, with what it is called. `menu` has the prices, None where it is not known."""

    lost: Sequence[Lost]
    whole: Sequence[Whole]
    moves: Moves
    words: Words
    masters: Mapping[int, str] = field(default_factory=dict)
    services: Mapping[int, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    menu: Menu | None = None

    @property
    def total(self) -> int:
        """All appointments."""
        return sum(one.many for one in self.of(By.TERMS, self.whole))

    def of(self, by: By, rows: Sequence[Any]) -> list[Any]:
        """The rows of one grouping."""
        return [one for one in rows if one.by is by]

    def many(self, *losses: Loss) -> int:
        """How many did not take place in these ways."""
        return sum(one.many for one in self.of(By.TERMS, self.lost) if one.loss in losses)

    @property
    def currency(self) -> str:
        """Its sign."""
        return self.menu.currency if self.menu else "₽"

    def price_cents(self, master: int | None, service: int | None) -> int | None:
        """The lowest price in the salon's list of today."""
        offers = self.menu.offers([service]) if self.menu and service is not None else ()
        prices = {number: terms.price.low for offer in offers for number, terms in offer.masters.items()}
        own = [price for number, price in prices.items() if number == master] or list(prices.values())
        return int(min(own) * CENTS) if own else None


def loss_names(words: Words) -> dict[Loss, str]:
    """How each way is called, in the order in which they are shown."""
    return {
        Loss.EARLY: words("Отменили заранее"),
        Loss.LATE: words("Отменили поздно"),
        Loss.NO_SHOW: words("Не пришли"),
        Loss.SALON: words("Отменили через салон"),
    }


def share(many: int, of: int) -> str:
    """«12,5 %», and a dash where there is nothing to take it of."""
    return f"{many * 100 / of:.1f} %".replace(".", ",") if of else "—"


def money(cents: int, currency: str) -> str:
    """Whole units of the currency, in groups of three."""
    return f"{Decimal(cents) / CENTS:,.0f} {currency}".replace(",", "\N{NO-BREAK SPACE}")


def outcomes(counted: Counted) -> Table:
    """Everything on one look."""
    words, total = counted.words, counted.total
    found = {name: counted.many(loss) for loss, name in loss_names(words).items()}
    found[words("Перенесли через переписку")] = counted.moves.here
    found[words("Перенёс салон")] = counted.moves.salon
    return Table(
        "outcomes",
        words("Что случилось с записями"),
        words("Доля — от всех записей этих дней. Перенесённая запись остаётся записью и в потери не входит."),
        (words("Что произошло"), words("Записей"), words("Доля"), words("Из скольких")),
        tuple((name, str(many), share(many, total), str(total)) for name, many in found.items()),
        {"kind": "bars", "labels": list(found), "series": [{"name": words("Записей"), "values": list(found.values())}]},
    )


def reason_names(words: Words) -> dict[str | None, str]:
    """How each reason's code is called, and that there is none."""
    return {
        "cant": words("Не может прийти"),
        "ill": words("Болезнь"),
        "time": words("Нужно другое время"),
        "other": words("Своими словами"),
        None: words("Причина не названа"),
    }


def reasons(counted: Counted) -> Table:
    """Why clients cancelled, as far as they said."""
    words = counted.words
    names = reason_names(words)
    rows = counted.of(By.REASON, counted.lost)
    return _of_clients(counted, "reasons", words("Почему отменяют клиенты"), rows, names, lambda one: one.word)


def leads(counted: Counted) -> Table:
    """How long before its start."""
    words = counted.words
    names = {
        0: words("Меньше 2 часов"),
        1: words("От 2 до 24 часов"),
        2: words("От 1 до 3 дней"),
        3: words("От 3 до 7 дней"),
        4: words("Больше 7 дней"),
    }
    rows = counted.of(By.LEAD, counted.lost)
    return _of_clients(counted, "leads", words("За сколько предупреждают"), rows, names, lambda one: one.number)


def channels(counted: Counted) -> Table:
    """Where they wrote."""
    rows = counted.of(By.CHANNEL, counted.lost)
    found = dict.fromkeys(one.word for one in rows)
    names = {word: counted.channels.get(word or "", word or "—") for word in found}
    return _of_clients(counted, "channels", counted.words("Где отменяют"), rows, names, lambda one: one.word)


def _of_clients(  # noqa: PLR0913, PLR0917 - a table is named, counted and labelled
    counted: Counted,
    key: str,
    title: str,
    rows: Sequence[Lost],
    names: Mapping[Any, str],
    group: Callable[[Lost], object],
) -> Table:
    words, losses = counted.words, (Loss.EARLY, Loss.LATE)
    called = loss_names(words)
    found = {
        name: [sum(one.many for one in rows if group(one) == of and one.loss is loss) for loss in losses]
        for of, name in names.items()
    }
    total = sum(sum(values) for values in found.values())
    return Table(
        key,
        title,
        words("Только отмены, о которых клиент написал сам. Доля — от всех таких отмен."),
        (title, *(called[loss] for loss in losses), words("Всего"), words("Доля"), words("Из скольких")),
        tuple(
            (name, *map(str, values), str(sum(values)), share(sum(values), total), str(total))
            for name, values in found.items()
        ),
        _bars(found, [called[loss] for loss in losses]),
    )


def masters(counted: Counted) -> Table:
    """By master."""
    title = counted.words("Мастера")
    return _of_all(counted, "masters", title, counted.words("Мастер"), lambda one: one.number, counted.masters)


def services(counted: Counted) -> Table:
    """By service; of several in one visit the first by its number."""
    title = counted.words("Услуги")
    return _of_all(counted, "services", title, counted.words("Услуга"), lambda one: one.service, counted.services)


def _of_all(  # noqa: PLR0913, PLR0917 - a table is named, counted and labelled
    counted: Counted,
    key: str,
    title: str,
    what: str,
    group: Callable[[Any], int | None],
    names: Mapping[int, str],
) -> Table:
    words, called = counted.words, loss_names(counted.words)
    totals: dict[int | None, int] = {}
    for one in counted.of(By.TERMS, counted.whole):
        totals[group(one)] = totals.get(group(one), 0) + one.many
    found: dict[int | None, list[int]] = {of: [0] * len(called) for of in totals}
    for one in counted.of(By.TERMS, counted.lost):
        found[group(one)][list(called).index(one.loss)] += one.many
    ordered = sorted(found, key=lambda of: (-sum(found[of]), -totals[of]))
    labels = {of: names.get(of or 0, f"№ {of}") if of else words("не указано") for of in ordered}
    return Table(
        key,
        title,
        words("Доля — от записей в той же строке."),
        (what, *called.values(), words("Всего"), words("Доля"), words("Из скольких")),
        tuple(
            (labels[of], *map(str, found[of]), str(sum(found[of])), share(sum(found[of]), totals[of]), str(totals[of]))
            for of in ordered
        ),
        _bars({labels[of]: found[of] for of in ordered[:MOST_BARS]}, list(called.values())),
    )


def _bars(found: Mapping[str, Sequence[int]], series: Sequence[str]) -> dict[str, Any]:
    return {
        "kind": "bars",
        "labels": list(found),
        "series": [
            {"name": name, "values": [values[number] for values in found.values()]}
            for number, name in enumerate(series)
        ],
    }


def hours(counted: Counted) -> Table:
    """Weekday and hour of the start: how many of how many."""
    words = counted.words
    total = {one.number: one.many for one in counted.of(By.WEEK_HOUR, counted.whole)}
    lost = dict.fromkeys(total, 0)
    for one in counted.of(By.WEEK_HOUR, counted.lost):
        lost[one.number] = lost.get(one.number, 0) + one.many
    opened = sorted({number % DAY_H for number in total})
    shown = range(opened[0], opened[-1] + 1) if opened else range(0)
    days = weekdays(words)
    cells = [
        (hour - shown.start, day, lost[number] * 100 / total[number])
        for day in range(len(days))
        for hour in shown
        if total.get(number := day * DAY_H + hour, 0) >= FEW
    ]
    return Table(
        "hours",
        words("Дни недели и часы"),
        words("В ячейке — сколько записей не состоялось и из скольких. Окрашены ячейки, где записей не меньше пяти."),
        (words("День"), *(f"{hour:02}:00" for hour in shown)),
        tuple((name, *(_of(lost, total, day * DAY_H + hour) for hour in shown)) for day, name in enumerate(days)),
        {"kind": "heat", "columns": [f"{hour:02}" for hour in shown], "rows": days, "cells": cells},
    )


def _of(lost: Mapping[int, int], total: Mapping[int, int], number: int) -> str:
    return f"{lost[number]} / {total[number]}" if total.get(number) else "—"


def weekdays(words: Words) -> list[str]:
    """From Monday on, short."""
    return [words("Пн"), words("Вт"), words("Ср"), words("Чт"), words("Пт"), words("Сб"), words("Вс")]
