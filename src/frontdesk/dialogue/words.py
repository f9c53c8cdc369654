"""Replies in the client's language.

Russian stands where it is said; other languages are data keyed by it, as in gettext.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.offers import Price
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Local
from frontdesk.dialogue import grammar

RUSSIAN = "ru"
_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Words:
    """Says things in one language; a sentence without a translation is said in Russian."""

    language: str = RUSSIAN
    replies: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, russian: str, **values: object) -> str:
        """The sentence with its values put in; braces inside a value mean nothing."""
        return self.replies.get(russian, russian).format(**values)

    def when(self, start: Local, now: Local) -> str:
        """A moment in full, as it is read back."""
        return self("{day}, в {time}", day=self._day(start, now), time=f"{start:%H:%M}")

    def onto(self, start: Local, now: Local) -> str:
        """Where a visit is moved to: «на завтра, воскресенье 22 ноября, в 15:00»."""
        day = self._day(start, now, grammar.ONTO_WEEKDAY)
        return self("на {day}, в {time}", day=day, time=f"{start:%H:%M}")

    def away_from(self, start: Local, now: Local) -> str:
        """Where a visit is moved from: «с завтра, 15:00», «с понедельника 23 ноября, 15:00»."""
        near = grammar.near_day(start, now)
        day = self("с {day}", day=self(near)) if near else self._day(start, now, grammar.FROM_WEEKDAY)
        return self("{day}, {time}", day=day, time=f"{start:%H:%M}")

    def _day(self, start: Local, now: Local, weekdays: Sequence[str] = grammar.ON_WEEKDAY) -> str:
        day = self(
            "{weekday} {day} {month}",
            weekday=self(weekdays[start.weekday()]),
            day=start.day,
            month=self(grammar.MONTHS[start.month - 1]),
        )
        if start.year != now.year:
            day = self("{day} {year} года", day=day, year=start.year)
        near = grammar.near_day(start, now)
        return f"{self(near)}, {day}" if near else day

    def short_when(self, start: Local) -> str:
        """A moment on a button: at most 16 letters in Russian."""
        return f"{self.short_day(start)}, {start:%H:%M}"

    def short_day(self, day: date) -> str:
        """A day on a button: «пт 27 ноя»."""
        month = self(grammar.MONTHS[day.month - 1])[:3]
        return f"{self(grammar.SHORT_WEEKDAYS[day.weekday()])} {day.day} {month}"

    def services(self, appointment: Appointment, *, as_object: bool = False) -> str:
        """What is done, inside a sentence; `as_object` after a verb («отменить стрижку»)."""
        titles = [service.title for service in appointment.services] or [self("Запись")]
        return self.titles(titles, as_object=as_object)

    def with_master(self, appointment: Appointment) -> str:
        """«у Анны»."""
        name = appointment.master.name
        return self("у {master}", master=grammar.genitive(name) if self.language == RUSSIAN else name)

    def to_master(self, name: str) -> str:
        """«к Анне»."""
        return self("к {master}", master=grammar.dative(name) if self.language == RUSSIAN else name)

    def titles(self, titles: Iterable[str], *, as_object: bool = False) -> str:
        """Services by their titles, inside a sentence."""
        inflect = grammar.accusative if as_object and self.language == RUSSIAN else grammar.lower_title
        return " + ".join(inflect(title) for title in titles)

    def price(self, price: Price, currency: str) -> str:
        """«2 000 ₽», «от 2 000 ₽» where it is not exact, nothing where it is not known."""
        if not price.low and not price.high:
            return ""
        written = f"{price.low:,.0f}".replace(",", "\u202f")
        if price.low == price.high:
            return f"{written}\u00a0{currency}"
        return self("от {price} {currency}", price=written, currency=currency)

    def day(self, day: date, today: Local) -> str:
        """A day: «завтра, в воскресенье 22 ноября»."""
        return self._day(Local(datetime.combine(day, time.min)), today)

    def on_day(self, day: date, today: Local) -> str:
        """A day at the beginning of a sentence: «Завтра, в воскресенье 22 ноября,», «В пятницу 27 ноября»."""
        said = _capitalised(self.day(day, today))
        return f"{said}," if "," in said else said

    def line(self, appointment: Appointment, now: Local) -> str:
        """An appointment as a line of a list."""
        return self(
            "{what}: {when}, {whom}",
            what=_capitalised(self.services(appointment)),
            when=self.when(appointment.start, now),
            whom=self.with_master(appointment),
        )

    def span(self, length_s: int) -> str:
        """A length after «меньше»: «2 часов», «30 минут»."""
        if length_s % _DAY_S == 0:
            return self._count(length_s // _DAY_S, "суток", "{n} суток")
        if length_s % _HOUR_S == 0:
            return self._count(length_s // _HOUR_S, "часа", "{n} часов")
        return self._count(-(-length_s // _MINUTE_S), "минуты", "{n} минут")

    def hours(self, span: Span) -> str:
        """«с 10:00 до 20:00»."""
        return self("с {first} до {last}", first=clock(span.begin_s), last=clock(span.end_s))

    def length(self, length_s: int) -> str:
        """How long something takes: «1 ч 30 мин», «45 мин»."""
        hours, minutes = divmod(-(-length_s // _MINUTE_S), 60)
        shown = (self("{n} ч", n=hours) if hours else "", self("{n} мин", n=minutes) if minutes else "")
        return " ".join(filter(None, shown))

    def _count(self, n: int, one: str, many: str) -> str:
        return self(one) if n == 1 else self(many, n=n)


def clock(second: int) -> str:
    """A second of the day as a clock shows it."""
    return f"{second // _HOUR_S:02}:{second % _HOUR_S // _MINUTE_S:02}"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
