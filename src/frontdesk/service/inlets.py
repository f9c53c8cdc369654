"""The doors messengers knock at: each knows how its webhook is signed and read, nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from frontdesk.booking.times import Instant
from frontdesk.channels import max as max_messenger
from frontdesk.channels import telegram, whatsapp
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


NO_GREETING = Forged(405, "this messenger does not check the address by GET")


@dataclass(frozen=True, slots=True)
class TelegramInlet:
    """`/webhooks/telegram/{name}`, one address a bot: an update does not say whose it is."""

    name: str
    secret: str = field(repr=False)
    now: Callable[[], Instant]

    @property
    def path(self) -> str:
        """Below `/webhooks/`."""
        return f"telegram/{self.name}"

    def greet(self, query: Mapping[str, str]) -> str | Forged:
        """Telegram never asks."""
        del query
        return NO_GREETING

    def read(self, headers: Mapping[str, str], body: bytes) -> Batch | Forged:
        """The updates, where the secret token is the one that was agreed on."""
        trusted = telegram.verify(headers.get(telegram.SECRET_HEADER.lower()), self.secret, self.name)
        return trusted if isinstance(trusted, Forged) else telegram.parse(body, self.name, self.now())


@dataclass(frozen=True, slots=True)
class MaxInlet:
    """`/webhooks/max/{name}`, one address a bot: an update does not say whose it is."""

    name: str
    secret: str = field(repr=False)
    token: str = field(repr=False)

    @property
    def path(self) -> str:
        """Below `/webhooks/`."""
        return f"max/{self.name}"

    def greet(self, query: Mapping[str, str]) -> str | Forged:
        """MAX never asks."""
        del query
        return NO_GREETING

    def read(self, headers: Mapping[str, str], body: bytes) -> Batch | Forged:
        """The updates, where the secret is the one that was agreed on."""
        trusted = max_messenger.verify(headers.get(max_messenger.SECRET_HEADER.lower()), self.secret, self.name)
        return trusted if isinstance(trusted, Forged) else max_messenger.parse(body, self.name, self.token)
