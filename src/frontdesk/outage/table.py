"""States as tables: every (state, event) pair is either in the table or an error."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

State = TypeVar("State", bound=Enum)
Event = TypeVar("Event", bound=Enum)


class NoSuchMove(ValueError):
    """The event can't happen in this state."""


@dataclass(frozen=True, slots=True)
class Table(Generic[State, Event]):
    """The moves of one kind of thing. The docs' diagrams are drawn from `moves`."""

    name: str
    moves: Mapping[tuple[State, Event], State]

    def after(self, state: State, event: Event) -> State:
        """The state that follows; raises NoSuchMove where the table has none."""
        try:
            return self.moves[state, event]
        except KeyError:
            raise NoSuchMove(f"{self.name}: {event.value} cannot happen while {state.value}") from None
