"""The law of the order: however wishes are merged while they wait, the journal ends as if each had been carried alone.

`Queueing` keeps the commands by the decisions alone; what leaves, comes back, gets lost or arrives in between is drawn.
The other side knows nothing of commands: it takes each wish for what its words say, one after the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import assert_never

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.booking.commands import Book, Cancel, Command, Confirm, Move, Restore, waiting_appointment
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.outage.order import Annihilate, Join, Queue, Replace, Standing, decide, touches

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
THREE = Local(datetime(2026, 11, 22, 15))  # noqa: DTZ001 - the salon's own clock
ANNA, BORIS = Phone("79160000001"), Phone("79160000002")
OLGA = MasterId(501)
OWN = {7: ANNA, 8: ANNA, 9: BORIS}
"""Who has which appointment at the start."""


@dataclass(frozen=True)
class Said:
    """A wish in a person's mind: what is to become of which appointment; `of` counts bookings back from the last."""

    kind: str
    phone: Phone
    of: int
    hour: int

    def about(self, bookings: Sequence[int]) -> int | None:
        """The appointment or, negative, the booking; None where there is none."""
        known = [number for number, whose in OWN.items() if whose == self.phone] + list(bookings)
        return known[self.of % len(known)] if known else None


def at(hour: int) -> Local:
    return Local(THREE + timedelta(hours=hour))


def wish(said: Said, about: int, key: str) -> Command:
    number = AppointmentId(about)
    match said.kind:
        case "book":
            return Book("centre", said.phone, "Анна", True, (ServiceId(31),), OLGA, at(said.hour), 3600, key, NOON)
        case "move":
            return Move("centre", number, said.phone, OLGA, at(said.hour), 3600, NOON)
        case "cancel":
            return Cancel("centre", number, said.phone, "Отменено клиентом", NOON)
        case "confirm":
            return Confirm("centre", number, said.phone, NOON)
        case _:
            return Restore("centre", number, said.phone, NOON)


@dataclass(frozen=True)
class Line:
    """An appointment as far as wishes change it. `start` is None where the words leave it to the journal."""

    start: Local | None = THREE
    stands: bool = True
    confirmed: bool = False


Journal = dict[int, Line]


def written(line: Line, command: Command) -> Line:
    """What the words of one wish make of an appointment."""
    match command:
        case Move(start=start):
            return Line(start)
        case Cancel():
            return replace(line, stands=False, confirmed=False)
        case Confirm():
            return replace(line, stands=True, confirmed=True)
        case Restore():
            return replace(line, stands=True)
        case _:
            raise AssertionError(command)


def meant(line: Line, command: Command) -> Line:
    """The same, where all that is known are words: who comes after all comes when the journal says, and is told so."""
    after = written(line, command)
    return replace(after, start=None) if isinstance(command, Cancel) else after


def agrees(journal: Journal, words: Journal) -> bool:
    """Whether the journal shows what the words come to."""
    shows, says = shown(journal), shown(words)
    unsaid = {number: replace(line, start=None) for number, line in shows.items() if number in says}
    return shows.keys() == says.keys() and all(says[one] in (shows[one], unsaid[one]) for one in says)


def shown(journal: Journal) -> Journal:
    """What stands; of what does not, nothing more is to be known. Whoever has just booked need not confirm it."""
    booked = {number: replace(line, confirmed=False) for number, line in journal.items() if number < 0}
    return {number: line for number, line in (journal | booked).items() if line.stands}


@dataclass
class Queueing:
    """The commands of one salon, and the journal that they are carried to."""

    commands: list[Standing] = field(default_factory=list)
    journal: Journal = field(default_factory=lambda: {number: Line() for number in OWN})
    left: list[Command] = field(default_factory=list)

    def asks(self, asked: Command) -> int:
        """Takes the wish in; the number of the command that carries it."""
        near = [one for one in self.commands if one.state.is_open and touches(asked, one)]
        decision = decide(asked, near)
        match decision:
            case Join(number):
                return number
            case Replace(number, becomes, drops):
                for dropped in drops:
                    self.happens(self.of(dropped), CommandEvent.ANNIHILATED)
                self.happens(replace(self.of(number), command=becomes), CommandEvent.REPLACED)
                return number
            case Annihilate(number):
                self.happens(self.of(number), CommandEvent.ANNIHILATED)
                return number
            case Queue():
                self.commands.append(Standing(len(self.commands) + 1, asked, CommandState.WAITING))
                return len(self.commands)
            case _:
                assert_never(decision)

    def of(self, number: int) -> Standing:
        return self.commands[number - 1]

    def happens(self, standing: Standing, event: CommandEvent) -> None:
        self.commands[standing.id - 1] = replace(standing, state=COMMAND.after(standing.state, event))

    def next_of(self, phone: Phone) -> Standing | None:
        """The oldest open command of a person: none of theirs leaves before it."""
        return next((one for one in self.commands if one.state.is_open and one.command.phone == phone), None)

    def goes_on(self, phone: Phone, what: str) -> None:
        """One step on the way of a person's next command, as far as it can be taken from where that stands."""
        one = self.next_of(phone)
        if one is None:
            return
        match one.state, what:
            case CommandState.WAITING, "leaves":
                self.left.append(one.command)
                self.happens(one, CommandEvent.CLAIMED)
            case CommandState.SENT, "arrives":
                self.write(one)
                self.happens(one, CommandEvent.DONE)
            case CommandState.SENT, "comes back":
                self.happens(one, CommandEvent.NOT_SENT)
            case CommandState.SENT, "is lost before" | "is lost after":
                if what == "is lost after":
                    self.write(one)
                self.happens(one, CommandEvent.REPLY_LOST)
            case CommandState.UNSURE, _:
                self.happens(one, CommandEvent.FOUND if self.shows(one) else CommandEvent.NOT_FOUND)
            case _:
                pass

    def write(self, one: Standing) -> None:
        if isinstance(one.command, Book):
            self.journal[waiting_appointment(one.id)] = Line(one.command.start)
        else:
            number = one.command.appointment  # type: ignore[union-attr]  # no codes are sent here
            self.journal[number] = written(self.journal[number], one.command)

    def shows(self, one: Standing) -> bool:
        if isinstance(one.command, Book):
            return waiting_appointment(one.id) in self.journal
        line = self.journal[one.command.appointment]  # type: ignore[union-attr]  # as above
        return written(line, one.command) == line

    def everything_is_carried(self) -> None:
        for phone in (ANNA, BORIS):
            while self.next_of(phone) is not None:
                self.goes_on(phone, "leaves")
                self.goes_on(phone, "arrives")


@dataclass
class Story:
    """What is wished, and what happens meanwhile; and the journal as the words alone would make it."""

    queue: Queueing = field(default_factory=Queueing)
    meant: Journal = field(default_factory=lambda: {number: Line() for number in OWN})
    bookings: dict[Phone, list[int]] = field(default_factory=lambda: {ANNA: [], BORIS: []})

    def hears(self, said: Said) -> None:
        about = said.about(self.bookings[said.phone]) if said.kind != "book" else 0
        assert about is not None
        command = wish(said, about, f"k{len(self.queue.commands)}-{sum(map(len, self.bookings.values()))}")
        number = self.queue.asks(command)
        if isinstance(command, Book):
            about = waiting_appointment(number)
            self.bookings[said.phone].append(about)
            self.meant[about] = Line(command.start)
            return
        self.meant[about] = meant(self.meant[about], command)
        if isinstance(command, Cancel) and about < 0:
            # A booking that was taken back is not shown any more, so nothing more is wished of it.
            self.bookings[said.phone].remove(about)


people = st.sampled_from([ANNA, BORIS])
which, hours = st.integers(0, 5), st.integers(1, 4)
asked = st.builds(Said, st.sampled_from(["book", "move", "move", "cancel", "cancel", "confirm"]), people, which, hours)
said = st.one_of(asked, st.builds(Said, st.just("restore"), people, which, hours))
steps = st.tuples(people, st.sampled_from(["leaves", "arrives", "comes back", "is lost before", "is lost after"]))
LAW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
stories = st.lists(st.one_of(said, steps), max_size=25)


@settings(LAW, max_examples=400)
@given(stories)
def test_the_journal_ends_as_if_each_wish_had_been_carried_in_the_order_in_which_it_was_said(told) -> None:
    story = Story()
    for one in told:
        if isinstance(one, Said):
            story.hears(one)
        else:
            story.queue.goes_on(*one)
    story.queue.everything_is_carried()
    assert agrees(story.queue.journal, story.meant)


@LAW
@given(st.lists(asked, max_size=12))
def test_while_nothing_leaves_nothing_waits_that_is_undone_by_what_waits_too(told) -> None:
    story = Story()
    for one in told:
        story.hears(one)
    story.queue.everything_is_carried()
    left = [one for one in story.queue.left if not isinstance(one, Book)]
    for subject in {one.subject for one in left}:
        kinds = [type(one) for one in left if one.subject == subject]
        assert kinds in ([Move], [Cancel], [Confirm], [Move, Confirm])
    assert all(line.stands for number, line in story.queue.journal.items() if number < 0)


@LAW
@given(stories)
def test_what_has_left_is_never_changed_and_nobody_changes_what_another_has_asked_for(told) -> None:
    story = Story()
    for one in told:
        before = {standing.id: standing for standing in story.queue.commands}
        if not isinstance(one, Said):
            story.queue.goes_on(*one)
            continue
        story.hears(one)
        changed = [standing for standing in story.queue.commands if before.get(standing.id, standing) != standing]
        assert all(before[standing.id].state.is_in_hand for standing in changed)
        assert all(before[standing.id].command.phone == one.phone for standing in changed)
