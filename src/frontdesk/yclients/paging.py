"""Lists that come in pages, as one stream."""

import datetime as dt
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.endpoints.clients import SearchClientVisits
from frontdesk.yclients.models.client_visits import ClientVisits
from frontdesk.yclients.wire import Answer

R = TypeVar("R")

PAGES_AT_MOST: Final = 10_000
SIZE_FIELDS: Final = ("count", "page_size", "limit")
TOTALS: Final = ("total_count", "count")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a list has been read."""

    done: int
    total: int | None
    """How many items there are; None where the provider does not say."""


async def pages(
    ask: Callable[[Endpoint[tuple[R, ...]]], Awaitable[Answer[tuple[R, ...]]]],
    call: Endpoint[tuple[R, ...]],
    on_progress: Callable[[Progress], None] | None = None,
) -> AsyncGenerator[R, None]:
    """Every item, page after page, until the total is reached, a page comes short or one repeats its forerunner.

    The last of these is what a list does that knows no pages. Raises ValueError if the call has no `page`.
    """
    if "page" not in type(call).model_fields:
        raise ValueError(f"{call.spec.name} does not come in pages")
    first: int = getattr(call, "page", None) or 1
    done = 0
    before: tuple[R, ...] = ()
    for number in range(first, first + PAGES_AT_MOST):
        answer = await ask(call.model_copy(update={"page": number}))
        if answer.data == before:
            return
        for item in answer.data:
            yield item
        done, before = done + len(answer.data), answer.data
        total = _total(answer.meta)
        if on_progress is not None:
            on_progress(Progress(done, total))
        if _is_last(call, len(answer.data), done if first == 1 else None, total):
            return


async def history(
    ask: Callable[[SearchClientVisits], Awaitable[Answer[ClientVisits]]], call: SearchClientVisits
) -> AsyncGenerator[ClientVisits, None]:
    """A client's past, page after page: each answer says which days the next page covers."""
    for _ in range(PAGES_AT_MOST):
        answer = await ask(call)
        yield answer.data
        following = _following(answer.meta)
        if not following or following == (call.from_, call.to):
            return
        call = call.model_copy(update=dict(zip(("from_", "to"), following, strict=True)))


def _following(meta: object) -> tuple[dt.date | None, dt.date | None] | None:
    cursor = meta.get("dateCursor") if isinstance(meta, dict) else None
    following = cursor.get("next") if isinstance(cursor, dict) else None
    if not isinstance(following, dict) or not (following.get("from") or following.get("to")):
        return None
    return _day(following.get("from")), _day(following.get("to"))


def _day(said: object) -> dt.date | None:
    return dt.date.fromisoformat(str(said)[:10]) if said else None


def _is_last(call: Endpoint[Any], came: int, done: int | None, total: int | None) -> bool:
    if came == 0 or (total is not None and done is not None and done >= total):
        return True
    asked = next((size for name in SIZE_FIELDS if (size := getattr(call, name, None))), None)
    return total is None and asked is not None and came < asked


def _total(meta: object) -> int | None:
    said = [meta[name] for name in TOTALS if name in meta] if isinstance(meta, dict) else []
    return int(said[0]) if said and str(said[0]).isdecimal() else None
