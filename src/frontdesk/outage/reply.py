"""The life of an outgoing message: `waiting -> sending -> sent | refused | unknown`.

Messengers have no idempotency key. A message whose send was cut off is `unknown`: a status report settles it, and
after two minutes of silence it is sent once more; a message that no client asked for never is.
"""

from enum import StrEnum

from frontdesk.outage.table import Table


class ReplyState(StrEnum):
    """Where an outgoing message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"
    SENT = "sent"
    REFUSED = "refused"


class ReplyEvent(StrEnum):
    """What can happen to an outgoing message."""

    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    CUT_OFF = "cut_off"
    RESTARTED = "restarted"
    REPORTED = "reported"
    REPORTED_FAILED = "reported_failed"
    SILENT = "silent"
    GIVEN_UP = "given_up"


_S, _E = ReplyState, ReplyEvent

REPLY = Table(
    "reply",
    {
        (_S.WAITING, _E.CLAIMED): _S.SENDING,
        (_S.WAITING, _E.GIVEN_UP): _S.REFUSED,
        (_S.WAITING, _E.REPORTED): _S.SENT,
        (_S.SENDING, _E.ACCEPTED): _S.SENT,
        (_S.SENDING, _E.REFUSED): _S.REFUSED,
        (_S.SENDING, _E.NOT_SENT): _S.WAITING,
        (_S.SENDING, _E.CUT_OFF): _S.UNKNOWN,
        (_S.SENDING, _E.RESTARTED): _S.UNKNOWN,
        (_S.SENDING, _E.REPORTED): _S.SENT,
        (_S.SENDING, _E.REPORTED_FAILED): _S.REFUSED,
        (_S.UNKNOWN, _E.REPORTED): _S.SENT,
        (_S.UNKNOWN, _E.REPORTED_FAILED): _S.REFUSED,
        (_S.UNKNOWN, _E.SILENT): _S.WAITING,
        (_S.UNKNOWN, _E.GIVEN_UP): _S.REFUSED,
        (_S.SENT, _E.REPORTED): _S.SENT,
        (_S.SENT, _E.REPORTED_FAILED): _S.REFUSED,
    },
)
