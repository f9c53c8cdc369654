"""The corpora of phrases: what people write, and what they mean.

A line is `[expecting>] intents: phrase [=> field=value ...]`. The first intent is the best one, the others are heard
too, and no other intent that would change something is. `other` stands for none. In services and masters a title ends
with `*` where others of its kind may stand beside it; an empty value means that none is found.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from frontdesk.dialogue.intents import every_intent
from frontdesk.language.catalogue import Catalogue, ListedMaster, ListedService
from frontdesk.language.heard import Candidate, Expecting, Heard
from frontdesk.language.understand import Ear, prepare, understand

FOLDER = Path(__file__).parents[1] / "corpus"
NOW = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - salon-local
CHANGING = frozenset({"book", "cancel", "move", "confirm", "yes", "erase", "stop", "undo"})
"""Intents that must never be heard where they were not meant."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a corpus and what it means."""

    text: str
    intents: tuple[str, ...]
    expecting: Expecting | None
    fields: dict[str, str]

    def __str__(self) -> str:
        return self.text


def read(name: str) -> Iterator[Phrase]:
    """The phrases of one corpus file."""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield _phrase(line)


def _phrase(line: str) -> Phrase:
    meaning, _, text = line.partition(": ")
    expecting, _, intents = meaning.rpartition("> ")
    text, _, fields = text.partition(" => ")
    names, values = [], []
    for piece in fields.split(" "):
        if "=" in piece:
            name, _, value = piece.partition("=")
            names.append(name)
            values.append(value)
        elif piece:
            values[-1] += f" {piece}"
    own = dict(zip(names, values, strict=True))
    return Phrase(text, tuple(intents.split()), Expecting(expecting) if expecting else None, own)


def salon(languages: tuple[str, ...] = ("ru", "en")) -> Ear:
    """The salon of the corpora."""
    data = json.loads((FOLDER / "salon.json").read_text(encoding="utf-8"))
    services = tuple(ListedService(number, title) for number, title in enumerate(data["services"], start=1))
    masters = tuple(ListedMaster(number, name) for number, name in enumerate(data["masters"], start=1))
    phrases = [intent.phrases for intent in every_intent().values()]
    return prepare(languages, phrases, Catalogue(services, masters))


def hear(phrase: Phrase, ear: Ear) -> Heard:
    """A phrase as understood."""
    return understand(phrase.text, ear, NOW, phrase.expecting)


def faults(phrase: Phrase, heard: Heard) -> list[str]:
    """What was heard wrongly; nothing where all is well."""
    wrong = []
    if heard.intent != phrase.intents[0]:
        wrong.append(f"best is {heard.intent}, not {phrase.intents[0]}")
    wrong += [f"{name} is not heard" for name in phrase.intents[1:] if not heard.said(name)]
    extra = {each.name for each in heard.intents if heard.said(each.name)} - set(phrase.intents)
    wrong += [f"{name} is heard" for name in sorted(extra & CHANGING)]
    for field, value in phrase.fields.items():
        wrong += _field_faults(field, value, heard)
    return wrong


def _field_faults(field: str, value: str, heard: Heard) -> list[str]:
    if field not in {"services", "masters"}:
        found = str(getattr(heard, field))
        return [] if found == value else [f"{field} is {found}, not {value}"]
    found = {"services": heard.services, "masters": heard.masters}[field]
    wanted = [title for title in value.split(",") if title]
    best = [candidate.title for candidate in found[: len(wanted)]]
    if not wanted:
        return [f"{field} are {best}, not none"] if found else []
    if any(title.endswith("*") for title in wanted):
        missing = [title for title in wanted if title.rstrip("*") not in _titles(found)]
        return [f"{field} lack {missing}"] if missing else []
    return [] if sorted(best) == sorted(wanted) else [f"{field} are {_titles(found)}, not {wanted}"]


def _titles(candidates: tuple[Candidate, ...]) -> list[str]:
    return [candidate.title for candidate in candidates]
