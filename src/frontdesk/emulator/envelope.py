"""How an answer is written.

With the vendor's media type in Accept it is `{"success", "data", "meta"}`; without it the data stands bare and a
refusal is `{"errors": {"code", "message"}, "meta": {"message"}}`. Both media types are understood under either name
of the service.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from pydantic_core import to_json

from frontdesk.emulator.refusal import Refusal
from frontdesk.emulator.registry import Reply
from frontdesk.yclients.contract import Spec

NO_CONTENT: Final = 204
JSON_TYPE: Final = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": JSON_TYPE})


def success(spec: Spec, reply: Reply, *, enveloped: bool) -> Answer:
    """The answer of a call that was done. 204 comes with an empty body."""
    status = reply.status or spec.success
    if status == NO_CONTENT:
        return Answer(status, headers={})
    if isinstance(reply.data, bytes):
        return Answer(status, reply.data, {"content-type": "application/pdf"})
    if spec.bare or not enveloped:
        return Answer(status, to_json(reply.data))
    return Answer(status, to_json({"success": True, "data": reply.data, "meta": reply.meta}))


def refused(refusal: Refusal, *, enveloped: bool) -> Answer:
    """The answer of a call that was refused."""
    errors: dict[str, Any] = {"code": refusal.code or refusal.status, "message": refusal.message, **refusal.extra}
    bare = {"errors": errors, "meta": refusal.meta}
    body = {"success": False, "data": None, "meta": refusal.meta} if enveloped else bare
    return Answer(refusal.status, to_json(body), {"content-type": JSON_TYPE, **refusal.headers})
