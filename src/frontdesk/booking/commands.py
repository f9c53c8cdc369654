"""What the front desk asks of the journal, and what came of it. Outcomes are values; words are made from them alone."""

from dataclasses import dataclass, field
from enum import StrEnum

from frontdesk.booking.appointments import Attendance
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local


class _OfAppointment:
    """A command that changes one appointment."""

    __slots__ = ()
    appointment: AppointmentId

    @property
    def subject(self) -> str:
        """What the command changes: one open command of each subject."""
        return appointment_subject(self.appointment)


@dataclass(frozen=True, slots=True)
class Cancel(_OfAppointment):
    """Cancel this appointment of this salon. `phone` is whose it must be when it is read again before the write.

    It is judged by when it was asked, `asked_at`: an outage in between is not the client's doing.
    `shares_visit` where other appointments stand in the same visit: they must stay as they were. `stood_at` is the time
    that the client said yes to: an appointment that has been given another since is left as it is.
    """

    salon: str
    appointment: AppointmentId
    phone: Phone = field(repr=False)
    comment: str
    asked_at: Instant
    shares_visit: bool = False
    stood_at: Local | None = None


@dataclass(frozen=True, slots=True)
class Book:
    """Make this appointment. `phone` is the client's; `proved` where it is surely theirs.

    `length_s` includes the technical break. `key` is our own for it: it stands in the journal and tells afterwards
    whether the appointment was made. `code` is the one the salon's SMS brought. `informed` where the client said yes
    after having been told who processes their data.
    """

    salon: str
    phone: Phone = field(repr=False)
    name: str
    proved: bool
    services: tuple[ServiceId, ...]
    master: MasterId
    start: Local
    length_s: int
    key: str
    asked_at: Instant
    comment: str = ""
    code: str = field(default="", repr=False)
    force: bool = False
    """A person of the salon wants it there although the time is taken."""
    informed: bool = False
    email: str = field(default="", repr=False)
    event: int = 0
    """The group event to take `places` in; 0 for an ordinary visit."""
    places: int = 1

    @property
    def subject(self) -> str:
        """What the command changes: one open command of each subject."""
        return f"{CODE_TRIED if self.code else ''}booking {self.key}"


@dataclass(frozen=True, slots=True)
class Move(_OfAppointment):
    """Give this appointment another time or master. The old time stays until the new one is taken.

    `stood_at` as in `Cancel`.
    """

    salon: str
    appointment: AppointmentId
    phone: Phone = field(repr=False)
    master: MasterId
    start: Local
    length_s: int
    asked_at: Instant
    force: bool = False
    """A person of the salon wants it there although the time is taken."""
    stood_at: Local | None = None


@dataclass(frozen=True, slots=True)
class Confirm(_OfAppointment):
    """Note that the client will come. `shares_visit` and `stood_at` as in `Cancel`."""

    salon: str
    appointment: AppointmentId
    phone: Phone = field(repr=False)
    asked_at: Instant
    shares_visit: bool = False
    stood_at: Local | None = None


@dataclass(frozen=True, slots=True)
class Restore(_OfAppointment):
    """Undo a cancellation, if the time is still free. `mark` is the line of the comment that says it was cancelled."""

    salon: str
    appointment: AppointmentId
    phone: Phone = field(repr=False)
    asked_at: Instant
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Explain:
    """Note why an appointment was cancelled, as one more line of its comment."""

    salon: str
    appointment: AppointmentId
    phone: Phone = field(repr=False)
    comment: str
    asked_at: Instant

    @property
    def subject(self) -> str:
        """What the command changes: one open command of each subject."""
        return f"reason {self.appointment}"


@dataclass(frozen=True, slots=True)
class SetAttendance(_OfAppointment):
    """Note how this appointment stands, with a line for its comment where one is given.

    The salon itself asks for it, so nobody's phone is proved: `phone` only keeps its place among the client's own
    wishes, and is empty where the journal does not show it. `by` is who asked, by the name they sign in with.
    """

    salon: str
    appointment: AppointmentId
    phone: Phone = field(repr=False)
    attendance: Attendance
    comment: str
    asked_at: Instant
    by: str = ""


@dataclass(frozen=True, slots=True)
class SendCode:
    """Send a code to this phone by SMS: for a booking that was read back, or to prove that the phone is theirs."""

    salon: str
    phone: Phone = field(repr=False)
    asked_at: Instant
    for_booking: bool = False

    @property
    def subject(self) -> str:
        """One code a phone at a time."""
        return f"{CODE_SENT}{self.phone}"


@dataclass(frozen=True, slots=True)
class ProvePhone:
    """Ask the provider whether this is the code that its SMS brought to this phone.

    `key` is this chat's own: nobody else's open question may answer for it.
    """

    salon: str
    phone: Phone = field(repr=False)
    code: str = field(repr=False)
    key: str = field(repr=False)
    asked_at: Instant

    @property
    def subject(self) -> str:
        """Every try stands for itself."""
        return f"{PHONE_TRIED}{self.key}"


CODE_SENT = "code to "
CODE_TRIED = "code tried "
"""How the subjects begin of commands that send a code, and of those that a wrong code can fail."""
PHONE_TRIED = f"{CODE_TRIED}on a phone "

CodeCommand = SendCode | ProvePhone
"""These change nothing in the journal and are never repeated by themselves: a code is asked for by a person."""

OfAppointment = Cancel | Move | Confirm | Restore | Explain | SetAttendance
"""Those about an appointment that is there already, or waits to be made."""

JournalCommand = OfAppointment | Book
"""Each of these stands for one change of one appointment."""

Command = JournalCommand | CodeCommand
"""Every kind of command."""


def waiting_appointment(command: int) -> AppointmentId:
    """The id under which a booking that still waits is shown and changed: the negative of its command's number."""
    return AppointmentId(-command)


def appointment_subject(appointment: int) -> str:
    """The subject of a command that changes an appointment that is there already."""
    return f"appointment {appointment}"


class RefusalReason(StrEnum):
    """Why the journal, or the last look into it, said no."""

    NOT_FOUND = "not_found"
    RESCHEDULED = "rescheduled"
    """It has another time by now than the client said yes to."""
    NOT_YOURS = "not_yours"
    TAKEN_PLACE = "taken_place"
    FORBIDDEN = "forbidden"
    TOO_LATE = "too_late"
    BUSY = "busy"
    """The time is taken."""
    PASSED = "passed"
    """The time had begun before the wish reached the journal."""
    BAD_PHONE = "bad_phone"
    WRONG_CODE = "wrong_code"
    TOO_MANY_CODES = "too_many_codes"
    """So many codes were sent, or so many wrong ones typed, that a person has to help."""
    NO_ANSWER = "no_answer"
    """The provider did not answer, and this is not tried again by itself."""
    BLACKLISTED = "blacklisted"
    NO_NAME = "no_name"
    NO_MASTER = "no_master"
    MASTER_LEFT = "master_left"
    """The master takes clients no more."""
    NOT_BOOKABLE = "not_bookable"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Done:
    """It stands in the journal. `already` where it stood there before this command.

    `never_made` where nothing had to be changed there: what was to be undone had not been done yet.
    """

    already: bool = False
    never_made: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It will not be done; `detail` is the provider's own sentence, for the administrator."""

    reason: RefusalReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not known to be done yet; the courier goes on trying. `detail` says what stood in the way."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class Conflicted:
    """It had been taken in while the journal was away, and now the journal stands against it.

    It stays open until the client chooses another time, lets it be, or a person of the salon settles it.
    """

    reason: RefusalReason
    detail: str = ""


Outcome = Done | Refused | Deferred | Conflicted
