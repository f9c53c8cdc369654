"""The salon (a branch) as the front desk knows it."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from frontdesk.booking.ids import SalonId
from frontdesk.booking.policy import Policy
from frontdesk.booking.times import Instant, Local, to_instant, to_local


@dataclass(frozen=True, slots=True)
class Privacy:
    """Who answers for the personal data, under which documents; `version` tells one wording of these from the next."""

    legal_name: str
    version: str
    privacy_url: str = ""
    terms_url: str = ""

    @property
    def id(self) -> str:
        """The same for branches of one company, which is told once."""
        return f"{self.version}: {self.legal_name}"


@dataclass(frozen=True, slots=True)
class Salon:
    """One branch. `key` is its name in the settings, `phone` is written as people should read it.

    `schedule` is when it is open, in its own words.
    """

    key: str
    id: SalonId
    title: str
    zone: ZoneInfo
    phone: str = ""
    address: str = ""
    schedule: str = ""
    policy: Policy = field(default_factory=Policy)
    needs_email: bool = False
    """The salon's booking form asks for an e-mail address, and so do we; likewise for a comment."""
    needs_comment: bool = False
    comment_title: str = ""
    """What the salon calls the comment, where it has a name of its own for it."""
    privacy: Privacy | None = None

    def local(self, moment: Instant) -> Local:
        """What this salon's clock shows at the instant."""
        return to_local(moment, self.zone)

    def instant(self, shown: Local) -> Instant:
        """The instant at which this salon's clock shows the given time."""
        return to_instant(shown, self.zone)
