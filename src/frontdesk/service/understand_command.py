"""`frontdesk understand`: what is heard in a message, one JSON line for each, or one phrase explained for a reader."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from importlib import resources
from pathlib import Path
from typing import Any, TextIO

from frontdesk.dialogue.intents import every_intent
from frontdesk.language.catalogue import Catalogue, ListedMaster, ListedService
from frontdesk.language.heard import Candidate, Expecting, Heard, Moment, Reading
from frontdesk.language.hours import OpeningHours
from frontdesk.language.lexicon import languages as known_languages
from frontdesk.language.understand import Ear, prepare, understand

DEMO = "demo"
_COLUMN = 12


class UnderstandError(ValueError):
    """A line or a salon file that cannot be read, in words that say what to do."""


@dataclass(frozen=True, slots=True)
class Salon:
    """What a salon file says."""

    languages: tuple[str, ...]
    catalogue: Catalogue
    hours: OpeningHours

    def ear(self, language: str | None) -> Ear:
        """The salon's ear; for a message whose language is given, of that language alone."""
        phrases = [intent.phrases for intent in every_intent().values()]
        return prepare((language,) if language else self.languages, phrases, self.catalogue, self.hours)


def run(
    stdin: Iterable[str], stdout: TextIO, now: datetime | None = None, salon: str = DEMO, explain: str | None = None
) -> None:
    """Answer JSON lines with JSON lines, or explain one phrase.

    `now` stands in for a line's own `now`; `salon` is `demo` or the path of a salon file.
    Raises UnderstandError for a line or a salon file that cannot be read.
    """
    listener = _Listener(read_salon(salon), now)
    if explain is not None:
        stdout.write(_explained(listener.hear({"text": explain})))
        return
    for number, line in enumerate(stdin, start=1):
        if line.strip():
            stdout.write(listener.answer(line, number) + "\n")


def read_salon(name: str) -> Salon:
    """The demo salon or a salon file. Raises UnderstandError where the file cannot be read."""
    try:
        entry = resources.files("frontdesk.service") / "data" / "demo_catalogue.json" if name == DEMO else Path(name)
        return _salon(json.loads(entry.read_text(encoding="utf-8")))
    except OSError as error:
        raise UnderstandError(
            f"cannot read the salon file {name}: {error.strerror}; give a JSON file, or `demo`"
        ) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnderstandError(f"the salon file {name} is not as expected ({error}); see docs/languages.md") from error


class _Listener:
    """Keeps one prepared ear for each language that messages ask for."""

    def __init__(self, salon: Salon, now: datetime | None) -> None:
        self._salon = salon
        self._now = now
        self._ears: dict[str | None, Ear] = {}

    def answer(self, line: str, number: int) -> str:
        try:
            asked = _asked(line)
            heard = self.hear(asked)
        except (KeyError, TypeError, ValueError, LookupError, AttributeError) as error:
            raise UnderstandError(
                f'line {number} is not as expected ({error}); it must be like {{"id": 1, "text": "...", "now": "..."}}'
            ) from error
        return json.dumps({"id": asked.get("id"), **as_json(heard)}, ensure_ascii=False)

    def hear(self, asked: Mapping[str, Any]) -> Heard:
        language = asked.get("lang")
        if language is not None and language not in known_languages():
            language = None
        if language not in self._ears:
            self._ears[language] = self._salon.ear(language)
        said = datetime.fromisoformat(asked["now"]) if "now" in asked else None
        now = self._now or said or datetime.now()  # noqa: DTZ005 - the clock on this wall, as a salon's shows it
        expecting = Expecting(asked["expecting"]) if asked.get("expecting") else None
        return understand(asked["text"], self._ears[language], now.replace(tzinfo=None), expecting)


def _asked(line: str) -> Mapping[str, Any]:
    asked = json.loads(line)
    if not (isinstance(asked, dict) and isinstance(asked.get("text"), str)):
        raise TypeError('no object with a "text"')
    return asked


def as_json(heard: Heard) -> dict[str, Any]:
    """What was heard, in the fields of the command's answer."""
    best = heard.readings[0] if heard.readings else None
    return {
        "lang": heard.language,
        "intent": heard.intent,
        "confidence": heard.intents[0].score if heard.intents else 0.0,
        "intents": [{"name": each.name, "score": each.score} for each in heard.intents],
        "start": _moment(best.start) if best else None,
        "end": _moment(best.end) if best else None,
        "readings": [_reading(each) for each in heard.readings],
        "part_of_day": heard.part_of_day,
        "services": [{"id": each.id, "title": each.title, "score": each.score} for each in heard.services],
        "staff": [{"id": each.id, "name": each.title, "score": each.score} for each in heard.masters],
        "choice": heard.choice,
        "phone": heard.phone,
        "why": list(heard.why),
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {"start": _moment(reading.start), "end": _moment(reading.end), "score": reading.score}


def _moment(moment: Moment | None) -> dict[str, str | None] | None:
    if moment is None:
        return None
    day, shown = moment.date or moment.nearest, moment.time or moment.carried
    return {"date": day.isoformat() if day else None, "time": shown.strftime("%H:%M") if shown else None}


def _explained(heard: Heard) -> str:
    """The readings and the rules of one phrase, one fact a line."""
    facts: list[tuple[str, str]] = [("text", heard.text), ("language", heard.language)]
    facts += [("intent", f"{each.name} {each.score}") for each in heard.intents] or [("intent", "other")]
    facts += [("reading", f"{_said(each)} {each.score} ({', '.join(each.rules)})") for each in heard.readings]
    facts += [("service", _named(each)) for each in heard.services]
    facts += [("master", _named(each)) for each in heard.masters]
    facts += [
        (name, str(value))
        for name, value in (
            ("part of day", heard.part_of_day),
            ("shift", heard.shift and heard.shift.relation),
            ("choice", heard.choice),
            ("phone", heard.phone),
        )
        if value is not None
    ]
    facts += [("why", rule) for rule in heard.why]
    return "".join(f"{name:<{_COLUMN}}{value}\n" for name, value in facts)


def _named(candidate: Candidate) -> str:
    return f"{candidate.title} {candidate.score}"


def _said(reading: Reading) -> str:
    start, end = (_plain(moment) for moment in (reading.start, reading.end))
    return f"{start} – {end}" if end else f"{start} –" if reading.open_end else start


def _plain(moment: Moment | None) -> str:
    return " ".join(value for value in (_moment(moment) or {}).values() if value)


def _salon(data: Mapping[str, Any]) -> Salon:
    services = tuple(
        ListedService(each["id"], each["title"], each.get("category", ""), tuple(each.get("synonyms", ())))
        for each in data.get("services", ())
    )
    masters = tuple(ListedMaster(each["id"], each["name"]) for each in data.get("masters", ()))
    return Salon(tuple(data.get("languages", ("ru",))), Catalogue(services, masters), _hours(data.get("hours", {})))


def _hours(data: Mapping[str, Any]) -> OpeningHours:
    usual = OpeningHours()
    return OpeningHours(
        opens=time.fromisoformat(data["opens"]) if "opens" in data else usual.opens,
        closes=time.fromisoformat(data["closes"]) if "closes" in data else usual.closes,
        weekdays={
            int(day): (time.fromisoformat(opens), time.fromisoformat(closes))
            for day, (opens, closes) in data.get("weekdays", {}).items()
        },
    )
