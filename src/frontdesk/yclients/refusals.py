"""What an answer that is not a result means.

The provider says no in many ways: `{success, data, meta: {message, errors}}`; the bare `{errors: {code, message},
meta: {message}}`; a list of envelopes; `{error_code, error_message}`. `errors` is a list of `{code, message}`, a list
that mixes `{message}` with `{field: [...]}`, or an object of field to messages; `meta` may be empty, a list or an
object; and a few refusals even claim `success: true`, so the status decides.
"""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from pydantic_core import from_json

from frontdesk.yclients.contract import Spec
from frontdesk.yclients.errors import Paced, ProviderError, Refused, Unauthorised, Unexpected, Unsure, cause_of

OK: Final = range(200, 300)
UNAUTHORISED: Final = 401
TOO_MANY: Final = 429
SERVER_FAULT: Final = 500


def failure(spec: Spec, status: int, headers: Mapping[str, str], body: bytes) -> ProviderError:
    """What an answer that is not a result means for the caller."""
    request_id = headers.get("x-request-id", "")
    if status == TOO_MANY:
        return Paced(_retry_after_s(headers), request_id)
    try:
        raw = from_json(body)
    except ValueError:
        raw = None
    message, code, errors = _explained(raw)
    if status == UNAUTHORISED:
        return Unauthorised(cause_of(message), message, request_id)
    understood = isinstance(raw, dict | list)
    if status >= SERVER_FAULT or not understood:
        return senseless(spec, status, message or body.decode(errors="replace"), headers)
    return Refused(
        status,
        code or status,
        message,
        errors,
        raw.get("meta") if isinstance(raw, dict) else None,
        request_id=request_id,
    )


def senseless(spec: Spec, status: int, excerpt: str, headers: Mapping[str, str]) -> ProviderError:
    """An answer that says neither yes nor no: after a write it may have taken effect."""
    request_id = headers.get("x-request-id", "")
    unexpected = Unexpected(status, excerpt, request_id)
    maybe_done = not spec.reads and (status in OK or status >= SERVER_FAULT)
    return Unsure(str(unexpected), status, request_id) if maybe_done else unexpected


def _explained(raw: object) -> tuple[str, int | None, Any]:
    """Message, code and detailed errors, whichever way they were said."""
    if isinstance(raw, list):
        return next((said for said in map(_explained, raw) if said[0]), ("", None, raw or None))
    if not isinstance(raw, dict):
        return "", None, None
    said_beside = raw.get("meta")
    meta: dict[str, Any] = said_beside if isinstance(said_beside, dict) else {}
    errors = meta.get("errors") or raw.get("errors") or None
    detail = _first_detail(errors)
    messages = (detail.get("message"), meta.get("message"), raw.get("error_message"), raw.get("message"))
    message = next((str(said) for said in messages if said), "") or _first_field(detail)
    return message, _number(detail.get("code") or raw.get("error_code")), errors


def _first_detail(errors: object) -> dict[str, Any]:
    first = errors[0] if isinstance(errors, list) and errors else errors
    return first if isinstance(first, dict) else {}


def _first_field(detail: Mapping[str, Any]) -> str:
    for name, said in detail.items():
        if isinstance(said, list) and said:
            return f"{name}: {said[0]}"
    return ""


def _number(code: object) -> int | None:
    text = str(code)
    return int(text) if text.isdecimal() else None


def _retry_after_s(headers: Mapping[str, str]) -> float | None:
    said = headers.get("retry-after", "")
    try:
        return max(0.0, float(said))
    except ValueError:
        pass
    try:
        # a date is told by the server's clock, which its own Date header shows
        return max(0.0, (parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("date", ""))).total_seconds())
    except (ValueError, TypeError):
        return None
