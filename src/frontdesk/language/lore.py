"""What the lexicons say about services, names and counting, gathered for a salon that speaks several languages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from frontdesk.language.choice import Counting
from frontdesk.language.jargon import Jargon
from frontdesk.language.lexicon import expand
from frontdesk.language.masters import NameLore

Tables = Sequence[Mapping[str, Any]]
"""The `[words]` tables of the salon's languages."""


def jargon(tables: Tables, stem: Callable[[str], str]) -> Jargon:
    """What people call services, by stem."""
    sections = [table.get("services", {}) for table in tables]
    synonyms: dict[str, dict[str, None]] = {}
    for title, said in _entries(sections, "synonyms"):
        for word in said:
            synonyms.setdefault(stem(word), {})[stem(title)] = None
    return Jargon(
        synonyms={word: tuple(titles) for word, titles in synonyms.items()},
        qualifiers=frozenset(map(stem, _gathered(sections, "qualifiers"))),
        vocatives=_gathered(sections, "vocatives"),
        greetings=_gathered(sections, "greetings"),
        joins=_gathered(sections, "joins"),
        joining=_gathered(sections, "joining"),
        without=_gathered(sections, "without"),
    )


def name_lore(tables: Tables) -> NameLore:
    """What people are called."""
    sections = [table.get("names", {}) for table in tables]
    return NameLore(
        short_of={full: tuple(short) for full, short in _entries(sections, "short")},
        everyday=_gathered(sections, "everyday"),
        cues=_gathered(sections, "cues"),
        relatives=_gathered(sections, "relatives"),
        introducing=_gathered(sections, "introducing"),
    )


def counting(tables: Tables) -> Counting:
    """How offered things are pointed at."""
    sections = [table.get("counting", {}) for table in tables]
    return Counting(
        ordinals=_numbered(sections, "ordinals"),
        cardinals=_numbered(sections, "cardinals"),
        nouns=_gathered(sections, "nouns"),
        anyone=_gathered(sections, "anyone"),
        whoever=_gathered(sections, "whoever"),
        pronouns=_gathered(sections, "pronouns"),
        toward=_gathered(sections, "toward"),
    )


def _gathered(sections: Iterable[Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset(form for section in sections for written in section.get(key, ()) for form in expand(written))


def _entries(sections: Iterable[Mapping[str, Any]], key: str) -> Iterable[tuple[str, list[str]]]:
    for section in sections:
        for name, written in section.get(key, {}).items():
            yield name, [form for each in written for form in expand(each)]


def _numbered(sections: Iterable[Mapping[str, Any]], key: str) -> dict[str, int]:
    return {form: int(number) for number, forms in _entries(sections, key) for form in forms}
