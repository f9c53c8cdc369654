"""The door and the provider: codes by SMS, places in group events, and what the salon's booking form requires."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import httpx2
import pytest
import structlog
from test_changing_appointments import COMPANY, NOON, NobodyKnown

from frontdesk.booking.appointments import Pending
from frontdesk.booking.commands import Book, CodeCommand, Done, ProvePhone, RefusalReason, Refused, SendCode
from frontdesk.booking.ids import MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.outstanding import OpenCommands, Outstanding
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import Person, SlotsWanted, Wants
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.faults import Rule
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.things import Activity
from frontdesk.provider.branch import Branch
from frontdesk.provider.door import Door
from frontdesk.yclients.client import Client
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Credentials

T = TypeVar("T")
INNA = Phone("79165554433")
YOGA, OLGA = 5112, 2405
"""The massage of the demo salon, held for a group."""
EVENING = datetime(2026, 11, 25, 19)  # noqa: DTZ001 - the salon's own clock


class Desk:
    """The demo salon, with a group event for three on Wednesday evening."""

    def __init__(self) -> None:
        clock = Clock()
        clock.set(NOON)
        self.world = build_world("demo", clock=clock)
        self.emulator = Emulator(self.world)
        service = self.world.services.get(COMPANY, YOGA)
        assert service is not None
        service.is_multi = True
        self.world.companies[COMPANY].activity_clients_max = 3
        self.world.activities.add(Activity(1, COMPANY, YOGA, OLGA, EVENING, 3600, 3))

    def through(self, act: Callable[[Door], Awaitable[T]]) -> T:
        async def story() -> T:
            async with Client(
                Credentials("demo-partner", "demo-user"),
                base_url="http://emulator.invalid",
                transport=httpx2.ASGITransport(self.emulator),
                pace=Open(),
            ) as client:
                salon = Salon("demo", SalonId(COMPANY), "demo", ZoneInfo("Europe/Moscow"))
                door = Door({"demo": Branch(client, salon)}, NobodyKnown(), structlog.get_logger())
                await door.open(NOON)
                return await act(door)

        return asyncio.run(story())

    def perform(self, command: CodeCommand | Book) -> object:
        return self.through(lambda door: door.perform(command))[0]

    def places(self, wanted: int, *promised: Book) -> list[tuple[int, int]]:
        wants = Wants(slots=SlotsWanted((YOGA,), places=wanted, first_day=EVENING.date(), last_day=EVENING.date()))
        waiting = [Outstanding(number, one, Pending.WAITING) for number, one in enumerate(promised)]
        asked = OpenCommands(everyones=tuple(waiting))
        facts = self.through(lambda door: door.look_up(Person("WhatsApp"), ["demo"], wants, NOON, asked))
        return [(slot.event, slot.places) for slot in facts.slots or ()]

    def code(self) -> str:
        return self.world.codes[INNA].secret


@pytest.fixture
def desk() -> Desk:
    return Desk()


def taking(places: int) -> Book:
    return Book(
        "demo", INNA, "Инна", True, (ServiceId(YOGA),), MasterId(OLGA), Local(EVENING), 3600, "our-key", NOON,
        event=1, places=places,
    )  # fmt: skip


def test_only_the_code_that_was_sent_proves_the_phone(desk: Desk) -> None:
    assert desk.perform(SendCode("demo", INNA, NOON)) == Done()
    right = desk.code()
    wrong = "0000" if right != "0000" else "1111"
    refused = desk.perform(ProvePhone("demo", INNA, wrong, "a", NOON))
    assert isinstance(refused, Refused)
    assert refused.reason is RefusalReason.WRONG_CODE
    assert desk.perform(ProvePhone("demo", INNA, right, "b", NOON)) == Done()


def test_a_code_serves_once(desk: Desk) -> None:
    desk.perform(SendCode("demo", INNA, NOON))
    right = desk.code()
    desk.perform(ProvePhone("demo", INNA, right, "a", NOON))
    again = desk.perform(ProvePhone("demo", INNA, right, "b", NOON))
    assert isinstance(again, Refused)
    assert again.reason is RefusalReason.WRONG_CODE


@pytest.mark.parametrize("deed", ["refuse", "lose_reply"])
def test_what_the_provider_does_not_answer_is_told_at_once_and_not_repeated(desk: Desk, deed: str) -> None:
    desk.emulator.faults.replace([Rule.model_validate({"do": deed, "method": "POST", "path": "/api/v1/book_code/*"})])
    answer = desk.perform(SendCode("demo", INNA, NOON))
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.NO_ANSWER


def test_a_code_is_in_no_repr_nor_is_the_phone() -> None:
    shown = repr(ProvePhone("demo", INNA, "4821", "a", NOON)) + repr(SendCode("demo", INNA, NOON))
    assert "4821" not in shown
    assert INNA not in shown


def test_an_event_is_offered_while_it_has_so_many_places(desk: Desk) -> None:
    assert desk.places(3) == [(1, 3)]
    assert desk.places(4) == []


def test_places_that_are_promised_are_not_offered_again(desk: Desk) -> None:
    assert desk.places(1, taking(2)) == [(1, 1)]
    assert desk.places(2, taking(2)) == []
    assert desk.places(1, taking(1), taking(1)) == [(1, 1)]
    assert desk.places(3, replace(taking(3), event=2)) == [(1, 3)]
    assert desk.places(3, replace(taking(3), salon="other")) == [(1, 3)]


def test_where_the_places_of_the_wished_day_are_promised_another_event_is_offered(desk: Desk) -> None:
    desk.world.activities.add(Activity(2, COMPANY, YOGA, OLGA, EVENING + timedelta(days=2), 3600, 3))
    assert desk.places(2, taking(2)) == [(2, 3)]


def test_places_taken_are_gone_and_a_full_event_is_refused_as_taken(desk: Desk) -> None:
    assert desk.perform(taking(2)) == Done()
    assert desk.places(1) == [(1, 1)]
    refused = desk.perform(taking(2))
    assert isinstance(refused, Refused)
    assert refused.reason is RefusalReason.BUSY


def test_a_place_that_was_taken_is_found_by_our_key(desk: Desk) -> None:
    desk.perform(taking(1))
    found, about = desk.through(lambda door: door.evidence(taking(1)))
    assert type(found).__name__ == "Found"
    assert about is not None
    assert about.activity == 1


def test_an_event_of_the_past_is_not_offered(desk: Desk) -> None:
    desk.world.activities.add(Activity(2, COMPANY, YOGA, OLGA, EVENING - timedelta(days=10), 3600, 3))
    assert desk.places(1) == [(1, 3)]


def test_what_the_booking_form_requires_is_known_of_the_salon(desk: Desk) -> None:
    desk.world.companies[COMPANY].email_required = True
    facts = desk.through(lambda door: door.look_up(Person("WhatsApp"), ["demo"], Wants(), NOON))
    assert facts.salons[0].needs_email
    assert not facts.salons[0].needs_comment
