"""Whether a client got what they came for, by what the journal shows in the end."""

from dataclasses import dataclass

from frontdesk.simulation.client import Client
from frontdesk.simulation.consent import End
from frontdesk.simulation.goals import BOOKS, Goal
from frontdesk.simulation.journal import Entry, Journal, of_person
from frontdesk.simulation.judge import Breach
from frontdesk.yclients.models.attendance import Attendance


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went for one client. `overtaken` where the receptionist changed the very appointment meanwhile."""

    persona: str
    goal: str
    reached: bool
    overtaken: bool
    end: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayResult:
    """A day, scored. `promised` is how often somebody was told to wait for the journal; conflicts stand at the end.

    `done` is how often the journal was changed as somebody had agreed to.
    """

    seed: int
    outcomes: list[Outcome]
    breaches: list[Breach]
    faults: int
    promised: int = 0
    conflicts: int = 0
    done: int = 0


def outcome_of(client: Client, journal: Journal, touched: set[int]) -> Outcome:
    """Scores one client; being told is not enough, the journal must show it."""
    own = of_person(journal, client.phone)
    overtaken = client.end is End.TOO_LATE or any(one.id in touched for one in own)
    reached = client.end is End.TOLD and _shown(client, own)
    end = client.end.value if client.end else "no answer"
    return Outcome(client.persona, client.errand.goal, reached, overtaken, end, tuple(client.lines))


def _shown(client: Client, own: list[Entry]) -> bool:  # noqa: PLR0911 - one line a goal
    """Whether the journal shows the goal, and shows the client's other appointments as they were."""
    errand, target = client.errand, client.errand.target
    now = next((one for one in own if target is not None and one.id == target.id), None)
    rest = {one.id: one for one in own if now is None or one.id != now.id}
    if any(rest.get(other.id) != other for other in errand.others):
        return False
    match errand.goal:
        case Goal.CANCEL_ONE | Goal.CANCEL_OF_SEVERAL:
            return now is None or not now.stands
        case Goal.LIST | Goal.HUMAN | Goal.DECLINE_CANCEL:
            return now == target
        case Goal.CANCEL_THEN_UNDO | Goal.MOVE_THEN_BACK:
            return _as_it_was(now, target)
        case Goal.DECLINE_BOOKING | Goal.FREE:
            return not own
        case Goal.BOOK_THEN_CANCEL:
            return bool(own) and not any(one.stands for one in own)
        case Goal.MOVE | Goal.MOVE_TO:
            return now is not None and target is not None and now.stands and now.start != target.start
        case Goal.CONFIRM:
            return now is not None and now.attendance is Attendance.CONFIRMED
        case _:
            return errand.goal in BOOKS and _booked(client, own)


def _as_it_was(now: Entry | None, before: Entry | None) -> bool:
    if now is None or before is None:
        return False
    return now.stands and (now.start, now.master, now.services) == (before.start, before.master, before.services)


def _booked(client: Client, own: list[Entry]) -> bool:
    standing = [one for one in own if one.stands]
    service = client.errand.service
    agreed = client.consents[-1].start if client.consents else None
    return (
        len(standing) == 1
        and standing[0].start == agreed
        and service is not None
        and service.id in standing[0].services
    )
