"""The service is killed at random instants, with faults on both roads, and must still keep its word.

In turn on SQLite, on PostgreSQL, and on PostgreSQL with two workers beside it, each of which may die with it or not.
Seeded: `DRILL_SEED` chooses the instants, `DRILL_KILLS` how many there are (`make drill` asks for 500).
"""

import os
import threading
import time
from collections.abc import Callable
from itertools import groupby
from random import Random

import httpx2
import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.crew import Crew
from blackbox.desk import Desk
from blackbox.graph import Cut, Post, Refusal
from blackbox.person import Person
from blackbox.postgres import Server
from blackbox.provider import EFFECT_AND_GATEWAY_PAGE
from blackbox.salon import HOW_MANY
from blackbox.webhooks import button, text

SEED = int(os.environ.get("DRILL_SEED", "1"))
KILLS = int(os.environ.get("DRILL_KILLS", "2"))
LATEST_KILL_S = 0.35
"""By then a turn, and a command with its outcome, are through: kills fall on every step and a few after the last."""
A_LONG_WHILE_S = 150
JUMPS = 6
HOUSES = ("on_sqlite", "on_postgres", "with_workers")
QUESTION, CANCELLED, PROMISE = "Отменить женскую стрижку", "Отменила женскую стрижку", "Приняла. Журнал салона"
ON_THE_WAY_TO_THE_PROVIDER = (
    None,
    None,
    {"do": "lose_reply", "method": "PUT", "times": 1},
    {"do": "delay", "value": 0.2, "method": "PUT", "times": 1},
    {"do": "delay", "value": 0.2, "method": "GET", "times": 1, "path": "/api/v1/record/*"},
    EFFECT_AND_GATEWAY_PAGE,
    {"do": "refuse", "method": "PUT", "times": 1},
)
ON_THE_WAY_TO_META = (None, None, None, Cut(), Refusal(130429))


@pytest.fixture(scope="module")
def on_sqlite(town: Town) -> Desk:
    return town.desk()


@pytest.fixture(scope="module")
def on_postgres(town: Town, postgres: Server) -> Desk:
    return town.desk(store=postgres.new_database())


@pytest.fixture(scope="module")
def with_workers(town: Town, postgres: Server) -> Desk:
    return town.desk(store=postgres.new_database(), kind=Crew)


@pytest.fixture
def mortal(request: pytest.FixtureRequest, number: int) -> Desk:
    desk: Desk = request.getfixturevalue(HOUSES[number % len(HOUSES)])
    return desk


@pytest.fixture(scope="module", autouse=True)
def _enough_clients() -> None:
    assert HOW_MANY["drilled"] >= KILLS


@pytest.mark.timeout(180)
@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_at_any_instant_leaves_one_effect_and_no_answer_lost(
    town: Town, mortal: Desk, is_cancelled: Cancelled, number: int
) -> None:
    chance = Random(SEED * 1_000_003 + number)
    person = town.person(mortal, town.crowd.take("drilled"))
    (mine,) = town.appointments(person)
    faults = chance.choice(ON_THE_WAY_TO_THE_PROVIDER), chance.choice(ON_THE_WAY_TO_META)
    in_question = chance.random() < 0.4
    life = Life(town, person, chance)
    if in_question:
        life.sets(faults)
    life.goes_on(person.raw(text("Отмените запись")), said(person, QUESTION), kill=in_question)
    asked = next(post for post in person.messages if post.text.startswith(QUESTION))
    if not in_question:
        life.sets(faults)
    yes = button(asked.choices["Да, отменить"], "Да, отменить")
    life.goes_on(person.raw(yes), said(person, CANCELLED), kill=not in_question)
    life.until_nothing_is_left()

    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])
    assert told(person) in ([QUESTION, CANCELLED], [QUESTION, PROMISE, CANCELLED])
    assert_repeats_are_explained(town, person)


def said(person: Person, beginning: str) -> Callable[[], bool]:
    return lambda: any(words.startswith(beginning) for words in person.texts)


def told(person: Person) -> list[str]:
    """What the person was told, repeats of one message as one."""
    apart = {post.key: post.text for post in person.messages}
    return [
        next((one for one in (QUESTION, CANCELLED, PROMISE) if words.startswith(one)), words)
        for words in apart.values()
    ]


def assert_repeats_are_explained(town: Town, person: Person) -> None:
    """A message was sent again only after Meta refused it, or after its send was cut off, then once."""
    rows = {row["key"]: row for row in person.desk.database.rows("replies", person.user)}
    for key, posts in groupby(sorted(person.messages, key=by_key), by_key):
        sent = list(posts)
        refused = sum(post.refused for post in sent)
        assert len(sent) <= 1 + refused + min(rows[key]["cut_offs"], 1)
        assert all(post.body == sent[0].body for post in sent)


def by_key(post: Post) -> str:
    return post.key


class Life:
    """The service's life while one person talks to it: killed once, and looked after until it has kept its word."""

    def __init__(self, town: Town, person: Person, chance: Random) -> None:
        self._town = town
        self._person = person
        self._desk = person.desk
        self._chance = chance
        self._kill_after_s = chance.uniform(0, LATEST_KILL_S)

    def sets(self, faults: tuple[object, Cut | Refusal | None]) -> None:
        on_the_way, at_meta = faults
        if on_the_way:
            self._town.provider.faults(on_the_way)
        if at_meta:
            self._town.graph.then(at_meta)

    def goes_on(self, raw: bytes, fact: Callable[[], bool], *, kill: bool) -> None:
        """Meta delivers a message, again and again until it is taken; then the fact must come true."""
        if kill:
            delivery = threading.Thread(target=self._delivered, args=(raw,))
            delivery.start()
            time.sleep(self._kill_after_s)
            self._desk.strike(self._chance)
            delivery.join()
            self._desk.start()
        while not self._delivered(raw):
            time.sleep(0.1)
        self._comes_true(fact)

    def _delivered(self, raw: bytes) -> bool:
        try:
            return self._desk.post(raw).status_code == httpx2.codes.OK
        except httpx2.TransportError:
            return False

    def _comes_true(self, fact: Callable[[], bool]) -> None:
        for _ in range(JUMPS):
            if self._soon(lambda: fact() or self._is_stuck()) and fact():
                return
            self._a_long_while_passes()
        raise AssertionError(f"no answer came: {self._person.texts}, {self._stands()}")

    def until_nothing_is_left(self) -> None:
        self._comes_true(lambda: self._person.heard_everything() and "unknown" not in self._stands()[1])

    def _soon(self, fact: Callable[[], bool]) -> bool:
        ends = time.monotonic() + 8
        while not fact() and time.monotonic() < ends:
            time.sleep(0.03)
        return fact()

    def _stands(self) -> tuple[list[str], list[str]]:
        database, user = self._desk.database, self._person.user
        return database.states("commands", user), database.states("replies", user)

    def _is_stuck(self) -> bool:
        """Only time can bring it further: a reply of unknown fate, a write that the journal does not show."""
        commands, replies = self._stands()
        waits = "unsure" in commands or "unknown" in replies
        return waits and not {"waiting", "sending"} & set(replies) and not {"waiting", "sent"} & set(commands)

    def _a_long_while_passes(self) -> None:
        self._desk.kill()
        self._desk.database.let_time_pass(A_LONG_WHILE_S)
        self._desk.start()
