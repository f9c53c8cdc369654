"""The houses that days are played at: the demo salon, and two branches on one number, where a client chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from frontdesk.demo import COMPANY, SALON
from frontdesk.service.settings import Settings, read

EVERY_NTH: Final = 4
"""Every so many days are played at two branches."""


@dataclass(frozen=True, slots=True)
class House:
    """Its file for the emulator, and its branches: the provider's number of each by its name in the settings."""

    file: str
    branches: Mapping[str, int]

    def settings(self, folder: Path) -> Settings:
        """The service's settings; the tokens are the emulator's."""
        known = {"base_url": "http://emulator.invalid", "partner_token": "demo-partner", "user_token": "demo-user"}
        salons = {key: {**known, "company_id": company} for key, company in self.branches.items()}
        return read({"store": {"url": f"sqlite:///{folder / 'day.db'}"}, "salon": salons}, {})


ONE: Final = House("demo", {SALON: COMPANY})
TWO: Final = House(str(Path(__file__).with_name("two_branches.toml")), {"birches": COMPANY, "beyond": COMPANY + 1})


def of_seed(seed: int) -> House:
    """The house of this seed's day."""
    return TWO if seed % EVERY_NTH == 0 else ONE
