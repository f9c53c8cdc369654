"""Between a call and the bytes of HTTP, both ways; nothing here sends or waits.

`request` turns a call into an HTTP request. `read` turns a status, headers and a body into a result, or raises what
went wrong (see `errors`). Both clients and the tests go through these two functions, so what they do is said once.

An answer is read in one pass from its bytes into its shape. Only if that fails is it looked at as plain JSON: it may be
the bare form (asked for with an Accept header without the provider's media type), a refusal that came with status 200,
or an answer with a field that no lenient reading makes sense of; that field is then left out and named in
`Answer.unread`, because one odd colour must not cost the salon its appointments.
"""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar
from urllib.parse import quote, urlencode

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from frontdesk.yclients.contract import Auth, Endpoint, Place
from frontdesk.yclients.errors import Cause, Unauthorised
from frontdesk.yclients.mending import mended
from frontdesk.yclients.profiles import Profile
from frontdesk.yclients.refusals import OK, failure, senseless

R = TypeVar("R")

BARE: Final = "application/json"
_CARRIED: Final = re.compile(r"[!-+\--~]*")
NOTHING: Final = (None, type(None))


@dataclass(frozen=True, slots=True)
class Credentials:
    """The tokens of one salon; neither is ever shown."""

    partner_token: str = field(repr=False)
    user_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request, ready to be sent to the profile's host."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = field(repr=False)
    headers: dict[str, str] = field(repr=False)
    content: bytes | None = field(repr=False)

    @property
    def target(self) -> str:
        """Path and query, as they stand in the request line."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Answer(Generic[R]):
    """A result with what came beside it."""

    data: R
    meta: Any
    status: int
    request_id: str = ""
    unread: tuple[str, ...] = ()
    """Fields of the answer that made no sense and were left out."""


def request(call: Endpoint[Any], profile: Profile, credentials: Credentials, *, bare: bool = False) -> Request:
    """The HTTP request that says `call`. With `bare` the answer is asked for without its envelope.

    Raises Unauthorised if the call needs a token that the credentials lack.
    """
    spec = call.spec
    placed: dict[Place, dict[str, Any]] = {place: {} for place in Place}
    for name, value in call.model_dump(mode="json", exclude_unset=True).items():
        placed[spec.wire_places[name]][name] = value
    return compose(
        spec.method,
        _filled(spec.path, placed[Place.PATH]),
        headers={"Accept": BARE if bare else profile.media_type} | authorisation(spec.auth, credentials),
        query=placed[Place.QUERY],
        body=next(iter(placed[Place.WHOLE_BODY].values()), placed[Place.BODY] or None),
    )


def compose(
    method: str,
    path: str,
    headers: dict[str, str],
    query: Mapping[str, Any] | None = None,
    body: Any = None,  # noqa: ANN401 - any JSON
) -> Request:
    """An HTTP request from its parts; a list in the query becomes `name[]=1&name[]=2`, as the provider documents it."""
    if body is None:
        return Request(method, path, _encoded(query or {}), headers, None)
    content = to_json(body)
    return Request(method, path, _encoded(query or {}), {**headers, "Content-Type": "application/json"}, content)


def _filled(template: str, values: Mapping[str, Any]) -> str:
    """The path; a segment whose field is not said is left out, which asks for all instead of one."""
    segments = [
        quote(str(values.get(segment[1:-1], "")), safe="") if segment.startswith("{") else segment
        for segment in template.split("/")
    ]
    kept = [said for said, segment in zip(segments, template.split("/"), strict=True) if said or not segment]
    return "/".join(kept)


def _encoded(query: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        if isinstance(value, list | tuple):
            pairs += [(f"{name}[]", _plain(item)) for item in value]
        else:
            pairs.append((name, _plain(value)))
    return tuple(pairs)


def _plain(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


def authorisation(auth: Auth, credentials: Credentials) -> dict[str, str]:
    """The Authorization header of a call. A known user token goes along even where the partner's alone would do."""
    if auth is Auth.NONE:
        return {}
    if not credentials.partner_token:
        raise Unauthorised(Cause.NO_TOKEN)
    if auth is Auth.USER and not credentials.user_token:
        raise Unauthorised(Cause.USER_TOKEN)
    for cause, token in (
        (Cause.UNKNOWN_PARTNER, credentials.partner_token),
        (Cause.USER_TOKEN, credentials.user_token),
    ):
        if not _CARRIED.fullmatch(token):
            raise Unauthorised(cause, why="it holds a space, a line break or a letter that no token has: copy it anew")
    user = f", User {credentials.user_token}" if credentials.user_token else ""
    return {"Authorization": f"Bearer {credentials.partner_token}{user}"}


class _Envelope(BaseModel, Generic[R]):
    model_config = ConfigDict(extra="allow")
    success: bool = True
    data: R
    meta: Any = None


class _EmptyEnvelope(BaseModel):
    """For a call whose answer holds nothing: whatever stands in `data` is not looked at."""

    model_config = ConfigDict(extra="ignore")
    success: bool = True
    data: Any = None
    meta: Any = None


@functools.cache
def _enveloped(endpoint: type[Endpoint[Any]]) -> TypeAdapter[Any]:
    result: Any = endpoint.spec.result
    form: Any = _EmptyEnvelope if result in NOTHING else _Envelope.__class_getitem__(result)
    return TypeAdapter(form)


@functools.cache
def _alone(endpoint: type[Endpoint[Any]]) -> TypeAdapter[Any]:
    return TypeAdapter(endpoint.spec.result)


def read(endpoint: type[Endpoint[R]], status: int, headers: Mapping[str, str], body: bytes) -> Answer[R]:
    """The result that an answer holds.

    `headers` is case-insensitive or has lower-case names. Raises Refused, Unauthorised, Paced; and for an answer that
    is neither result nor refusal Unsure after a write (it may have taken effect) and Unexpected after a read.
    """
    request_id = headers.get("x-request-id", "")
    if status not in OK:
        raise failure(endpoint.spec, status, headers, body)
    if not body.strip() and endpoint.spec.result in NOTHING:
        return Answer(None, None, status, request_id)  # type: ignore[arg-type] # R is None here
    if endpoint.spec.result is bytes and not body.lstrip().startswith(b"{"):
        file: Any = body
        return Answer(file, None, status, request_id)
    if endpoint.spec.bare:
        return _second_reading(endpoint, status, headers, body)
    try:
        envelope = _enveloped(endpoint).validate_json(body)
    except ValidationError:
        return _second_reading(endpoint, status, headers, body)
    if not envelope.success:
        raise failure(endpoint.spec, status, headers, body)
    data: Any = None if isinstance(envelope, _EmptyEnvelope) else envelope.data
    return Answer(data, _meta(envelope.meta, envelope.model_extra), status, request_id)


def _meta(meta: object, beside: Mapping[str, Any] | None) -> object:
    """`meta`, with what some old answers put beside it (`count`) instead of into it."""
    if not beside:
        return meta
    return {**beside, **(meta if isinstance(meta, dict) else {})}


def _second_reading(endpoint: type[Endpoint[R]], status: int, headers: Mapping[str, str], body: bytes) -> Answer[R]:
    try:
        raw = from_json(body)
    except ValueError:
        raise failure(endpoint.spec, status, headers, body) from None
    if _says_no(raw):
        raise failure(endpoint.spec, status, headers, body)
    wrapped = isinstance(raw, dict) and "data" in raw and ("success" in raw or "meta" in raw)
    data, meta = (raw["data"], raw.get("meta")) if wrapped else (raw, None)
    try:
        result, unread = mended(_alone(endpoint), data)
    except ValidationError as fault:
        raise senseless(endpoint.spec, status, f"{fault.errors()[0]['loc']}: {body!r}", headers) from None
    return Answer(result, meta, status, headers.get("x-request-id", ""), unread)


def _says_no(raw: object) -> bool:
    if not isinstance(raw, dict):
        return False
    if "success" in raw:
        return raw["success"] in (False, "false")
    errors = raw.get("errors")
    return isinstance(errors, dict) and not {"code", "message"}.isdisjoint(errors)
