"""The salon's own masters, found in a message in any case and short form.

A name that fits two masters is two candidates, equally likely; more of the name («к Анне Сергеевне») decides. A
first name that is also an everyday word («Вера», «Света», «Майя» in «мая») counts only where something says that it is
a name: «к», «у», «мастер» before it, or a question that asked for a master.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from frontdesk.language.catalogue import ListedMaster
from frontdesk.language.heard import Candidate
from frontdesk.language.names import PREPOSITIONS, Case, forms, in_latin, is_patronymic
from frontdesk.language.spelling import Spelling
from frontdesk.language.words import Word

_GUESSES = 24
_SHORTEST = 4
_FULLEST = 7
"""First name, surname and patronymic together."""
_GUESSED_ALONE = 5
"""A misspelt name shorter than this is only believed where something says that it is a name."""


class _Share(IntEnum):
    """What part of a name a word is; a first name weighs most, for that is what people say."""

    FIRST = 4
    SHORT = 3
    SURNAME = 2
    PATRONYMIC = 1


@dataclass(frozen=True, slots=True)
class NameLore:
    """What a language knows of names: diminutives, and everyday words that look like names."""

    short_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """From a full first name to its short forms."""
    everyday: frozenset[str] = frozenset()
    cues: frozenset[str] = frozenset()
    """Words before a name that say it is one: «мастер», «мастеру», «with»."""
    relatives: frozenset[str] = frozenset()
    """Words before a form that say it is no master: «моей жене»."""
    introducing: frozenset[str] = frozenset()
    """Words that may stand between: «меня зовут»."""

    def is_first_name(self, word: str) -> bool:
        """Whether a word is a first name, full or short."""
        return word in self.short_of or bool(self._full(word))

    def also_called(self, word: str) -> frozenset[str]:
        """The other names a person of this first name answers to: Александр is Саша, Саша may be Александра."""
        full = self._full(word) | {word}
        return frozenset(full.union(*(self.short_of.get(each, ()) for each in full)) - {word})

    def _full(self, word: str) -> set[str]:
        short = {full for full, shorts in self.short_of.items() if word in shorts}
        if word.isascii():
            short |= {full for full in self.short_of if word in in_latin(full)}
        return short


@dataclass(frozen=True, slots=True)
class _Sense:
    master: ListedMaster
    share: _Share
    cases: Case


@dataclass(frozen=True, slots=True)
class MasterMention:
    """The masters that a name in a message may mean, best first, and the words of the name."""

    words: frozenset[int]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Masters:
    """A salon's masters, ready to be looked for."""

    senses: Mapping[str, tuple[_Sense, ...]]
    spelling: Spelling
    lore: NameLore

    def find(
        self, words: Sequence[Word], taken: frozenset[int], known: frozenset[int], *, asked: bool = False
    ) -> tuple[MasterMention, ...]:
        """The masters a message names, in its order.

        `taken` are places that already mean something else, `known` places of words that are surely no slip of a name.
        """
        found: list[tuple[int, tuple[_Sense, ...]]] = []
        guesses = _GUESSES
        for place, word in enumerate(words):
            if place in taken:
                continue
            cue = asked or self._cued(words, place)
            senses = self._senses(words, place, cue=cue)
            if not senses and place not in known and word.form not in self.senses and guesses:
                guesses -= 1
                senses = self._guess(word.form, cue=cue)
            if senses:
                found.append((place, senses))
        return tuple(_mention(group) for group in _groups(found))

    def named_like_days(self, words: Sequence[Word], *, asked: bool) -> tuple[int, ...]:
        """Places of names that are also everyday words (a month, say) and stand where only a name can."""
        return tuple(
            place
            for place, word in enumerate(words)
            if word.form in self.lore.everyday
            and (asked or self._cued(words, place))
            and self._senses(words, place, cue=True)
        )

    def _cued(self, words: Sequence[Word], place: int) -> bool:
        before = words[place - 1].form if place else ""
        if before in self.senses and place > 1:
            before = words[place - 2].form
        return before in PREPOSITIONS or before in self.lore.cues

    def _senses(self, words: Sequence[Word], place: int, *, cue: bool) -> tuple[_Sense, ...]:
        form = words[place].form
        before = words[place - 1].form if place else ""
        senses = self.senses.get(form, ())
        if not senses or self._introduces(words, place) or (form in self.lore.everyday and not cue):
            return ()
        fitting = tuple(each for each in senses if each.cases & PREPOSITIONS.get(before, Case.ANY))
        return fitting if fitting or form in self.lore.everyday else senses

    def _introduces(self, words: Sequence[Word], place: int) -> bool:
        """Whether it is the name of who writes, or of somebody of theirs: «моей Анне», «меня зовут Оля»."""
        introduced = place > 1 and words[place - 1].form in self.lore.introducing
        whose = words[place - 2 if introduced else place - 1].form if place else ""
        return whose in self.lore.relatives

    def _guess(self, form: str, *, cue: bool) -> tuple[_Sense, ...]:
        if len(form) < _GUESSED_ALONE and not cue:
            return ()
        return tuple(sense for near in self.spelling.near(form) for sense in self.senses[near])


def prepare_masters(masters: Iterable[ListedMaster], lore: NameLore, split: Callable[[str], Sequence[str]]) -> Masters:
    """Spell out how people may name each master; `split` gives the normalised words of a name."""
    senses: dict[str, dict[tuple[int, _Share], _Sense]] = {}
    for master in masters:
        words = [word for word in split(master.name) if word not in lore.cues]
        for form, share, cases in _ways(words, lore):
            known = senses.setdefault(form, {}).get((master.id, share))
            senses[form][master.id, share] = _Sense(master, share, cases | known.cases if known else cases)
    spelt = {form: tuple(each.values()) for form, each in senses.items()}
    return Masters(spelt, Spelling.of(spelt, _SHORTEST), lore)


_Way = tuple[str, _Share, Case]


def _ways(words: Sequence[str], lore: NameLore) -> Iterator[_Way]:
    """How the words of one name are said."""
    first = next((word for word in words if lore.is_first_name(word)), None)
    first = first or next((word for word in words if not is_patronymic(word)), None)
    for word in words:
        if word == first:
            yield from _said(word, _Share.FIRST)
            for other in lore.also_called(word):
                yield from _said(other, _Share.SHORT)
        elif is_patronymic(word):
            yield from _said(word, _Share.PATRONYMIC)
        else:
            yield from _said(word, _Share.SURNAME)


def _said(word: str, share: _Share) -> Iterator[_Way]:
    yield from ((form, share, cases) for form, cases in forms(word, surname=share is _Share.SURNAME))
    yield from ((latin, share, Case.ANY) for latin in in_latin(word))


def _groups(found: Sequence[tuple[int, tuple[_Sense, ...]]]) -> Iterator[list[tuple[int, tuple[_Sense, ...]]]]:
    """Neighbouring words that can name the same master."""
    group: list[tuple[int, tuple[_Sense, ...]]] = []
    common: set[int] = set()
    for place, senses in found:
        masters = {sense.master.id for sense in senses}
        if group and place == group[-1][0] + 1 and common & masters:
            group.append((place, senses))
            common &= masters
            continue
        if group:
            yield group
        group, common = [(place, senses)], masters
    if group:
        yield group


def _mention(group: Sequence[tuple[int, tuple[_Sense, ...]]]) -> MasterMention:
    shares: dict[int, list[_Share]] = {}
    named: dict[int, ListedMaster] = {}
    for _, senses in group:
        for master_id, share in {sense.master.id: sense.share for sense in sorted(senses, key=_share)}.items():
            shares.setdefault(master_id, []).append(share)
        named |= {sense.master.id: sense.master for sense in senses}
    most = max(map(len, shares.values()))
    fitting = {master_id: sum(own) for master_id, own in shares.items() if len(own) == most}
    alone = len(fitting) == 1
    ranked = sorted(fitting, key=lambda master_id: -fitting[master_id])
    candidates = (
        Candidate(master_id, named[master_id].name, _score(fitting[master_id], alone=alone)) for master_id in ranked
    )
    return MasterMention(frozenset(place for place, _ in group), tuple(candidates))


def _share(sense: _Sense) -> _Share:
    return sense.share


def _score(weight: int, *, alone: bool) -> float:
    """Between 0.78 and 0.98 for the only master that fits, below `services.SURE` for one of several."""
    likely = min(weight, _FULLEST) / _FULLEST
    return round(0.75 + 0.23 * likely if alone else 0.5 + 0.24 * likely, 3)
