"""`POST /webhooks/yclients/{salon}?secret=`: what the provider says has changed.

It is unsigned, partial, in no sure order, sometimes lost and sometimes repeated: so nothing of what it says is believed
but that something may have changed, and the journal is read again. The provider takes no notice of the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hmac import compare_digest

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from frontdesk.service.parts import Parts
from frontdesk.service.webhooks import BODY_LIMIT, TooLarge, read_body
from frontdesk.store import hints
from frontdesk.store.hints import Hint
from frontdesk.store.threads import Priority
from frontdesk.yclients.webhooks import parse

PATH = "/webhooks/yclients/{salon}"


@dataclass(frozen=True, slots=True)
class HookedSalon:
    """A salon that may be told of. Without a secret nobody is let in; `ring` wakes whoever keeps its copy."""

    company: int
    secret: str = field(repr=False)
    ring: Callable[[], None]


@dataclass(frozen=True, slots=True)
class ProviderHooks:
    """Takes the provider's webhooks in."""

    parts: Parts
    salons: Mapping[str, HookedSalon]

    def routes(self) -> list[Route]:
        """One for all salons."""
        return [Route(PATH, self.answer, methods=["POST"])]

    async def answer(self, request: Request) -> Response:
        """The answer to one webhook."""
        key = request.path_params["salon"]
        salon = self.salons.get(key)
        if salon is None:
            return self._counted("yclients", PlainTextResponse("there is no such salon in the settings", 404))
        if not _is_right(request.query_params.get("secret", ""), salon.secret):
            self.parts.log.warning("a webhook was refused", inlet=f"yclients/{key}", reason="the secret is wrong")
            return self._counted(key, PlainTextResponse("the secret is wrong: see webhook_secret of the salon", 403))
        return self._counted(key, await self._taken_in(request, key, salon))

    async def _taken_in(self, request: Request, key: str, salon: HookedSalon) -> Response:
        try:
            events = parse(await read_body(request, BODY_LIMIT))
        except TooLarge as fault:
            return PlainTextResponse(str(fault), 413)
        except (ValueError, RecursionError):
            return PlainTextResponse("this is no webhook of the provider", 400)
        named = {Hint(one.kind, one.resource_id) for one in events if one.company_id == salon.company}
        work = partial(hints.add, salon=key, hints=[one for one in named if _fits(one)], now=self.parts.clock.now())
        try:
            await self.parts.store.write(work, Priority.WEBHOOK)
        except Exception:
            self.parts.log.exception("a webhook could not be stored", inlet=f"yclients/{key}")
            return PlainTextResponse("can't store it now", 503)
        salon.ring()
        return Response()

    def _counted(self, key: str, answer: Response) -> Response:
        self.parts.metrics.webhooks.labels(f"yclients/{key}", answer.status_code).inc()
        return answer


def _is_right(given: str, secret: str) -> bool:
    return bool(secret) and compare_digest(given.encode(), secret.encode())


def _fits(hint: Hint) -> bool:
    """Whether it can be the number of anything."""
    return 0 < hint.thing < 2**63
