"""Sixty days of the demo salon's journal, its today and its coming week, written into the emulator's world.

Each master's day is filled around what stands there already, and left with gaps, so that there is always something to
offer. What became of an appointment is drawn once, and both sides tell it the same way: the journal by its status and
comment, and a `Deed` for the ledger where a client asked for it in a chat.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from frontdesk.booking.cancelling import REASON_MARK, REASONS
from frontdesk.booking.changes import ChangeKind
from frontdesk.demo_history.people import Regular, regulars
from frontdesk.emulator.bookings import line_of
from frontdesk.emulator.salons.building import ADMINISTRATOR
from frontdesk.emulator.slots import busy_spans, length_of, working_spans
from frontdesk.emulator.things import Appointment, Client, Company, Master, Service, Span
from frontdesk.emulator.world import World, instant_of
from frontdesk.yclients.models.attendance import Attendance

PAST_DAYS: Final = 60
COMING_DAYS: Final = 7
FEWEST_A_DAY, MOST_A_COMING_DAY, MOST_A_DAY = 4, 5, 7
GRID_S: Final = 900
AFTERNOON_H: Final = 13
"""Of today at least one visit from this hour on is given up, if there is one to give up."""
CANCELLED_IN_CHAT, MOVED_IN_CHAT = 0.085, 0.035
NOT_COME, CANCELLED_BY_PHONE, DELETED = 0.028, 0.022, 0.008
"""Shares of the appointments of those who write, and of all that are over."""
NOT_YET_ANSWERED = 0.5
"""Of those of the next two days, so many have not confirmed yet."""
USUAL_S: Final = 75 * 60
FOR_MEN: Final = frozenset({5102, 5106})
MARK: Final = "Отменено клиентом через {messenger}"
MESSENGERS: Final = {"whatsapp": "WhatsApp", "telegram": "Telegram", "max": "MAX"}
LEADS_H: Final = ((1, 3), (3, 10), (10, 22), (26, 70), (30, 70), (75, 150))
"""How many hours before its start an appointment is given up: one of these ranges, each as likely as another."""
WHYS: Final = ("cant",) * 4 + ("ill",) * 3 + ("time",) * 3 + ("other", "")
OWN_WORDS: Final = ("задержали на работе", "уезжаю из города", "не с кем оставить ребёнка")


@dataclass(frozen=True, slots=True)
class Deed:
    """What a client asked for in a chat, and had; `starts_at` is the time given up or taken."""

    kind: ChangeKind
    appointment: Appointment
    regular: Regular
    at: datetime
    starts_at: datetime
    reason: str = ""

    @property
    def value(self) -> float:
        """What the appointment costs."""
        return sum(line.cost for line in self.appointment.services)


@dataclass
class History:
    """Everything that was written; `rebooked` holds the numbers of cancelled appointments that were made up for."""

    people: Sequence[Regular] = field(default_factory=regulars)
    deeds: list[Deed] = field(default_factory=list)
    rebooked: set[int] = field(default_factory=set)


def live_in(world: World, company: Company) -> History:
    """Gives the salon its past, its today and its coming week; the same whenever it is asked on the same day."""
    history, cards, own = History(), world.clients.of(company.id), world.appointments.of(company.id)
    for one in history.people:
        world.clients.add(Client(one.card, company.id, one.name, one.phone, one.surname, changed=world.clock.now()))
    diary = _Diary(world, company, history, Random(world.now_local(company).date().toordinal()))  # noqa: S311 - made-up people
    diary.write()
    _put_last(world, cards, own)
    world.happenings.clear()
    return history


def _put_last(world: World, cards: Sequence[Client], own: Sequence[Appointment]) -> None:
    """The salon's own few come after its past: what shows the newest of a long list shows them."""
    for card in cards:
        world.clients.remove(card)
        world.clients.add(card)
    for one in own:
        world.appointments.remove(one)
        world.appointments.add(one)


@dataclass
class _Diary:
    """The pen that writes it, day by day."""

    world: World
    company: Company
    history: History
    chance: Random
    returning: list[tuple[Regular, Appointment, datetime]] = field(default_factory=list)
    women: list[Regular] = field(default_factory=list)
    men: list[Regular] = field(default_factory=list)
    missed_today: bool = False
    freed_today: bool = False

    def __post_init__(self) -> None:
        self.now = self.world.now_local(self.company)
        self.services = self.world.services.of(self.company.id)
        self._shuffle()

    def _shuffle(self) -> None:
        self.women += self.chance.sample([one for one in self.history.people if not one.is_man], 390)
        self.men += self.chance.sample([one for one in self.history.people if one.is_man], 135)

    def write(self) -> None:
        """Every master's every day."""
        today = self.now.date()
        for number in range(-PAST_DAYS, COMING_DAYS + 1):
            for master in self.world.masters.of(self.company.id):
                self._fill(master, today + timedelta(days=number))

    def _fill(self, master: Master, day: date) -> None:
        able = [service for service in self.services if master.id in service.masters]
        for start, service in list(self._places(master, day, able)):
            self._put(master, start, service)

    def _places(self, master: Master, day: date, able: Sequence[Service]) -> Iterator[tuple[datetime, Service]]:
        """Times that are free, with gaps between them, and what is done then."""
        spans, taken = working_spans(master, day), busy_spans(self.world, master, day)
        most = MOST_A_DAY if day <= self.now.date() else MOST_A_COMING_DAY
        wanted = self.chance.randint(FEWEST_A_DAY, most) - len(taken)
        whole = sum(end - begin for begin, end in spans)
        slack = max(0, whole - USUAL_S * (wanted + len(taken))) // max(wanted + len(taken), 1)
        for begin, end in spans:
            cursor = begin + self._gap(slack)
            while wanted > 0 and cursor < end:
                service = self.chance.choice(able)
                finish = cursor + length_of(master, [service])
                if (hit := _first_touched(taken, cursor, finish)) is not None:
                    cursor = _on_grid(hit[1])
                    continue
                if finish <= end:
                    wanted -= 1
                    yield datetime.combine(day, time()) + timedelta(seconds=cursor), service
                cursor = _on_grid(finish) + self._gap(slack)

    def _gap(self, slack_s: int) -> int:
        """Some follow at once, others leave a window that something fits into."""
        return _on_grid(int(self.chance.choice((0, 0.2, 0.6, 1.6, 1.9)) * slack_s))

    def _put(self, master: Master, start: datetime, service: Service) -> None:
        regular, created = self._client(service, start)
        lines, made = [line_of(service, master.id)], self._instant(created)
        ids = self.world.ids
        one = Appointment(
            ids.number("record"), self.company.id, master.id, regular.card, lines, start,
            length_of(master, [service]), ids.number("visit"), ids.secret("record"), made, made,
            created_user_id=ADMINISTRATOR,
        )  # fmt: skip
        if regular.channel and self.chance.random() < 0.5:  # noqa: PLR2004 - half of them book in a chat
            self._deed(ChangeKind.BOOKED, one, regular, created)
        self._befall(one, regular, created)
        self.world.write_appointment(one)

    def _client(self, service: Service, start: datetime) -> tuple[Regular, datetime]:
        """Somebody who gave up a visit lately, or whose turn it is; and when they booked."""
        is_man = service.id in FOR_MEN
        for back in self.returning:
            regular, lost, at = back
            booked = at + timedelta(minutes=self.chance.randint(4, 1500))
            if regular.is_man is is_man and booked < min(start, self.now) and lost.start < start:
                self.returning.remove(back)
                self.history.rebooked.add(lost.id)
                return regular, booked
        if not self.women or not self.men:
            self._shuffle()
        created = start - timedelta(days=self.chance.randint(1, 12), minutes=self.chance.randint(0, 300))
        latest = self.now - timedelta(minutes=self.chance.randint(20, 4000))
        return (self.men if is_man else self.women).pop(), min(created, latest)

    def _befall(self, one: Appointment, regular: Regular, created: datetime) -> None:
        """What became of it by now."""
        drawn, is_over = self.chance.random(), one.start + timedelta(seconds=one.length_s) <= self.now
        is_today = one.start.date() == self.now.date()
        frees = is_today and not self.freed_today and one.start.hour >= AFTERNOON_H
        if regular.channel and (frees or drawn < CANCELLED_IN_CHAT):
            self._cancel(one, regular, created)
            self.freed_today = self.freed_today or (is_today and one.attendance is Attendance.NO_SHOW)
        elif regular.channel and drawn < CANCELLED_IN_CHAT + MOVED_IN_CHAT:
            self._move(one, regular, created)
        elif is_over and is_today and not self.missed_today:
            one.attendance, self.missed_today = Attendance.NO_SHOW, True
        elif is_over and not is_today:
            self._end(one, drawn)
        elif one.start <= self.now:
            one.attendance = Attendance.CAME
        elif one.start - self.now < timedelta(days=2) and drawn > NOT_YET_ANSWERED:
            self._confirm(one, regular, created)
        if one.attendance is Attendance.WAITING and is_over:
            one.attendance = Attendance.CAME

    def _end(self, one: Appointment, drawn: float) -> None:
        """How a visit of the past ended of which nothing was said in a chat."""
        if drawn > 1 - NOT_COME:
            one.attendance = Attendance.NO_SHOW
        elif drawn > 1 - NOT_COME - CANCELLED_BY_PHONE:
            one.attendance, one.comment = Attendance.NO_SHOW, "Отменили по телефону"
        elif drawn > 1 - NOT_COME - CANCELLED_BY_PHONE - DELETED:
            one.deleted = True

    def _cancel(self, one: Appointment, regular: Regular, created: datetime) -> None:
        low, high = self.chance.choice(LEADS_H)
        at = _by_day(one.start - timedelta(minutes=self.chance.randint(low * 60, high * 60)))
        at = min(at, one.start - timedelta(minutes=40))
        if not created + timedelta(minutes=15) < at < self.now - timedelta(minutes=15):
            return
        reason = self.chance.choice(WHYS)
        said = REASONS.get(reason, self.chance.choice(OWN_WORDS)) if reason else ""
        mark = MARK.format(messenger=MESSENGERS[regular.channel or ""])
        one.attendance, one.changed = Attendance.NO_SHOW, self._instant(at)
        one.comment = f"{mark}\n{REASON_MARK} {said}" if said else mark
        self._deed(ChangeKind.CANCELLED, one, regular, at, reason=reason)
        if self.chance.random() < 0.35:  # noqa: PLR2004 - the share that comes back
            self.returning.append((regular, one, at))

    def _move(self, one: Appointment, regular: Regular, created: datetime) -> None:
        """It stands at the time it was moved to; the deed knows the time it had."""
        before = one.start - timedelta(
            days=self.chance.choice((-2, -1, 1, 2)), minutes=self.chance.choice((0, 60, -90))
        )
        at = _by_day(min(one.start, before, self.now) - timedelta(hours=self.chance.randint(3, 40)))
        if at > created:
            self._deed(ChangeKind.MOVED, one, regular, at, before)

    def _confirm(self, one: Appointment, regular: Regular, created: datetime) -> None:
        one.attendance = Attendance.CONFIRMED
        at = _by_day(self.now - timedelta(minutes=self.chance.randint(30, 900)))
        if regular.channel and at > created:
            self._deed(ChangeKind.CONFIRMED, one, regular, at)

    def _deed(  # noqa: PLR0913 - a deed is written whole
        self,
        kind: ChangeKind,
        one: Appointment,
        regular: Regular,
        at: datetime,
        starts: datetime | None = None,
        *,
        reason: str = "",
    ) -> None:
        starts_at = self._instant(starts or one.start)
        self.history.deeds.append(
            Deed(kind, one, regular, self._instant(at.replace(second=self.chance.randrange(60))), starts_at, reason)
        )

    def _instant(self, shown: datetime) -> datetime:
        return instant_of(shown, self.company.zone)


def _by_day(moment: datetime) -> datetime:
    """Nobody writes at night: what would be is written the evening before."""
    if moment.hour < 8:  # noqa: PLR2004 - o'clock
        return moment.replace(hour=21) - timedelta(days=1)
    return moment


def _on_grid(seconds: int) -> int:
    return -(-seconds // GRID_S) * GRID_S


def _first_touched(taken: Sequence[Span], begin: int, end: int) -> Span | None:
    return next((span for span in taken if span[0] < end and begin < span[1]), None)
