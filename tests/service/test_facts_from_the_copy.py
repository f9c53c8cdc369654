"""What is known of lists, clients and free times comes from the copy: what it costs, and how it is held to account."""

from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.booking.ids import ClientId, MasterId, Phone, ServiceId
from frontdesk.booking.phones import international_phone
from frontdesk.dialogue.talk import Facts, Person, SlotsWanted, Wants
from frontdesk.store.clients import ClientBook
from sync_kit import COMPANY, Salon


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    return Salon(tmp_path)


def test_a_client_whose_phone_changed_is_not_found_under_the_old_one(salon: Salon) -> None:
    async def story() -> None:
        await salon.hooked()
        await salon.step()
        line = next(one for one in salon.lines() if not one.deleted and one.client_id)
        client = salon.world.clients.get(COMPANY, line.client_id)
        old, new = international_phone(client.phone), Phone("79160009999")
        assert old is not None
        book = ClientBook(salon.wired.parts.store)
        await book.remember("centre", old, [ClientId(client.id)])
        await salon.edits("PUT", f"client/{COMPANY}/{client.id}", {"name": client.name, "phone": new})
        await salon.step()
        assert await book.known("centre", old) == ()
        kept = await salon.appointment(line.id)
        assert kept is not None
        assert kept.client is not None
        assert kept.client.phone == new

    salon.play(story)


def test_a_client_who_never_wrote_costs_no_call(salon: Salon) -> None:
    async def story() -> None:
        await salon.hooked()
        await salon.step()
        client = salon.world.clients.of(COMPANY)[0]
        await salon.edits("PUT", f"client/{COMPANY}/{client.id}", {"name": "Другая", "phone": client.phone})
        assert salon.answered == [200]
        assert await salon.step() == 0

    salon.play(story)


def test_lists_and_prices_cost_a_turn_no_call(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        before = salon.calls
        salon.clock.advance(3600)
        facts = await salon.wired.parts.door.look_up(Person("WhatsApp", ""), ["centre"], Wants(), salon.clock.now())
        assert facts.menus["centre"].listed
        assert salon.calls == before

    salon.play(story)


def haircut(salon: Salon) -> tuple[ServiceId, MasterId]:
    listed = salon.syncing.branch.menu.listed[0].offer
    return listed.service.id, next(iter(listed.masters))


async def free(salon: Salon, days: int = 1) -> Facts:
    """The free times of a day, as a conversation is told of them."""
    service, master = haircut(salon)
    day = salon.syncing.window()[0] + timedelta(days=days)
    wanted = Wants(slots=SlotsWanted((service,), "", master, day, day))
    return await salon.wired.parts.door.look_up(Person("WhatsApp", ""), ["centre"], wanted, salon.clock.now())


async def times(salon: Salon, days: int = 1) -> int:
    """Asks for the free times of a day; how many calls that took."""
    before = salon.calls
    await free(salon, days)
    return salon.calls - before


def compared(salon: Salon) -> dict[str, float]:
    return {
        sample.labels["result"]: sample.value
        for metric in salon.wired.parts.metrics.compared.collect()
        for sample in metric.samples
        if sample.name.endswith("_total")
    }


def test_free_times_are_asked_for_once_in_half_a_minute_and_anew_after_a_change(salon: Salon) -> None:
    async def story() -> None:
        await salon.hooked()
        await salon.step()
        assert await times(salon) == 1
        assert await times(salon) == 0
        salon.clock.advance(29)
        assert await times(salon) == 0
        salon.clock.advance(1)
        assert await times(salon) == 1
        line = next(one for one in salon.lines() if not one.deleted)
        await salon.edits("DELETE", f"record/{COMPANY}/{line.id}")
        await salon.step()
        assert await times(salon) == 1

    salon.play(story)


def test_the_providers_free_times_are_compared_with_our_own(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        for days in range(1, 6):
            await times(salon, days)
        await salon.step()
        assert compared(salon) == {"agree": 5}

    salon.play(story)


def test_where_the_copy_misses_a_day_the_provider_is_believed_and_the_difference_is_counted(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        tomorrow = salon.syncing.window()[0] + timedelta(days=1)
        await salon.syncing.mirror.keep_working("centre", tomorrow, tomorrow, [])
        facts = await free(salon)
        assert {slot.start.date() for slot in facts.slots or ()} == {tomorrow}
        await salon.step()
        assert compared(salon) == {"differ": 1}
        assert "free times differ" in str(salon.log.entries)

    salon.play(story)


def test_an_old_copy_is_not_compared(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        salon.clock.advance(600)
        await times(salon)
        await salon.step()
        assert compared(salon) == {}

    salon.play(story)
