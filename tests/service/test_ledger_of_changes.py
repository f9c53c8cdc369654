"""Each change stands in the ledger: who asked, why, what it was worth and what came of it."""

import asyncio
from dataclasses import replace

from notices_kit import CANCELLED, OLGAS_CHAT, READY, cancels, events, registered, told
from sqlalchemy import select

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import Command, Done
from frontdesk.booking.ids import AppointmentId
from frontdesk.provider.answers import Found, ReplyLost
from frontdesk.store import ledger, tables
from frontdesk.store.forgetting import forget
from frontdesk.store.ledger import AskedBy, Outcome
from service_facts import ANNA, BORIS, OLGA
from service_kit import Service


def test_the_ledger_says_who_asked_where_how_far_ahead_and_what_it_was_worth(service: Service) -> None:
    async def story() -> None:
        await cancels(service)
        (event,) = await events(service)
        assert (event.kind, event.asked_by, event.channel) == (ChangeKind.CANCELLED, AskedBy.PERSON, "whatsapp")
        assert (event.appointment, event.master, event.reason, event.outcome) == (7, OLGA.id, None, None)
        assert event.lead_s == 24 * 3600
        assert not event.late
        assert str(event.value) == "2500.5"

    asyncio.run(story())


def test_a_reason_given_afterwards_stands_with_the_cancellation(service: Service) -> None:
    async def story() -> None:
        await cancels(service)
        number = AppointmentId(7)
        assert await service.store.write(lambda one: ledger.explain(one, "centre", number, "ill"))
        assert not await service.store.write(lambda one: ledger.explain(one, "centre", AppointmentId(8), "ill"))
        assert [event.reason for event in await events(service)] == ["ill"]

    asyncio.run(story())


def test_what_stood_there_already_is_no_event_of_ours(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        service.door.performs = [Done(already=True)]
        await cancels(service)
        assert await events(service) == ()
        assert told(service, OLGAS_CHAT) == []

    asyncio.run(story())


def test_what_a_lost_reply_hid_is_written_down_once_it_is_found(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        service.door.performs = [ReplyLost("cut off")]
        service.door.evidences = [Found()]
        await cancels(service)
        await service.runs(1)
        assert len(await events(service)) == 1
        assert told(service, OLGAS_CHAT) == [CANCELLED]

    asyncio.run(story())


def told_of(kind: ChangeKind, service: Service) -> None:
    """From now on the journal's answers are changes of this kind."""
    describe = service.door.describe

    def changed(command: Command, about: Appointment | None) -> Change | None:
        change = describe(command, about)
        return replace(change, kind=kind) if change else None

    service.door.describe = changed  # type: ignore[method-assign]


def test_who_cancels_and_books_again_has_not_been_lost(service: Service) -> None:
    async def story() -> None:
        await cancels(service, 7)
        (before,) = await events(service, 7)
        assert before.outcome is None
        told_of(ChangeKind.BOOKED, service)
        await cancels(service, 8)
        (after,) = await events(service, 7)
        assert after.outcome is Outcome.REBOOKED
        assert [event.outcome for event in await events(service, 8)] == [None]

    asyncio.run(story())


def test_somebody_elses_booking_makes_up_for_nothing(service: Service) -> None:
    async def story() -> None:
        await cancels(service, 7)
        told_of(ChangeKind.BOOKED, service)
        await service.hears("отмени 8", user=BORIS)
        await service.answers()
        assert [event.outcome for event in await events(service, 7)] == [None]

    asyncio.run(story())


def test_a_confirmation_stands_in_the_ledger_and_troubles_nobody(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        told_of(ChangeKind.CONFIRMED, service)
        await cancels(service)
        assert [event.kind for event in await events(service)] == [ChangeKind.CONFIRMED]
        assert told(service, OLGAS_CHAT) == []

    asyncio.run(story())


def test_a_client_who_is_forgotten_is_named_nowhere_any_more(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        await cancels(service)
        (event,) = await events(service)
        assert event.chat is not None
        chat = event.chat
        await service.store.write(lambda one: forget(one, chat, ANNA))
        (event,) = await events(service)
        assert (event.chat, event.kind) == (None, ChangeKind.CANCELLED)
        kept = await service.store.read(lambda one: one.execute(select(tables.replies.c.content)).all())
        assert "Анна" not in str(kept)
        assert READY in str(kept)

    asyncio.run(story())
