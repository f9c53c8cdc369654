"""What a client reads off a reply, in Russian or English: what it says, the moment named, and what there is to tap."""

import calendar
import re
from datetime import datetime, time
from enum import Enum

from frontdesk.channels.messages import Contact, Content, Tap, Text
from frontdesk.dialogue import grammar
from frontdesk.dialogue.talk import Choice, Reply

MONTHS = {name: number for names in (grammar.MONTHS, calendar.month_name[1:]) for number, name in enumerate(names, 1)}
_MOMENT = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}})(?: года)?)?(?:, в| at) (?P<time>\d\d:\d\d)"
)

_AS_OF = re.compile(r"(?:[Пп]о данным на|as of) (?P<time>\d\d:\d\d)")


class Tells(Enum):
    """What a reply says has come of something, in the words of either language."""

    BOOKED = "Записала|You are booked|^Booked:"
    CANCELLED = "Отменила|запись отменила|I've cancelled|appointment is cancelled"
    MOVED = "[Пп]еренесла|I've moved|appointment is moved"
    CONFIRMED = "Подтвердила|уже подтверждена|Confirmed|already confirmed"
    RESTORED = "[Вв]ернула|brought back|appointment is back"
    LISTED = "аша запись:|аши записи|ы записаны|Your appointments|You are booked"
    NOTHING = "записей на ваш номер не нахожу|no coming appointments on your"
    FREE = "вободно:|free times:|время свободно|time is free"
    LEFT_AS_IT_WAS = "ничего не отменяю|не записываю|not cancelling anything|won't book it"
    HANDED_OVER = (
        "[Пп]ередала администратору|поможет администратор|передала ему|passed (this|your message) on|told the rec"
    )
    CALL_US = "Позвоните, пожалуйста|Please call the salon"
    AWAY = "не отвечает|недоступ|isn't answering|isn't available"
    WAITING = "Приняла|Уже отменяю|Noted\\.|I have your request|already cancelling"
    TAKEN = "уже заняли|has been taken"
    PASSED = "время уже прошло|time had passed|time has passed"
    RESCHEDULED = "Тем временем|Meanwhile the appointment"
    SORRY = "К сожалению|Sorry|Unfortunately|аявку сняла"
    AS_OF = "[Пп]о данным на|as of"
    TRY_LATER = "чуть позже|a little later"
    ASKS_NAME = "На какое имя|What name"
    ASKS_WHEN = "Когда вам удобно|When would suit you"


def tells(text: str, *what: Tells) -> bool:
    """Whether a reply says any of these."""
    return any(_PATTERNS[one].search(text) for one in what)


_PATTERNS = {one: re.compile(one.value, re.MULTILINE) for one in Tells}
_UNSETTLED = re.compile(r"(?:ждёт подтверждения|to be confirmed)\)")
_STEM = 3
"""Letters at the end of a word that its case may change."""


def moments(text: str, now: datetime) -> list[datetime]:
    """Every «22 ноября, в 15:00» or "22 November at 15:00" of a text, in order; a year not said is this one."""
    return [
        datetime.strptime(  # noqa: DTZ007 - the salon's own clock
            f"{found['year'] or now.year}-{MONTHS[found['month']]}-{found['day']} {found['time']}",
            "%Y-%m-%d %H:%M",
        )
        for found in _MOMENT.finditer(text)
    ]


def apart(text: str) -> tuple[str, str]:
    """A list in two: what is said to stand, and what is said to wait for its confirmation."""
    waiting = [line for line in text.splitlines() if _UNSETTLED.search(line)]
    return "\n".join(line for line in text.splitlines() if line not in waiting), "\n".join(waiting)


def as_of(text: str, now: datetime) -> datetime | None:
    """The minute of today that a text says its news are of."""
    found = _AS_OF.search(text)
    return datetime.combine(now.date(), time.fromisoformat(found["time"])) if found else None


def offers(reply: Reply, option: str) -> list[Choice]:
    """The choices of one kind: `slot`, `pick`, `yes`."""
    return [choice for choice in reply.choices if option_of(choice) == option]


def option_of(choice: Choice) -> str:
    """What kind of choice it is, by its id."""
    parts = choice.id.split(":")
    return parts[1] if len(parts) > 1 else ""


def intent_of(choice: Choice) -> str:
    """Whose choice it is."""
    return choice.id.partition(":")[0]


def argument_of(choice: Choice) -> str:
    """What the choice is about: an appointment's id, a time, a master."""
    parts = choice.id.split(":")
    return parts[2] if len(parts) > 2 else ""  # noqa: PLR2004 - the third of four parts


def slot_start(choice: Choice) -> datetime:
    """The time that a choice of a time stands for."""
    return datetime.strptime(argument_of(choice).partition("-")[0], "%Y%m%dT%H%M")  # noqa: DTZ007 - the salon's clock


def speaks_of(text: str, title: str) -> bool:
    """Whether a service stands in a text, in whatever case."""
    said = text.lower()
    return all(_stem(word) in said for word in re.findall(r"\w+", title.lower()))


def _stem(word: str) -> str:
    return word[:-_STEM] if len(word) > 2 * _STEM else word[: max(2, len(word) - 1)]


def handed_over(text: str) -> bool:
    """Whether a person of the salon takes over from here."""
    return tells(text, Tells.HANDED_OVER)


def sends_to_phone(text: str) -> bool:
    """Whether the client is told to call."""
    return tells(text, Tells.CALL_US)


def shown(content: Content) -> str:
    """What was sent, for people to read in a report."""
    match content:
        case Text(text=text):
            return text[:200]
        case Tap(choice=choice, label=label):
            return f"[{label or choice}]"
        case Contact(own=own):
            return "[own contact]" if own else "[somebody's contact]"
        case _:
            return "[attachment]"


def options(reply: Reply) -> str:
    """The labels of a reply's choices, for people to read in a report."""
    return " | ".join(f"{choice.label} ({option_of(choice)})" for choice in reply.choices)
