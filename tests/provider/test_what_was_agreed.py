"""Who was told how their data are processed and booked after it has allowed that; newsletters nobody allowed."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from frontdesk.booking.commands import Book
from frontdesk.booking.ids import MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.menu import Menu
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local
from frontdesk.provider.booking import book
from frontdesk.provider.branch import Branch
from frontdesk.yclients.endpoints.booking import PostBookRecord
from frontdesk.yclients.endpoints.records import PostRecord

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
SALON = Salon("centre", SalonId(962302), "Центр", ZoneInfo("Europe/Moscow"))


def written(*, proved: bool, informed: bool) -> dict[str, Any]:
    """What the journal is asked for, as it goes out: what is unsaid is not there."""
    calls: list[Any] = []

    async def api(call: Any, /) -> Any:
        calls.append(call)
        return ()

    command = Book(
        salon="centre",
        phone=Phone("79000000001"),
        name="Ирина",
        proved=proved,
        services=(ServiceId(1),),
        master=MasterId(2),
        start=Local(datetime(2026, 11, 22, 15)),  # noqa: DTZ001 - the salon's own clock
        length_s=3600,
        key="key",
        asked_at=NOON,
        informed=informed,
    )
    asyncio.run(book(Branch(api, SALON, menu=Menu()), command))
    sent = next(one for one in calls if isinstance(one, PostRecord | PostBookRecord))
    fields: dict[str, Any] = sent.model_dump(exclude_unset=True)
    return fields


def test_in_the_salons_own_name_it_stands_among_the_clients_agreements() -> None:
    assert written(proved=True, informed=True)["client_agreements"] == {"is_personal_data_processing_allowed": True}


def test_in_the_clients_name_it_stands_in_the_booking() -> None:
    sent = written(proved=False, informed=True)
    assert sent["is_personal_data_processing_allowed"] is True
    assert "is_newsletter_allowed" not in sent


@pytest.mark.parametrize("proved", [True, False])
def test_who_was_told_nothing_has_agreed_to_nothing(proved: bool) -> None:
    sent = written(proved=proved, informed=False)
    assert not {"client_agreements", "is_personal_data_processing_allowed"} & set(sent)
