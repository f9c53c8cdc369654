"""The words of one language, as data: `lexicons/<language>.toml`.

A form may fold its endings into braces, so that «пятниц{а,у,ы}» stands for three words, and may hold several words
(«день победы»). Under `[numbers]` and `[dates]` a list is a category of words that mean one thing
(`at = ["в", "во"]`), a table is a category whose words carry a value (`[dates.weekday]`, `4 = ["пятниц{а,у}"]`).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("lexicons")
_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language's words. `tables` is the whole file, for whoever reads a table of their own."""

    language: str
    tables: Mapping[str, Any]


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a lexicon, in alphabetical order."""
    return tuple(sorted(entry.stem for entry in _FOLDER.glob("*.toml")))


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language, read once. Raises LookupError for a language without a file."""
    if language not in languages():
        raise LookupError(f"no lexicon for the language {language!r}; there are {', '.join(languages())}")
    words = (_FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    return Lexicon(language=language, tables=tomllib.loads(words))


def expand(form: str) -> Iterator[str]:
    """Every word that a form with braces stands for: `сред{а,у}` is «среда» and «среду»."""
    braces = _BRACES.search(form)
    if braces is None:
        yield form
        return
    for ending in braces[1].split(","):
        yield from expand(form[: braces.start()] + ending + form[braces.end() :])
