"""The free times that settle a conflict: the wished master's, or those of all who do it where that master has left."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from frontdesk.booking.appointments import Appointment, Attendance, Master, Service
from frontdesk.booking.commands import Book, Move
from frontdesk.booking.ids import AppointmentId, MasterId, ServiceId
from frontdesk.booking.menu import Listed, Menu, Staffer
from frontdesk.booking.offers import Offer, Price, Terms
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Local
from frontdesk.service.nearest import MOST_ASKED, Nearest
from outage_kit import OLGA, THREE, book, move
from service_fakes import SALON, FakeDoor
from service_kit import Service as Running

CUT = Service(ServiceId(31), "Стрижка")
INNA, VERA, NINA = MasterId(601), MasterId(602), MasterId(603)
TERMS = Terms(3600, Price(1000, 1000))


class Salon(FakeDoor):
    """A salon where these masters cut, each free so many hours after the wished time."""

    def __init__(self, free: dict[MasterId, list[int]]) -> None:
        super().__init__()
        self.free = free
        staff = tuple(Staffer(Master(one, f"Мастер {one}")) for one in (*free, NINA))
        self.menu = Menu((Listed(Offer(CUT, dict.fromkeys(free, TERMS))),), staff)
        self.asked: list[MasterId | None] = []

    async def look_up(self, person, salons, wants, now, asked=None):
        known = await super().look_up(person, salons, wants, now)
        stands = Appointment(
            AppointmentId(7), SALON.key, None, None, Master(OLGA, ""), (CUT,), Local(THREE), 3600, Attendance.WAITING
        )
        known = replace(known, appointments=(stands,), menus={SALON.key: self.menu})
        wanted = wants.slots or wants.slots_for(known)
        self.asked.append(wanted.master)
        hours = self.free.get(wanted.master, [])
        slots = [Slot(Master(wanted.master, ""), Local(THREE + timedelta(hours=hour)), 3600) for hour in hours]
        return replace(known, slots=tuple(slots))


def offered(service: Running, salon: Salon, wish: Book | Move) -> list[tuple[MasterId, int]]:
    found = asyncio.run(Nearest(replace(service.parts, door=salon))(wish))
    return [(one.master.id, (one.start - THREE) // timedelta(hours=1)) for one in found or ()]


def test_of_a_master_who_is_there_only_their_own_times_are_offered(service: Running) -> None:
    salon = Salon({OLGA: [2], INNA: [1]})
    assert offered(service, salon, book()) == [(OLGA, 2)]
    assert salon.asked == [OLGA]
    assert offered(service, Salon({OLGA: [], INNA: [1]}), book()) == []


def test_where_the_master_has_left_the_times_of_all_who_do_it_are_offered(service: Running) -> None:
    assert offered(service, Salon({INNA: [3, 9], VERA: [1, 2, 20]}), book()) == [
        (VERA, 1), (VERA, 2), (INNA, 3), (INNA, 9),
    ]  # fmt: skip
    assert offered(service, Salon({INNA: [3], VERA: [1]}), move()) == [(VERA, 1), (INNA, 3)]


def test_many_masters_are_not_all_looked_at(service: Running) -> None:
    salon = Salon({MasterId(700 + number): [number] for number in range(40)})
    offered(service, salon, book())
    assert len(salon.asked) == 1 + MOST_ASKED
