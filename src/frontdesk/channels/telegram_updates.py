"""Fetching a Telegram bot's updates, for salons without a public address.

Telegram keeps an update until a later call confirms it with a higher `offset`, so the offset is all there is to know,
and it need not outlive the process: what was stored but not confirmed comes once more and is known by its id.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Batch, CutOff, Rejected
from frontdesk.channels.posting import post
from frontdesk.channels.reading import fields, identifier, items, load, words
from frontdesk.channels.telegram import ALLOWED_UPDATES, read_update

WAIT_S = 8
"""So long Telegram holds the answer while nothing is new; a step of an exchange may take 10 seconds."""
MOST_AT_ONCE = 100
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Update:
    """One update and what it carries."""

    id: int
    batch: Batch


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Why nothing was fetched, and after how many seconds to ask again, where that is known."""

    detail: str
    wait_s: float | None = None


@dataclass(frozen=True, slots=True)
class Updates:
    """The updates of one bot."""

    client: httpx2.AsyncClient = field(repr=False)
    api_url: str
    token: str = field(repr=False)
    account: str

    async def end_webhook(self) -> NotFetched | None:
        """Takes the bot's webhook away, beside which nothing can be fetched; what waits for it is kept."""
        answer = await self._call("deleteWebhook", {"drop_pending_updates": False})
        return answer if isinstance(answer, NotFetched) else None

    async def fetch(self, offset: int, now: Instant) -> tuple[Update, ...] | NotFetched:
        """What is new from this number on, oldest first; that confirms everything below it."""
        asked = {"offset": offset, "timeout": WAIT_S, "limit": MOST_AT_ONCE, "allowed_updates": list(ALLOWED_UPDATES)}
        answer = await self._call("getUpdates", asked)
        if isinstance(answer, NotFetched):
            return answer
        found = [fields(one) for one in items(answer.get("result"))]
        return tuple(
            Update(int(number), read_update(one, self.account, now))
            for one in found
            if (number := identifier(one.get("update_id"))).isascii() and number.isdigit()
        )

    async def _call(self, method: str, payload: Mapping[str, object]) -> Mapping[str, object] | NotFetched:
        answer = await post(self.client, f"{self.api_url.rstrip('/')}/bot{self.token}/{method}", payload, {})
        if isinstance(answer, Rejected | CutOff):
            return NotFetched(answer.detail)
        body = load(answer.content) or {}
        return body if body.get("ok") is True else _not_fetched(answer.status_code, body)


def _not_fetched(status: int, body: Mapping[str, object]) -> NotFetched:
    said = f"{status}: {words(body.get('description'), 300)}"
    if status == CONFLICT:
        cure = "another program fetches this bot's messages or has set its webhook; end it, or give it a bot of its own"
        return NotFetched(f"{said}: {cure}", 30)
    if status in {401, 404}:
        return NotFetched(f"{said}: check the bot's token and api_url in the settings", 60)
    named = identifier(fields(body.get("parameters")).get("retry_after"))
    return NotFetched(said, float(named) if named.isascii() and named.isdigit() else None)
