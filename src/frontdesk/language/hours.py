"""When the salon works, as far as reading a message needs it: is «в три» the afternoon or the night?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The salon-local opening and closing time of a usual day, and of the weekdays (0 is Monday) that differ from it.

    The defaults are the widest hours a salon keeps: for a salon whose hours are not known.
    """

    opens: time = time(7)
    closes: time = time(22)
    weekdays: Mapping[int, tuple[time, time]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, weekday: int | None) -> tuple[time, time]:
        """Opening and closing time of a weekday; of a usual day where the weekday is not known."""
        usual = (self.opens, self.closes)
        return usual if weekday is None else self.weekdays.get(weekday, usual)
