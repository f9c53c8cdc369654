"""What cancellations cost and what came back, by the lowest price of each service."""

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.desk.losses import Counted, Table, loss_names, money
from frontdesk.store.statistics import Lost
from frontdesk.store.statistics_queries import By, Loss


@dataclass(frozen=True, slots=True)
class Worth:
    """Appointments that did not take place: how many, how many have a price, and what became of them since.

    `open` may still be made up for, as 14 days have not passed yet.
    """

    many: int = 0
    valued: int = 0
    cents: int = 0
    won: int = 0
    won_cents: int = 0
    open: int = 0

    def __add__(self, other: "Worth") -> "Worth":
        return Worth(
            self.many + other.many,
            self.valued + other.valued,
            self.cents + other.cents,
            self.won + other.won,
            self.won_cents + other.won_cents,
            self.open + other.open,
        )


def worth(counted: Counted, losses: Sequence[Loss]) -> Worth:
    """What was lost in these ways."""
    rows = [one for one in counted.of(By.TERMS, counted.lost) if one.loss in losses]
    return sum((_of_row(counted, one) for one in rows), start=Worth())


def _of_row(counted: Counted, one: Lost) -> Worth:
    """What the ledger does not know the price of is worth what the list says today."""
    price = counted.price_cents(one.number, one.service)
    unknown, unknown_won = one.many - one.valued, one.won - one.won_valued
    return Worth(
        one.many,
        one.valued if price is None else one.many,
        one.cents + (price or 0) * unknown,
        one.won,
        one.won_cents + (price or 0) * unknown_won,
        one.open,
    )


def value_table(counted: Counted) -> Table:
    """Lost and won back, by how it was lost."""
    words, names = counted.words, loss_names(counted.words)
    found = {name: worth(counted, [loss]) for loss, name in names.items()}
    found[words("Всего")] = worth(counted, list(Loss))
    return Table(
        "value",
        words("Потеряно и возвращено"),
        words(
            "По нижней цене услуги; записи без известной цены в сумму не входят. Возвращено — тот же клиент "
            "записался снова в течение 14 дней после отмены."
        ),
        (
            words("Что произошло"),
            words("Записей"),
            words("С ценой"),
            words("Стоимость"),
            words("Записались снова"),
            words("Возвращено"),
            words("Ещё могут записаться"),
        ),
        tuple((name, *_cells(one, counted.currency)) for name, one in found.items()),
        {
            "kind": "bars",
            "unit": counted.currency,
            "labels": list(names.values()),
            "series": [
                {"name": words("Потеряно"), "values": [_lost(found[name]) for name in names.values()]},
                {"name": words("Возвращено"), "values": [found[name].won_cents // 100 for name in names.values()]},
            ],
        },
    )


def _lost(one: Worth) -> int:
    return (one.cents - one.won_cents) // 100


def _cells(one: Worth, currency: str) -> tuple[str, ...]:
    spent, back = money(one.cents, currency), money(one.won_cents, currency)
    return str(one.many), str(one.valued), spent, str(one.won), back, str(one.open)
