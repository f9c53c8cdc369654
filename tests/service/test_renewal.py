"""MAX drops a subscription that failed for eight hours, so it is looked for and made anew."""

import asyncio
import json

import httpx2
import pytest
import structlog
from structlog.testing import LogCapture

from frontdesk.channels.max import UPDATE_TYPES
from frontdesk.channels.max_subscriptions import Subscriptions
from frontdesk.service.renewal import AFTER_A_FAULT_S, LOOK_EVERY_S, Renewal

OURS = "https://desk.example/webhooks/max/main"
THEIRS = "https://other.example/hook"


class MaxApi:
    """The subscriptions of one bot."""

    def __init__(self, *urls):
        self.urls, self.added, self.instead = list(urls), [], None

    def __call__(self, request):
        assert request.url.path == "/subscriptions"
        assert request.headers["authorization"] == "bot-token"
        if self.instead is not None:
            return self.instead
        if request.method == "GET":
            return httpx2.Response(200, json={"subscriptions": [{"url": url, "time": 1} for url in self.urls]})
        said = json.loads(request.content)
        self.added.append(said)
        self.urls.append(said["url"])
        return httpx2.Response(200, json={"success": True})


def looked(api, times=1):
    log = LogCapture()
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(api))
    subscriptions = Subscriptions(client, "https://max.invalid/", "bot-token")
    logger = structlog.wrap_logger(None, processors=[log])
    renewal = Renewal("main", subscriptions, OURS, "s3cret-secret", asyncio.sleep, logger)

    async def story():
        return [await renewal.look() for _ in range(times)]

    return asyncio.run(story()), log.entries


def test_a_subscription_that_is_gone_is_made_anew_once_with_its_secret():
    api = MaxApi(THEIRS)
    waits, log = looked(api, times=2)
    assert api.added == [{"url": OURS, "update_types": list(UPDATE_TYPES), "secret": "s3cret-secret"}]
    assert waits == [LOOK_EVERY_S] * 2
    assert len(log) == 1
    assert "s3cret-secret" not in str(log)


def test_one_that_stands_is_left_alone():
    api = MaxApi(OURS)
    assert looked(api) == ([LOOK_EVERY_S], [])
    assert api.added == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (
            httpx2.Response(401, json={"code": "verify.token", "message": "Invalid access_token"}),
            "Invalid access_token",
        ),
        (httpx2.Response(502, text="<html>"), "502"),
        (httpx2.Response(200, text="<html>"), "200"),
        (httpx2.Response(200, json={"success": False, "message": "bad url"}), "bad url"),
    ],
)
def test_a_fault_is_told_and_tried_again_soon(answer, why):
    api = MaxApi()
    api.instead = answer
    waits, (entry,) = looked(api)
    assert waits == [AFTER_A_FAULT_S]
    assert why in entry["why"]
    assert "bot-token" not in str(entry)
