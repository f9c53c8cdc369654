"""Messages made from templates, with a meaning that is worked out here and not by what is tested.

A language is a file, `tests/corpus/grammar_<language>.toml`: words in their forms, and templates by what they mean.
This module fills the slots with values and says what day and hour follow from the values alone. The salon is open from
nine to nine, so a spoken hour of twelve is the one that falls into these.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

FOLDER = Path(__file__).parents[1] / "corpus"
_SLOT = re.compile(r"\{(\w+)\}")
_MINUTES = (0, 15, 30, 40, 45)
_PART_HOURS = {"morning": range(9, 12), "afternoon": range(1, 6), "evening": range(6, 9)}


@dataclass(frozen=True, slots=True)
class Said:
    """One way to say a day, an hour or both; `template` tells where it came from. What is None was not said."""

    text: str
    day: date | None = None
    at: time | None = None
    end: time | None = None
    only_end: bool = False
    part: str | None = None
    template: str = ""


class Grammar:
    """The templates of one language, filled with values that a seeded generator picks."""

    def __init__(self, language: str, now: datetime, random: Random) -> None:
        self._tables: Mapping[str, Any] = tomllib.loads((FOLDER / f"grammar_{language}.toml").read_text("utf-8"))
        self._now = now
        self._random = random

    def days(self) -> Iterator[Said]:
        """Every template of a day, once."""
        tables = dict(self._tables["days"])
        for offset, phrases in tables.pop("offset").items():
            for phrase in phrases:
                yield Said(phrase, self._now.date() + timedelta(days=int(offset)), template=phrase)
        for name, phrases in tables.items():
            for phrase in phrases:
                yield self._day(name, phrase)

    def times(self) -> Iterator[Said]:
        """Every template of a time, once."""
        tables = dict(self._tables["times"])
        for part, phrases in tables.pop("of_part").items():
            for phrase in phrases:
                yield self._hour_of_part(part, phrase)
        for name, phrases in tables.items():
            for phrase in phrases:
                yield _TIMES[name](self, phrase)

    def parts(self) -> Iterator[Said]:
        """Every way to name a part of the day."""
        for part, phrases in self._tables["parts"].items():
            for phrase in phrases:
                yield Said(phrase, part=part, template=phrase)

    def messages(self) -> Iterator[Said]:
        """Each day with some time, each time with some day, and each by itself, in some message around it."""
        days, times, parts = list(self.days()), list(self.times()), list(self.parts())
        for each in days:
            yield self._carried(each)
            yield self._together(each, self._random.choice(times))
        for each in times:
            yield self._carried(each)
            yield self._together(self._random.choice(days), each)
        for each in parts:
            yield self._together(self._random.choice(days), each)

    def nothings(self) -> Iterator[str]:
        """Messages without a day or an hour."""
        for phrase in self._tables["nothing"]["phrases"]:
            random = self._random
            yield phrase.format(n=random.randint(2, 30), nn=random.randint(10, 99), price=random.randint(3, 99) * 100)

    def _together(self, day: Said, at: Said) -> Said:
        text = self._random.choice(self._tables["carriers"]["both"]).format(day=day.text, time=at.text)
        return Said(text, day.day, at.at, at.end, at.only_end, at.part, f"{day.template} + {at.template}")

    def _carried(self, said: Said) -> Said:
        text = self._random.choice(self._tables["carriers"]["one"]).format(said=said.text)
        return Said(text, said.day, said.at, said.end, said.only_end, said.part, said.template)

    def _day(self, name: str, phrase: str) -> Said:
        today = self._now.date()
        number = self._random.randint(1, 10 if "day" in name else 4)
        ahead = {"number": 27, "weekday": 6, "weekday_and_number": 6, "date": 330}.get(name, 6)
        day = today + timedelta(days=self._random.randint(1, ahead))
        match name:
            case "weekday_of_next_week":
                day = today + timedelta(days=7 - today.weekday() + day.weekday())
            case "after_days":
                number = max(number, 5) if "{n}" in phrase else number
                day = today + timedelta(days=number)
            case "after_weeks":
                day = today + timedelta(weeks=number)
            case _:
                pass
        return Said(self._filled(phrase, day, number), day, template=phrase)

    def _filled(self, phrase: str, day: date, number: int) -> str:
        words = self._tables["words"]
        places = {"weekday": day.weekday(), "this": day.weekday(), "nearest": day.weekday(), "next": day.weekday()}
        places |= {name: day.weekday() for name in words if name.startswith("weekday")}
        places |= {name: day.month - 1 for name in words if name.startswith("month")}
        places |= {name: day.day - 1 for name in words if name.startswith("day_")}
        places |= {"days_of": number - 1, "weeks_of": number - 1}
        plain = {"d": day.day, "dd": f"{day:%d}", "mm": f"{day:%m}", "yyyy": day.year, "yy": f"{day:%y}", "n": number}

        def fill(slot: re.Match[str]) -> str:
            return str(plain[slot[1]]) if slot[1] in plain else words[slot[1]][places[slot[1]]]

        return _SLOT.sub(fill, phrase)

    def _hour_of_part(self, part: str, phrase: str) -> Said:
        hour = self._random.choice(_PART_HOURS[part])
        at = time(hour if part == "morning" else hour + 12)
        return Said(self._with_hour(phrase, hour), at=at, part=part, template=phrase)

    def _with_hour(self, phrase: str, hour: int, end: int = 0, minute: int = 0) -> str:
        words, twelve, twelve_end = self._tables["words"], (hour - 1) % 12 + 1, (end - 1) % 12 + 1

        def fill(slot: re.Match[str]) -> str:
            name, spoken = slot[1].removesuffix("_end"), twelve_end if slot[1].endswith("_end") else twelve
            plain = {"h": spoken, "H": end if slot[1].endswith("_end") else hour, "MM": f"{minute:02}"}
            if name in plain:
                return str(plain[name])
            return words[name][str(minute)] if name.startswith("minutes") else words[name][spoken - 1]

        return _SLOT.sub(fill, phrase)

    def _hour(self, phrase: str) -> Said:
        hour = self._random.randint(9, 20)
        return Said(self._with_hour(phrase, hour), at=time(hour), template=phrase)

    def _clock(self, phrase: str) -> Said:
        hour, minute = self._random.randint(9, 20), self._random.choice(_MINUTES)
        return Said(self._with_hour(phrase, hour, minute=minute), at=time(hour, minute), template=phrase)

    def _dashed(self, phrase: str) -> Said:
        hour, minute = self._random.randint(13, 20), self._random.choice((0, 30, 40, 45))
        return Said(self._with_hour(phrase, hour, minute=minute), at=time(hour, minute), template=phrase)

    def _spoken(self, phrase: str) -> Said:
        minute = int(self._random.choice(list(self._tables["words"]["minutes"])))
        hour = self._random.randint(9, 20)
        return Said(self._with_hour(phrase, hour, minute=minute), at=time(hour, minute), template=phrase)

    def _before(self, phrase: str, minutes: int) -> Said:
        hour = self._random.randint(10, 20)
        return Said(self._with_hour(phrase, hour, minute=minutes), at=time(hour - 1, 60 - minutes), template=phrase)

    def _half_before(self, phrase: str) -> Said:
        return self._before(phrase, 30)

    def _to_hour(self, phrase: str) -> Said:
        return self._before(phrase, int(self._random.choice(list(self._tables["words"]["minutes_of"]))))

    def _to_quarter(self, phrase: str) -> Said:
        return self._before(phrase, 15)

    def _half_after(self, phrase: str) -> Said:
        hour = self._random.randint(9, 20)
        return Said(self._with_hour(phrase, hour), at=time(hour, 30), template=phrase)

    def _past_quarter(self, phrase: str) -> Said:
        hour = self._random.randint(9, 20)
        return Said(self._with_hour(phrase, hour), at=time(hour, 15), template=phrase)

    def _past_hour(self, phrase: str) -> Said:
        hour, minute = self._random.randint(9, 20), int(self._random.choice(list(self._tables["words"]["minutes"])))
        return Said(self._with_hour(phrase, hour, minute=minute), at=time(hour, minute), template=phrase)

    def _into(self, phrase: str) -> Said:
        minute = int(self._random.choice(list(self._tables["words"]["minutes"])))
        hour = self._random.randint(10, 20)
        return Said(self._with_hour(phrase, hour, minute=minute), at=time(hour - 1, minute), template=phrase)

    def _into_quarter(self, phrase: str) -> Said:
        hour = self._random.randint(10, 20)
        return Said(self._with_hour(phrase, hour), at=time(hour - 1, 15), template=phrase)

    def _within(self, phrase: str) -> Said:
        hour = self._random.randint(10, 20)
        return Said(self._with_hour(phrase, hour), at=time(hour - 1), template=phrase)

    def _until(self, phrase: str) -> Said:
        hour = self._random.randint(13, 20)
        return Said(self._with_hour(phrase, hour), end=time(hour), only_end=True, template=phrase)

    def _range(self, phrase: str) -> Said:
        hour = self._random.randint(13 if "{h}-" in phrase else 9, 18)
        end = self._random.randint(hour + 1, min(hour + 4, 20))
        return Said(self._with_hour(phrase, hour, end), at=time(hour), end=time(end), template=phrase)


_TIMES: dict[str, Callable[[Grammar, str], Said]] = {
    "hour": Grammar._hour,
    "hour_of_twenty_four": Grammar._hour,
    "clock": Grammar._clock,
    "dashed": Grammar._dashed,
    "spoken": Grammar._spoken,
    "half_before": Grammar._half_before,
    "half_after": Grammar._half_after,
    "to_hour": Grammar._to_hour,
    "to_quarter": Grammar._to_quarter,
    "past_quarter": Grammar._past_quarter,
    "past_hour": Grammar._past_hour,
    "into": Grammar._into,
    "into_quarter": Grammar._into_quarter,
    "within": Grammar._within,
    "from": Grammar._hour,
    "until": Grammar._until,
    "range": Grammar._range,
}
