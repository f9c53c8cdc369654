"""How an intent is told apart: its phrases, written where the intent lives and handed to `understand` by the wiring."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The Russian phrases of one intent; other languages are data in `lexicons/`, keyed by the intent's name."""

    intent: str
    phrases: tuple[str, ...]
