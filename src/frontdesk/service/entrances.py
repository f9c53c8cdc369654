"""Links that open a chat with the salon's accounts: what a bot is called, and a number's digits, the messengers say.

They are asked when somebody first looks for the links, and a messenger that gave no answer again after a while.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import httpx2
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.times import Instant
from frontdesk.channels import telegram, whatsapp
from frontdesk.channels.posting import exchanged
from frontdesk.channels.reading import fields, words
from frontdesk.service.clock import Clock
from frontdesk.service.settings import Settings, TelegramSettings, WhatsAppSettings

TIMEOUT_S: Final = 3.0
ASKED_AGAIN_AFTER: Final = timedelta(minutes=1)
_BOT: Final = re.compile(r"[A-Za-z0-9_]{3,64}")
_NUMBER: Final = re.compile(r"\d{7,15}")


@dataclass
class Entrances:
    """What is known of them so far."""

    settings: Settings
    http: httpx2.AsyncClient
    clock: Clock
    log: FilteringBoundLogger
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _asked_at: Instant | None = None

    async def __call__(self) -> Mapping[tuple[str, str], str]:
        """An address for each account whose messenger told; what is said first there is to be put at its end."""
        now, wanted = self.clock.now(), len(self.settings.telegram) + len(self.settings.whatsapp)
        rests = self._asked_at is not None and now - self._asked_at < ASKED_AGAIN_AFTER
        if len(self._known) < wanted and not rests:
            self._asked_at = now
            await self._ask()
        return dict(self._known)

    async def _ask(self) -> None:
        asked = [(telegram.CHANNEL, name, self._bot(one)) for name, one in self.settings.telegram.items()]
        asked += [(whatsapp.CHANNEL, name, self._number(one)) for name, one in self.settings.whatsapp.items()]
        found = await asyncio.gather(*(answer for _, _, answer in asked))
        self._known |= {(channel, name): link for (channel, name, _), link in zip(asked, found, strict=True) if link}

    async def _bot(self, bot: TelegramSettings) -> str | None:
        said = await self._said(f"{bot.api_url.rstrip('/')}/bot{bot.token.get_secret_value()}/getMe", {})
        name = words(fields(said.get("result")).get("username"), 64)
        return f"https://t.me/{name}?start=" if _BOT.fullmatch(name) else None

    async def _number(self, number: WhatsAppSettings) -> str | None:
        url = f"{number.graph_url.rstrip('/')}/{number.phone_number_id}?fields=display_phone_number"
        said = await self._said(url, {"Authorization": f"Bearer {number.access_token.get_secret_value()}"})
        digits = re.sub(r"\D", "", words(said.get("display_phone_number"), 40))
        return f"https://wa.me/{digits}?text=" if _NUMBER.fullmatch(digits) else None

    async def _said(self, url: str, headers: Mapping[str, str]) -> Mapping[str, object]:
        """The object of the answer, empty for none; words of a fault are left out: they can hold the address."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                answer = await exchanged(self.http, self.http.build_request("GET", url, headers=dict(headers)))
            return fields(answer.json())
        except (httpx2.HTTPError, TimeoutError, ValueError) as fault:
            self.log.info("a messenger did not say how it is reached", fault=type(fault).__name__)
            return {}
