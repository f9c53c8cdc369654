"""The copy of a salon is filled, follows what its people do, and costs as few calls as it can."""

from datetime import timedelta
from pathlib import Path

import pytest

from frontdesk.booking.appointments import Attendance
from frontdesk.booking.commands import Cancel, Done
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.phones import international_phone
from sync_kit import COMPANY, Salon

FILLING = 6 + 1 + 1 + 1
"""The salon and its rules, three lists, the schedule, one page of appointments, and what changed meanwhile."""


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    return Salon(tmp_path)


def test_the_first_step_fills_the_copy_and_the_second_asks_nothing(salon: Salon) -> None:
    async def story() -> None:
        assert await salon.step() == FILLING
        assert await salon.copied() == salon.journal() != []
        assert await salon.step() == 0
        freshness = await salon.freshness()
        assert freshness.salon == freshness.schedule == freshness.appointments == salon.clock.now()
        kept = await salon.kept_lists()
        assert kept is not None
        assert kept.menu.listed

    salon.play(story)


def test_a_receptionists_edit_is_in_the_copy_after_its_webhook_for_one_call(salon: Salon) -> None:
    async def story() -> None:
        await salon.hooked()
        await salon.step()
        line = salon.lines()[0]
        await salon.edits("PUT", f"record/{COMPANY}/{line.id}", {"attendance": 2, "comment": "Позвонила, придёт"})
        assert await salon.step() == 1
        kept = await salon.appointment(line.id)
        assert kept is not None
        assert (kept.attendance, kept.comment) == (Attendance.CONFIRMED, "Позвонила, придёт")
        assert await salon.step() == 0

    salon.play(story)


def test_the_same_webhook_four_times_is_read_once(salon: Salon) -> None:
    async def story() -> None:
        salon.world.switches.change(repeated_webhooks=4)
        await salon.hooked()
        await salon.step()
        await salon.edits("PUT", f"record/{COMPANY}/{salon.lines()[0].id}", {"attendance": 2, "comment": ""})
        assert salon.answered == [200] * 4
        assert await salon.step() == 1
        assert await salon.step() == 0

    salon.play(story)


def test_many_webhooks_at_once_cost_one_question(salon: Salon) -> None:
    async def story() -> None:
        await salon.hooked()
        await salon.step()
        lines = [one for one in salon.lines() if not one.deleted][:8]
        for line in lines:
            await salon.edits("PUT", f"record/{COMPANY}/{line.id}", {"attendance": 2, "comment": "Все придут"})
        assert len(lines) > 3
        assert await salon.step() == 1
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_a_deleted_appointment_is_kept_as_deleted(salon: Salon) -> None:
    async def story() -> None:
        await salon.hooked()
        await salon.step()
        line = next(one for one in salon.lines() if not one.deleted)
        await salon.edits("DELETE", f"record/{COMPANY}/{line.id}")
        assert await salon.step() == 1
        kept = await salon.appointment(line.id)
        assert kept is not None
        assert kept.deleted

    salon.play(story)


def test_a_webhook_that_was_lost_is_made_up_for_within_a_minute(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        first, second = [one for one in salon.lines() if not one.deleted][:2]
        await salon.edits("PUT", f"record/{COMPANY}/{first.id}", {"attendance": 2, "comment": "Без вебхука"})
        await salon.edits("DELETE", f"record/{COMPANY}/{second.id}")
        assert await salon.step(30) == 0
        assert await salon.step(14) == 0
        lists, changes = 3, 1
        assert await salon.step(16) == lists + changes
        assert await salon.copied() == salon.journal()
        kept = await salon.appointment(second.id)
        assert kept is not None
        assert kept.deleted

    salon.play(story)


def test_a_new_price_is_known_within_a_minute_and_at_once_where_it_is_told(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        service = salon.world.services.of(COMPANY)[0]
        branch = salon.syncing.branch

        def price() -> int:
            (offer,) = branch.menu.offers([service.id])
            return int(next(iter(offer.masters.values())).price.low)

        body = {"title": service.title, "category_id": service.category_id, "price_min": 7777, "price_max": 7777}
        await salon.edits("PUT", f"services/{COMPANY}/{service.id}", body)
        await salon.step(59)
        assert price() == 7777
        await salon.hooked()
        await salon.edits("PUT", f"services/{COMPANY}/{service.id}", body | {"price_min": 8888, "price_max": 8888})
        assert await salon.step() == 3
        assert price() == 8888

    salon.play(story)


def test_what_we_write_ourselves_is_in_the_copy_without_another_call(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        line = next(one for one in salon.lines() if not one.deleted and one.client_id and one.attendance == 0)
        client = salon.world.clients.get(COMPANY, line.client_id)
        phone = international_phone(client.phone)
        assert phone is not None
        before = salon.calls
        command = Cancel("centre", AppointmentId(line.id), phone, "Отменено клиентом", salon.clock.now())
        done, _ = await salon.wired.parts.door.perform(command)
        assert done == Done()
        assert salon.calls - before == 2, "one reading and one write"
        assert await salon.step() == 0
        kept = await salon.appointment(line.id)
        assert kept is not None
        assert kept.attendance is Attendance.NO_SHOW
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_each_day_the_window_moves_on(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        before = await salon.freshness()
        assert before.covers_until is not None
        await salon.step(timedelta(days=1).total_seconds())
        after = await salon.freshness()
        assert after.covers_until == before.covers_until + timedelta(days=1)
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_what_shifted_between_two_pages_is_not_missed(salon: Salon) -> None:
    """The first page's first appointment moves to the end while the second page is asked for."""

    async def story() -> None:
        salon.syncing.rhythm = type(salon.syncing.rhythm)(page=3)
        lines = [one for one in salon.lines() if not one.deleted]
        moved = False
        inner = salon.syncing.reader.answer

        async def answer(call: object) -> object:
            nonlocal moved
            if getattr(call, "page", 1) == 2 and not moved:
                moved = True
                end = lines[-1].start + timedelta(days=3)
                salon.world.change_appointment(lines[0], start=end.replace(hour=3, minute=0))
            return await inner(call)  # type: ignore[arg-type]

        salon.syncing.reader = type("Shifting", (), {"answer": staticmethod(answer)})()
        await salon.step()
        assert moved
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_a_process_that_starts_while_the_provider_is_away_knows_the_salon(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        title, zone = salon.syncing.branch.salon.title, salon.syncing.branch.salon.zone
        salon.breaks(do="refuse")
        second = salon.another()
        await second.keeper.load()
        branch = second.keeper.salons["centre"].keeping.syncing.branch
        assert (branch.salon.title, branch.salon.zone) == (title, zone) != ("centre", zone)
        assert branch.menu == salon.syncing.branch.menu
        assert branch.catalogue.services
        await second.parts.store.close()

    salon.play(story)


def test_of_two_processes_one_reads_and_the_other_takes_over_what_it_kept(salon: Salon) -> None:
    async def story() -> None:
        second = salon.another()
        await salon.step()
        before = salon.calls
        await second.keeper.step("centre")
        assert salon.calls == before
        branch = second.keeper.salons["centre"].keeping.syncing.branch
        assert branch.menu == salon.syncing.branch.menu
        salon.clock.advance(61)
        await second.keeper.step("centre")
        assert salon.calls > before, "the first has not renewed its claim"
        assert await salon.step() == 0
        await second.parts.store.close()

    salon.play(story)


def test_a_copy_of_another_salon_under_the_same_name_is_dropped(tmp_path: Path) -> None:
    first = Salon(tmp_path)
    first.play(first.step)
    other = Salon(tmp_path, company=COMPANY + 1)

    async def story() -> None:
        await other.wired.keeper.load()
        assert await other.kept_lists() is None
        assert other.syncing.branch.salon.title == "centre"

    other.play(story)


@pytest.mark.parametrize("refused", ["/api/v1/company/*/staff", "/api/v1/company/*/settings/*", "/api/v1/records/*"])
def test_what_the_token_may_not_read_does_not_stop_the_rest(salon: Salon, refused: str) -> None:
    async def story() -> None:
        salon.breaks(do="status", value=403, path=refused)
        await salon.step()
        after = await salon.step(1)
        assert after <= 1, "what was refused is not asked for every second"
        if "records" not in refused:
            assert len(await salon.copied()) == len(salon.journal())
        assert "403" in str(salon.log.entries)

    salon.play(story)


def test_a_provider_that_fails_is_left_alone_for_longer_each_time_and_found_again(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        salon.breaks(do="refuse")
        with pytest.raises(Exception, match="no answer"):
            await salon.step(61)
        salon.mends()
        assert await salon.step() > 0
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_a_salon_that_is_not_open_is_not_asked(salon: Salon) -> None:
    async def story() -> None:
        salon.wired.keeper.open = lambda _: False
        assert await salon.step() == 0

    salon.play(story)
