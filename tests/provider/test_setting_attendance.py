"""The door and the journal: a person of the salon notes how an appointment stands, by either documented way."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx2
import pytest
import structlog

from frontdesk.booking.appointments import Attendance
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Done, RefusalReason, Refused, SetAttendance
from frontdesk.booking.ids import AppointmentId, Phone, SalonId
from frontdesk.booking.policy import CancelSettings, Method, Policy
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import instant
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.things import Appointment
from frontdesk.provider.answers import Found, NotFound, Performed
from frontdesk.provider.branch import Branch
from frontdesk.provider.door import Door
from frontdesk.yclients.client import Client
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Credentials

MOSCOW = ZoneInfo("Europe/Moscow")
NOON = instant(datetime(2026, 11, 21, 12, tzinfo=MOSCOW))
COMPANY, SVETLANA = 962302, 70004


class NobodyKnown:
    """No client is looked for here."""

    async def known(self, salon: str, phone: Phone) -> tuple[()]:
        return ()

    async def remember(self, salon: str, phone: Phone, clients: object) -> None:
        return None


@dataclass
class Journal:
    """The demo salon's journal; `refuses` are the beginnings of paths whose changes it refuses, and how."""

    method: Method = Method.VISIT
    refuses: dict[str, tuple[int, str]] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        clock = Clock()
        clock.set(NOON)
        self.world = build_world("demo", clock=clock)
        self.emulator = Emulator(self.world)

    async def _handle(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/api/v1/")
        if request.method == "PUT":
            self.written.append(path.split("/")[0])
            for begins, (code, words) in self.refuses.items():
                if path.startswith(begins):
                    return httpx2.Response(code, json={"success": False, "data": None, "meta": {"message": words}})
        return await httpx2.ASGITransport(self.emulator).handle_async_request(request)

    async def _door(self, client: Client) -> Door:
        policy = Policy(cancel=CancelSettings(method=self.method))
        salon = Salon("demo", SalonId(COMPANY), "demo", MOSCOW, policy=policy)
        return Door({"demo": Branch(client, salon)}, NobodyKnown(), structlog.get_logger())

    def sets(self, one: Appointment, attendance: Attendance, comment: str = "") -> tuple[Performed, object]:
        """What came of it, and what the journal shows of it afterwards."""
        wish = SetAttendance("demo", AppointmentId(one.id), Phone(""), attendance, comment, NOON, "anna")

        async def story() -> tuple[Performed, object]:
            async with Client(
                Credentials("demo-partner", "demo-user"),
                base_url="http://emulator.invalid",
                transport=httpx2.MockTransport(self._handle),
                pace=Open(),
            ) as client:
                door = await self._door(client)
                performed, about = await door.perform(wish)
                change = door.describe(wish, about)
                self.kind = change.kind if change else None
                return performed, (await door.evidence(wish))[0]

        return asyncio.run(story())

    def line(self, client: int = 70001) -> Appointment:
        """The client's first appointment to come."""
        own = self.world.appointments.of_client(COMPANY, client)
        return min(
            (one for one in own if one.start > NOON.astimezone(MOSCOW).replace(tzinfo=None)), key=lambda one: one.start
        )


WIRE = {Attendance.CONFIRMED: 2, Attendance.CAME: 1, Attendance.WAITING: 0, Attendance.NO_SHOW: -1}


@pytest.mark.parametrize(("method", "path"), [(Method.VISIT, "visits"), (Method.RECORD, "record")])
@pytest.mark.parametrize("attendance", [Attendance.CAME, Attendance.NO_SHOW, Attendance.CONFIRMED])
def test_each_status_is_written_by_the_way_that_the_salon_prefers(
    method: Method, path: str, attendance: Attendance
) -> None:
    journal = Journal(method)
    line = journal.line()
    before = (line.start, line.master_id, [service.id for service in line.services], line.client_id)
    assert journal.sets(line, attendance, "Опоздала на 5 минут") == (Done(), Found())
    assert journal.written == [path]
    assert line.attendance == WIRE[attendance]
    assert "Опоздала на 5 минут" in line.comment
    assert (line.start, line.master_id, [service.id for service in line.services], line.client_id) == before


def test_the_comment_that_the_salon_wrote_before_stays() -> None:
    journal = Journal()
    line = journal.line()
    journal.world.change_appointment(line, comment="Аллергия на лак")
    journal.sets(line, Attendance.CAME, "Принесла цветы")
    assert line.comment == "Аллергия на лак\nПринесла цветы"
    journal.sets(line, Attendance.CONFIRMED, "Принесла цветы")
    assert line.comment == "Аллергия на лак\nПринесла цветы"


def test_what_stands_so_already_is_not_written_again() -> None:
    journal = Journal()
    line = journal.line()
    assert journal.sets(line, Attendance.WAITING) == (Done(already=True), Found())
    assert journal.written == []


def test_a_new_comment_is_written_even_where_the_status_stands() -> None:
    journal = Journal()
    line = journal.line()
    assert journal.sets(line, Attendance.WAITING, "Позвонить") == (Done(), Found())
    assert line.comment == "Позвонить"


@pytest.mark.parametrize("method", [Method.VISIT, Method.RECORD])
def test_the_other_appointments_of_a_shared_visit_stay_as_they_were(method: Method) -> None:
    journal = Journal(method)
    journal.world.switches.visit_put_touches_only_named = False
    line = journal.line(SVETLANA)
    others = [one for one in journal.world.appointments.of_client(COMPANY, SVETLANA) if one.id != line.id]
    before = [(one.attendance, one.comment) for one in others]
    assert journal.sets(line, Attendance.CAME) == (Done(), Found())
    assert set(journal.written) == {"record"}
    assert [(one.attendance, one.comment) for one in others] == before


def test_what_was_deleted_is_refused_with_its_reason() -> None:
    journal = Journal()
    line = journal.line()
    journal.world.change_appointment(line, deleted=True)
    answer, _ = journal.sets(line, Attendance.CAME)
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.NOT_FOUND
    assert answer.detail
    assert journal.written == []


@pytest.mark.parametrize("method", [Method.VISIT, Method.RECORD])
def test_a_closed_visit_is_refused_in_the_journals_own_words(method: Method) -> None:
    closed = (422, "Визит уже состоялся и закрыт")
    journal = Journal(method, refuses={"visits": closed, "record": closed})
    line = journal.line()
    answer, evidence = journal.sets(line, Attendance.NO_SHOW)
    assert isinstance(answer, Refused)
    assert "Визит уже состоялся и закрыт" in answer.detail
    assert (evidence, len(journal.written), line.attendance) == (NotFound(), 1, 0)


@pytest.mark.parametrize("refusal", [(403, "Нет прав"), (404, "Визит не найден")])
def test_a_refusal_of_the_way_opens_the_other(refusal: tuple[int, str]) -> None:
    journal = Journal(refuses={"visits": refusal})
    assert journal.sets(journal.line(), Attendance.CAME) == (Done(), Found())
    assert journal.written == ["visits", "record"]


@pytest.mark.parametrize(
    ("attendance", "kind"),
    [
        (Attendance.CAME, ChangeKind.CAME),
        (Attendance.NO_SHOW, ChangeKind.NO_SHOW),
        (Attendance.CONFIRMED, ChangeKind.CONFIRMED),
        (Attendance.WAITING, ChangeKind.EXPECTED),
    ],
)
def test_the_ledger_is_told_a_kind_of_its_own(attendance: Attendance, kind: ChangeKind) -> None:
    journal = Journal()
    journal.sets(journal.line(), attendance)
    assert journal.kind is kind
