"""Phrases compiled into one table, so that a message is read once however many phrases there are.

Every word a phrase names becomes an atom (a stem, an exact form, a prefix or a tag). A message is turned into "which
atoms stand where"; a phrase is only tried in a sentence that holds its rarest atom. Trying it means finding one place
for each of its parts within a bounded stretch, so the work is bounded by sentence length times phrases touched.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf, log

from frontdesk.language.phrases import Phrases
from frontdesk.language.words import Message, Word

_LOOSE = 5
"""Words that may stand between the parts of a phrase, in all."""
_LONGEST_PREFIX = 16
_SPOTS = 8
"""Places of a part looked at in one sentence: nobody repeats a word more often and means it."""
QUESTION = "?"

Places = Mapping[int, Sequence[int]]
Spot = tuple[int, ...]


class Kind(StrEnum):
    """How a phrase tells its intent, from `Phrases`."""

    PHRASE = "phrases"
    WEAK = "weak"
    OPENING = "opening"
    WHOLE = "whole"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Part:
    """Words side by side, or another such chain; for each of the words the atoms that will do."""

    chains: tuple[tuple[frozenset[int], ...], ...]
    required: bool = True

    @property
    def length(self) -> int:
        """Words of its longest chain."""
        return max(map(len, self.chains))


Placement = tuple[tuple[Part, Spot], ...]
"""Where the parts of a rule were found."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One compiled phrase of an intent."""

    intent: str
    kind: Kind
    source: str
    parts: tuple[Part, ...]
    asks: bool = False
    assent: bool = False
    courtesy: bool = False
    deniable: bool = True


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a message: which words it took."""

    rule: Rule
    words: frozenset[int]
    core: frozenset[int]
    """Those of them that must be there."""
    worth: float
    """How much it explains: words that few intents use tell more than «хочу» and «запись»."""

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last word of its core."""
        return min(self.core), max(self.core)

    @property
    def first(self) -> int:
        """Where it begins."""
        return min(self.words)


@dataclass(slots=True)
class _Atoms:
    """Numbers given to what phrases name."""

    stem: Callable[[str], str]
    stems: dict[str, int] = field(default_factory=dict)
    forms: dict[str, int] = field(default_factory=dict)
    prefixes: dict[str, int] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)
    count: int = 0

    def number(self, written: str) -> int:
        """The atom a written word stands for, new or known."""
        table, key = self._slot(written)
        if key not in table:
            table[key] = self.count
            self.count += 1
        return table[key]

    def _slot(self, written: str) -> tuple[dict[str, int], str]:
        if written.startswith("<"):
            return self.tags, written
        if written.endswith("*"):
            if len(written) > _LONGEST_PREFIX:
                raise ValueError(f"the prefix {written!r} is longer than {_LONGEST_PREFIX} letters; shorten it")
            return self.prefixes, written[:-1]
        if written.startswith("~"):
            return self.stems, self.stem(written[1:])
        return self.forms, written

    def names(self, word: Word) -> bool:
        """Whether a phrase names this word."""
        return next(self.of(word, ()), None) is not None

    def of(self, word: Word, tags: Iterable[str]) -> Iterator[int]:
        """All atoms a word of a message is an instance of."""
        if (atom := self.forms.get(word.form)) is not None:
            yield atom
        if (atom := self.stems.get(word.stem)) is not None:
            yield atom
        form, prefixes = word.form, self.prefixes
        for length in range(2, min(len(form), _LONGEST_PREFIX) + 1):
            if (atom := prefixes.get(form[:length])) is not None:
                yield atom
        for tag in tags:
            if (atom := self.tags.get(tag)) is not None:
                yield atom


@dataclass(frozen=True, slots=True)
class Rules:
    """All phrases of a language, ready to be looked for."""

    atoms: _Atoms
    by_anchor: Mapping[int, tuple[Rule, ...]]
    weights: Sequence[float]

    def find(self, message: Message) -> list[Match]:
        """Every phrase that stands in the message, at most once a sentence, in the order of the sentences."""
        found: list[Match] = []
        for first, end in message.sentences():
            places = self._places(message, first, end)
            weighed = self._weigh(places)
            for rule in self._touched(places):
                asks_here = message.words[first].sentence in message.questions
                if (not rule.asks or asks_here) and (spots := _place(rule, places)):
                    found.append(_match(rule, spots, weighed, message))
        return found

    def _places(self, message: Message, first: int, end: int) -> dict[int, list[int]]:
        places: dict[int, list[int]] = {}
        for place in range(first, end):
            for atom in self.atoms.of(message.words[place], message.tags.get(place, ())):
                places.setdefault(atom, []).append(place)
        return places

    def _weigh(self, places: Places) -> dict[int, float]:
        weighed: dict[int, float] = {}
        for atom, where in places.items():
            for place in where:
                weighed[place] = min(weighed.get(place, inf), self.weights[atom])
        return weighed

    def _touched(self, places: Places) -> Iterator[Rule]:
        seen: set[int] = set()
        for atom in places:
            for rule in self.by_anchor.get(atom, ()):
                if id(rule) not in seen:
                    seen.add(id(rule))
                    yield rule


def compile_rules(phrases: Iterable[Phrases], stem: Callable[[str], str]) -> Rules:
    """Compile the phrases of all intents of one language."""
    atoms = _Atoms(stem)
    rules = [rule for each in phrases for rule in _rules_of(each, atoms)]
    users: list[set[str]] = [set() for _ in range(atoms.count)]
    for rule in rules:
        for atom in _atoms_of(rule):
            users[atom].add(rule.intent)
    everyone = len({rule.intent for rule in rules})
    weights = [1 + log(everyone / len(intents)) for intents in users]
    by_anchor: dict[int, list[Rule]] = {}
    for rule in rules:
        for atom in _anchor(rule, weights):
            by_anchor.setdefault(atom, []).append(rule)
    return Rules(atoms, {atom: tuple(anchored) for atom, anchored in by_anchor.items()}, weights)


def _atoms_of(rule: Rule) -> Iterator[int]:
    return (atom for part in rule.parts for chain in part.chains for link in chain for atom in link)


def _anchor(rule: Rule, weights: Sequence[float]) -> frozenset[int]:
    """Atoms of which one must be there if the rule is: those of the part that tells most."""

    def telling(link: frozenset[int]) -> float:
        return min(weights[atom] for atom in link)

    anchors = ([max(chain, key=telling) for chain in part.chains] for part in rule.parts if part.required)
    return frozenset().union(*max(anchors, key=lambda links: min(map(telling, links))))


def _rules_of(phrases: Phrases, atoms: _Atoms) -> Iterator[Rule]:
    for kind in Kind:
        for source in getattr(phrases, kind.value):
            yield _rule(phrases, kind, source, atoms)


def _rule(phrases: Phrases, kind: Kind, source: str, atoms: _Atoms) -> Rule:
    written = source.split()
    parts = tuple(_part(text, atoms) for text in written if text != QUESTION)
    if not any(part.required for part in parts):
        raise ValueError(f"the phrase {source!r} of the intent {phrases.intent!r} names no word that must stand there")
    asks = QUESTION in written
    return Rule(phrases.intent, kind, source, parts, asks, phrases.assent, phrases.courtesy, phrases.deniable)


def _part(text: str, atoms: _Atoms) -> Part:
    chains = text.strip("()").split("/")
    return Part(tuple(_chain(chain, atoms) for chain in chains), required=not text.startswith("("))


def _chain(text: str, atoms: _Atoms) -> tuple[frozenset[int], ...]:
    return tuple(frozenset(atoms.number(word) for word in link.split("|")) for link in text.split("_"))


def _match(rule: Rule, spots: Placement, weighed: Mapping[int, float], message: Message) -> Match:
    """A rule's match; what may be missing only belongs to it in the clauses of what may not."""
    core = frozenset(place for part, spot in spots if part.required for place in spot)
    clauses = {message.words[place].clause for place in core}
    words = core.union(place for _, spot in spots for place in spot if message.words[place].clause in clauses)
    return Match(rule, words, core, sum(weighed[place] for place in words))


def _place(rule: Rule, places: Places) -> Placement:
    """One place for each part of the rule, as near together as they come; empty where there is none."""
    if not all(_may_stand(part, places) for part in rule.parts if part.required):
        return ()
    spots = [(part, list(_spots(part, places))) for part in rule.parts]
    if not all(found for part, found in spots if part.required):
        return ()
    there = sorted((each for each in spots if each[1]), key=lambda each: (not each[0].required, len(each[1])))
    reach = sum(part.length for part, _ in there) + _LOOSE
    (first, anchors), *others = there
    gathered = (_gather(((first, anchor),), others, reach) for anchor in anchors)
    return max(gathered, key=_nearness, default=())


def _may_stand(part: Part, places: Places) -> bool:
    """Whether the words of a part occur at all; most rules fail here, and cheaply."""
    for chain in part.chains:
        for link in chain:
            if places.keys().isdisjoint(link):
                break
        else:
            return True
    return False


def _nearness(placement: Placement) -> tuple[int, int]:
    """More words first, then nearer together."""
    words = [place for _, spot in placement for place in spot]
    return len(words), min(words) - max(words) if words else 0


def _gather(taken: Placement, others: Sequence[tuple[Part, list[Spot]]], reach: int) -> Placement:
    """The nearest place for each further part within reach; empty where one that is required has none."""
    words = set(taken[0][1])
    centre = min(words)
    for part, found in others:
        free = (spot for spot in found if not words.intersection(spot))
        nearest = min(free, key=lambda spot: abs(spot[0] - centre), default=None)
        if nearest is not None and max(*words, *nearest) - min(*words, *nearest) < reach:
            taken = (*taken, (part, nearest))
            words.update(nearest)
        elif part.required:
            return ()
    return taken


def _spots(part: Part, places: Places) -> Iterator[Spot]:
    for chain in part.chains:
        columns = [{place for atom in places.keys() & link for place in places[atom]} for link in chain]
        for start in sorted(columns[0])[:_SPOTS]:
            spot = tuple(range(start, start + len(columns)))
            if all(place in column for place, column in zip(spot, columns, strict=True)):
                yield spot
