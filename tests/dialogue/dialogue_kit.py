"""A made-up salon and one person's chat with it: pure facts, the real understanding, no service and no journal.

The chat looks up what the dialogue wants just as the door does: appointments first, then the free times for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.commands import Command, Done, Outcome
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.menu import Listed, Menu, Staffer
from frontdesk.booking.offers import Offer, Price, Terms
from frontdesk.booking.policy import Policy
from frontdesk.booking.salon import Salon
from frontdesk.booking.schedules import BookingRules, Busy, WorkingDay, calendar
from frontdesk.booking.slots import Slot, free_slots_on
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Instant, Local
from frontdesk.dialogue.conversation import Dialogue
from frontdesk.dialogue.intents import every_intent
from frontdesk.dialogue.talk import (
    ContactShared,
    Event,
    Facts,
    Person,
    Problem,
    Reply,
    Said,
    Settled,
    SlotsWanted,
    Talk,
    Tapped,
    Turn,
    Wants,
)
from frontdesk.language.understand import Ear, prepare, understand
from frontdesk.provider.listing import catalogue

HOUR_S = 3600
NOON = Instant(datetime(2026, 11, 21, 9, tzinfo=UTC))
"""Saturday, 12:00 in Moscow."""
PHONE = Phone("79000000001")
ANNA, OLGA = Master(MasterId(11), "Анна"), Master(MasterId(12), "Ольга")
HAIRCUT, MANICURE = Service(ServiceId(1), "Женская стрижка"), Service(ServiceId(3), "Маникюр с покрытием")
DIALOGUE = Dialogue(every_intent(), {})


def price(amount: int, most: int = 0) -> Price:
    return Price(Decimal(amount), Decimal(most or amount))


MENU = Menu(
    listed=(
        Listed(Offer(HAIRCUT, {ANNA.id: Terms(HOUR_S, price(2000)), OLGA.id: Terms(HOUR_S, price(2000))}), "Волосы"),
        Listed(Offer(MANICURE, {OLGA.id: Terms(2 * HOUR_S, price(1800, 2500))}), "Ногти"),
    ),
    staff=(Staffer(ANNA, "Парикмахер"), Staffer(OLGA, "Мастер маникюра")),
)
SALON = Salon(
    "centre",
    SalonId(962302),
    "Ясный день",
    ZoneInfo("Europe/Moscow"),
    phone="+7 900 000-09-99",
    address="Берёзовая аллея, д. 7",
)


@cache
def ear() -> Ear:
    return prepare(("ru", "en"), tuple(intent.phrases for intent in DIALOGUE.intents.values()), catalogue(MENU))


def at(day: int, hour: int, minute: int = 0) -> Local:
    """A time of November 2026; the 22nd is tomorrow, a Sunday."""
    return Local(datetime(2026, 11, day, hour, minute))  # noqa: DTZ001 - the salon's own clock


def appointment(number: int, start: Local, service: Service = HAIRCUT, master: Master = ANNA) -> Appointment:
    length_s = MENU.offers([service.id])[0].masters[master.id].length_s
    return Appointment(
        AppointmentId(number),
        SALON.key,
        None,
        Client(ClientId(5), "Ирина", PHONE),
        master,
        (service,),
        start,
        length_s,
        Attendance.WAITING,
    )


@dataclass
class Chat:
    """Irina's chat. `busy` is what others have taken; masters work from 10 to 20, on Mondays too."""

    own: tuple[Appointment, ...] = ()
    busy: tuple[Busy, ...] = ()
    salon: Salon = SALON
    proved: Phone | None = PHONE
    problem: Problem | None = None
    now: Instant = NOON
    talk: Talk = field(default_factory=Talk)
    turn: Turn = field(default_factory=lambda: Turn(Talk()))
    commands: list[Command] = field(default_factory=list)
    days_off: tuple[date, ...] = ()
    open_subjects: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()

    def says(self, text: str) -> str:
        """Says it in words; answers what the salon says."""
        heard = understand(text, ear(), self.salon.local(self.now), DIALOGUE.expecting(self.talk))
        return self._takes(Said(heard, self.now))

    def taps(self, label: str) -> str:
        """Taps the choice of that label in the last message; fails where there is none."""
        return self.taps_id(next(choice.id for choice in self.reply.choices if choice.label == label))

    def taps_id(self, choice: str) -> str:
        return self._takes(Tapped(choice, self.now))

    def shares_contact(self, *, own: bool = True, phone: Phone = PHONE) -> str:
        """Shares a contact card; one's own proves the number."""
        if own:
            self.proved = phone
        return self._takes(ContactShared(phone, own, self.now))

    def settles(self, outcome: Outcome | None = None, about: Appointment | None = None) -> str:
        """The journal's answer to the last command."""
        command = self.commands[-1]
        number = getattr(command, "appointment", None)
        known = about or next((one for one in self.own if one.id == number), None)
        return self._takes(Settled(command, outcome or Done(), known))

    def waits(self, **span: float) -> None:
        self.now = Instant(self.now + timedelta(**span))

    @property
    def reply(self) -> Reply:
        return self.turn.replies[-1]

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.reply.choices]

    def _takes(self, event: Event) -> str:
        facts = self._facts(DIALOGUE.wants(self.talk, event))
        self.turn = DIALOGUE.advance(self.talk, event, facts)
        self.talk = self.turn.talk
        self.commands += self.turn.commands
        self.waits(seconds=5)
        return "\n\n".join(reply.text for reply in self.turn.replies)

    def _facts(self, wants: Wants) -> Facts:
        person = Person("WhatsApp", "Ирина", self.proved)
        facts = Facts(self.now, person, (self.salon,), {self.salon.key: MENU}, busy=self.open_subjects, held=self.held)
        if self.problem is not None:
            return replace(facts, problem=self.problem)
        appointments = self.own if wants.appointments and self.proved else None
        working = self._working(self._days(wants.working.first_day)) if wants.working else None
        facts = replace(facts, appointments=appointments, working=working)
        wanted = wants.slots or (wants.slots_for(facts) if wants.slots_for else None)
        return replace(facts, slots=self._slots(wanted)) if wanted else facts

    def _days(self, first: date | None, last: date | None = None) -> list[date]:
        begin = first or self.salon.local(self.now).date()
        return [begin + timedelta(days=n) for n in range((last - begin).days + 1 if last else 7)]

    def _working(self, days: Sequence[date]) -> tuple[WorkingDay, ...]:
        hours = Span(10 * HOUR_S, 20 * HOUR_S)
        return tuple(
            WorkingDay(one.master, day, () if day in self.days_off else (hours,)) for day in days for one in MENU.staff
        )

    def _slots(self, wanted: SlotsWanted) -> tuple[Slot, ...]:
        """The wished days, or the next two where nothing is free on them."""
        now = self.salon.local(self.now)
        lengths = {
            master.id: sum(offer.masters[master.id].length_s for offer in MENU.offers(wanted.services))
            for master in MENU.masters_of(MENU.offers(wanted.services))
            if wanted.master in {None, master.id}
        }
        days = self._days(wanted.first_day, wanted.last_day)[:3]
        moving = wanted.moving.id if wanted.moving else None
        own = tuple(Busy(one.master.id, one.start, one.length_s, one.id) for one in self.own if one.stands)
        near = [*days, *(days[-1] + timedelta(days=n) for n in (1, 2))]
        known = calendar(self.salon.zone, BookingRules(), self._working(near), (*self.busy, *own))
        found = free_slots_on(days, lengths, known, now, moving=moving)
        return found or free_slots_on(near, lengths, known, now, moving=moving)


def with_policy(**changes: object) -> Salon:
    return replace(SALON, policy=replace(Policy(), **changes))
