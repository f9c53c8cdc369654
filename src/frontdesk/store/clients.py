"""Who is who in a salon's book, remembered by phone so that the next request needs no search."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, bindparam, delete, select

from frontdesk.booking.ids import ClientId, Phone
from frontdesk.store.database import Store
from frontdesk.store.once import insert_once
from frontdesk.store.tables import clients

_OF_PHONE = (clients.c.salon == bindparam("at"), clients.c.phone == bindparam("of"))
_FIND = select(clients.c.client).where(*_OF_PHONE).order_by(clients.c.client)
_FORGET = delete(clients).where(*_OF_PHONE)
_IS = (clients.c.salon == bindparam("at"), clients.c.client == bindparam("who"))
_PHONES = select(clients.c.phone).where(*_IS).order_by(clients.c.phone)
_LEAVE = delete(clients).where(*_IS, clients.c.phone != bindparam("of"))


@dataclass(frozen=True, slots=True)
class ClientBook:
    """The remembered clients, for the provider's door."""

    store: Store

    async def known(self, salon: str, phone: Phone) -> tuple[ClientId, ...]:
        """The clients last found under this phone; empty where it was never looked up."""
        return await self.store.read(partial(find, salon=salon, phone=phone))

    async def remember(self, salon: str, phone: Phone, clients: Sequence[ClientId]) -> None:
        """Keeps what was found in place of what was known before."""
        await self.store.write(partial(keep, salon=salon, phone=phone, found=clients))

    async def of_client(self, salon: str, client: ClientId) -> tuple[Phone, ...]:
        """The phones; empty for a client who never wrote."""
        asked = {"at": salon, "who": client}
        found = await self.store.read(lambda connection: connection.execute(_PHONES, asked).scalars().all())
        return tuple(Phone(one) for one in found)

    async def reread(self, salon: str, client: ClientId, phone: Phone | None) -> None:
        """The client has this phone now, and none where it is None; a phone that never wrote is not kept."""
        await self.store.write(partial(move, salon=salon, client=client, phone=phone))


def move(connection: Connection, salon: str, client: ClientId, phone: Phone | None) -> None:
    """Takes the client from other phones, and to this one where somebody wrote from it."""
    connection.execute(_LEAVE, {"at": salon, "who": client, "of": phone or ""})
    if phone is not None and find(connection, salon, phone):
        insert_once(connection, clients, {"salon": salon, "phone": phone, "client": client})


def find(connection: Connection, salon: str, phone: Phone) -> tuple[ClientId, ...]:
    """The clients last found under this phone."""
    return tuple(connection.execute(_FIND, {"at": salon, "of": phone}).scalars())


def keep(connection: Connection, salon: str, phone: Phone, found: Sequence[ClientId]) -> None:
    """Writes these clients over the ones known before."""
    connection.execute(_FORGET, {"at": salon, "of": phone})
    for client in found:
        insert_once(connection, clients, {"salon": salon, "phone": phone, "client": client})
