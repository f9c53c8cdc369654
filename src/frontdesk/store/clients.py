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


def find(connection: Connection, salon: str, phone: Phone) -> tuple[ClientId, ...]:
    """The clients last found under this phone."""
    return tuple(connection.execute(_FIND, {"at": salon, "of": phone}).scalars())


def keep(connection: Connection, salon: str, phone: Phone, found: Sequence[ClientId]) -> None:
    """Writes these clients over the ones known before."""
    connection.execute(_FORGET, {"at": salon, "of": phone})
    for client in found:
        insert_once(connection, clients, {"salon": salon, "phone": phone, "client": client})
