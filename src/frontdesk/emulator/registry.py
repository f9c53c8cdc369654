"""Which function plays which endpoint, found by walking the files of `handlers/`."""

import functools
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, Final, Generic, Literal, TypeVar

from frontdesk.emulator.things import Partner, User
from frontdesk.emulator.world import World
from frontdesk.yclients.contract import Endpoint, endpoints

HANDLERS: Final = "frontdesk.emulator.handlers"
KNOWS_ITS_CALLER: Final = 3

E = TypeVar("E", bound=Endpoint[Any])


Coded = tuple[int, str]
"""A booking code and its words."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes a call; a call that needs no user token may come without one."""

    partner: Partner | None = None
    user: User | None = None
    enveloped: bool = True
    """Whether the answer was asked for in the v2 form; the bare form shows more here and there."""

    sent_user_token: bool = False
    """Whether a user token came along, known or not."""

    @property
    def user_id(self) -> int:
        """The user's id, 0 for nobody: as the provider writes it."""
        return self.user.id if self.user else 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that carries more than its data."""

    data: Any
    meta: Any = field(default_factory=list)
    status: int | None = None


Act = Callable[[World, E], Any] | Callable[[World, E, Caller], Any]


@dataclass(frozen=True, slots=True)
class Handler(Generic[E]):
    """A function that plays an endpoint.

    `right` is what the user must be allowed in the branch; `codes` says which number of its own a missing or wrong
    field is refused with.
    """

    endpoint: type[E]
    act: Callable[[World, E, Caller], Any]
    right: str = ""
    codes: Mapping[str, Coded] = field(default_factory=dict)

    def __call__(self, world: World, call: E, caller: Caller) -> Any:  # noqa: ANN401 - any JSON, or a Reply
        """Plays the call."""
        return self.act(world, call, caller)


def emulates(
    endpoint: type[E], *, right: str = "", codes: Mapping[str, Coded] = MappingProxyType({})
) -> Callable[[Act[E]], Handler[E]]:
    """Marks the function that plays an endpoint.

    `(world, call)`, or `(world, call, caller)` where it matters who calls.
    """

    def mark(act: Act[E]) -> Handler[E]:
        if len(inspect.signature(act).parameters) == KNOWS_ITS_CALLER:
            return Handler(endpoint, act, right, codes)  # type: ignore[arg-type]  # told apart by the number of parameters
        return Handler(endpoint, lambda world, call, _: act(world, call), right, codes)  # type: ignore[call-arg]  # the same

    return mark


@functools.cache
def handlers() -> Mapping[str, Handler[Any]]:
    """Every handler by the name of its endpoint."""
    found: dict[str, Handler[Any]] = {}
    for module in iter_modules(import_module(HANDLERS).__path__):
        for thing in vars(import_module(f"{HANDLERS}.{module.name}")).values():
            if isinstance(thing, Handler):
                found[thing.endpoint.spec.name] = thing
    return MappingProxyType(found)


def coverage() -> Mapping[str, Literal["stateful", "example"]]:
    """How each declared endpoint is played, by its name."""
    played = handlers()
    return {name: "stateful" if name in played else "example" for name in endpoints()}
