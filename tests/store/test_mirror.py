"""The local copy keeps what was read last, whatever order readings come in, and finds it by what a turn asks for."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.copies import Freshness, SalonCopy
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.menu import Listed, Menu, Staffer
from frontdesk.booking.offers import Offer, Price, Terms
from frontdesk.booking.salon import Salon
from frontdesk.booking.schedules import BookingRules, WorkingDay
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Instant, Local
from frontdesk.store.database import Store
from frontdesk.store.mirror import Mirror

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)
ANNA, BORIS = Phone("79160000001"), Phone("79160000002")
OLGA, VERA = Master(MasterId(501), "Ольга"), Master(MasterId(502), "Вера")
CUT, COLOUR = Service(ServiceId(31), "Стрижка"), Service(ServiceId(32), "Окрашивание")
SALON = SalonCopy(
    Salon("centre", SalonId(962302), "Центр", ZoneInfo("Asia/Yekaterinburg"), phone="+7 900 000-00-00"),
    Menu(
        (Listed(Offer(CUT, {OLGA.id: Terms(3600, Price(Decimal("1500.50"), Decimal(2000)))}), "Волосы"),),
        (Staffer(OLGA, "стилист"), Staffer(VERA)),
        confirms_phone=True,
    ),
    BookingRules(notice_s=1800, horizon_days=30),
)


def later(minutes: float) -> Instant:
    return Instant(NOON + timedelta(minutes=minutes))


def appointment(number: int = 1, day: date = TOMORROW, **changes: object) -> Appointment:
    standing = Appointment(
        id=AppointmentId(number),
        salon="centre",
        visit=None,
        client=Client(ClientId(1), "Анна", ANNA),
        master=OLGA,
        services=(CUT, COLOUR),
        start=Local(datetime(day.year, day.month, day.day, 15)),  # noqa: DTZ001 - the salon's own clock
        length_s=3600,
        attendance=Attendance.WAITING,
        created=NOON,
    )
    return replace(standing, **changes)  # type: ignore[arg-type]


def test_a_salon_comes_back_as_it_was_kept(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        assert await mirror.salon("centre") is None
        assert await mirror.keep_salon("centre", SALON)
        assert await mirror.salon("centre") == SALON
        assert not await mirror.keep_salon("centre", SALON), "the same again is no change"
        assert await mirror.keep_salon("centre", replace(SALON, menu=Menu()))
        assert await mirror.salon("elsewhere") is None

    asyncio.run(story())


def test_each_part_has_its_own_age(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        assert await mirror.freshness("centre") == Freshness()
        await mirror.note_fresh("centre", Freshness())
        await mirror.note_fresh("centre", Freshness(salon=NOON, covers_until=TOMORROW))
        await mirror.note_fresh("centre", Freshness(schedule=later(1)))
        assert await mirror.freshness("centre") == Freshness(NOON, later(1), None, TOMORROW)
        await mirror.keep_salon("centre", SALON)
        assert (await mirror.freshness("centre")).schedule == later(1)

    asyncio.run(story())


def test_an_appointment_is_found_by_day_by_phone_and_by_number(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        mine = appointment(1)
        other = appointment(2, master=VERA, client=Client(ClientId(2), "Борис", BORIS))
        nobodys = appointment(3, day=TODAY, client=None)
        assert await mirror.keep("centre", [mine, other, nobodys], NOON) == 3
        await mirror.keep("elsewhere", [appointment(4, salon="elsewhere")], NOON)
        both = [OLGA.id, VERA.id]
        assert [one.id for one in await mirror.on_days("centre", both, TODAY, TOMORROW)] == [3, 1, 2]
        assert [one.id for one in await mirror.on_days("centre", [VERA.id], TODAY, TOMORROW)] == [2]
        assert await mirror.on_days("centre", [], TODAY, TOMORROW) == ()
        assert await mirror.of_phone("centre", ANNA, TODAY) == (mine,)
        assert await mirror.of_phone("centre", ANNA, TOMORROW + timedelta(days=1)) == ()
        assert await mirror.appointment("centre", AppointmentId(2)) == other
        assert await mirror.appointment("centre", AppointmentId(4)) is None

    asyncio.run(story())


def test_what_runs_past_midnight_is_found_on_both_days(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        late = Local(datetime(2026, 11, 21, 23))  # noqa: DTZ001 - the salon's own clock
        await mirror.keep("centre", [appointment(1, start=late, length_s=7200)], NOON)
        await mirror.keep("centre", [appointment(2, day=TODAY)], NOON)
        assert [one.id for one in await mirror.on_days("centre", [OLGA.id], TOMORROW, TOMORROW)] == [1]
        assert [one.id for one in await mirror.on_days("centre", [OLGA.id], TODAY, TODAY)] == [1, 2]

    asyncio.run(story())


def test_a_moved_appointment_stands_only_where_it_went(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        await mirror.keep("centre", [appointment(day=TODAY)], NOON)
        assert await mirror.keep("centre", [appointment(day=TOMORROW, master=VERA)], later(1)) == 1
        assert await mirror.on_days("centre", [OLGA.id], TODAY, TODAY) == ()
        assert len(await mirror.on_days("centre", [VERA.id], TOMORROW, TOMORROW)) == 1

    asyncio.run(story())


def test_the_same_services_in_another_order_are_no_change(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        await mirror.keep("centre", [appointment()], NOON)
        assert await mirror.keep("centre", [appointment(services=(COLOUR, CUT))], later(1)) == 0

    asyncio.run(story())


def test_twice_in_one_reading_is_one_appointment(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        assert await mirror.keep("centre", [appointment(), appointment(deleted=True)], NOON) == 1
        kept = await mirror.appointment("centre", AppointmentId(1))
        assert kept is not None
        assert kept.deleted
        assert await mirror.keep("centre", [], NOON) == 0

    asyncio.run(story())


def test_a_schedule_is_replaced_by_whole_days(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        works = [WorkingDay(OLGA, TODAY, (Span(36000, 68400),)), WorkingDay(VERA, TOMORROW, ())]
        await mirror.keep_working("centre", TODAY, TOMORROW, works)
        both = [OLGA.id, VERA.id]
        assert await mirror.working("centre", both, TODAY, TOMORROW) == tuple(works)
        await mirror.keep_working("centre", TOMORROW, TOMORROW, [WorkingDay(OLGA, TOMORROW, ())])
        assert await mirror.working("centre", both, TODAY, TOMORROW) == (works[0], WorkingDay(OLGA, TOMORROW, ()))
        assert await mirror.working("centre", [VERA.id], TODAY, TOMORROW) == ()

    asyncio.run(story())


def test_what_is_past_is_dropped(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        await mirror.keep("centre", [appointment(1, day=TODAY), appointment(2, day=TOMORROW)], NOON)
        await mirror.keep_working("centre", TODAY, TODAY, [WorkingDay(OLGA, TODAY, ())])
        assert await mirror.forget_before("centre", TOMORROW) == 1
        assert await mirror.working("centre", [OLGA.id], TODAY, TODAY) == ()
        assert [one.id for one in await mirror.of_phone("centre", ANNA, TODAY)] == [2]

    asyncio.run(story())


READINGS = st.lists(st.integers(0, 9), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=READINGS)
def test_readings_in_any_order_and_any_number_leave_the_newest(store: Store, order: Sequence[int]) -> None:
    """Reading `n` was asked for in minute `n` and found the appointment so many hours later."""

    async def story() -> None:
        mirror, key = Mirror(store), str(uuid4())
        seen: set[int] = set()
        for minute in order:
            reading = appointment(1, length_s=3600 + minute, salon=key)
            changed = await mirror.keep(key, [reading], later(minute))
            assert changed == (not seen or minute > max(seen)), "only a newer reading with other content is a change"
            seen.add(minute)
        kept = await mirror.appointment(key, AppointmentId(1))
        assert kept is not None
        assert kept.length_s == 3600 + max(order)

    asyncio.run(story())
