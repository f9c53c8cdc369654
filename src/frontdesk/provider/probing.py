"""What calls tell of the link to a salon's journal, and the call that only asks whether it is there."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from frontdesk.outage.link import LinkEvent, LinkState
from frontdesk.provider.api import Api
from frontdesk.provider.syncing import Reader
from frontdesk.yclients import errors
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.wire import Answer

R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sight:
    """What a call showed of the link; `cause` is what the provider said, fit for a log. None says nothing of it."""

    event: LinkEvent | None
    cause: str = ""


ANSWERED = Sight(LinkEvent.ANSWERED)
Probe = Callable[[], Awaitable[Sight]]
"""One look whether a journal is there; it is either PROBE_OK, PROBE_FAILED or REFUSED_ENTRY."""


class Watch(Protocol):
    """Whoever keeps the state of the links."""

    def state(self, salon: str) -> LinkState:
        """How this salon's journal can be reached."""
        ...

    def cause(self, salon: str) -> str:
        """What the last failure said."""
        ...

    async def saw(self, salon: str, sight: Sight) -> None:
        """Takes in what a call to this salon showed."""
        ...


@dataclass(frozen=True)
class Watched:
    """The provider's client of a salon, whose every call is told to whoever keeps the links.

    While the link is closed no call leaves: each would only end as the last did, and burn a place of the pace.
    """

    api: Api
    salon: str
    watch: Watch

    async def __call__(self, call: Endpoint[R], /) -> R:
        """Sends the call; raises the client's errors."""
        return await _watched(self.salon, self.watch, self.api(call))


@dataclass(frozen=True)
class WatchedReader:
    """The same for what nobody waits for: the copy is often the first to meet an outage."""

    reader: Reader
    salon: str
    watch: Watch

    async def answer(self, call: Endpoint[R], /) -> Answer[R]:
        """Sends the call; raises the client's errors."""
        return await _watched(self.salon, self.watch, self.reader.answer(call))


async def _watched(salon: str, watch: Watch, calling: Coroutine[Any, Any, T]) -> T:
    state = watch.state(salon)
    if state.is_closed:
        calling.close()
        raise _as_before(state, watch.cause(salon))
    try:
        answer = await calling
    except errors.ProviderError as fault:
        await watch.saw(salon, sight(fault))
        raise
    await watch.saw(salon, ANSWERED)
    return answer


def _as_before(state: LinkState, cause: str) -> errors.ProviderError:
    if state is LinkState.LOCKED_OUT:
        return errors.Unauthorised(errors.Cause.UNKNOWN, why=cause)
    return errors.Unreachable(f"the journal has been away: {cause}")


def sight(fault: errors.ProviderError | None) -> Sight:
    """What a call's end shows. A refusal is an answer; a 429 only says how fast to call."""
    match fault:
        case None:
            return ANSWERED
        case errors.Unauthorised():
            return Sight(LinkEvent.REFUSED_ENTRY, str(fault))
        case errors.Refused(status=HTTPStatus.FORBIDDEN | HTTPStatus.PAYMENT_REQUIRED) if fault.booking_code is None:
            return Sight(LinkEvent.DOUBTED, str(fault))
        case errors.Refused():
            return ANSWERED
        case errors.Paced():
            return Sight(None)
        case _:
            return Sight(LinkEvent.FAILED, str(fault))


async def probe(api: Api, company_id: int) -> Sight:
    """Reads one line of the journal: the host, both tokens, the branch and the right to its journal, in one call."""
    try:
        await api(GetRecords(company_id=company_id, count=1))
    except (errors.Unauthorised, errors.Refused) as fault:
        return Sight(LinkEvent.REFUSED_ENTRY, str(fault))
    except errors.Paced:
        return Sight(LinkEvent.PROBE_OK)
    except errors.ProviderError as fault:
        return Sight(LinkEvent.PROBE_FAILED, str(fault))
    return Sight(LinkEvent.PROBE_OK)
