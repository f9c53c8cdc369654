"""The state of one conversation, what can happen in it, and what comes out. All of it is data; nothing here acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Command, Outcome
from frontdesk.booking.ids import Phone
from frontdesk.booking.menu import Menu
from frontdesk.booking.salon import Salon
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Instant, Local
from frontdesk.booking.wishes import Wish
from frontdesk.language.heard import Expecting, Heard, Shift


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever writes. `proved` is a phone that is surely theirs; `claimed` one they only typed, which proves nothing.

    `channel` is the messenger's name as the salon knows it («WhatsApp»).
    """

    channel: str
    name: str = ""
    proved: Phone | None = field(default=None, repr=False)
    claimed: Phone | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap. `id` is at most 64 bytes; `detail` is shown where the messenger has room for it."""

    id: str
    label: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One outgoing message. `ask_contact` also offers the messenger's own way to share one's number.

    `footer` stands below its words. `language` is what they are in, for what a messenger itself adds to them.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    ask_contact: bool = False
    footer: str = ""
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked last. `number` grows with each question, so that a tap on an older one is known as stale.

    `subjects` are the appointments shown, in the order shown. `commits` is what an explicit yes asks of the journal:
    it names the very id that was read back. `reply` is the message it was asked with, to be asked again.
    """

    number: int
    intent: str
    step: str
    asked_at: Instant
    expecting: Expecting
    reply: Reply
    subjects: tuple[int, ...] = ()
    commits: Command | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An appointment that is being made, or moved where `moving` names it. What was said once is not asked again.

    `slot` is the time chosen; its master is 0 while anyone would do and nobody is named yet. `name` is whom it is for
    where that is not the writer. `shift` is «на час позже», said before it was known which appointment it counts from.
    `settles` is the subject of a command that the journal stands against, or that this is wished in the place of:
    letting it be takes that back.
    """

    services: tuple[int, ...] = ()
    salon: str = ""
    moving: int | None = None
    anyone: bool = False
    wish: Wish = field(default_factory=Wish)
    slot: Slot | None = None
    shift: Shift | None = None
    name: str = ""
    code: str = field(default="", repr=False)
    comment: str = ""
    places: int = 1
    """For how many, in a group event."""
    email: str = ""
    note: str = ""
    """What the salon's booking form asks to be told; «-» where there is nothing to tell."""
    settles: str = ""
    was: Appointment | None = None
    """The appointment that is being moved, as it stood when the move was read back."""
    unclear: tuple[int, ...] = ()
    """What one more service may be: which of these comes to `services` is asked first."""


@dataclass(frozen=True, slots=True)
class Before:
    """An appointment as it was before it was changed in this conversation, and when that was: it can be undone.

    `with_it` were cancelled just before it, and nobody has said yet why.
    """

    appointment: Appointment
    at: Instant
    with_it: tuple[Appointment, ...] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation. `misunderstood` counts messages in a row that were not understood."""

    language: str = "ru"
    question: Question | None = None
    asked: int = 0
    misunderstood: int = 0
    pending_intent: str | None = None
    """What the person wanted when they were asked for a phone."""
    pending_heard: Heard | None = None
    """How they said it: nothing of it is asked again once the phone is proved, or the branch chosen."""
    pending_choice: str = ""
    """The tap that waits for the branch to be chosen."""
    salon: str = ""
    """The branch that the person chose, where there are several."""
    draft: Draft | None = None
    """The appointment that is being made or moved."""
    with_human_since: Instant | None = None
    """Since when a person of the salon has been asked to take over; the assistant is silent meanwhile."""
    cancelled: Before | None = None
    moved: Before | None = None
    """Of the two, at most the one that was done last."""
    silenced: bool = False
    """The person does not want to be written to first: no reminder, no offer."""
    informed: tuple[str, ...] = ()
    """The privacy notices this person was told, by their ids."""
    given: Command | None = None
    """What was last asked of the journal, until it is known what came of it."""
    topic: tuple[int, ...] = ()
    """The services that were asked about last: «запишите», said after their price, means them."""
    answered: str = ""
    """The question in between that was answered last, by its intent: «а завтра?» asks it anew."""
    later: Heard | None = None
    """A booking that was wished in one message with a cancellation or a move."""
    visit: Draft | None = None
    """The appointment that was spoken of last, as a draft: «и через неделю на то же время»."""
    wrong_codes: int = 0
    """How many wrong codes in a row were typed."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words, as understood, sent at this instant."""

    heard: Heard
    sent_at: Instant


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button or a list row, by the id it was sent with."""

    choice: str
    sent_at: Instant


class AttachmentKind(StrEnum):
    """What else people send."""

    VOICE = "voice"
    MEDIA = "media"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Attached:
    """A voice message, a picture, or something the messenger itself can't pass on."""

    kind: AttachmentKind
    sent_at: Instant


@dataclass(frozen=True, slots=True)
class ContactShared:
    """A contact card; `own` only where the messenger vouches that it is the sender's own number."""

    phone: Phone = field(repr=False)
    own: bool
    sent_at: Instant


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a command of this conversation. `about` is the appointment as last read, where it was."""

    command: Command
    outcome: Outcome
    about: Appointment | None = None


Event = Said | Tapped | Attached | ContactShared | Settled


@dataclass(frozen=True, slots=True)
class SlotsWanted:
    """Which free times must be known: for these services, on these days, by this master (None is anyone).

    Without days, the nearest there are. `at` is a start already chosen, whose free masters are wanted. What the
    appointment `moving` takes itself is free for its own move. `anew` where the journal has just refused one of them:
    what it named a moment ago is not to be told again. The time that the command of the subject `settles` holds is
    free: it is to be given up.
    """

    services: tuple[int, ...]
    salon: str = ""
    master: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    at: Local | None = None
    moving: Appointment | None = None
    places: int = 1
    anew: bool = False
    settles: str = ""


@dataclass(frozen=True, slots=True)
class WorkingWanted:
    """Whose working days must be known: a week of every master's, from `first_day` on, None being today."""

    first_day: date | None = None


@dataclass(frozen=True, slots=True)
class Wants:
    """What must be known before the event can be answered.

    `slots_for` says which free times are wanted once the rest is known: they hang on the appointment that is meant.
    """

    appointments: bool = False
    slots: SlotsWanted | None = None
    working: WorkingWanted | None = None
    slots_for: "Callable[[Facts], SlotsWanted | None] | None" = None


class Problem(StrEnum):
    """Why the journal could not be read."""

    AWAY = "away"
    LOCKED_OUT = "locked_out"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known. `appointments` are this person's own, coming and recent, None where they were not looked up.

    `busy` are the subjects of commands that are open already; `held` those of them that this chat gave and that have
    surely not left, nor will before it is answered. `working` are masters' working days, as wanted. Where not `live`,
    the journal is silent and all this is as it was at `as_of`; `problem` where something wanted is not known even so.
    """

    now: Instant
    person: Person
    salons: tuple[Salon, ...]
    menus: Mapping[str, Menu] = field(default_factory=dict)
    appointments: tuple[Appointment, ...] | None = None
    slots: tuple[Slot, ...] | None = None
    working: tuple[WorkingDay, ...] | None = None
    busy: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    live: bool = True
    as_of: Instant | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What came of an event: the conversation as it is now, what to say, and what to ask of the journal.

    `forget` asks that all that is kept here of this person be erased. `withdrawn` are the subjects of commands that
    need not leave any more; what has left already goes its way.
    """

    talk: Talk
    replies: tuple[Reply, ...] = ()
    commands: tuple[Command, ...] = ()
    forget: bool = False
    withdrawn: tuple[str, ...] = ()
