"""A MAX bot's webhook subscriptions. MAX drops one whose deliveries fail for eight hours, and never says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

from frontdesk.channels.max import UPDATE_TYPES
from frontdesk.channels.messages import CutOff, Rejected
from frontdesk.channels.posting import get, post
from frontdesk.channels.reading import fields, items, load, words


class NotToldError(Exception):
    """MAX did not answer the question, or said no; the text says how."""


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """Those of one bot."""

    client: httpx2.AsyncClient = field(repr=False)
    api_url: str
    token: str = field(repr=False)

    async def addresses(self) -> tuple[str, ...]:
        """Where MAX delivers the bot's updates; raises NotToldError."""
        said = _read(await get(self.client, self._url, self._headers))
        return tuple(words(fields(one).get("url"), 2048) for one in items(said.get("subscriptions")))

    async def add(self, url: str, secret: str) -> None:
        """Asks for deliveries there, with the secret in their header; raises NotToldError."""
        wanted = {"url": url, "update_types": list(UPDATE_TYPES), "secret": secret}
        said = _read(await post(self.client, self._url, wanted, self._headers))
        if said.get("success") is not True:
            raise NotToldError(words(said.get("message"), 300) or "MAX did not confirm the subscription")

    @property
    def _url(self) -> str:
        return f"{self.api_url.rstrip('/')}/subscriptions"

    @property
    def _headers(self) -> dict[str, str]:
        return {"Authorization": self.token}


def _read(answer: httpx2.Response | Rejected | CutOff) -> Mapping[str, object]:
    if isinstance(answer, Rejected | CutOff):
        raise NotToldError(answer.detail)
    said = load(answer.content)
    if not answer.is_success or said is None:
        raise NotToldError(f"status {answer.status_code}: {words((said or {}).get('message'), 300)}")
    return said
