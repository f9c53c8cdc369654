from dataclasses import dataclass

from frontdesk.language.rules import Match
from frontdesk.language.words import Message


@dataclass(frozen=True, slots=True)
class Wanted:
    """An intent found in a message: its score, the word it begins at, and the rule that found it."""

    name: str
    score: float
    at: int
    rule: str
    core: tuple[int, int] | None = None
    """The first and the last of the words that must be there; `at` may be one that only may be."""


def rule_name(message: Message, match: Match) -> str:
    """A rule as a reader of `why` wants it: the intent, and the words that spoke for it."""
    return f"{match.rule.intent}: {' '.join(message.words[place].form for place in sorted(match.words))}"


def negated(message: Message, match: Match) -> bool:
    """Whether a negation outside the phrase governs one of its words."""
    negators = {message.words[place].negated_by for place in match.words} - {-1}
    return bool(negators - match.words)
