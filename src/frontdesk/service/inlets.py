"""The doors messengers knock at: each knows how its webhook is signed and read, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from frontdesk.channels import whatsapp
from frontdesk.channels.messages import Batch
from frontdesk.channels.trust import Forged


class Inlet(Protocol):
    """One address that a messenger calls."""

    @property
    def path(self) -> str:
        """Below `/webhooks/`."""
        ...

    def greet(self, query: Mapping[str, str]) -> str | Forged:
        """The answer to the messenger's check of the address."""
        ...

    def read(self, headers: Mapping[str, str], body: bytes) -> Batch | Forged:
        """What the webhook carries, once it is known to be the messenger's own."""
        ...


@dataclass(frozen=True, slots=True)
class WhatsAppNumber:
    """One WhatsApp account of the settings."""

    phone_number_id: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WhatsAppInlet:
    """`/webhooks/whatsapp`, for all numbers by their names in the settings.

    A number's messages count only under the signature of its own app.
    """

    numbers: Mapping[str, WhatsAppNumber]
    path: str = "whatsapp"

    def greet(self, query: Mapping[str, str]) -> str | Forged:
        """The challenge, where the verify token is one of ours."""
        return whatsapp.handshake(query, {name: number.verify_token for name, number in self.numbers.items()})

    def read(self, headers: Mapping[str, str], body: bytes) -> Batch | Forged:
        """The messages and reports of the numbers whose app signed the body."""
        secrets = {name: number.app_secret for name, number in self.numbers.items()}
        trusted = whatsapp.verify(body, headers.get("x-hub-signature-256"), secrets)
        if isinstance(trusted, Forged):
            return trusted
        names = {number.phone_number_id: name for name, number in self.numbers.items() if name in trusted.accounts}
        return whatsapp.parse(body).for_accounts(names)
