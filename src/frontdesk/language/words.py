"""A normalised message as words that know their sentence, their clause and what is said of them.

Negation is settled here, once for all rules. «Не» governs the next content word; words that only carry a negation on
(«надо», «хочу», «буду»), pronouns and particles are passed through: in «не надо мою запись отменять» the cancelling is
what is not wanted. A comma or «а», «но» ends its reach: «не могу дозвониться, отмените» does cancel. A polite
«не могли бы вы» negates nothing.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_TOKEN = re.compile(r"(?<!\S)/[a-z]+|\d+(?:[.:/]\d+)+|[^\W_]+(?:'[^\W\d_]+)*|[.!?;\n,:()—–+&]|(?<=\s)-")
_FAMILIAR = ("negations", "negation_carriers", "polite_negations", "contrasts", "fillers", "ordinary")
_LONGEST_SENTENCE = 60
"""Words after which a sentence is taken to end though nothing says so: it bounds the work."""
_READ_AT_EACH_END = 80
"""Words: what is wanted stands at the beginning of a long message or at its end, and the work is bounded."""
_AFTERTHOUGHT = 5
"""How far before «не надо» the thing may stand that is not needed."""
_SENTENCE_ENDS = frozenset(".!?;\n")
_CLAUSE_ENDS = frozenset(",:()—–-+&")


class Word(NamedTuple):
    """A word of a message: its form and stem, where it stands, and the place of the word that negates it (or -1)."""

    form: str
    stem: str
    start: int
    end: int
    sentence: int
    clause: int
    negated_by: int


@dataclass(frozen=True, slots=True)
class Particles:
    """The small words of a language that decide what a sentence says about its content words."""

    negations: frozenset[str] = frozenset()
    negation_carriers: frozenset[str] = frozenset()
    polite_negations: frozenset[str] = frozenset()
    contrasts: frozenset[str] = frozenset()
    fillers: frozenset[str] = frozenset()
    greeting_heads: frozenset[str] = frozenset()
    """«добрый», «доброе»: with a part of the day they greet and say no time."""
    postposed: frozenset[str] = frozenset()
    """Carriers that may follow what they deny: «отменять не надо»."""
    familiar: frozenset[str] = frozenset()
    """All of these and everyday words besides, which are no slips of any other."""
    conditions: tuple[tuple[str, ...], ...] = ()
    infinitives: tuple[str, ...] = ()
    corrections: frozenset[str] = frozenset()
    """«нет», «лучше»: a number after them is another time than the one that was read back."""

    @classmethod
    def of(cls, table: Mapping[str, Sequence[str]]) -> "Particles":
        """The particles of a lexicon's table `[words]`."""
        return cls(
            negations=frozenset(table.get("negations", ())),
            negation_carriers=frozenset(table.get("negation_carriers", ())),
            polite_negations=frozenset(table.get("polite_negations", ())),
            contrasts=frozenset(table.get("contrasts", ())),
            fillers=frozenset(table.get("fillers", ())),
            greeting_heads=frozenset(table.get("greeting_heads", ())),
            postposed=frozenset(table.get("postposed", ())),
            familiar=frozenset(word for key in _FAMILIAR for word in table.get(key, ())),
            conditions=tuple(tuple(each.split()) for each in table.get("conditions", ())),
            infinitives=tuple(table.get("infinitives", ())),
            corrections=frozenset(table.get("corrections", ())),
        )


@dataclass(slots=True)
class _Scope:
    """What the negation met last still governs while a message is read from left to right."""

    particles: Particles
    negator: int = -1

    def governs(self, position: int, form: str, following: str) -> int:
        """The negator of this word, and what is left of its reach for the next one."""
        if form in self.particles.negations:
            self.negator = -1 if following in self.particles.polite_negations else position
            return -1
        if form in self.particles.contrasts:
            self.negator = -1
        negator = self.negator
        if form not in self.particles.negation_carriers:
            self.negator = -1
        return negator


@dataclass(frozen=True, slots=True)
class Message:
    """The words of a message, and which of its sentences ask."""

    text: str
    words: tuple[Word, ...]
    questions: frozenset[int] = frozenset()
    tags: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """What was found in a word: `<service>`, `<master>`, `<date>`."""

    def salutes(self, particles: Particles) -> Iterator[int]:
        """Places of the words that only greet: «вечер» of «добрый вечер»."""
        for place, word in enumerate(self.words[:-1]):
            if word.form in particles.greeting_heads:
                yield place + 1

    def sentences(self) -> Iterator[tuple[int, int]]:
        """The first word and the word after the last of each sentence."""
        if not self.words:
            return
        first = 0
        for place in range(1, len(self.words) + 1):
            ended = place == len(self.words) or self.words[place].sentence != self.words[first].sentence
            if ended or place - first == _LONGEST_SENTENCE:
                yield first, place
                first = place


_Piece = tuple[str, int, int, int, int]
"""A word's form, where it begins and ends, its sentence and its clause."""


def _pieces(text: str) -> tuple[list[_Piece], frozenset[int]]:
    """The words of a text, and which of its sentences end with a question mark."""
    sentence = clause = 0
    pieces, asking = [], set()
    for token in _TOKEN.finditer(text):
        form = token.group()
        if form in _SENTENCE_ENDS:
            if form == "?":
                asking.add(sentence)
            sentence, clause = sentence + 1, clause + 1
        elif form in _CLAUSE_ENDS:
            clause += 1
        else:
            plain = form.replace("/", ":") if form[0] == "/" else form
            pieces.append((plain, token.start(), token.end(), sentence, clause))
    return pieces, frozenset(asking)


def read_words(text: str, particles: Particles, stem: Callable[[str], str]) -> Message:
    """Split a normalised text into words; of a very long one into those of its beginning and its end."""
    pieces, questions = _pieces(text)
    pieces = _bounded(pieces)
    scope, words, clause_before = _Scope(particles), [], 0
    for place, (form, start, end, sentence, clause) in enumerate(pieces):
        if clause != clause_before:
            scope.negator, clause_before = -1, clause
        following = pieces[place + 1][0] if place + 1 < len(pieces) else ""
        negator = scope.governs(place, form, following)
        words.append(Word(form, stem(form), start, end, sentence, clause, negator))
    return Message(text, _denied_afterwards(words, particles), questions)


def _bounded(pieces: list[_Piece]) -> list[_Piece]:
    if len(pieces) <= 2 * _READ_AT_EACH_END:
        return pieces
    return [*pieces[:_READ_AT_EACH_END], *pieces[-_READ_AT_EACH_END:]]


def _denied_afterwards(words: Sequence[Word], particles: Particles) -> tuple[Word, ...]:
    """Infinitives before «не надо» in their clause are what is not needed."""
    settled = list(words)
    for place in range(2, len(words)):
        if words[place].form in particles.postposed and words[place - 1].form in particles.negations:
            for before in range(max(place - _AFTERTHOUGHT, 0), place - 1):
                word = words[before]
                if word.clause == words[place].clause and word.form.endswith(particles.infinitives):
                    settled[before] = word._replace(negated_by=place - 1)
    return tuple(settled)


def forms_of(text: str) -> list[str]:
    """The forms of a normalised text's words, in order."""
    return [token.group() for token in _TOKEN.finditer(text) if token.group()[0].isalnum()]
