"""Which of the salon's languages a message is in.

Letters tell first: an «ї» is Ukrainian, an «ы» is Russian, an "ß" German. Then the small words of each lexicon are
counted. Where nothing tells, the alphabet leaves some of the languages, and the salon's order decides.
"""

import re
from collections.abc import Sequence
from functools import cache

from frontdesk.language.lexicon import load

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_LETTER_WEIGHT = 3
_MOST_WORDS = 200


@cache
def _tells(language: str) -> tuple[frozenset[str], frozenset[str], bool]:
    """A language's own letters, its words that tell it, and whether it is written in Cyrillic."""
    table = load(language).tables["language"]
    words = frozenset(table["words"])
    return frozenset(table["letters"]), words, any("а" <= letter <= "я" for word in words for letter in word)


def detect(text: str, languages: Sequence[str]) -> str:
    """The language of a normalised text among the given ones; the first, the salon's own, where nothing tells.

    Raises LookupError for a language without a lexicon, ValueError where none is given.
    """
    if not languages:
        raise ValueError("no language to choose from: give the salon's languages, its own first")
    words = _WORD.findall(text)[:_MOST_WORDS]
    if len(languages) == 1 or not words:
        return languages[0]
    cyrillic = sum("а" <= word[0] <= "я" or word[0] in "іїєґ" for word in words)
    scores = [(_score(words, language, 2 * cyrillic >= len(words)), -place) for place, language in enumerate(languages)]
    return languages[-max(scores)[1]]


def _score(words: Sequence[str], language: str, cyrillic: bool) -> float:
    letters, own, is_cyrillic = _tells(language)
    if cyrillic != is_cyrillic:
        return -1.0
    spelt = sum(not letters.isdisjoint(word) for word in words)
    return _LETTER_WEIGHT * spelt + sum(word in own for word in words)
