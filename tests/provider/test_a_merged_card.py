"""Two cards of one client that the salon has made one: what was remembered of the old card is not believed."""

import asyncio
from dataclasses import replace

from test_a_fresh_copy import LIST, Counted
from test_away_from_the_journal import IRINA, House

COMPANY = 962302


def distrusts(house: House) -> None:
    """A webhook has named something, so the journal itself is asked."""
    house.copy.fresh = replace(house.copy.fresh, hinted=True)


def merged(house: House) -> None:
    """The journal's card of Irina has another number now."""
    clients, appointments = house.emulator.world.clients, house.emulator.world.appointments
    card = clients.with_phone(COMPANY, IRINA)
    assert card is not None
    kept = clients.add(replace(card, id=card.id + 1_000_000))
    for one in appointments.of_client(COMPANY, card.id):
        appointments.change(one, client_id=kept.id)
    clients.remove(card)


def test_her_appointments_are_found_under_the_card_that_is_left() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        first = await salon.asks(LIST)
        assert first.appointments
        distrusts(salon.house)
        merged(salon.house)
        again = await salon.asks(LIST)
        assert [one.id for one in again.appointments or ()] == [one.id for one in first.appointments]
        assert salon.calls == ["GetRecords", "SearchClients", "GetRecords"]
        assert (await salon.asks(LIST)).appointments == again.appointments
        assert salon.calls == ["GetRecords"]

    asyncio.run(story())


def test_a_card_that_is_gone_is_forgotten() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        await salon.asks(LIST)
        distrusts(salon.house)
        clients = salon.house.emulator.world.clients
        card = clients.with_phone(COMPANY, IRINA)
        assert card is not None
        for one in salon.house.emulator.world.appointments.of_client(COMPANY, card.id):
            salon.house.emulator.world.appointments.change(one, client_id=None)
        clients.remove(card)
        assert (await salon.asks(LIST)).appointments == ()
        await salon.asks(LIST)
        assert salon.calls == ["SearchClients"]

    asyncio.run(story())
