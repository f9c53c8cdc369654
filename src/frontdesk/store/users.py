"""Who may sign in at the desk. A password is only ever kept as its argon2 hash, which is made elsewhere."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from frontdesk.booking.ids import MasterId
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.store.desk_tables import users
from frontdesk.store.once import insert_once
from frontdesk.store.tables import chats, masters

FIRST = "owner"
"""The name of the user whom the first start makes, until they say their own."""
LONGEST_NAME = 60
MOST_USERS = 200
TELEGRAM = "telegram"


class Role(StrEnum):
    """What somebody is at the salon."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    MASTER = "master"
    """Sees their own day alone."""


@dataclass(frozen=True, slots=True)
class User:
    """One who may sign in. `salon` and `master` are set for a master alone; `password` is its hash, None for none."""

    id: int
    name: str
    role: Role
    salon: str | None = None
    master: MasterId | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def shown(self) -> str:
        """The name as others read it."""
        return shown(self.name)


class NameTaken(ValueError):
    """There is a user of this name already."""


def plain(name: str) -> str:
    """The name as it is kept and compared: without outer blanks, in small letters."""
    return name.strip().casefold()[:LONGEST_NAME]


def shown(name: str) -> str:
    """A kept name as others read it: a person's begins with capitals, an address or a nickname stays as it is."""
    return name.title() if name.replace(" ", "").replace("-", "").isalpha() else name


def add(connection: Connection, name: str, role: Role, now: Instant, of: tuple[str, MasterId] | None = None) -> User:
    """A new user without a password; `of` is the salon and number of a master. Raises NameTaken."""
    salon, master = of or (None, None)
    row = {"name": plain(name), "role": role, "salon": salon, "master": master, "created_at": now}
    number = insert_once(connection, users, row)
    if number is None:
        raise NameTaken(name)
    return User(number, plain(name), role, salon, master)


def named(connection: Connection, name: str) -> User | None:
    """The user of this name."""
    row = connection.execute(select(users).where(users.c.name == plain(name))).one_or_none()
    return as_user(row) if row else None


def everyone(connection: Connection) -> tuple[User, ...]:
    """All users, by name; at most MOST_USERS."""
    rows = connection.execute(select(users).order_by(users.c.name).limit(MOST_USERS))
    return tuple(as_user(row) for row in rows)


def set_password(connection: Connection, user: int, hashed: str) -> None:
    """From now on this is the user's password."""
    connection.execute(update(users).where(users.c.id == user).values(password=hashed))


def is_unnamed(user: User) -> bool:
    """Whether this is the owner whom the first start made, before somebody signed in and said who they are."""
    return user.name == FIRST and user.password is None


def rename(connection: Connection, user: int, name: str) -> None:
    """From now on the user signs in with this name."""
    connection.execute(update(users).where(users.c.id == user).values(name=plain(name)))


def tie(connection: Connection, user: int, chat: int) -> None:
    """From now on the user's links are sent to this chat."""
    connection.execute(update(users).where(users.c.id == user).values(chat=chat))


def is_tied(connection: Connection, user: User) -> bool:
    """Whether there is a Telegram chat for this user's links."""
    return telegram_chat(connection, user) is not None


def remove(connection: Connection, user: int) -> None:
    """Takes the user out; their sessions and links must be ended before."""
    connection.execute(delete(users).where(users.c.id == user))


def first(connection: Connection, now: Instant) -> User | None:
    """The owner who is still to set the first password, made where there is nobody; None once anybody has one."""
    if connection.execute(select(func.count(users.c.password))).scalar_one():
        return None
    return named(connection, FIRST) or add(connection, FIRST, Role.OWNER, now)


def telegram_chat(connection: Connection, user: User) -> tuple[int, Address] | None:
    """The Telegram chat in which this user is told of things: their own, or the one where a master registered."""
    own = select(users.c.chat).where(users.c.id == user.id)
    registered = select(masters.c.chat).where(masters.c.salon == user.salon, masters.c.master == user.master)
    where = chats.c.id.in_(own) | chats.c.id.in_(registered)
    row = connection.execute(select(chats).where(where, chats.c.channel == TELEGRAM).limit(1)).one_or_none()
    return (row.id, Address(row.channel, row.account, row.user)) if row else None


def as_user(row: Row[*tuple[Any, ...]]) -> User:
    """A row of `users`."""
    return User(row.id, row.name, Role(row.role), row.salon, row.master, row.password)
