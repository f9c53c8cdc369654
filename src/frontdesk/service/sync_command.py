"""`frontdesk sync`: fills the local copies anew, or for the first time, for the person who runs the front desk.

It works beside a running service, on the same database, at the lowest priority of the pace. What the service has kept
meanwhile is not lost: of two readings the one that was asked for later stands.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from frontdesk.provider.syncing import Syncing
from frontdesk.service.journals import keeper_of
from frontdesk.service.logs import hidden
from frontdesk.service.settings import Settings
from frontdesk.service.wiring import World, ground_of
from frontdesk.store.database import open_store
from frontdesk.yclients import errors
from frontdesk.yclients.paging import Progress

Heard = Callable[[str, Progress], None]
"""Hears of each page of a salon's appointments."""


class SyncError(Exception):
    """The copies can't be filled as asked; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What came of one salon. `fault` is why it could not be read, empty where it was."""

    salon: str
    title: str = ""
    services: int = 0
    masters: int = 0
    appointments: int = 0
    until: str = ""
    calls: int = 0
    fault: str = ""


def sync(settings: Settings, world: World, heard: Heard, only: str | None = None) -> tuple[Copied, ...]:
    """Fills the copies of all salons of the settings, or of one. Raises SyncError, BadStore."""
    if only is not None and only not in settings.salon:
        known = ", ".join(settings.salon)
        raise SyncError(f"there is no [salon.{only}] in the settings; there are: {known}")
    return asyncio.run(_synced(settings, world, heard, [only] if only else list(settings.salon)))


async def _synced(settings: Settings, world: World, heard: Heard, salons: Iterable[str]) -> tuple[Copied, ...]:
    store = open_store(settings.store.url)
    try:
        keeper = keeper_of(settings, ground_of(world, store))
        return tuple([await _copied(keeper.salons[salon].keeping.syncing, heard) for salon in salons])
    finally:
        await store.close()


async def _copied(syncing: Syncing, heard: Heard) -> Copied:
    key = syncing.key
    try:
        await syncing.load()
        filled = await syncing.fill(lambda progress: heard(key, progress))
    except errors.ProviderError as fault:
        return Copied(key, fault=hidden(str(fault)), calls=syncing.calls)
    menu, (_, until) = syncing.branch.menu, syncing.window()
    return Copied(
        key,
        syncing.branch.salon.title,
        len(menu.listed),
        len(menu.staff),
        filled.appointments,
        until.isoformat(),
        filled.calls,
    )


def is_whole(copied: Iterable[Copied]) -> bool:
    """Whether every salon could be read."""
    return not any(one.fault for one in copied)


def as_rows(copied: Iterable[Copied]) -> list[dict[str, Any]]:
    """For a program."""
    return [asdict(one) for one in copied]


def as_text(copied: Iterable[Copied]) -> str:
    """For a person: a line a salon."""
    return "\n".join(_line(one) for one in copied)


def _line(one: Copied) -> str:
    if one.fault:
        return f"{one.salon}: not copied: {one.fault}; `frontdesk doctor` says more"
    return (
        f"{one.salon} ({one.title}): {one.services} services, {one.masters} masters, {one.appointments} appointments "
        f"until {one.until}, in {one.calls} calls"
    )
