"""A message understood: everything that was heard in it, from days to intents, with the reasons.

The order matters and is the whole design: the language first; then things that carry little doubt (phone numbers, days
and times, the salon's own masters and services); then intents, whose rules may lean on what was found («можно <date>»).
All that depends on the salon alone is prepared once, in an `Ear`; understanding a message reads it and nothing else.

A word means one thing. A master's name that is also a day's or month's («к Марте») is a name where «к» or «мастер» says
so, and then the date engine does not see it; what it does read («8 марта») is no name and no service.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from frontdesk.language.apart import apart
from frontdesk.language.catalogue import Catalogue
from frontdesk.language.choice import Counting, anyone_named, find_choice, pointing_words
from frontdesk.language.detect import detect
from frontdesk.language.heard import Candidate, Expecting, Heard, ScoredIntent
from frontdesk.language.hours import OpeningHours
from frontdesk.language.implied import implied
from frontdesk.language.intents import Listener
from frontdesk.language.lexicon import Lexicon, load
from frontdesk.language.lore import counting, jargon, name_lore
from frontdesk.language.masters import MasterMention, Masters, prepare_masters
from frontdesk.language.moments import read_moments
from frontdesk.language.normalise import normalise
from frontdesk.language.phones import find_phone, read_tables
from frontdesk.language.phrases import Phrases
from frontdesk.language.rules import compile_rules
from frontdesk.language.services import Mention, Services, prepare_services, unclear
from frontdesk.language.spelling import Spelling
from frontdesk.language.stemming import Stem, by_script, stemmer
from frontdesk.language.titled import Triple, in_a_title, titled_numbers
from frontdesk.language.wanted import Wanted
from frontdesk.language.words import Message, Particles, forms_of, read_words

__all__ = ["Ear", "prepare", "understand"]

_RUSSIAN = "ru"
_HIDDEN = "_"
_ALWAYS = 99
"""Words of the rules are common, and so are their neighbours: «напишите» is no slip of «запишите»."""


@dataclass(frozen=True, slots=True)
class _Tongue:
    """One language of the salon, compiled."""

    lexicon: Lexicon
    stem: Stem
    listener: Listener

    def read(self, text: str) -> Message:
        return read_words(text, self.listener.particles, self.stem)


@dataclass(frozen=True, slots=True, eq=False)
class Ear:
    """All that understanding needs to know of a salon, prepared once by `prepare`."""

    languages: tuple[str, ...]
    tongues: Mapping[str, _Tongue]
    services: Services
    masters: Masters
    counting: Counting
    titled: frozenset[Triple]
    hours: OpeningHours | None


def prepare(
    languages: Sequence[str],
    phrases: Iterable[Phrases],
    catalogue: Catalogue | None = None,
    hours: OpeningHours | None = None,
) -> Ear:
    """Compile a salon's languages, intents, services and masters.

    `languages` are the salon's, its own first; `phrases` the Russian phrases of all intents.
    Raises LookupError for a language without a lexicon, ValueError for a phrase that names no word.
    """
    read_tables()
    lexicons = [load(language) for language in languages]
    russian = tuple(phrases)
    tables = [lexicon.tables.get("words", {}) for lexicon in lexicons]
    stem = by_script({lexicon.language: table.get("stemmer") for lexicon, table in zip(lexicons, tables, strict=True)})
    salon = catalogue or Catalogue()
    counted = counting(tables)
    return Ear(
        languages=tuple(languages),
        tongues={lexicon.language: _tongue(lexicon, russian) for lexicon in lexicons},
        services=prepare_services(salon.services, jargon(tables, stem), stem, _split),
        masters=prepare_masters(salon.masters, name_lore(tables), _split),
        counting=counted,
        titled=titled_numbers((one.title for one in salon.services), _split, counted.cardinals),
        hours=hours,
    )


def understand(text: str, ear: Ear, now: datetime, expecting: Expecting | None = None) -> Heard:
    """What a message says; `now` is salon-local without a zone, `expecting` what the dialogue has just asked for."""
    heard, wishes = _understood(text, ear, now, expecting)
    parts = tuple(_understood(wish, ear, now, None)[0] for wish in wishes)
    each_wishes = len({part.intent for part in parts}) == len(parts) and all(part.intents for part in parts)
    return replace(heard, parts=parts) if each_wishes else heard


def _understood(text: str, ear: Ear, now: datetime, expecting: Expecting | None) -> tuple[Heard, tuple[str, ...]]:
    """What a text says, and the text of each wish where it has several."""
    plain = normalise(text)
    language = detect(plain, ear.languages)
    tongue = ear.tongues[language]
    message = tongue.read(plain)
    asked_master = expecting is Expecting.MASTER
    hidden = (
        *ear.masters.named_like_days(message.words, asked=asked_master),
        *message.salutes(tongue.listener.particles),
        *in_a_title(message.words, ear.titled),
        *pointing_words(message.words, ear.counting),
    )
    moments = read_moments(
        _hide(plain, message, hidden), tongue.lexicon, now, ear.hours, _asked_of_moments(message, tongue, expecting)
    )
    dated = _places(message, moments.spans)
    known = dated | tongue.listener.known(message) | ear.services.known(message.words)
    masters = ear.masters.find(message.words, dated, known, asked=asked_master)
    named = frozenset(place for mention in masters for place in mention.words)
    services = ear.services.find(message.words, dated | named, known, asked=expecting is Expecting.SERVICE)
    foreign = not services and bool(ear.services.foreign(message.words, dated | named))
    tagged = _tagged(message, dated, masters, services, when="<date>" if moments.readings else "<shift>")
    tagged = tongue.listener.mended(tagged, known | tagged.tags.keys(), tongue.stem)
    wanted = _intents(tagged, ear, language, expecting)
    wanted = implied(text, tagged, moments, wanted, expecting, foreign=foreign)
    phone = find_phone(plain, language)
    anyone = anyone_named(message.words, ear.counting, ear.masters.lore.cues, asked=asked_master)
    heard = Heard(
        text=text,
        language=language,
        intents=tuple(ScoredIntent(each.name, each.score) for each in wanted),
        readings=moments.readings,
        part_of_day=moments.part_of_day,
        shift=moments.shift,
        services=_flat(services),
        unclear=unclear(services),
        masters=_flat(masters),
        foreign=foreign,
        choice=None
        if phone
        else find_choice(
            plain,
            message.words,
            ear.counting,
            tongue.listener.particles,
            expecting,
            dated=bool(moments.readings),
        ),
        phone=phone[0] if phone else None,
        anyone=bool(anyone),
        why=(*moments.why, *(each.rule for each in wanted), *((f"any master: {anyone}",) if anyone else ())),
    )
    return heard, apart(message, wanted, ear.services.jargon.joins)


def _asked_of_moments(message: Message, tongue: _Tongue, expecting: Expecting | None) -> Expecting | None:
    """«Нет, 18» corrects a time that was read back."""
    corrects = bool(message.words) and message.words[0].form in tongue.listener.particles.corrections
    return Expecting.TIME if corrects and expecting is Expecting.YES_NO else expecting


def _intents(message: Message, ear: Ear, language: str, expecting: Expecting | None) -> tuple[Wanted, ...]:
    """By the rules of the message's language; where these know nothing, by the salon's others: «cancel», «ок»."""
    wanted = ear.tongues[language].listener.intents(message, expecting)
    for other in ear.languages:
        if wanted is None and other != language:
            tongue = ear.tongues[other]
            wanted = tongue.listener.intents(replace(tongue.read(message.text), tags=message.tags), expecting)
    return wanted or ()


def _tagged(
    message: Message,
    dated: frozenset[int],
    masters: Sequence[MasterMention],
    services: Sequence[Mention],
    when: str,
) -> Message:
    tags: dict[int, tuple[str, ...]] = dict.fromkeys(dated, (when,))
    tags |= {place: ("<master>",) for mention in masters for place in mention.words}
    tags |= {place: ("<service>",) for mention in services for place in mention.words}
    return replace(message, tags=tags)


def _hide(plain: str, message: Message, places: Iterable[int]) -> str:
    """The text without some words, everything else where it was."""
    for place in places:
        word = message.words[place]
        plain = plain[: word.start] + _HIDDEN * (word.end - word.start) + plain[word.end :]
    return plain


def _places(message: Message, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Places of the words that the spans touch."""
    starts = [word.start for word in message.words]
    places: set[int] = set()
    for first, end in spans:
        begin = bisect_right(starts, first) - 1
        touched = range(max(begin, 0), bisect_left(starts, end))
        places.update(place for place in touched if message.words[place].end > first)
    return frozenset(places)


def _flat(mentions: Sequence[Mention] | Sequence[MasterMention]) -> tuple[Candidate, ...]:
    """The candidates of all mentions, best first; a service or master mentioned twice stands once."""
    best: dict[int, Candidate] = {}
    for candidate in sorted(
        (each for mention in mentions for each in mention.candidates), key=lambda each: -each.score
    ):
        best.setdefault(candidate.id, candidate)
    return tuple(best.values())


def _split(title: str) -> list[str]:
    return forms_of(normalise(title))


def _tongue(lexicon: Lexicon, russian: Sequence[Phrases]) -> _Tongue:
    words = lexicon.tables.get("words", {})
    stem = stemmer(words.get("stemmer"))
    own = russian if lexicon.language == _RUSSIAN else _translated(lexicon, russian)
    rules, particles = compile_rules(own, stem), Particles.of(words)
    spelt = (*rules.atoms.forms, *words.get("spelled", ()))
    return _Tongue(lexicon, stem, Listener(rules, particles, Spelling.of(spelt, careful=_ALWAYS)))


def _translated(lexicon: Lexicon, russian: Sequence[Phrases]) -> list[Phrases]:
    """The intents in another language: the same flags, the lexicon's phrases."""
    tables = lexicon.tables.get("intents", {})
    return [each.translated(tables[each.intent]) for each in russian if each.intent in tables]
