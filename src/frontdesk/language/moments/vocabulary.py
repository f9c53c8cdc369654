"""What each word of a language means to the date engine: categories, values, phrases of several words, misspellings.

A misspelt word is looked up by deletions: two words one edit apart share a form with a letter left out, so the table
of such forms answers in as many look-ups as the word has letters. Only words of five letters and more of the categories
worth the risk are in it, the first letter has to be right, and the lexicon lists the innocent neighbours («завтрак»).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rapidfuzz.distance import OSA

from frontdesk.language.lexicon import Lexicon, expand

_LONGEST_MISSPELT = 24
"""No date word is as long; a longer run of letters is no slip of one."""
_SHORTEST_MISSPELT = 5
_NOT_WORDS = frozenset({"options", "innocent", "masks", "joiner", "joined_unit", "joined_ordinal"})
_MISSPELT = frozenset({"day_offset", "weekday", "month", "part", "unit", "weekend", "relation"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase's words after its first, the category it belongs to, and its value there."""

    rest: tuple[str, ...]
    category: str
    value: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All entries by first word; `deleted` leads from a word with a letter left out to the whole words."""

    entries: Mapping[str, tuple[Entry, ...]]
    deleted: Mapping[str, tuple[str, ...]]
    innocent: frozenset[str]
    options: Mapping[str, Any]

    def of(self, word: str) -> tuple[Entry, ...]:
        """The entries that begin with this word."""
        return self.entries.get(word, ())

    def corrected(self, word: str) -> str | None:
        """The date word that this one misspells by one edit; None where words of different meanings are as near."""
        if not _SHORTEST_MISSPELT <= len(word) <= _LONGEST_MISSPELT or word in self.entries or word in self.innocent:
            return None
        near = {
            candidate
            for form in (word, *_deletions(word))
            for candidate in self.deleted.get(form, ())
            if candidate[0] == word[0] and OSA.distance(candidate, word, score_cutoff=1) <= 1
        }
        meanings = {(entry.category, entry.value) for each in near for entry in self._risked(each)}
        return min(near) if len(meanings) == 1 else None

    def _risked(self, word: str) -> Iterator[Entry]:
        return (entry for entry in self.of(word) if not entry.rest and entry.category in _MISSPELT)


@cache
def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The vocabulary of a lexicon, built once."""
    entries: dict[str, list[Entry]] = {}
    deleted: dict[str, set[str]] = {}
    for category, value, phrase in _phrases(lexicon.tables):
        first, *rest = phrase.split()
        entries.setdefault(first, []).append(Entry(tuple(rest), category, value))
        if category in _MISSPELT and not rest and len(first) >= _SHORTEST_MISSPELT:
            for form in (first, *_deletions(first)):
                deleted.setdefault(form, set()).add(first)
    return Vocabulary(
        entries={word: tuple(found) for word, found in entries.items()},
        deleted={form: tuple(sorted(words)) for form, words in deleted.items()},
        innocent=frozenset(word for form in lexicon.tables["dates"].get("innocent", ()) for word in expand(form)),
        options=lexicon.tables["dates"].get("options", {}),
    )


def _phrases(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from _compounds(tables["numbers"])
    yield from _weekdays_with_parts(tables["dates"])
    for table in ("numbers", "dates"):
        for category, words in tables[table].items():
            if category in _NOT_WORDS:
                continue
            valued = words.items() if isinstance(words, dict) else [("", words)]
            for value, forms in valued:
                for form in forms:
                    for phrase in expand(form):
                        yield category, value, phrase


def _compounds(numbers: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Numbers written as one word, «einundzwanzig», and their ordinals."""
    joiner = numbers.get("joiner")
    if joiner is None:
        return
    for tens in ("20", "30", "40", "50"):
        for unit in range(1, 10):
            for left in numbers["joined_unit"][str(unit)]:
                word = left + joiner + numbers["number"][tens][0]
                yield "number", str(int(tens) + unit), word
                for ending in numbers.get("joined_ordinal", ()):
                    yield "ordinal", str(int(tens) + unit), word + ending


def _weekdays_with_parts(dates: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """A weekday and a part of the day written as one word, «freitagabend»."""
    parts = {form: value for value, forms in dates["part"].items() for each in forms for form in expand(each)}
    for name in dates.get("options", {}).get("joined_parts", ()):
        for weekday, forms in dates["weekday"].items():
            whole = next(expand(forms[0])).removesuffix("s")
            yield "weekday_part", f"{weekday}:{parts[name]}", whole + name


def _deletions(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))
