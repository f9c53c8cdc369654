"""The two faces of the same API."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Profile:
    """How one of the twins is addressed."""

    name: str
    base_url: str
    media_type: str
    """Asks for the `{success, data, meta}` form; without it the answers come bare."""


YCLIENTS: Final = Profile("yclients", "https://api.yclients.com", "application/vnd.yclients.v2+json")
ALTEGIO: Final = Profile("altegio", "https://api.alteg.io", "application/vnd.api.v2+json")

PROFILES: Final = {"yclients": YCLIENTS, "altegio": ALTEGIO}
"""By the name that the settings give."""
