"""Numbers that belong to a service's own title and are no time: «окрашивание в один тон», «массаж в 4 руки»."""

from collections.abc import Callable, Container, Iterable, Sequence
from itertools import pairwise

from frontdesk.language.words import Word

Triple = tuple[str, str, str]


def titled_numbers(
    titles: Iterable[str], split: Callable[[str], list[str]], numbers: Container[str]
) -> frozenset[Triple]:
    """Every number of the titles with the words on both sides of it; `numbers` are the words that count."""
    return frozenset(
        (before, number, after)
        for title in titles
        for before, number, after in _triples(split(title))
        if number.isdigit() or number in numbers
    )


def in_a_title(words: Sequence[Word], known: frozenset[Triple]) -> tuple[int, ...]:
    """Places of the numbers that stand in a message as they stand in a title."""
    return tuple(place for place, triple in enumerate(_triples([word.form for word in words]), 1) if triple in known)


def _triples(forms: Sequence[str]) -> list[Triple]:
    return [(first, second, third) for (first, second), (_, third) in pairwise(pairwise(forms))]
