"""When a client has been told that they got what they wanted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from frontdesk.simulation.goals import Goal
from frontdesk.simulation.reading import Tells, tells

WANTS: Final = {
    Goal.CANCEL_ONE: "cancel",
    Goal.CANCEL_OF_SEVERAL: "cancel",
    Goal.CANCEL_THEN_UNDO: "cancel",
    Goal.FREE: "free",
    Goal.DECLINE_CANCEL: "cancel",
    Goal.LIST: "list",
    Goal.HUMAN: "human",
    Goal.CONFIRM: "confirm",
}
_TOLD_BY: Final = {
    "move": Tells.MOVED,
    "moved back": Tells.MOVED,
    "list": Tells.LISTED,
    "confirm": Tells.CONFIRMED,
    "restored": Tells.RESTORED,
    "free": Tells.FREE,
    "human": Tells.HANDED_OVER,
}
BACK: Final = {(Goal.CANCEL_THEN_UNDO, "cancel"): "restored", (Goal.MOVE_THEN_BACK, "move"): "moved back"}
"""What is wanted once the first wish was done, where that is to have it undone."""


def is_told(want: str, text: str, named: Sequence[datetime], target: datetime | None, agreed: datetime | None) -> bool:
    """Whether the reply says so, of the `target` or of the time that was last `agreed` to."""
    match want:
        case "cancel":
            return tells(text, Tells.CANCELLED) and (not named or target in named)
        case "book":
            return tells(text, Tells.BOOKED) and agreed in named
        case "declined":
            return tells(text, Tells.LEFT_AS_IT_WAS)
        case other:
            return tells(text, _TOLD_BY[other])
