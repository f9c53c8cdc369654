"""The salon's own services, found in a message.

A title is a set of stems, each worth the more the fewer services share it (inverse document frequency): of «женская
стрижка» in a hairdresser's list «женская» tells more than «стрижка». A naming fits a message as well as it covers
itself and, three times as important, as it explains what of the message is about services at all. So «маникюр» alone
leaves several candidates, and «маникюр с покрытием» prefers the longer title.

What the best naming leaves unexplained may be a second service: «стрижка и борода» is two, unless the salon has a
service that is both. Candidates of one mention that fit about equally well share a score below `SURE`: the words do not
tell which, and the dialogue asks. A score of `SURE` and more means that this service was named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from frontdesk.language.catalogue import ListedService
from frontdesk.language.heard import Candidate
from frontdesk.language.jargon import LACKING, Jargon
from frontdesk.language.spelling import Spelling
from frontdesk.language.words import Word

SURE = 0.75
_EXPLAINING = 3.0
"""How much more it matters to explain what was said than to have the whole title said."""
_CATEGORY = 0.3
_OF_CATEGORY = 0.5
"""A word that only the category has is explained by half: a title that has it itself may be the one that is meant."""
_FITS = 0.45
_RIVAL = 0.85
"""A candidate that fits at least this well beside the best one rivals it."""
_SYNONYM = 0.9
_MISSPELT = 0.8
_JOINING = 2
"""Words of a title up to this length join the others: «с», «и», «на»."""
_MENTIONS = 4
_CANDIDATES = 9
_GUESSED = 4
"""Words up to this length are not taken for a slip of another."""
_GUESSES = 24
"""Unknown words of one message that are looked at for a slip."""


@dataclass(frozen=True, slots=True)
class _Naming:
    """One way to name a service: what each of its stems is worth, its category's among them."""

    service: ListedService
    worth: Mapping[str, float]
    total: float
    own: frozenset[str]

    def explains(self, stem: str) -> float:
        """How well this accounts for a word that was said, where it has it at all."""
        return 1.0 if stem in self.own else _OF_CATEGORY


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A word of the message that may speak of services: the stems it stands for and how surely."""

    place: int
    stems: Mapping[str, float]
    mass: float
    qualifies_only: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """One service as mentioned: the words that do it, and the candidates, best first."""

    words: frozenset[int]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Fit:
    naming: _Naming
    score: float
    words: frozenset[int]
    said: frozenset[str]
    """The stems of the title itself that were said."""

    @property
    def whole(self) -> bool:
        """Whether nothing of the title was left out."""
        return self.said == self.naming.own


@dataclass(frozen=True, slots=True, eq=False)
class Services:
    """A salon's services, ready to be looked for."""

    namings_of: Mapping[str, tuple[_Naming, ...]]
    worth: Mapping[str, float]
    jargon: Jargon
    spelling: Spelling
    stem: Callable[[str], str]

    def find(
        self, words: Sequence[Word], taken: frozenset[int], known: frozenset[int], *, asked: bool = False
    ) -> tuple[Mention, ...]:
        """The services a message mentions, in the order of the message.

        `taken` are places of words that already mean something else, `known` those of words that are surely no slip of
        a service; `asked` tells that a service was asked for, so that «женскую» alone is an answer.
        """
        evidence, foreign = self._evidence(words, taken, known), self.foreign(words, taken)
        mentions: list[Mention] = []
        while evidence and len(mentions) < _MENTIONS:
            fits = self._fits(evidence, asked=asked or bool(mentions))
            if not fits:
                break
            if not mentions or self._parted(words, fits[0].words, mentions):
                mentions.append(_mention(fits, evidence, unlike=self._touched(words, fits[0].words, foreign)))
            evidence = [each for each in evidence if each.place not in fits[0].words]
        return tuple(sorted(mentions, key=lambda mention: min(mention.words)))

    def known(self, words: Sequence[Word]) -> frozenset[int]:
        """Places of words that are the salon's service words as they are written."""
        return frozenset(place for place, word in enumerate(words) if self._meanings(word.form))

    def _evidence(self, words: Sequence[Word], taken: frozenset[int], known: frozenset[int]) -> list[_Evidence]:
        evidence, guesses = [], _GUESSES
        for place, word in enumerate(words):
            if place in taken or word.negated_by >= 0 or self._addresses(words, place):
                continue
            lacking = place > 0 and words[place - 1].form in self.jargon.without
            stems = self._meanings(word.form, lacking=lacking)
            if not stems and guesses and place not in known:
                guesses -= 1
                stems = self._guess(word.form, lacking=lacking)
            if stems:
                mass = max(self.worth[stem] for stem in stems)
                evidence.append(_Evidence(place, stems, mass, self.jargon.qualifiers.issuperset(stems)))
        return evidence

    def _addresses(self, words: Sequence[Word], place: int) -> bool:
        """Whether the word speaks to the salon: it begins what is said, or follows a greeting."""
        if words[place].form not in self.jargon.vocatives:
            return False
        before = words[place - 1] if place else None
        return before is None or before.clause != words[place].clause or before.form in self.jargon.greetings

    def foreign(self, words: Sequence[Word], taken: frozenset[int]) -> tuple[int, ...]:
        """Places of words that name services elsewhere, and none of this salon's: «наращивание»."""
        return tuple(
            place
            for place, word in enumerate(words)
            if place not in taken and not self._meanings(word.form) and self.jargon.is_of_services(self.stem(word.form))
        )

    def _touched(self, words: Sequence[Word], own: frozenset[int], foreign: Sequence[int]) -> bool:
        """Whether a foreign word belongs to these: «наращивание ресниц» is no lamination."""
        near = (place for place in foreign if min(abs(place - one) for one in own) == 1)
        return any(not self._joined(words, frozenset({place}), own) for place in near)

    def _meanings(self, form: str, *, lacking: bool = False) -> dict[str, float]:
        stem = self.stem(form)
        return self._worthy({**dict.fromkeys(self.jargon.synonyms.get(stem, ()), _SYNONYM), stem: 1.0}, lacking=lacking)

    def _guess(self, form: str, *, lacking: bool) -> dict[str, float]:
        if len(form) <= _GUESSED:
            return {}
        near = self.spelling.near(self.stem(form)) or self.spelling.near(form)
        said = (stem for each in near for stem in (each, *self.jargon.synonyms.get(each, ())))
        return self._worthy(dict.fromkeys(said, _MISSPELT), lacking=lacking)

    def _worthy(self, stems: Mapping[str, float], *, lacking: bool) -> dict[str, float]:
        """Those of the stems that the salon's titles have, or, behind «без», have so."""
        sure = {f"{LACKING}{stem}" if lacking else stem: how for stem, how in stems.items()}
        return {stem: how for stem, how in sure.items() if stem in self.worth}

    def _fits(self, evidence: Sequence[_Evidence], *, asked: bool) -> list[_Fit]:
        """The namings that fit the evidence, best first."""
        said = sum(each.mass for each in evidence)
        telling = [each for each in evidence if asked or not each.qualifies_only]
        touched = {id(naming): naming for each in telling for stem in each.stems for naming in self.namings_of[stem]}
        fits = (_fit(naming, evidence, said) for naming in touched.values())
        return sorted((fit for fit in fits if fit.score >= _FITS / 2), key=lambda fit: (-fit.score, min(fit.words)))

    def _parted(self, words: Sequence[Word], own: frozenset[int], mentions: Sequence[Mention]) -> bool:
        """Whether «и», «плюс» or a comma stands between these words and every service mentioned before."""
        return all(self._joined(words, own, mention.words) for mention in mentions)

    def _joined(self, words: Sequence[Word], own: frozenset[int], other: frozenset[int]) -> bool:
        nearest = min(((a, b) for a in own for b in other), key=lambda pair: abs(pair[0] - pair[1]))
        first, last = min(nearest), max(nearest)
        between = words[first + 1 : last + 1]
        return words[first].clause != words[last].clause or any(word.form in self.jargon.joins for word in between)


def unclear(mentions: Sequence[Mention]) -> tuple[Candidate, ...]:
    """What a service may be that was named beside a sure one, in words that fit several."""
    sure = {one.id for mention in mentions for one in mention.candidates if one.score >= SURE}
    others = (one.candidates for one in mentions if len(one.candidates) > 1 and sure.isdisjoint(_ids(one)))
    return next(others, ()) if sure else ()


def _ids(mention: Mention) -> frozenset[int]:
    return frozenset(one.id for one in mention.candidates)


def _mention(fits: Sequence[_Fit], evidence: Sequence[_Evidence], *, unlike: bool) -> Mention:
    """The candidates of one mention, scored by its own words alone; none is sure where the thing is another one."""
    own = [each for each in evidence if each.place in fits[0].words]
    said = sum(each.mass for each in own)
    refitted = [_fit(fit.naming, own, said) for fit in fits if fit.words & fits[0].words]
    return Mention(fits[0].words, tuple(_candidates(_best_of_each(refitted), unlike=unlike)))


def _fit(naming: _Naming, evidence: Sequence[_Evidence], said: float) -> _Fit:
    covered: dict[str, float] = {}
    explained, words = 0.0, set()
    for each in evidence:
        common = {stem: sure for stem, sure in each.stems.items() if stem in naming.worth}
        if common:
            explained += each.mass * max(sure * naming.explains(stem) for stem, sure in common.items())
            words.add(each.place)
        for stem, sure in common.items():
            covered[stem] = max(sure, covered.get(stem, 0.0))
    coverage = sum(naming.worth[stem] * sure for stem, sure in covered.items()) / naming.total
    explaining = explained / said if said else 0.0
    weighed = _EXPLAINING * coverage + explaining
    score = (1 + _EXPLAINING) * coverage * explaining / weighed if weighed else 0.0
    return _Fit(naming, score, frozenset(words), naming.own.intersection(covered))


def _best_of_each(fits: Iterable[_Fit]) -> list[_Fit]:
    best: dict[int, _Fit] = {}
    for fit in fits:
        known = best.get(fit.naming.service.id)
        if known is None or fit.score > known.score:
            best[fit.naming.service.id] = fit
    return sorted(best.values(), key=lambda fit: -fit.score)[:_CANDIDATES]


def _candidates(best: Sequence[_Fit], *, unlike: bool) -> Iterator[Candidate]:
    """Scores that tell a named service from rivals that the words do not decide between."""
    rivals = [fit for fit in best if _rivals(best[0], fit)]
    for fit in best:
        service = fit.naming.service
        named = len(rivals) == 1 and fit is best[0] and not unlike
        score = SURE + (1 - SURE) * fit.score if named else (SURE - 0.01) * fit.score
        if fit in rivals or fit.score >= _FITS:
            yield Candidate(service.id, service.title, round(min(score, 1.0), 3))


def _rivals(best: _Fit, other: _Fit) -> bool:
    """Whether the words may as well mean the other.

    A title leaves behind whatever less of was said, be it that the category has the rest: «брови и ресницы» is the one
    service that is both. A title said in full also leaves behind the longer ones that say no more. «Маникюр» is as much
    a part of each title that begins so, unless one is just that.
    """
    if other.said < best.said or (best.whole and other.said == best.said and not other.whole):
        return False
    return other.score >= best.score * _RIVAL or (not best.whole and bool(best.said) and best.said <= other.said)


def prepare_services(
    services: Iterable[ListedService], jargon: Jargon, stem: Callable[[str], str], split: Callable[[str], Sequence[str]]
) -> Services:
    """Weigh the words of a salon's services; `split` gives the normalised words of a title."""
    drafts = [draft for service in services for draft in _drafts(service, jargon, stem, split)]
    named = {stem: sum(stem in own for _, own, _ in drafts) for _, own, _ in drafts for stem in own}
    count = len(drafts)
    worth = {each: log(1 + count / uses) for each, uses in named.items()}
    for _, _, category in drafts:
        for each in category:
            worth.setdefault(each, log(2))
    namings = [_naming(*draft, worth) for draft in drafts]
    namings_of: dict[str, list[_Naming]] = {}
    for naming in namings:
        for each in naming.worth:
            namings_of.setdefault(each, []).append(naming)
    spelling = Spelling.of((*(each.removeprefix(LACKING) for each in worth), *jargon.synonyms), _GUESSED)
    return Services({each: tuple(found) for each, found in namings_of.items()}, worth, jargon, spelling, stem)


def _drafts(
    service: ListedService, jargon: Jargon, stem: Callable[[str], str], split: Callable[[str], Sequence[str]]
) -> Iterator[tuple[ListedService, frozenset[str], frozenset[str]]]:
    category = frozenset(map(stem, split(service.category)))
    for naming in (service.title, *service.synonyms):
        telling = [
            word
            for word in split(naming)
            if (len(word) > _JOINING or not word.isalpha()) and word not in jargon.joining
        ]
        own = frozenset(jargon.stems(telling, stem))
        if own:
            yield service, own, category - own


def _naming(
    service: ListedService, own: frozenset[str], category: frozenset[str], worth: Mapping[str, float]
) -> _Naming:
    weights = {each: worth[each] for each in own} | {each: _CATEGORY * worth[each] for each in category}
    return _Naming(service, weights, sum(weights.values()), own)
