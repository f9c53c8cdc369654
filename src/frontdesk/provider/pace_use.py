"""How much of the provider's pace is used, for whoever watches the service."""

from dataclasses import dataclass

from frontdesk.provider.shared_pace import SharedTurnstile
from frontdesk.yclients.turnstile import Gate, Turnstile


@dataclass(frozen=True, slots=True)
class PaceUse:
    """Places of the last minute that are held, of how many; and how many calls of this process wait for one."""

    used: int
    limit: int
    waiting: int


async def pace_use(gate: Gate) -> PaceUse | None:
    """As it is now, for all processes that share the gate; None for one that keeps no pace."""
    match gate:
        case Turnstile():
            return PaceUse(gate.used(), gate.limits.per_minute, gate.waiting)
        case SharedTurnstile():
            return PaceUse(await gate.used(), gate.limits.per_minute, gate.waiting)
        case _:
            return None
