"""The service's life while one person talks to it: killed once, and looked after until it has kept its word."""

import threading
import time
from collections.abc import Callable, Sequence
from random import Random

import httpx2

from blackbox.conftest import Town
from blackbox.database import SharedDatabase
from blackbox.graph import Cut, Post, Refusal
from blackbox.person import Person
from blackbox.provider import Json

LATEST_KILL_S = 0.35
"""By then a turn, and a command with its outcome, are through: kills fall on every step and a few after the last."""
A_LONG_WHILE_S = 150
SOON_S = 2
STILL_S = 6
"""What has not moved for so long, although nothing says that it waits, is held by the dead (or the machine stalls)."""
JUMPS = 10
MICROSECONDS = 1_000_000
LOOK_EVERY_S = 0.05
Stand = tuple[tuple[str, str, int | None, int | None], ...]
"""Of each open row its table and state, until when somebody holds it, and when it is due."""


class Life:
    """Every instant is the chance's; what only time can bring further is given the time."""

    def __init__(self, town: Town, person: Person, chance: Random) -> None:
        self._town = town
        self._person = person
        self._desk = person.desk
        self._chance = chance
        self._kill_after_s = chance.uniform(0, LATEST_KILL_S)

    def meets(self, at_the_provider: Sequence[Json], at_meta: Cut | Refusal | None) -> None:
        """These faults."""
        self._town.provider.faults(*at_the_provider)
        if at_meta:
            self._town.graph.then(at_meta)

    def is_delivered(self, raw: bytes, *, kill: bool) -> None:
        """Meta delivers a message, again and again until it is taken; where `kill`, the service dies meanwhile."""
        if kill:
            delivery = threading.Thread(target=self._delivered, args=(raw,))
            delivery.start()
            time.sleep(self._kill_after_s)
            self._desk.strike(self._chance)
            delivery.join()
            self._desk.start()
        while not self._delivered(raw):
            time.sleep(0.1)

    def brings(self, beginning: str | tuple[str, ...]) -> Post:
        """The newest message with a part that begins so, or in one of these ways; it is waited for."""
        self._comes_true(lambda: self._said(beginning) is not None)
        post = self._said(beginning)
        assert post is not None
        return post

    def comes_to_rest(self) -> None:
        """Nothing of this person's is left to be done."""
        self._comes_true(lambda: self._person.heard_everything() and not self._open())

    def _said(self, beginning: str | tuple[str, ...]) -> Post | None:
        found = [post for post in self._person.messages if any(one.startswith(beginning) for one in parts(post.text))]
        return found[-1] if found else None

    def _delivered(self, raw: bytes) -> bool:
        try:
            return self._desk.post(raw).status_code == httpx2.codes.OK
        except httpx2.TransportError:
            return False

    def _comes_true(self, fact: Callable[[], bool]) -> None:
        for _ in range(JUMPS):
            if self._moves_until(fact):
                return
            self._time_passes()
        raise AssertionError(f"it never came true: {self._person.texts}, {self._open()}")

    def _moves_until(self, fact: Callable[[], bool]) -> bool:
        """True when it has become so, False when everything stands still."""
        stood, since = self._open(), time.monotonic()
        while not fact():
            time.sleep(LOOK_EVERY_S)
            stands = self._open()
            if stands != stood:
                stood, since = stands, time.monotonic()
            elif time.monotonic() - since > (SOON_S if stands and all(map(_waits, stands)) else STILL_S):
                return False
        return True

    def _open(self) -> Stand:
        """What of this person's is not settled, in the database."""
        database, user = self._desk.database, self._person.user
        chats = [("chats", "", row["lease_until"], row["due_at"]) for row in database.rows("chats", user)]
        moving = [
            (table, row["state"], row["lease_until"], row["next_try_at"])
            for table, states in (("commands", "waiting sent unsure"), ("replies", "waiting sending unknown"))
            for row in database.rows(table, user)
            if row["state"] in states.split()
        ]
        return tuple(one for one in (*chats, *moving) if one[0] != "chats" or one[2:] != (None, None))

    def _time_passes(self) -> None:
        """Where somebody who died holds something, its lease runs out; else the service was down for a long while."""
        database = self._desk.database
        if isinstance(database, SharedDatabase) and any(held for _, _, held, _ in self._open()):
            database.let_leases_run_out()
            return
        self._desk.kill()
        database.let_time_pass(A_LONG_WHILE_S)
        self._desk.start()


def parts(words: str) -> list[str]:
    """Several answers that left together stand below each other in one message."""
    return words.split("\n\n")


def _waits(row: tuple[str, str, int | None, int | None]) -> bool:
    """Nobody works on it, and nobody is to before an instant that is not near."""
    _, _, held, due = row
    return held is None and due is not None and due > (time.time() + SOON_S) * MICROSECONDS
