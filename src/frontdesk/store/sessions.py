"""Signed-in browsers, one-time links, and the count of failed tries.

The cookie and the link carry a random token; only its SHA-256 is kept, so that a stolen database opens no desk. (A fast
hash is enough for 256 random bits; a password, which is guessable, gets argon2.)
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, select

from frontdesk.booking.times import Instant
from frontdesk.store.desk_tables import sessions, sign_in_links, sign_in_tries, users
from frontdesk.store.once import upsert
from frontdesk.store.users import User, as_user

SESSION_LASTS = timedelta(days=7)
CHAT_CODE = "desk_"
"""What the link carries before its code that ties a Telegram chat to a user."""
LINK_LASTS = timedelta(minutes=15)
MOST_SESSIONS = 10
"""A user's oldest session ends where they would have more."""
WINDOW = timedelta(minutes=15)
TRIES_OF_NAME = 10
TRIES_OF_ADDRESS = 30
MOST_TRIED = 10_000
"""Rows of tries; beyond that the oldest are forgotten."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who tries to sign in: the name they gave and the network address they come from."""

    name: str
    address: str

    def limits(self) -> tuple[tuple[str, int], ...]:
        """What is counted, and how often it may fail within WINDOW."""
        return (f"address {self.address}", TRIES_OF_ADDRESS), (f"name {self.name}", TRIES_OF_NAME)


def start(connection: Connection, user: int, token: str, browser: str, now: Instant) -> None:
    """Signs the user in by this token, for this browser alone; what is over, and one too many, is forgotten."""
    connection.execute(delete(sessions).where(sessions.c.ends_at <= now))
    kept = (
        select(sessions.c.key)
        .where(sessions.c.user == user)
        .order_by(sessions.c.started_at.desc())
        .limit(MOST_SESSIONS - 1)
    )
    keys = connection.execute(kept).scalars().all()
    connection.execute(delete(sessions).where(sessions.c.user == user, sessions.c.key.not_in(keys)))
    row = {"user": user, "browser": digest(browser), "started_at": now, "ends_at": now + SESSION_LASTS}
    upsert(connection, sessions, {"key": digest(token), **row})


def user_of(connection: Connection, token: str, browser: str, now: Instant) -> User | None:
    """Who is signed in by this token; None where it is over, was ended, or belongs to another browser."""
    found = (
        select(users)
        .join(sessions, sessions.c.user == users.c.id)
        .where(sessions.c.key == digest(token), sessions.c.browser == digest(browser), sessions.c.ends_at > now)
    )
    row = connection.execute(found).one_or_none()
    return as_user(row) if row else None


def end(connection: Connection, token: str) -> None:
    """The token opens nothing any more."""
    connection.execute(delete(sessions).where(sessions.c.key == digest(token)))


def end_all(connection: Connection, user: int) -> None:
    """Signs the user out everywhere, and voids their links."""
    connection.execute(delete(sessions).where(sessions.c.user == user))
    connection.execute(delete(sign_in_links).where(sign_in_links.c.user == user))


def make_link(connection: Connection, user: int, token: str, now: Instant) -> None:
    """A way in by this token, once; an earlier one of the same user is void."""
    connection.execute(delete(sign_in_links).where((sign_in_links.c.user == user) | (sign_in_links.c.ends_at <= now)))
    upsert(connection, sign_in_links, {"key": digest(token), "user": user, "ends_at": now + LINK_LASTS})


def chat_token(code: str) -> str:
    """Under what a code that ties a chat is kept: no address of the desk's can hold it, so it opens no door."""
    return f"{CHAT_CODE}/{code}"


def link_of(connection: Connection, token: str, now: Instant) -> User | None:
    """Whose link this is, which stays good; None where it was used, is over, or never was."""
    found = select(users).join(sign_in_links, sign_in_links.c.user == users.c.id)
    row = connection.execute(
        found.where(sign_in_links.c.key == digest(token), sign_in_links.c.ends_at > now)
    ).one_or_none()
    return as_user(row) if row else None


def use_link(connection: Connection, token: str, now: Instant) -> User | None:
    """Whose link this is, used up by it; None where it was used, is over, or never was."""
    gone = delete(sign_in_links).where(sign_in_links.c.key == digest(token), sign_in_links.c.ends_at > now)
    number = connection.execute(gone.returning(sign_in_links.c.user)).scalar_one_or_none()
    if number is None:
        return None
    return as_user(connection.execute(select(users).where(users.c.id == number)).one())


def try_in(connection: Connection, caller: Caller, now: Instant, most: int = MOST_TRIED) -> bool:
    """Counts one try before it is looked at; False where there were too many, which are not counted further.

    Of more than `most` names and addresses the longest untried are forgotten.
    """
    limits = caller.limits()
    counts = {who: _tries(connection, who, now) for who, _ in limits}
    if any(counts[who][1] >= most for who, most in limits):
        return False
    for who, (since, tries) in counts.items():
        upsert(connection, sign_in_tries, {"who": who, "since": since, "tries": tries + 1})
    _forget_tries(connection, now, most)
    return True


def pardon(connection: Connection, caller: Caller) -> None:
    """A try succeeded: the name begins anew. The address does not, or one good password would shield many bad."""
    connection.execute(delete(sign_in_tries).where(sign_in_tries.c.who == f"name {caller.name}"))


def _tries(connection: Connection, who: str, now: Instant) -> tuple[Instant, int]:
    row = connection.execute(select(sign_in_tries).where(sign_in_tries.c.who == who)).one_or_none()
    return (row.since, row.tries) if row and now < row.since + WINDOW else (now, 0)


def _forget_tries(connection: Connection, now: Instant, most: int) -> None:
    connection.execute(delete(sign_in_tries).where(sign_in_tries.c.since <= now - WINDOW))
    oldest = select(sign_in_tries.c.who).order_by(sign_in_tries.c.since.desc()).offset(most).limit(1)
    if connection.execute(oldest).first() is not None:
        newest = select(sign_in_tries.c.who).order_by(sign_in_tries.c.since.desc()).limit(most)
        connection.execute(delete(sign_in_tries).where(sign_in_tries.c.who.not_in(newest)))


def digest(secret: str) -> str:
    """What is kept of a random secret."""
    return sha256(secret.encode()).hexdigest()
