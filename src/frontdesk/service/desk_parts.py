"""What the desk is given by the service: parts it may look at, and nothing that leads to the provider's API."""

import secrets
from collections.abc import Callable, Sequence
from functools import partial

import httpx2

from frontdesk.desk.parts import AccountCard, Desk, MasterCard, SalonCard
from frontdesk.dialogue.voice import Phrasebook
from frontdesk.provider.door import Door
from frontdesk.service.bells import Bells
from frontdesk.service.entrances import Entrances
from frontdesk.service.masters_chat import invite
from frontdesk.service.nearest import Nearest
from frontdesk.service.parts import Parts
from frontdesk.service.settings import Settings

TOKEN_BYTES = 32


def desk_of(  # noqa: PLR0913, PLR0917 - what a desk stands on
    parts: Parts, door: Door, settings: Settings, http: httpx2.AsyncClient, bells: Bells, book: Phrasebook
) -> Desk:
    """The desk of a running service; `http` is the way to the messengers."""
    return Desk(
        store=parts.store,
        clock=parts.clock,
        log=parts.log,
        salons=_salons(door),
        masters=_masters(door),
        invite=partial(invite, parts),
        entrances=Entrances(settings, http, parts.clock, parts.log),
        accounts={key: AccountCard(account.title, account.salons) for key, account in parts.accounts.items()},
        nearest=Nearest(parts),
        random_token=lambda: secrets.token_urlsafe(TOKEN_BYTES),
        public_url=settings.service.public_url.rstrip("/"),
        wake=bells.ring,
        book=book,
        wishes=lambda: parts.standing.wishes,
        reread=partial(parts.standing.read, parts.store),
    )


def _salons(door: Door) -> Callable[[], Sequence[SalonCard]]:
    def salons() -> Sequence[SalonCard]:
        return [SalonCard(key, branch.salon.title, branch.salon.zone) for key, branch in door.branches.items()]

    return salons


def _masters(door: Door) -> Callable[[], Sequence[MasterCard]]:
    def masters() -> Sequence[MasterCard]:
        staff = ((key, one.master) for key, branch in door.branches.items() for one in branch.menu.staff)
        return [MasterCard(key, master.id, master.name) for key, master in staff]

    return masters
