"""How often the provider may be called: 5 times in any second and 200 in any minute, counted by our address.

The provider counts arrivals, and a caller knows only when a call was started and when it was answered; it arrived
somewhere between. So a call holds its place from its start until a second (and a minute) after its *answer*. Then no
second of the provider's can see more than five: if a sixth arrived within a second of the first, the first was answered
less than a second before the sixth was started, and so all five still held their places.

People go first. Whoever waits is served by priority, then in order of coming; and the last place of a second and the
last twenty of a minute are kept for replies to people, so that a reply does not wait behind a full load of other work.

Only arithmetic lives here: time is an argument, in seconds of any monotonic clock.
"""

import enum
import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

SECOND: Final = 1.0
MINUTE: Final = 60.0


class Priority(enum.IntEnum):
    """Who waits for a call: the smaller goes first."""

    PERSON = 0
    """Somebody waits for a reply."""
    WORK = 1
    """A person's work that is not being watched: replay after an outage, reminders."""
    BACKGROUND = 2
    """Syncs and checks."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The provider's limits, and what of them is kept for people."""

    per_second: int = 5
    per_minute: int = 200
    spare_per_second: int = 1
    spare_per_minute: int = 20

    def __post_init__(self) -> None:
        if not (0 <= self.spare_per_second < self.per_second and 0 <= self.spare_per_minute < self.per_minute):
            raise ValueError("limits: each spare must be at least 0 and leave at least one call for others")


class Pace:
    """Who may call now, who must wait, and until when."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._waiting: list[tuple[Priority, int]] = []
        self._withdrawn: set[int] = set()
        self._in_flight = 0
        self._answered: deque[float] = deque()
        self._closed_until = float("-inf")
        self._last_ticket = 0

    def ask(self, priority: Priority) -> int:
        """Joins those who wait; the number is the ticket that `admit` will call out."""
        self._last_ticket += 1
        heapq.heappush(self._waiting, (priority, self._last_ticket))
        return self._last_ticket

    def admit(self, now: float) -> list[int]:
        """The tickets whose turn has come: each holds its place from now on."""
        admitted = []
        while (head := self._head()) is not None and self._opens_at(head[0], now) <= now:
            admitted.append(heapq.heappop(self._waiting)[1])
            self._in_flight += 1
        return admitted

    def answered(self, now: float) -> None:
        """An admitted call has its answer, or is known to get none: it frees its places a second and a minute later."""
        self._in_flight -= 1
        self._answered.append(now)

    def withdraw(self, ticket: int) -> None:
        """Whoever waited with this ticket no longer does."""
        self._withdrawn.add(ticket)

    def close(self, until: float) -> None:
        """Admits nobody before `until`: the provider said that it was called too often."""
        self._closed_until = max(self._closed_until, until)

    def closed_for(self, now: float) -> float:
        """How many seconds nobody will be admitted; 0 in ordinary times."""
        return max(0.0, self._closed_until - now)

    def used(self, now: float) -> int:
        """How many places of the minute are held: calls under way, and those answered in the last minute."""
        self._forget(now)
        return self._in_flight + len(self._answered)

    def next_turn(self, now: float) -> float | None:
        """When to call `admit` again; None while only an answer or a newcomer can change anything."""
        head = self._head()
        if head is None:
            return None
        opens = self._opens_at(head[0], now)
        return None if opens == float("inf") else opens

    def _head(self) -> tuple[Priority, int] | None:
        while self._waiting and self._waiting[0][1] in self._withdrawn:
            self._withdrawn.discard(heapq.heappop(self._waiting)[1])
        return self._waiting[0] if self._waiting else None

    def _forget(self, now: float) -> None:
        while self._answered and self._answered[0] + MINUTE <= now:
            self._answered.popleft()

    def _opens_at(self, priority: Priority, now: float) -> float:
        self._forget(now)
        return opens_at(Held(self._in_flight, self._answered, self._closed_until), priority, self.limits)


@dataclass(frozen=True, slots=True)
class Held:
    """The places that are held: calls without an answer yet, and the answers of the last minute, the oldest first."""

    in_flight: int
    answered: Sequence[float]
    closed_until: float = float("-inf")


def opens_at(held: Held, priority: Priority, limits: Limits) -> float:
    """When the next call of this priority may start; infinity while only an answer can free a place."""
    for_people = priority is Priority.PERSON
    in_second = limits.per_second - (0 if for_people else limits.spare_per_second)
    in_minute = limits.per_minute - (0 if for_people else limits.spare_per_minute)
    return max(held.closed_until, _room_at(held, in_second, SECOND), _room_at(held, in_minute, MINUTE))


def _room_at(held: Held, places: int, span: float) -> float:
    """When fewer than `places` are held: once the answer that many places back is old enough."""
    back = places - held.in_flight
    if back <= 0:
        return float("inf")
    return held.answered[-back] + span if len(held.answered) >= back else float("-inf")
