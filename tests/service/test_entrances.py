"""What the links to the salon's accounts begin with, the messengers say themselves."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import structlog

from frontdesk.booking.times import Instant
from frontdesk.service.entrances import ASKED_AGAIN_AFTER, Entrances
from frontdesk.service.settings import Settings, read

SETTINGS: Settings = read(
    {
        "salon": {"centre": {"company_id": 1, "partner_token": "p", "user_token": "u"}},
        "telegram": {"main": {"salons": ["centre"], "token": "1:secret", "secret": "s"}},
        "whatsapp": {
            "main": {
                "salons": ["centre"],
                "phone_number_id": "7",
                "access_token": "t",
                "app_secret": "a",
                "verify_token": "v",
            }
        },
    },
    {},
)


class Hands:
    """A clock that is put forward by hand."""

    time = Instant(datetime(2026, 11, 21, 9, tzinfo=UTC))

    def now(self) -> Instant:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time = Instant(self.time + timedelta(seconds=seconds))


class Messengers:
    """Both messengers, which say what they are told to and count how often they are asked."""

    def __init__(self, username: object = "SalonBot", number: object = "+7 916 000-00-00", status: int = 200) -> None:
        self.username, self.number, self.status = username, number, status
        self.asked = 0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked += 1
        if request.url.path.endswith("/getMe"):
            return httpx2.Response(self.status, json={"ok": True, "result": {"username": self.username}})
        return httpx2.Response(self.status, json={"id": "7", "display_phone_number": self.number})


def entrances(messengers: Messengers, clock: Hands) -> Entrances:
    http = httpx2.AsyncClient(transport=httpx2.MockTransport(messengers))
    return Entrances(SETTINGS, http, clock, structlog.get_logger())


def test_a_bot_and_a_number_are_linked_to_and_asked_once() -> None:
    messengers = Messengers()
    found = entrances(messengers, Hands())

    async def story() -> None:
        links = {
            ("telegram", "main"): "https://t.me/SalonBot?start=",
            ("whatsapp", "main"): "https://wa.me/79160000000?text=",
        }
        assert await found() == links
        assert await found() == links
        assert messengers.asked == 2

    asyncio.run(story())


@pytest.mark.parametrize(("username", "number"), [("a/../b", "12"), (None, None), (7, "javascript:1"), ("", {})])
def test_what_is_no_name_and_no_number_gives_no_link(username: object, number: object) -> None:
    assert asyncio.run(entrances(Messengers(username, number), Hands())()) == {}


def test_a_messenger_that_gave_no_answer_is_asked_again_after_a_minute() -> None:
    messengers, clock = Messengers(username=""), Hands()
    found = entrances(messengers, clock)

    async def story() -> None:
        await found()
        await found()
        assert messengers.asked == 2
        messengers.username = "SalonBot"
        await clock.sleep(ASKED_AGAIN_AFTER.total_seconds())
        assert ("telegram", "main") in await found()

    asyncio.run(story())


def test_no_network_gives_no_link() -> None:
    def cut(_request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("1:secret")

    found = Entrances(
        SETTINGS, httpx2.AsyncClient(transport=httpx2.MockTransport(cut)), Hands(), structlog.get_logger()
    )
    assert asyncio.run(found()) == {}
