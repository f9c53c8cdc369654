"""The salon (a branch) as the front desk knows it, and what it allows its clients."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from frontdesk.booking.ids import SalonId
from frontdesk.booking.times import Instant, Local, to_instant, to_local


@dataclass(frozen=True, slots=True)
class Policy:
    """What clients may do by themselves. The windows are in seconds before the appointment's start."""

    may_cancel: bool = True
    cancel_notice_s: int = 0
    may_move: bool = True
    move_notice_s: int = 0


@dataclass(frozen=True, slots=True)
class Salon:
    """One branch. `key` is its name in the settings, `phone` is written as people should read it."""

    key: str
    id: SalonId
    title: str
    zone: ZoneInfo
    phone: str = ""
    address: str = ""
    policy: Policy = Policy()

    def local(self, moment: Instant) -> Local:
        """What this salon's clock shows at the instant."""
        return to_local(moment, self.zone)

    def instant(self, shown: Local) -> Instant:
        """The instant at which this salon's clock shows the given time."""
        return to_instant(shown, self.zone)
