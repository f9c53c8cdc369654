"""The doctor's findings in the language of the page.

The doctor speaks English, as the command line does. What it says is a sentence with things it found in between; a file
in `words/doctor/` has each sentence in another language, with the same names in braces. Of several sentences that fit
the one with the most words of its own is taken; what is not there stays English.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from frontdesk.desk.set_up import Finding

HERE: Final = Path(__file__).parent / "words" / "doctor"
ANYWHERE: Final = "anywhere"
"""The table of what may stand at the end of any sentence, and so is looked for first."""
DEEPEST: Final = 4
"""A sentence in a sentence, no further."""
_PLACE: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence of the doctor's, and how it is said."""

    english: re.Pattern[str]
    said: str
    letters: int


def said_in(language: str, finding: Finding) -> Finding:
    """The finding as a page in this language shows it."""
    check, seen, cure = (translated(language, text) for text in (finding.check, finding.seen, finding.cure))
    return replace(finding, check=check or finding.check, seen=seen or finding.seen, cure=cure or finding.cure)


def said(language: str, text: str) -> str:
    """A fault in this language, as far as it is known there."""
    return translated(language, text) or text


def translated(language: str, text: str, depth: int = 0) -> str | None:
    """One sentence of the doctor's in this language; None where it is not known there."""
    for saying in _sayings(language):
        if found := saying.english.fullmatch(text):
            return saying.said.format_map(_filled(language, found.groupdict(), depth))
    return None


def _filled(language: str, places: Mapping[str, str], depth: int) -> dict[str, str]:
    if depth >= DEEPEST:
        return dict(places)
    return {name: translated(language, text, depth + 1) or text for name, text in places.items()}


@cache
def _sayings(language: str) -> tuple[Saying, ...]:
    file = HERE / f"{language}.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    first = [_saying(english, said) for english, said in tables.pop(ANYWHERE, {}).items()]
    others = [_saying(english, said) for table in tables.values() for english, said in table.items()]
    return (*first, *sorted(others, key=lambda one: -one.letters))


def _saying(english: str, said: str) -> Saying:
    parts = _PLACE.split(english)
    pattern = "".join(f"(?P<{part}>.+)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
    return Saying(re.compile(pattern, re.DOTALL), said, sum(map(len, parts[::2])))
