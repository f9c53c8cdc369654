"""The journal comes back and goes again while what waited is being carried: the service, two clients, the journal."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import stamina

from dialogues.every_messenger import MESSENGERS
from dialogues.house import House, opened
from dialogues.messengers import Client, Wire
from dialogues.playing import IRINA, Seat
from frontdesk.outage.link import LinkState
from frontdesk.service.courier import Courier
from frontdesk.service.prober import Prober

CANCELLED = "Отменила женскую стрижку завтра, в воскресенье 22 ноября, в 15:00 у Анны Соколовой."
BOOKED = "Записала вас на укладку в среду 25 ноября, в 12:00 к Анне Соколовой."
VERAS = "Записала вас на укладку в среду 25 ноября, в 14:00 к Анне Соколовой."
IN_THE_JOURNAL = [
    "отменена 22.11 15:00 Анна Соколова: Женская стрижка",
    "новая 25.11 12:00 Анна Соколова: Укладка, Ирина 79000000001",
    "новая 25.11 14:00 Анна Соколова: Укладка, Вера 79001112244",
]


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """What is read again after a fault is read again at once."""
    stamina.set_testing(True, attempts=2)
    yield
    stamina.set_testing(False)


async def says(house: House, seat: Seat, *words: str) -> None:
    for one in words:
        await house.hears([seat.messenger.says(one, house.clock.now())], seat.messenger)


async def done(*seats: Seat) -> list[str]:
    """What has been told as done since the last look; two things may stand in one message."""
    said = [one.text for seat in seats for one in await seat.news()]
    return [fact for fact in (CANCELLED, BOOKED, VERAS) for text in said for _ in range(text.count(fact))]


@pytest.mark.parametrize("carried", [0, 1, 2, 3])
def test_nothing_is_lost_or_repeated_however_much_of_it_was_carried(carried: int, tmp_path: Path) -> None:
    async def story() -> None:
        messenger = MESSENGERS[0](Client(IRINA, "Ирина"), Wire())
        async with opened(messenger, tmp_path, {}) as house:
            irina, vera = Seat(house.messenger), Seat(house.next_door)
            await wishes(house, irina, vera)
            written = await comes_back_for(house, carried)
            assert len(written) == carried
            house.breaks("журнал лёг")
            await house.passes("30 мин")
            assert house.diary.changes() == []
            told = await done(irina, vera)
            assert len(told) == carried
            house.breaks("нет")
            await house.passes("10 мин")
            written += house.diary.changes()
            told += await done(irina, vera)
            assert sorted(written) == sorted(IN_THE_JOURNAL)
            assert sorted(told) == sorted([CANCELLED, BOOKED, VERAS])
            await house.passes("2 ч")
            assert (house.diary.changes(), await done(irina, vera)) == ([], [])

    asyncio.run(story())


async def wishes(house: House, irina: Seat, vera: Seat) -> None:
    """Two wishes of one client and one of another are taken in while the journal is away."""
    house.breaks("журнал молчит")
    await says(house, irina, "отмените запись", "да", "запишите на укладку в среду в 12", "да")
    await says(house, vera, "запишите на укладку в среду в 14", "да")
    said = [one.text for seat in (irina, vera) for one in await seat.news()]
    assert sum("Приняла" in one for one in said) == 3
    assert house.diary.changes() == []


async def comes_back_for(house: House, carried: int) -> list[str]:
    """The journal is there for so many commands; what that has changed in it."""
    house.breaks("нет")
    house.clock.advance(house.wired.parts.limits.pause)
    prober, courier = (job(house.wired.parts, house.wired.bells) for job in (Prober, Courier))
    assert await house._step(prober) is True
    assert house.wired.parts.links.state("demo") is LinkState.RECOVERING
    for _ in range(carried):
        assert await house._step(courier) is True
    return house.diary.changes()
