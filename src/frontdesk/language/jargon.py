"""What a language says of services in general, whatever a salon has on its list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

LACKING = "-"
"""Before a stem: the thing is said to be absent."""


@dataclass(frozen=True)
class Jargon:
    """What a language says of services in general: other words for them, and words that never name one alone."""

    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """From the stem of what people say to the stems of what titles say."""
    qualifiers: frozenset[str] = frozenset()
    vocatives: frozenset[str] = frozenset()
    """How the people of a salon are addressed, in words that may also say for whom: «девочки, привет!»."""
    greetings: frozenset[str] = frozenset()
    """Words that an address may follow: «добрый день, девочки»."""
    joins: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()
    """Words of titles that only hold them together: «для», «при»."""
    without: frozenset[str] = frozenset()
    """«без»: what stands behind it is another thing, and no part of the thing itself."""

    def stems(self, words: Sequence[str], stem: Callable[[str], str]) -> Iterator[str]:
        """What a title is made of; «без покрытия» is one thing."""
        for before, word in zip(("", *words), words, strict=False):
            if word not in self.without:
                yield f"{LACKING}{stem(word)}" if before in self.without else stem(word)

    def is_of_services(self, stem: str) -> bool:
        """Whether the word names, somewhere, a service: «наращивание»."""
        if stem not in self.synonyms and stem not in self.titles:
            return False
        return not self.qualifiers.issuperset(self.synonyms.get(stem, (stem,)))

    @cached_property
    def titles(self) -> frozenset[str]:
        """The stems that titles have anywhere."""
        return frozenset(stem for titles in self.synonyms.values() for stem in titles)
