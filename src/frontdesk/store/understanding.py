"""What was understood of each message, kept with it for the salon's people to see, and bounded.

It is as the turn heard it: the same words heard later, after another question, may mean something else.
"""

from dataclasses import dataclass, replace

from pydantic import TypeAdapter, ValidationError

from frontdesk.language.heard import Heard

MOST_CANDIDATES = 3
MOST_RULES = 20
LONGEST = 8_000
"""Of what is kept of one message, in characters; more is not kept at all."""
_HEARD = TypeAdapter(Heard)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was heard in a thought; `message` is the number of the last one it came in."""

    message: int
    heard: Heard


def load(stored: str | None) -> Heard | None:
    """What was heard; None where nothing was, or where this version can't read it."""
    try:
        return _HEARD.validate_json(stored) if stored else None
    except ValidationError:
        return None


def written(heard: Heard) -> str | None:
    """The best of each kind; None where even that is too long.

    The words stand in the message already, and the number typed there is nobody's to list.
    """
    best = replace(
        heard,
        text="",
        phone=None,
        intents=heard.intents[:MOST_CANDIDATES],
        readings=tuple(replace(one, rules=one.rules[:MOST_RULES]) for one in heard.readings[:MOST_CANDIDATES]),
        services=heard.services[:MOST_CANDIDATES],
        masters=heard.masters[:MOST_CANDIDATES],
        why=heard.why[:MOST_RULES],
    )
    kept = _HEARD.dump_json(best, exclude_defaults=True).decode()
    return kept if len(kept) <= LONGEST else None
