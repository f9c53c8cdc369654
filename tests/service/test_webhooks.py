"""What a messenger is answered, and what is stored of what it says."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx2
import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from frontdesk.service.app import House, build_app
from frontdesk.service.bells import Bells
from frontdesk.service.clock import SystemClock
from frontdesk.service.inlets import WhatsAppInlet, WhatsAppNumber
from frontdesk.service.parts import Limits
from frontdesk.store import tables
from frontdesk.store.threads import StoreBusy
from service_kit import Service, until

SECRET = "app-secret"
INLET = WhatsAppInlet(
    {
        "main": WhatsAppNumber("1001", SECRET, "verify-me"),
        "other": WhatsAppNumber("2002", "another secret", "verify-other"),
    }
)


def webhook(number: str = "1001", text: str = "Привет", message_id: str = "wamid.1") -> bytes:
    message = {
        "from": "79160000001",
        "id": message_id,
        "timestamp": "1795262400",
        "type": "text",
        "text": {"body": text},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "74950000000", "phone_number_id": number},
        "contacts": [{"profile": {"name": "Анна"}, "wa_id": "79160000001"}],
        "messages": [message],
    }
    entry = {"id": "1", "changes": [{"field": "messages", "value": value}]}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def signed(body: bytes, secret: str = SECRET) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}


@asynccontextmanager
async def calls(service: Service, token: str = "") -> AsyncIterator[httpx2.AsyncClient]:
    """The application, alive, and somebody who calls it."""
    app = build_app(service.parts, Bells(), [INLET], House(CollectorRegistry(), token))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://frontdesk") as client,
    ):
        yield client


def with_client(service: Service, story: Callable[[httpx2.AsyncClient], Awaitable[None]], token: str = "") -> None:
    async def run() -> None:
        async with calls(service, token) as client:
            await story(client)

    asyncio.run(run())


async def stored(service: Service) -> list[str]:
    statement = select(tables.inbox.c.message_id)
    return await service.store.read(lambda connection: list(connection.execute(statement).scalars()))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (signed(webhook()), 200),
        ({}, 401),
        ({"X-Hub-Signature-256": ""}, 401),
        (signed(webhook(), "another app's secret"), 403),
        ({"X-Hub-Signature-256": "sha1=abc"}, 403),
        ({"X-Hub-Signature-256": "sha256=ключ".encode()}, 403),
    ],
)
def test_only_what_is_signed_is_stored(service: Service, headers: dict[str, str], status: int) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        answer = await client.post("/webhooks/whatsapp", content=webhook(), headers=headers)
        assert answer.status_code == status
        assert await stored(service) == (["wamid.1"] if status == 200 else [])

    with_client(service, story)


def test_a_body_written_anew_has_lost_its_signature(service: Service) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        rewritten = json.dumps(json.loads(webhook()), ensure_ascii=False).encode()
        answer = await client.post("/webhooks/whatsapp", content=rewritten, headers=signed(webhook()))
        assert answer.status_code == 403
        assert await stored(service) == []

    with_client(service, story)


@pytest.mark.parametrize("number", ["2002", "3003"])
def test_a_number_that_is_not_of_the_signing_app_is_answered_and_not_stored(service: Service, number: str) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        body = webhook(number)
        answer = await client.post("/webhooks/whatsapp", content=body, headers=signed(body))
        assert answer.status_code == 200
        assert await stored(service) == []

    with_client(service, story)


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"not JSON", b"[]", b"null", b'{"object": "page"}', b'{"entry": 7}']
)
def test_what_is_signed_and_no_webhook_is_met_with_silence(service: Service, body: bytes) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        answer = await client.post("/webhooks/whatsapp", content=body, headers=signed(body))
        assert answer.status_code == 200
        assert await stored(service) == []

    with_client(service, story)


def test_a_body_above_a_mebibyte_is_refused_unread(service: Service) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        body = b" " * (1024 * 1024 + 1)
        assert (await client.post("/webhooks/whatsapp", content=body, headers=signed(body))).status_code == 413
        body = b" " * (1024 * 1024)
        assert (await client.post("/webhooks/whatsapp", content=body, headers=signed(body))).status_code == 200

    with_client(service, story)


class FullStore:
    """A database that can't take anything in."""

    single_process = False

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    async def write(self, *_: object) -> None:
        raise self.fault

    async def read(self, *_: object) -> None:
        raise self.fault

    async def close(self) -> None:
        """Nothing to close."""


@pytest.mark.parametrize("fault", [StoreBusy("full"), OperationalError("INSERT", {}, OSError("disk full"))])
def test_what_cannot_be_stored_is_asked_for_again(service: Service, fault: Exception) -> None:
    async def story() -> None:
        parts = replace(service.parts, store=FullStore(fault))  # type: ignore[arg-type]
        app = build_app(parts, Bells(), [INLET], House(CollectorRegistry()))
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://frontdesk") as client:
            answer = await client.post("/webhooks/whatsapp", content=webhook(), headers=signed(webhook()))
            assert answer.status_code == 503
            assert (await client.get("/readyz")).status_code == 503
        await service.store.close()

    asyncio.run(story())


@pytest.mark.parametrize(
    ("query", "status", "text"),
    [
        ("hub.mode=subscribe&hub.verify_token=verify-me&hub.challenge=1158201444", 200, "1158201444"),
        ("hub.mode=subscribe&hub.verify_token=verify-other&hub.challenge=7", 200, "7"),
        ("hub.mode=subscribe&hub.verify_token=guess&hub.challenge=7", 403, None),
        ("", 403, None),
    ],
)
def test_the_address_is_verified(service: Service, query: str, status: int, text: str | None) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        answer = await client.get(f"/webhooks/whatsapp?{query}")
        assert answer.status_code == status
        assert text is None or answer.text == text

    with_client(service, story)


def test_health_is_told_to_whoever_asks_and_numbers_only_to_the_token(service: Service) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        assert (await client.get("/healthz")).text == "ok"
        assert (await client.get("/readyz")).text == "ready"
        assert (await client.get("/metrics")).status_code == 401
        assert (await client.get("/metrics", headers={"Authorization": "Bearer guess"})).status_code == 401
        assert (await client.get("/metrics", headers={"Authorization": "Bearer secret"})).status_code == 200

    with_client(service, story, token="secret")


def test_the_numbers_say_what_happened_and_what_waits(service: Service) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        body = webhook()
        await client.post("/webhooks/whatsapp", content=body, headers=signed(body))
        await client.post("/webhooks/whatsapp", content=body, headers=signed(body))
        await client.post("/webhooks/whatsapp", content=body)
        service.clock.advance(0.5)
        numbers = (await client.get("/metrics", headers={"Authorization": "Bearer secret"})).text
        for line in (
            'frontdesk_webhooks_total{inlet="whatsapp",status="200"} 2.0',
            'frontdesk_webhooks_total{inlet="whatsapp",status="401"} 1.0',
            "frontdesk_messages_total 1.0",
            'frontdesk_waiting{state="unread",table="inbox"} 1.0',
            "frontdesk_oldest_unread_seconds 0.5",
        ):
            assert line in numbers

    with_client(service, story, token="secret")


def test_without_a_token_in_the_settings_nobody_gets_the_numbers(service: Service) -> None:
    async def story(client: httpx2.AsyncClient) -> None:
        assert (await client.get("/metrics", headers={"Authorization": "Bearer "})).status_code == 401

    with_client(service, story)


def test_a_webhook_wakes_the_whole_flow_up_to_the_answer(service: Service) -> None:
    quick = Limits(quiet=replace(Limits()).quiet / 20)
    service.limits = quick
    service.clock = SystemClock()  # type: ignore[assignment]

    async def story(client: httpx2.AsyncClient) -> None:
        body = webhook(text="отмени 7")
        assert (await client.post("/webhooks/whatsapp", content=body, headers=signed(body))).status_code == 200
        await until(lambda: service.messenger.texts)
        assert service.messenger.texts == ["отменено 7"]
        assert service.door.effects == 1

    with_client(service, story)
