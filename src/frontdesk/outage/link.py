"""The link to a salon's journal: `online -> suspect -> offline -> recovering -> online`, and `locked_out`.

One failed call makes the link suspect, and somebody looks: the prober. Its failed look, or the third failure in a row,
means that the journal is away. From then on nothing is sent there but the prober's looks. When one is answered, what
waits is carried (`recovering`), and when that is through the link is online. A failure meanwhile is counted as before.

An authorisation fault (401, or 403 on the prober's own look) is no outage: nothing that is sent can be let in until a
person has mended the settings, so only an answered look opens a link that is locked out.

A slow answer is an answer. A 429 says how fast to call, and nothing about the link.
"""

from datetime import timedelta
from enum import StrEnum

from frontdesk.outage.table import Table

FAILURES = 3
"""So many failures in a row are an outage, whatever the prober finds."""
LONGEST_WAIT_S = 30


class LinkState(StrEnum):
    """How the journal can be reached."""

    ONLINE = "online"
    SUSPECT = "suspect"
    OFFLINE = "offline"
    RECOVERING = "recovering"
    LOCKED_OUT = "locked_out"

    @property
    def is_closed(self) -> bool:
        """Whether nothing may be sent but the prober's looks."""
        return self in {LinkState.OFFLINE, LinkState.LOCKED_OUT}


class LinkEvent(StrEnum):
    """What can be seen of a link."""

    ANSWERED = "answered"
    """A call was answered, if only by a refusal."""
    FAILED = "failed"
    FAILED_AGAIN = "failed_again"
    """The third failure in a row."""
    DOUBTED = "doubted"
    """A 403: of the operation, or of the whole salon; only a look can tell."""
    REFUSED_ENTRY = "refused_entry"
    PROBE_OK = "probe_ok"
    PROBE_FAILED = "probe_failed"
    CAUGHT_UP = "caught_up"
    """Nothing waits any more that was there when the journal came back."""


_S, _E = LinkState, LinkEvent

LINK = Table(
    "link",
    {
        (_S.ONLINE, _E.ANSWERED): _S.ONLINE,
        (_S.ONLINE, _E.FAILED): _S.SUSPECT,
        (_S.ONLINE, _E.DOUBTED): _S.SUSPECT,
        (_S.ONLINE, _E.REFUSED_ENTRY): _S.LOCKED_OUT,
        (_S.ONLINE, _E.PROBE_OK): _S.ONLINE,
        (_S.ONLINE, _E.PROBE_FAILED): _S.SUSPECT,
        (_S.SUSPECT, _E.ANSWERED): _S.ONLINE,
        (_S.SUSPECT, _E.FAILED): _S.SUSPECT,
        (_S.SUSPECT, _E.FAILED_AGAIN): _S.OFFLINE,
        (_S.SUSPECT, _E.DOUBTED): _S.SUSPECT,
        (_S.SUSPECT, _E.REFUSED_ENTRY): _S.LOCKED_OUT,
        (_S.SUSPECT, _E.PROBE_OK): _S.ONLINE,
        (_S.SUSPECT, _E.PROBE_FAILED): _S.OFFLINE,
        (_S.OFFLINE, _E.ANSWERED): _S.RECOVERING,
        (_S.OFFLINE, _E.FAILED): _S.OFFLINE,
        (_S.OFFLINE, _E.DOUBTED): _S.OFFLINE,
        (_S.OFFLINE, _E.REFUSED_ENTRY): _S.LOCKED_OUT,
        (_S.OFFLINE, _E.PROBE_OK): _S.RECOVERING,
        (_S.OFFLINE, _E.PROBE_FAILED): _S.OFFLINE,
        (_S.RECOVERING, _E.ANSWERED): _S.RECOVERING,
        (_S.RECOVERING, _E.FAILED): _S.RECOVERING,
        (_S.RECOVERING, _E.FAILED_AGAIN): _S.OFFLINE,
        (_S.RECOVERING, _E.DOUBTED): _S.RECOVERING,
        (_S.RECOVERING, _E.REFUSED_ENTRY): _S.LOCKED_OUT,
        (_S.RECOVERING, _E.PROBE_OK): _S.RECOVERING,
        (_S.RECOVERING, _E.PROBE_FAILED): _S.OFFLINE,
        (_S.RECOVERING, _E.CAUGHT_UP): _S.ONLINE,
        (_S.LOCKED_OUT, _E.ANSWERED): _S.LOCKED_OUT,
        (_S.LOCKED_OUT, _E.FAILED): _S.LOCKED_OUT,
        (_S.LOCKED_OUT, _E.DOUBTED): _S.LOCKED_OUT,
        (_S.LOCKED_OUT, _E.REFUSED_ENTRY): _S.LOCKED_OUT,
        (_S.LOCKED_OUT, _E.PROBE_OK): _S.RECOVERING,
        (_S.LOCKED_OUT, _E.PROBE_FAILED): _S.LOCKED_OUT,
    },
)

_OPEN = frozenset({_S.ONLINE, _S.SUSPECT, _S.RECOVERING})
_BAD = frozenset({_E.FAILED, _E.DOUBTED, _E.PROBE_FAILED})


def seen(state: LinkState, failures: int, event: LinkEvent) -> tuple[LinkState, int]:
    """The state that follows, and how many failures in a row there are then; raises NoSuchMove."""
    failed = event is LinkEvent.FAILED and state in _OPEN
    if failed and failures + 1 >= FAILURES:
        event = LinkEvent.FAILED_AGAIN
    becomes = LINK.after(state, event)
    if becomes not in _OPEN or event not in _BAD:
        return becomes, 0
    return becomes, failures + 1 if event is not LinkEvent.DOUBTED else max(failures, 1)


def is_looked_at(state: LinkState, failures: int) -> bool:
    """Whether the prober is wanted: the link is closed, or something has failed since the last answer."""
    return state.is_closed or failures > 0


def wait_before_look(looks: int) -> timedelta:
    """How long to wait before the next look after so many in vain: 1, 2, 4 seconds and so on, 30 at the most."""
    return timedelta(seconds=min(2 ** min(looks, LONGEST_WAIT_S), LONGEST_WAIT_S))
