"""The regular clients of the demo salon. Nobody has these names with these numbers: +7 900 000 is given to no one."""

from dataclasses import dataclass
from typing import Final

WOMEN: Final = (
    "Алина", "Валентина", "Вероника", "Галина", "Дарья", "Евгения", "Елена", "Жанна", "Инна", "Карина", "Кира",
    "Ксения", "Лариса", "Любовь", "Маргарита", "Марина", "Надежда", "Нина", "Оксана", "Полина", "Раиса", "София",
    "Таисия", "Ульяна", "Эльвира", "Яна",
)  # fmt: skip
MEN: Final = (
    "Александр", "Антон", "Артём", "Богдан", "Виктор", "Глеб", "Денис", "Захар", "Игорь", "Кирилл", "Леонид",
    "Матвей", "Никита", "Олег", "Руслан", "Сергей", "Фёдор", "Ян",
)  # fmt: skip
SURNAMES: Final = (
    "Барсуков", "Вишняков", "Грачёв", "Дубов", "Ежов", "Журавлёв", "Зайцев", "Ивушкин", "Калинин", "Ласточкин",
    "Медведев", "Носков", "Осинин", "Перепёлкин", "Рябинин",
)  # fmt: skip
HOW_MANY_WOMEN: Final = 390
HOW_MANY_MEN: Final = 135
FIRST_CARD: Final = 71_001
FIRST_PHONE: Final = 79_000_001_001
FIRST_USER: Final = 500_001_001
"""Of the ids that Telegram and MAX know people by."""
MESSENGERS: Final = ("whatsapp",) * 5 + ("telegram",) * 2 + ("max",) + (None,) * 2
"""Where a client writes, if anywhere, in turn."""


@dataclass(frozen=True, slots=True)
class Regular:
    """One of them; `card` is the number in the salon's book."""

    card: int
    name: str
    surname: str
    phone: str
    is_man: bool
    channel: str | None

    @property
    def user(self) -> str:
        """Who this is in the messenger."""
        return self.phone if self.channel == "whatsapp" else str(FIRST_USER + self.card - FIRST_CARD)


def regulars() -> list[Regular]:
    """All of them, women first."""
    women = [_regular(number, WOMEN, is_man=False) for number in range(HOW_MANY_WOMEN)]
    return women + [_regular(HOW_MANY_WOMEN + number, MEN, is_man=True) for number in range(HOW_MANY_MEN)]


def _regular(number: int, names: tuple[str, ...], *, is_man: bool) -> Regular:
    surname = SURNAMES[number // len(names) % len(SURNAMES)]
    return Regular(
        FIRST_CARD + number,
        names[number % len(names)],
        surname if is_man else f"{surname}а",
        str(FIRST_PHONE + number),
        is_man,
        MESSENGERS[number * 7 % len(MESSENGERS)],
    )
