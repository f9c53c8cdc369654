"""The life of a command to the provider.

`waiting -> sent -> done | refused | unsure`; `unsure -> done` (it was found there) `| waiting` (it was not)
`| conflict`; `conflict -> done | refused` by the client's choice or a person's. The next try is written before the
attempt, so a command found `sent` at start-up may have reached the provider: it is unsure.

What waits has surely not changed the journal, and neither has what is in conflict. So both can still become another
wish of the same person (`replaced`), or be taken back (`withdrawn`) as if they had never been asked for.
"""

from enum import StrEnum

from frontdesk.outage.table import Table


class CommandState(StrEnum):
    """Where a command stands."""

    WAITING = "waiting"
    SENT = "sent"
    UNSURE = "unsure"
    CONFLICT = "conflict"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether it may still change the journal."""
        return self not in {CommandState.DONE, CommandState.REFUSED, CommandState.WITHDRAWN}

    @property
    def is_in_hand(self) -> bool:
        """Whether it is open and has surely not changed the journal."""
        return self in {CommandState.WAITING, CommandState.CONFLICT}


class CommandEvent(StrEnum):
    """What can happen to a command."""

    CLAIMED = "claimed"
    DONE = "done"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    REPLY_LOST = "reply_lost"
    RESTARTED = "restarted"
    FOUND = "found"
    NOT_FOUND = "not_found"
    CONFLICTED = "conflicted"
    HELD_BACK = "held_back"
    """A newer message of the client takes it back."""
    REPLACED = "replaced"
    """The client wishes something else of the same appointment: the command is that wish now."""
    ANNIHILATED = "annihilated"
    """What it asked for and what undoes it meet before either has left."""
    RETRIED = "retried"
    """A person has it tried once more."""


_S, _E = CommandState, CommandEvent

COMMAND = Table(
    "command",
    {
        (_S.WAITING, _E.CLAIMED): _S.SENT,
        (_S.WAITING, _E.HELD_BACK): _S.WITHDRAWN,
        (_S.WAITING, _E.ANNIHILATED): _S.WITHDRAWN,
        (_S.WAITING, _E.REPLACED): _S.WAITING,
        (_S.WAITING, _E.CONFLICTED): _S.CONFLICT,
        (_S.WAITING, _E.REFUSED): _S.REFUSED,
        (_S.SENT, _E.DONE): _S.DONE,
        (_S.SENT, _E.REFUSED): _S.REFUSED,
        (_S.SENT, _E.NOT_SENT): _S.WAITING,
        (_S.SENT, _E.REPLY_LOST): _S.UNSURE,
        (_S.SENT, _E.RESTARTED): _S.UNSURE,
        (_S.SENT, _E.CONFLICTED): _S.CONFLICT,
        (_S.UNSURE, _E.FOUND): _S.DONE,
        (_S.UNSURE, _E.NOT_FOUND): _S.WAITING,
        (_S.UNSURE, _E.REFUSED): _S.REFUSED,
        (_S.UNSURE, _E.CONFLICTED): _S.CONFLICT,
        (_S.CONFLICT, _E.DONE): _S.DONE,
        (_S.CONFLICT, _E.REFUSED): _S.REFUSED,
        (_S.CONFLICT, _E.HELD_BACK): _S.WITHDRAWN,
        (_S.CONFLICT, _E.ANNIHILATED): _S.WITHDRAWN,
        (_S.CONFLICT, _E.REPLACED): _S.WAITING,
        (_S.CONFLICT, _E.RETRIED): _S.WAITING,
    },
)
