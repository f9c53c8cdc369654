from collections.abc import Callable
from datetime import UTC, datetime


def wall_clock() -> datetime:
    """The machine's own instant."""
    return datetime.now(UTC)


class Clock:
    """The emulator's idea of now: the wall clock until it is set, then the set instant, which stands still."""

    def __init__(self, wall: Callable[[], datetime] = wall_clock) -> None:
        self._wall = wall
        self._set: datetime | None = None

    def now(self) -> datetime:
        """The current instant, aware."""
        return self._set or self._wall()

    def set(self, instant: datetime | None) -> None:
        """Stops the clock at an aware instant; None lets it follow the wall clock again."""
        self._set = instant

    @property
    def is_set(self) -> bool:
        """Whether the clock stands still."""
        return self._set is not None
