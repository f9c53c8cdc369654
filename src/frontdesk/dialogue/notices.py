"""What the salon's own people are told, in Russian: a change in their day, the time it left free, and their own chat.

A client is named, as in the journal; a phone never is.
"""

from dataclasses import dataclass
from typing import assert_never

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.freed import Window, freed_windows
from frontdesk.booking.schedules import Calendar
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import Choice, Reply
from frontdesk.dialogue.words import Words

LEAVE = "master:leave"
"""The choice of a master who wants no notices in this chat any more."""
_STOP_WORDS = frozenset({"стоп", "stop", "отписаться", "не пишите"})
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Day:
    """What is known of the salon when a notice is written: its clock, and the day given up, None where unread."""

    now: Local
    calendar: Calendar | None = None


def notice(change: Change, day: Day, *, names_master: bool) -> Reply | None:
    """One change in a line or two, None where nothing is known; `names_master` for whoever is told of several."""
    text = _happened(change, day.now, names_master=names_master)
    if text is None:
        return None
    free = _free(change, day)
    return Reply(f"{text} {free}" if free else text)


def _happened(change: Change, now: Local, *, names_master: bool) -> str | None:
    words, after = Words(), change.after
    stood = change.before or after
    if stood is None:
        return None
    if change.kind is ChangeKind.MOVED and after is not None:
        return _moved(change, after, now, names_master=names_master)
    parts = [words.services(stood), words.when(stood.start, now), _name(change.client)]
    parts.append(words("мастер {name}", name=stood.master.name) if names_master and stood.master.name else "")
    return words("{what}: {about}.", what=_heading(change.kind), about=", ".join(filter(None, parts)))


def _moved(change: Change, after: Appointment, now: Local, *, names_master: bool) -> str:
    words = Words()
    about = ", ".join(filter(None, (words.services(after), _name(change.client))))
    to = words.when(after.start, now)
    if change.before is None:
        return words(
            "{what}: {about}. Теперь {to}{whom}.",
            what=_heading(change.kind),
            about=about,
            to=to,
            whom=_whom(after, names_master),
        )
    other = change.before.master.id != after.master.id
    return words(
        "{what}: {about}. Было {was}{from_whom}, теперь {to}{whom}.",
        what=_heading(change.kind),
        about=about,
        was=words.when(change.before.start, now),
        from_whom=_whom(change.before, names_master or other),
        to=to,
        whom=_whom(after, names_master or other),
    )


def _whom(appointment: Appointment, named: bool) -> str:
    return f" {Words().with_master(appointment)}" if named and appointment.master.name else ""


def _heading(kind: ChangeKind) -> str:  # noqa: PLR0911 - one a kind
    match kind:
        case ChangeKind.CANCELLED:
            return "Отмена"
        case ChangeKind.MOVED:
            return "Перенос"
        case ChangeKind.BOOKED:
            return "Новая запись"
        case ChangeKind.CONFIRMED:
            return "Подтверждение"
        case ChangeKind.RESTORED:
            return "Запись снова в силе"
        case ChangeKind.CAME:
            return "Клиент пришёл"
        case ChangeKind.NO_SHOW:
            return "Клиент не пришёл"
        case ChangeKind.EXPECTED:
            return "Клиента ждут"
        case _:
            assert_never(kind)


def _name(client: str) -> str:
    return " ".join(client.split())[:_LONGEST_NAME]


def _free(change: Change, day: Day) -> str:
    """The time given up, joined with what is free beside it; its own time where the day could not be read."""
    if change.kind not in {ChangeKind.CANCELLED, ChangeKind.MOVED} or change.before is None:
        return ""
    gone = change.before
    if day.calendar is None or not day.calendar.working_days(gone.start.date()):
        windows: tuple[Window, ...] = (Window(gone.master, max(gone.start, day.now), gone.end),)
        windows = windows if gone.end > day.now else ()
    else:
        windows = freed_windows(gone, day.calendar, day.now)
    spans = " и ".join(f"{one.start:%H:%M}–{one.end:%H:%M}" for one in windows)
    if not spans:
        return ""
    return Words()("Окно {spans} свободно." if len(windows) == 1 else "Окна {spans} свободны.", spans=spans)


def stops(text: str) -> bool:
    """Whether a master's words, as a whole, ask for no more notices."""
    return text.strip().strip(".!").casefold() in _STOP_WORDS


def registered(name: str) -> Reply:
    """The master's chat is known from now on."""
    return Reply(Words()("Готово, {name}: буду писать сюда об отменах и записях.", name=name))


def wrong_code() -> Reply:
    """A code that was given to nobody, or too long ago."""
    return Reply("Эта ссылка для мастеров уже не действует. Попросите, пожалуйста, у администратора новую.")


def used_code() -> Reply:
    """A code that was used in another chat."""
    return Reply("По этой ссылке уже зарегистрирован другой чат. Попросите, пожалуйста, у администратора новую.")


def working_chat(name: str) -> Reply:
    """A master's chat is no client's: nothing is booked here."""
    text = Words()("{name}, сюда я пишу об отменах и записях, записать отсюда не могу.", name=name)
    return Reply(text, (Choice(LEAVE, "Больше не писать"),))


def desk_chat(name: str) -> Reply:
    """The links by which somebody signs in at the desk are sent here from now on."""
    return Reply(Words()("Готово, {name}: сюда будут приходить ссылки для входа на стойку.", name=name))


def wrong_desk_code() -> Reply:
    """A code for that which was used, or is too old, or came from another messenger."""
    return Reply("Эта ссылка уже не действует. Откройте стойку и возьмите новую.")


def left() -> Reply:
    """The master wanted no more notices here."""
    return Reply(
        "Хорошо, больше не пишу сюда об отменах и записях. Чтобы вернуться, попросите у администратора ссылку."
    )
