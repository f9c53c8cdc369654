"""The words of one language, as data: `lexicons/<language>.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """One language's words. `tables` is the whole file, for whoever reads a table of their own."""

    language: str
    tables: Mapping[str, Any]


def languages() -> tuple[str, ...]:
    """The languages that have a lexicon, in alphabetical order."""
    folder = resources.files("frontdesk.language") / "lexicons"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


@cache
def load(language: str) -> Lexicon:
    """The lexicon of a language, read once. Raises LookupError for a language without a file."""
    if language not in languages():
        raise LookupError(f"no lexicon for the language {language!r}; there are {', '.join(languages())}")
    entry = resources.files("frontdesk.language") / "lexicons" / f"{language}.toml"
    return Lexicon(language=language, tables=tomllib.loads(entry.read_text(encoding="utf-8")))
