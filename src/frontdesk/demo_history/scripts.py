"""What was said in the demo's earlier conversations. In braces stands what the journal knows of the visit it is about.

A line is who speaks, the words, and after how many seconds; `>` is the client, `*` a button they tapped, `<` the
assistant, `@` a person of the salon.
"""

from dataclasses import dataclass
from typing import Final

from frontdesk.booking.changes import ChangeKind

TO_A_PERSON: Final = "Передала администратору, он ответит вам здесь. Если срочно, позвоните: +7 900 000-09-99."


@dataclass(frozen=True, slots=True)
class Line:
    """One message."""

    who: str
    text: str
    after_s: int
    intent: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """A conversation that led to a deed: it is told of the newest such deeds, `times` of them.

    `late` and `reason` say which, None where it does not matter.
    """

    kind: ChangeKind
    lines: tuple[Line, ...]
    late: bool | None = None
    reason: str | None = None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Apart:
    """A conversation that changed nothing in the journal, so long ago; `waits` where it waits for a person."""

    name: str
    channel: str
    ago_min: int
    lines: tuple[Line, ...]
    waits: bool = False
    language: str = "ru"


YES_CANCEL: Final = ("Да, отменить", "Перенести", "Нет, оставить")
WHY: Final = ("Не могу прийти", "Болею", "Нужно другое время", "Другое")
CANCELLED: Final = "Отменила {what} {when} {whom}. Будем рады видеть вас в другой раз!"

SETTLED: Final = (
    About(
        ChangeKind.CANCELLED,
        (
            Line(">", "Здравствуйте! Не смогу прийти, температура(", 0, "cancel"),
            Line("<", "Отменить {what} {when} {whom}?", 3, choices=YES_CANCEL),
            Line("*", "Да, отменить", 40),
            Line("<", CANCELLED, 4, choices=WHY),
            Line("*", "Болею", 55),
            Line("<", "Спасибо, что сказали!", 2),
        ),
        late=True,
        reason="ill",
    ),
    About(
        ChangeKind.CANCELLED,
        (
            Line(">", "отмените пожалуйста мою запись", 0, "cancel"),
            Line("<", "Отменить {what} {when} {whom}?", 3, choices=YES_CANCEL),
            Line(">", "да", 25, "yes"),
            Line("<", CANCELLED, 4, choices=WHY),
            Line("*", "Нужно другое время", 30),
            Line("<", "Спасибо, что сказали! Подобрать другое время?", 3, choices=("Подобрать время",)),
        ),
        late=False,
        reason="time",
    ),
    About(
        ChangeKind.BOOKED,
        (
            Line(">", "Здравствуйте, запишите меня {to_master} на {day}, если можно", 0, "book"),
            Line("<", "Записать вас на {what} {when} {whom}?", 4, choices=("Да, записать", "Другое время")),
            Line("*", "Да, записать", 30),
            Line("<", "Записала вас на {what} {when} {whom}. Ждём вас: Берёзовая аллея, д. 7.", 5),
            Line(">", "спасибо!", 20, "thanks"),
            Line("<", "Пожалуйста!", 2),
        ),
        times=2,
    ),
    About(
        ChangeKind.MOVED,
        (
            Line(">", "можно перенести на другой день?", 0, "move"),
            Line("<", "Перенести {what} на другое время: {when}?", 4, choices=("Да, перенести", "Другое время")),
            Line("*", "Да, перенести", 35),
            Line("<", "Готово, запись перенесла. Ждём вас!", 5),
        ),
    ),
    About(
        ChangeKind.CONFIRMED,
        (
            Line(">", "да, буду", 0, "confirm"),
            Line("<", "Отметила, что вы придёте: {what} {when}. Ждём вас!", 4),
        ),
    ),
)
APART: Final = (
    Apart(
        "Инга",
        "telegram",
        14,
        (
            Line(">", "Добрый день! Подарили сертификат, но он на другую услугу. Можно поменять?", 0, "other"),
            Line("<", f"Здесь нужен человек. {TO_A_PERSON}", 3),
            Line(">", "хорошо, жду", 40, "other"),
        ),
        waits=True,
    ),
    Apart(
        "Ростислав",
        "max",
        52,
        (
            Line(">", "Позовите администратора, пожалуйста", 0, "human"),
            Line("<", TO_A_PERSON, 2),
        ),
        waits=True,
    ),
    Apart(
        "Emma",
        "telegram",
        190,
        (
            Line(">", "Hi! How much is a back massage?", 0, "price"),
            Line("<", "Our prices:\nМассаж:\n• Массаж спины: 2 500 ₽", 3),
            Line(">", "Great, thanks!", 45, "thanks"),
            Line("<", "You're welcome!", 2),
        ),
        language="en",
    ),
    Apart(
        "Марта",
        "telegram",
        1510,
        (
            Line(">", "а сколько стоит маникюр с покрытием?", 0, "price"),
            Line("<", "Наши цены:\nНогтевой сервис:\n• Маникюр с покрытием гель-лак: 2 300 ₽", 3),
        ),
    ),
    Apart(
        "Аркадий",
        "max",
        2960,
        (
            Line(">", "где вы находитесь", 0, "address"),
            Line("<", "Мы здесь: Берёзовая аллея, д. 7. Телефон: +7 900 000-09-99.", 3),
            Line(">", "Спасибо", 30, "thanks"),
            Line("<", "Пожалуйста!", 2),
        ),
    ),
    Apart(
        "Виолетта",
        "telegram",
        4475,
        (
            Line(">", "Здравствуйте! У меня аллергия на гель-лак, чем можно заменить?", 0, "other"),
            Line("<", f"Здесь нужен человек. {TO_A_PERSON}", 3),
            Line("@", "Здравствуйте! Это администратор. Есть маникюр без покрытия, 1 300 ₽. Записать вас?", 420),
            Line(">", "Да, но позже, я сама напишу. Спасибо!", 200, "thanks"),
        ),
    ),
)
