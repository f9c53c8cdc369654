"""`frontdesk doctor`: looks at everything the front desk stands on and says what is wrong and what to do.

Nothing is changed anywhere: the provider and the messengers are only asked, the database is only looked at. What is
found is without tokens and phones, so that it can be shown to whoever helps.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from frontdesk.service.checks_messengers import check_messengers
from frontdesk.service.checks_salon import SalonCheck
from frontdesk.service.checks_store import check_store
from frontdesk.service.clock import Clock, SystemClock
from frontdesk.service.findings import Finding, State, broken, fine, secrets_of, without_secrets
from frontdesk.service.settings import SalonSettings, Settings, SettingsError, load
from frontdesk.service.witness import Witness
from frontdesk.yclients.client import Client
from frontdesk.yclients.profiles import PROFILES
from frontdesk.yclients.turnstile import Gate, Turnstile
from frontdesk.yclients.wire import Credentials

MESSENGERS = ("whatsapp", "telegram", "max", "web")


@dataclass(frozen=True)
class Instruments:
    """What an examination is made with. `provider` and `messengers` are transports: None is the network."""

    clock: Clock = field(default_factory=SystemClock)
    provider: httpx2.AsyncBaseTransport | None = None
    messengers: httpx2.AsyncBaseTransport | None = None
    gate: Gate = field(default_factory=Turnstile)
    environment: Mapping[str, str] | None = None


def examine(path: Path, instruments: Instruments, progress: Callable[[Finding], None]) -> tuple[Finding, ...]:
    """Everything found about the set-up of this file; `progress` hears of each finding as it is made."""
    return asyncio.run(_examined(path, instruments, progress))


async def first_trouble(key: str, settings: Settings, instruments: Instruments) -> Finding | None:
    """What is broken first at this salon, and what to do; None where nothing is."""
    check = _salon(key, settings.salon[key], settings, instruments)
    async for finding in check.findings():
        if finding.state is State.BROKEN:
            return without_secrets(finding, secrets_of(settings))
    return None


async def look_at(table: str, settings: Settings, instruments: Instruments) -> tuple[Finding, ...]:
    """What is found about one table of the settings, as `salon.centre` or `telegram.main`, fit to be shown."""
    kind, _, name = table.partition(".")
    secrets = secrets_of(settings)
    if kind == "salon":
        check = _salon(name, settings.salon[name], settings, instruments)
        async with check.api:
            return tuple([without_secrets(one, secrets) async for one in check.findings()])
    alone: dict[str, dict[str, object]] = {channel: {} for channel in MESSENGERS} | {
        kind: {name: getattr(settings, kind)[name]}
    }
    found = check_messengers(settings.model_copy(update=alone), instruments.messengers, instruments.clock)
    return tuple([without_secrets(one, secrets) async for one in found])


async def _examined(path: Path, instruments: Instruments, progress: Callable[[Finding], None]) -> tuple[Finding, ...]:
    try:
        settings = load(path, instruments.environment)
    except SettingsError as fault:
        return (
            broken("settings", "file", str(fault), "Mend it in the settings file; docs/operating.md has them all."),
        )
    secrets = secrets_of(settings)
    found = []
    async for finding in _findings(settings, instruments):
        shown = without_secrets(finding, secrets)
        progress(shown)
        found.append(shown)
    return tuple(found)


async def _findings(settings: Settings, instruments: Instruments) -> AsyncIterator[Finding]:
    accounts = len(settings.whatsapp) + len(settings.telegram) + len(settings.max)
    yield fine("settings", "file", f"read: salons {len(settings.salon)}, messenger accounts {accounts}")
    yield await asyncio.to_thread(check_store, settings.store.url)
    for key, salon in settings.salon.items():
        check = _salon(key, salon, settings, instruments)
        async with check.api:
            async for finding in check.findings():
                yield finding
    async for finding in check_messengers(settings, instruments.messengers, instruments.clock):
        yield finding


def _salon(key: str, salon: SalonSettings, settings: Settings, instruments: Instruments) -> SalonCheck:
    witness = Witness(instruments.provider or httpx2.AsyncHTTPTransport())
    profile = PROFILES[salon.provider]
    api = Client(
        Credentials(salon.partner_token.get_secret_value(), salon.user_token.get_secret_value()),
        profile=profile,
        base_url=salon.base_url,
        transport=witness,
        pace=instruments.gate,
        attempts=1,
    )
    return SalonCheck(key, salon, settings, profile, api, witness, instruments.clock)
