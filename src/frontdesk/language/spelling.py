"""Words that are probably a known word with a slip of the finger."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_SHORTEST = 5
_LONGEST = 24
_CAREFUL = 5
"""Short words have too many neighbours: people rarely miss the first letter."""
_TWO_SLIPS = 9
_CANDIDATES = 4


@dataclass(frozen=True, slots=True)
class Spelling:
    """A vocabulary that forgives one slip (a letter wrong, missing, added or two swapped), two in long words."""

    vocabulary: Sequence[str]
    shortest: int = _SHORTEST
    careful: int = _CAREFUL

    @classmethod
    def of(cls, words: Iterable[str], shortest: int = _SHORTEST, careful: int = _CAREFUL) -> "Spelling":
        """A vocabulary without its short words; up to the length `careful` the first letter must be right."""
        return cls(
            tuple(sorted({word for word in words if len(word) >= shortest and word.isalpha()})), shortest, careful
        )

    def near(self, word: str) -> tuple[str, ...]:
        """The known words that are nearest to this one, all equally near; none where it is too short or too far off."""
        if not self.shortest <= len(word) <= _LONGEST or not word.isalpha():
            return ()
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        found = extract(word, self.vocabulary, scorer=OSA.distance, score_cutoff=slips, limit=_CANDIDATES)
        careful = [(known, far) for known, far, _ in found if len(word) > self.careful or known[0] == word[0]]
        nearest = min((far for _, far in careful), default=0)
        return tuple(known for known, far in careful if far == nearest)
