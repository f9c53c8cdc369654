"""Wishes to know, put together."""

from collections.abc import Iterable

from frontdesk.dialogue.talk import Wants


def together(wants: Iterable[Wants]) -> Wants:
    """All that is wanted; of several wishes for free times the first."""
    asked = tuple(wants)
    return Wants(
        appointments=any(one.appointments for one in asked),
        slots=next((one.slots for one in asked if one.slots is not None), None),
        working=next((one.working for one in asked if one.working is not None), None),
        slots_for=next((one.slots_for for one in asked if one.slots_for is not None), None),
    )
