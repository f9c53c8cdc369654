"""The service is killed at random instants, with faults on both roads, and must still keep its word.

In turn on SQLite, on PostgreSQL, and on PostgreSQL with two workers beside it, each of which may die with it or not;
and in turn a client cancels, books, moves, or cancels two appointments one after the other. Afterwards the journal
shows each wish once, in the order of the yeses, nobody was told anything that is not so, and whoever asks at once what
appointments they have is told what the journal shows.

Seeded: `DRILL_SEED` chooses the instants, `DRILL_KILLS` how many there are (`make drill` asks for 500).
"""

import os
import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from random import Random

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.crew import Crew
from blackbox.desk import Desk
from blackbox.graph import Cut, Post, Refusal
from blackbox.life import Life, parts
from blackbox.person import Person
from blackbox.postgres import Server
from blackbox.provider import CANCELLED, Json
from blackbox.salon import HOW_MANY
from blackbox.webhooks import button, text
from blackbox.wishes import KINDS, Wish, Wishes, start

SEED = int(os.environ.get("DRILL_SEED", "1"))
KILLS = int(os.environ.get("DRILL_KILLS", "3"))
HOUSES = ("on_sqlite", "on_postgres", "with_workers")
PROMISE = "Приняла"
LISTED = ("Вы записаны", "Ваши записи", "Предстоящих записей")
WRITES: tuple[Json, ...] = ({"method": "PUT"}, {"method": "POST", "path": "/api/v1/records/*"})
AT_A_WRITE: tuple[Json | None, ...] = (
    None,
    None,
    {"do": "lose_reply"},
    {"do": "truncate"},
    {"do": "delay", "value": 0.2},
    {"do": "status", "value": 504, "after": True},
    {"do": "status", "value": 503},
    {"do": "refuse"},
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
    assert HOW_MANY["drilled"] + HOW_MANY["paired"] >= KILLS


@pytest.mark.timeout(300)
@pytest.mark.parametrize("number", range(KILLS))
def test_a_kill_at_any_instant_leaves_each_wish_done_once_in_order_and_nothing_untrue_said(
    town: Town, mortal: Desk, is_cancelled: Cancelled, number: int
) -> None:
    chance = Random(SEED * 1_000_003 + number)
    kind = KINDS[(number + SEED) % len(KINDS)]
    person = town.person(mortal, town.crowd.take("paired" if kind is Wishes.cancels_two else "drilled"))
    wishes = kind(Wishes(town, person, is_cancelled, number // len(KINDS)))
    life = Life(town, person, chance)
    killed_at = chance.randrange(2 * len(wishes))
    for step, wish in enumerate(wishes):
        for answers in (False, True):
            if kill := killed_at == 2 * step + answers:
                life.meets(_at_a_write(chance), chance.choice(ON_THE_WAY_TO_META))
            life.is_delivered(person.raw(yes(life, wish) if answers else text(wish.words)), kill=kill)
    for wish in wishes:
        life.brings(wish.done)
    life.is_delivered(person.raw(text("мои записи")), kill=False)
    assert times_in(life.brings(LISTED).text) == times_in_the_journal(town, person)
    life.comes_to_rest()

    assert [wish.stands() for wish in wishes] == [True] * len(wishes)
    assert_in_order([wish.order() for wish in wishes])
    assert_nothing_untrue_was_said(person, wishes)
    assert_repeats_are_explained(person)


def _at_a_write(chance: Random) -> tuple[Json, ...]:
    fault = chance.choice(AT_A_WRITE)
    return tuple(fault | one | {"times": 1} for one in WRITES) if fault else ()


def yes(life: Life, wish: Wish) -> Json:
    """A tap on the button below the question, which is waited for."""
    asked = life.brings(wish.question)
    assert wish.yes in asked.choices, (asked.text, asked.choices)
    return button(asked.choices[wish.yes], wish.yes)


def times_in(words: str) -> list[str]:
    return sorted(re.findall(r"\d\d:\d\d", words))


def times_in_the_journal(town: Town, person: Person) -> list[str]:
    """When the appointments are that were neither cancelled nor deleted."""
    stand = [one for one in town.appointments(person) if one["attendance"] != CANCELLED and not one["deleted"]]
    return sorted(f"{start(one):%H:%M}" for one in stand)


def assert_in_order(moments: list[int]) -> None:
    assert all(earlier < later for earlier, later in pairwise(moments))


def assert_nothing_untrue_was_said(person: Person, wishes: Sequence[Wish]) -> None:
    """Each «done» came once, after its question, in the order of the wishes; a promise before what it promised."""
    apart = [post.text for post in {post.key: post for post in person.messages}.values()]
    told = [part for text in apart for part in parts(text) if not part.startswith(LISTED)]
    known = [beginning for wish in wishes for beginning in (wish.question, wish.done)]
    short = [next((one for one in (*known, PROMISE) if part.startswith(one)), part) for part in told]
    assert set(short) - {PROMISE} == set(known)
    assert [one for one in short if one in {wish.done for wish in wishes}] == [wish.done for wish in wishes]
    assert all(_last(short, wish.question) < short.index(wish.done) for wish in wishes)
    assert short.count(PROMISE) <= len(wishes)
    assert PROMISE not in (short[0], short[-1])


def _last(found: Sequence[str], wanted: str) -> int:
    return max(at for at, one in enumerate(found) if one == wanted)


def assert_repeats_are_explained(person: Person) -> None:
    """A message was sent again only after Meta refused it, or after its send was cut off, then once."""
    rows = {row["key"]: row for row in person.desk.database.rows("replies", person.user)}
    for key, posts in groupby(sorted(person.messages, key=by_key), by_key):
        sent = list(posts)
        refused = sum(post.refused for post in sent)
        assert len(sent) <= 1 + refused + min(rows[key]["cut_offs"], 1)
        assert all(post.body == sent[0].body for post in sent)


def by_key(post: Post) -> str:
    return post.key
