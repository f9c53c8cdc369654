"""A message understood: everything that was heard in it, from days to intents, with the reasons.

The order matters and is the whole design: the language first; then things that carry no doubt (phone numbers, days and
times, the salon's own services and masters); then intents, whose rules may lean on what was found («можно <date>»).
All that depends on the salon alone is prepared once, in an `Ear`; understanding a message reads it and nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import Stemmer

from frontdesk.language.catalogue import Catalogue
from frontdesk.language.detect import detect
from frontdesk.language.heard import Expecting, Heard
from frontdesk.language.hours import OpeningHours
from frontdesk.language.intents import Listener, Wanted, scored
from frontdesk.language.lexicon import Lexicon, load
from frontdesk.language.moments import read_moments
from frontdesk.language.normalise import normalise
from frontdesk.language.phrases import Phrases
from frontdesk.language.rules import compile_rules
from frontdesk.language.words import Particles, read_words

__all__ = ["Ear", "prepare", "understand"]


@dataclass(frozen=True, slots=True)
class _Tongue:
    """One language of the salon, compiled."""

    lexicon: Lexicon
    stem: Callable[[str], str]
    listener: Listener


@dataclass(frozen=True, slots=True, eq=False)
class Ear:
    """All that understanding needs to know of a salon, prepared once."""

    languages: tuple[str, ...]
    tongues: Mapping[str, _Tongue]
    hours: OpeningHours | None


def prepare(
    languages: Sequence[str],
    phrases: Sequence[Phrases],
    catalogue: Catalogue | None = None,
    hours: OpeningHours | None = None,
) -> Ear:
    """Compile a salon's languages, intents, services and masters.

    `languages` are the salon's, its own first; `phrases` the Russian phrases of all intents.
    Raises LookupError for a language without a lexicon, ValueError for a phrase that names no word.
    """
    del catalogue
    return Ear(tuple(languages), {language: _tongue(load(language), phrases) for language in languages}, hours)


def understand(text: str, ear: Ear, now: datetime, expecting: Expecting | None = None) -> Heard:
    """What a message says; `now` is salon-local without a zone, `expecting` what the dialogue has just asked for."""
    plain = normalise(text)
    language = detect(plain, ear.languages)
    tongue = ear.tongues[language]
    moments = read_moments(plain, tongue.lexicon, now, ear.hours, expecting)
    wanted = _intents(plain, ear, language, expecting)
    return Heard(
        text=text,
        language=language,
        intents=scored(wanted),
        readings=moments.readings,
        part_of_day=moments.part_of_day,
        shift=moments.shift,
        why=(*moments.why, *(each.rule for each in wanted)),
    )


def _intents(plain: str, ear: Ear, language: str, expecting: Expecting | None) -> tuple[Wanted, ...]:
    """By the rules of the message's language; where these know nothing, by the salon's others: «cancel», «ок»."""
    for each in (language, *(other for other in ear.languages if other != language)):
        tongue = ear.tongues[each]
        wanted = tongue.listener.intents(read_words(plain, tongue.listener.particles, tongue.stem), expecting)
        if wanted:
            return wanted
    return ()


def _tongue(lexicon: Lexicon, phrases: Sequence[Phrases]) -> _Tongue:
    words = lexicon.tables.get("words", {})
    stem = _stemmer(words.get("stemmer"))
    own = phrases if lexicon.language == "ru" else _translated(lexicon, phrases)
    return _Tongue(lexicon, stem, Listener(compile_rules(own, stem), Particles.of(words)))


def _translated(lexicon: Lexicon, phrases: Sequence[Phrases]) -> list[Phrases]:
    """The intents in another language: the same flags, the lexicon's phrases."""
    tables = lexicon.tables.get("intents", {})
    return [each.translated(tables[each.intent]) for each in phrases if each.intent in tables]


def _stemmer(name: str | None) -> Callable[[str], str]:
    """A Snowball stemmer, or words as they are for a language that has none."""
    if name is None:
        return str
    stemmer = Stemmer.Stemmer(name)
    stemmer.maxCacheSize = 0
    stem: Callable[[str], str] = stemmer.stemWord
    return stem
