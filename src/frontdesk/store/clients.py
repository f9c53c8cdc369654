"""Who is who in a salon's book, remembered by phone so that the next request needs no search."""

from sqlalchemy import Connection, bindparam, select

from frontdesk.booking.ids import ClientId, Phone
from frontdesk.store.once import upsert
from frontdesk.store.tables import clients

_FIND = select(clients.c.client).where(clients.c.salon == bindparam("at"), clients.c.phone == bindparam("of"))


def find(connection: Connection, salon: str, phone: Phone) -> ClientId | None:
    """The client's id, None where this phone was never looked up at this salon."""
    return connection.execute(_FIND, {"at": salon, "of": phone}).scalar_one_or_none()


def remember(connection: Connection, salon: str, phone: Phone, client: ClientId) -> None:
    """Keeps what a search found; the newest answer counts."""
    upsert(connection, clients, {"salon": salon, "phone": phone, "client": client})
