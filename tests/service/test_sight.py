"""What the log and the numbers show: a message can be followed to the journal, and nothing secret is written."""

import asyncio
from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from starlette.testclient import TestClient

from frontdesk.outage.link import LinkState
from frontdesk.provider.pace_use import PaceUse
from frontdesk.service.app import House, build_app
from frontdesk.service.bells import Bells
from frontdesk.service.logs import hidden, masked
from service_kit import Service


def test_a_message_is_followed_from_its_turn_to_the_journal_and_back(service: Service) -> None:
    async def story() -> None:
        await service.hears("отмени 7")
        await service.answers()
        lines = {one["event"]: one for one in reversed(service.log.entries)}
        turn, command = lines["a turn was taken"], lines["a command was tried"]
        assert turn["commands"] == [command["command"]]
        assert (command["kind"], command["came_of_it"]) == ("Cancel", "done")
        sent = lines["a reply was sent"]
        turns = [one for one in service.log.entries if one["event"] == "a turn was taken"]
        assert sent["chat"] == turn["chat"]
        assert sent["reply"] in [one["reply"] for one in turns]
        assert len(turns) == 2  # what was asked, and what came of it

    asyncio.run(story())


@pytest.mark.parametrize(
    "text",
    [
        'POST /webhooks/yclients/centre?secret=S3CRET HTTP/1.1" 403',
        "https://desk.example/webhooks/yclients/centre?x=1&secret=S3CRET",
        "GET /webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=S3CRET&hub.challenge=1",
        "GET https://graph.example/me?access_token=S3CRET",
    ],
)
def test_a_secret_of_a_query_never_reaches_a_log(text: str) -> None:
    assert "S3CRET" not in hidden(text)
    assert "S3CRET" not in masked(None, "", {"event": text})["event"]


def test_the_numbers_name_the_state_of_each_link_and_the_age_of_what_waits(service: Service) -> None:
    async def story() -> None:
        await service.hears("отмени 7")

    asyncio.run(story())

    async def pace() -> PaceUse:
        return PaceUse(used=17, limit=200, waiting=3)

    registry, parts = CollectorRegistry(), replace(service.parts, pace=pace)
    with TestClient(build_app(parts, Bells(), [], House(registry, "token"))) as client:
        assert client.get("/metrics").status_code == 401
        page = client.get("/metrics", headers={"Authorization": "Bearer token"}).text
    assert "frontdesk_oldest_command_seconds 0.0" in page
    for salon in service.parts.probes:
        assert f'frontdesk_link{{salon="{salon}",state="{LinkState.ONLINE}"}} 1.0' in page
        assert f'frontdesk_link{{salon="{salon}",state="{LinkState.OFFLINE}"}} 0.0' in page
    for number in ("used 17.0", "limit 200.0", "waiting 3.0"):
        assert f"frontdesk_pace_{number}" in page
    assert "frontdesk_webhook_lag_seconds_bucket" in generate_latest(registry).decode()
