"""The provider's webhooks are hints under a secret: nothing they say is believed, nothing they do does harm."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.service.webhooks import BODY_LIMIT
from frontdesk.store import hints
from frontdesk.store.hints import EVERYTHING, WAITING_AT_MOST, Hint
from service_facts import NOON
from sync_kit import COMPANY, SECRET, Salon

HERE = "http://frontdesk.invalid/webhooks/yclients/"


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    return Salon(tmp_path)


def event(**changes: Any) -> dict[str, Any]:
    return {"company_id": COMPANY, "resource": "record", "resource_id": 7, "status": "update", "data": {}} | changes


async def waiting(salon: Salon) -> Sequence[Hint]:
    return (await salon.wired.parts.store.read(lambda connection: hints.waiting(connection, "centre")))[0]


@pytest.mark.parametrize("given_secret", ["", "?secret=", "?secret=wrong", "?secret=%00%ff", f"?secret={SECRET}x"])
def test_a_wrong_secret_is_refused_and_nothing_is_noted(salon: Salon, given_secret: str) -> None:
    async def story() -> None:
        answer = await salon.posts(event(), f"{HERE}centre{given_secret}")
        assert answer.status_code == 403
        assert await waiting(salon) == ()

    salon.play(story)


def test_a_salon_without_a_secret_lets_nobody_in(tmp_path: Path) -> None:
    salon = Salon(tmp_path, secret=None)

    async def story() -> None:
        for secret in ("", "None", SECRET):
            assert (await salon.posts(event(), f"{HERE}centre?secret={secret}")).status_code == 403

    salon.play(story)


def test_an_unknown_salon_is_not_found(salon: Salon) -> None:
    async def story() -> None:
        assert (await salon.posts(event(), f"{HERE}north?secret={SECRET}")).status_code == 404

    salon.play(story)


def test_the_secret_reaches_neither_the_log_nor_an_answer(salon: Salon) -> None:
    async def story() -> None:
        answers = [
            await salon.posts(event()),
            await salon.posts(b"{"),
            await salon.posts(event(), f"{HERE}north?secret={SECRET}"),
            await salon.posts(event(), f"{HERE}centre?secret={SECRET}x"),
        ]
        assert SECRET not in str(salon.log.entries)
        assert not [one for one in answers if SECRET in one.text]

    salon.play(story)


HOSTILE = [
    b"",
    b"{",
    b"null",
    b"[1, 2]",
    b'"record"',
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"company_id": 962302}',
    b'{"company_id": {"$gt": 0}, "resource": "record", "resource_id": 1, "status": "update"}',
    b"[" + b",".join([b'{"company_id":1,"resource":"record","resource_id":1,"status":"update"}'] * 1001) + b"]",
]


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_a_body_that_makes_no_sense_is_refused_calmly(salon: Salon, body: bytes) -> None:
    async def story() -> None:
        assert (await salon.posts(body)).status_code == 400
        assert await waiting(salon) == ()

    salon.play(story)


def test_a_body_of_any_size_is_not_read_to_its_end(salon: Salon) -> None:
    async def story() -> None:
        assert (await salon.posts(b" " * (BODY_LIMIT + 1))).status_code == 413

    salon.play(story)


@pytest.mark.parametrize(
    "changes",
    [
        {"company_id": COMPANY + 1},
        {"resource": "good"},
        {"resource": "x" * 5_000},
        {"resource_id": 0},
        {"resource_id": -1},
        {"resource_id": 2**70},
    ],
)
def test_what_is_not_about_this_salons_journal_is_taken_and_left_aside(salon: Salon, changes: dict[str, Any]) -> None:
    async def story() -> None:
        assert (await salon.posts(event(**changes))).status_code in {200, 400}
        assert await waiting(salon) == ()

    salon.play(story)


def test_what_a_webhook_claims_is_not_believed(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        line = next(one for one in salon.lines() if not one.deleted)
        lie = {"id": line.id, "attendance": -1, "deleted": True, "comment": "Ложь"}
        assert (await salon.posts(event(resource_id=line.id, status="delete", data=lie))).status_code == 200
        await salon.step()
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_a_webhook_about_nothing_costs_one_call_and_is_done(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        assert (await salon.posts([event(resource_id=999_999_999), event(resource_id=999_999_999)])).status_code == 200
        assert await salon.step() == 1
        assert await waiting(salon) == ()
        assert await salon.step() == 0

    salon.play(story)


def test_a_flood_is_bounded_and_ends_in_one_question(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        for first in range(1, 3_000, 500):
            flood = [event(resource_id=number) for number in range(first, first + 500)]
            assert (await salon.posts(flood)).status_code == 200
        kept = await waiting(salon)
        assert len(kept) <= WAITING_AT_MOST + 1
        assert Hint("record", EVERYTHING) in kept
        assert await salon.step() == 1
        assert await waiting(salon) == ()

    salon.play(story)


def test_a_hint_that_comes_while_it_is_read_stays(salon: Salon) -> None:
    async def story() -> None:
        store, hint = salon.wired.parts.store, Hint("record", 7)
        await store.write(lambda connection: hints.add(connection, "centre", [hint], NOON))
        later = salon.clock.now().replace(minute=1)
        await store.write(lambda connection: hints.add(connection, "centre", [hint], later))
        await store.write(lambda connection: hints.read(connection, "centre", [hint], NOON))
        assert await waiting(salon) == (hint,)
        await store.write(lambda connection: hints.read(connection, "centre", [hint], later))
        assert await waiting(salon) == ()

    salon.play(story)


def test_webhooks_of_a_salon_are_counted_without_its_secret(salon: Salon) -> None:
    async def story() -> None:
        await salon.posts(event())
        await salon.posts(event(), f"{HERE}centre?secret=wrong")
        counted = {
            sample.labels["status"]: sample.value
            for metric in salon.wired.parts.metrics.webhooks.collect()
            for sample in metric.samples
            if sample.name.endswith("_total") and sample.labels["inlet"] == "yclients/centre"
        }
        assert counted == {"200": 1, "403": 1}

    salon.play(story)


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["confirm", "cancel", "delete", "comment", "move"]),
        st.integers(0, 9),
        st.integers(0, 3),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=10,
)
"""What is done, to which appointment, how many times its webhook comes, and when among the others."""


@settings(max_examples=12, deadline=None)
@given(deeds=DEEDS, stepped=st.sets(st.integers(0, 9)))
def test_whatever_happens_to_webhooks_the_copy_ends_as_the_journal_is(
    deeds: Sequence[tuple[str, int, int, int]], stepped: set[int]
) -> None:
    """Lost, repeated and reordered ones; the copy is kept in between, and a minute after the last."""
    with TemporaryDirectory() as folder:
        salon = Salon(Path(folder))

        async def story() -> None:
            await salon.hooked()
            await salon.step()
            letters: list[tuple[int, Any]] = []
            salon.held = []
            for number, (deed, which, times, place) in enumerate(deeds):
                await done(salon, deed, which)
                letters += [(place, body) for body in salon.held for _ in range(times)]
                salon.held.clear()
                if number in stepped:
                    await posted(salon, letters)
                    letters = []
                    await salon.step(1)
            await posted(salon, letters)
            await salon.step(61)
            assert await salon.copied() == salon.journal()
            assert await waiting(salon) == ()

        salon.play(story)


async def posted(salon: Salon, letters: list[tuple[int, Any]]) -> None:
    for _, body in sorted(letters, key=lambda one: one[0]):
        await salon.posts(body)


async def done(salon: Salon, deed: str, which: int) -> None:
    standing = [one for one in salon.lines() if not one.deleted]
    if not standing:
        return
    line = standing[which % len(standing)]
    path = f"record/{COMPANY}/{line.id}"
    match deed:
        case "delete":
            await salon.edits("DELETE", path)
        case "move":
            salon.world.change_appointment(line, start=line.start.replace(hour=3 + which))
        case "comment":
            await salon.edits("PUT", path, {"attendance": line.attendance, "comment": f"Заметка {which}"})
        case _:
            said = 2 if deed == "confirm" else -1
            await salon.edits("PUT", path, {"attendance": said, "comment": line.comment})
