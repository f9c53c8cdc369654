"""Which intents a message holds, how sure we are of each, and in which order they are meant.

1. Phrases are found (`rules`); a sentence that holds a `never` of an intent loses that intent.
2. An answer («да», «нет») counts where the message begins with it, a soft one («хорошо») where nothing else is said
   (`answers`).
3. Phrases that claim the same word compete; the one that explains more wins.
4. A negated phrase says `no` instead of its own intent: «не надо отменять».
5. What is meant first comes first: as written, except that in «отмените, если нельзя перенести» the move is preferred.
"""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from frontdesk.language.answers import opening_score, opens, whole_answer
from frontdesk.language.heard import Expecting
from frontdesk.language.rules import Kind, Match, Rules
from frontdesk.language.spelling import Spelling
from frontdesk.language.wanted import Wanted, negated, rule_name
from frontdesk.language.words import Message, Particles

_SCORES = {Kind.PHRASE: 0.9, Kind.WEAK: 0.6}
_LATER = 0.02
"""Each intent meant after another scores this much less than it."""
_OVERSHADOWED = 0.4
"""What a hint is worth beside a clear phrase."""
_BESIDE = 0.6
"""What a courtesy is worth beside what the message is about: it was said, and is not the point."""
_DENIED = 0.7
_GUESSES = 16
"""Unknown words of one message that are looked at for a slip."""


@dataclass(frozen=True, slots=True)
class Listener:
    """The rules of a language and the small words they lean on."""

    rules: Rules
    particles: Particles
    spelling: Spelling

    def mended(self, message: Message, settled: AbstractSet[int], stem: Callable[[str], str]) -> Message:
        """The message with slips in the words of the rules set right: «отминить запесь».

        `settled` are the places of words that are what they are.
        """
        words, guesses = list(message.words), _GUESSES
        for place, word in enumerate(words):
            if place not in settled and guesses:
                guesses -= 1
                if near := self.spelling.near(word.form):
                    words[place] = word._replace(form=near[0], stem=stem(near[0]))
        return replace(message, words=tuple(words)) if guesses < _GUESSES else message

    def known(self, message: Message) -> frozenset[int]:
        """Places of words that the rules or the particles name: no slips of something else."""
        familiar = self.particles.familiar
        return frozenset(
            place for place, word in enumerate(message.words) if word.form in familiar or self.rules.atoms.names(word)
        )

    def intents(self, message: Message, expecting: Expecting | None) -> tuple[Wanted, ...] | None:
        """The intents of a message, best first; None where the rules know nothing of it."""
        matches = self.rules.find(message)
        return self._judged(message, matches, expecting) if matches else None

    def _judged(self, message: Message, found: Sequence[Match], expecting: Expecting | None) -> tuple[Wanted, ...]:
        matches = _without_never(message, found)
        idle = frozenset(place for place, word in enumerate(message.words) if word.form in self.particles.fillers)
        told = [match for match in matches if match.rule.kind in _SCORES]
        if whole := whole_answer(message, matches, idle, expecting):
            answer, own = whole
            beside = (match for match in told if match.rule.intent != answer.name and _counts_beside(match, own))
            return self._order(message, [answer, *(self._want(message, match, (), idle) for match in beside)])
        answers = [match for match in matches if opens(match, matches, idle)]
        won = _contest((*answers, *told))
        refused = any(match.rule.kind is Kind.OPENING and not match.rule.assent for match in won)
        standing = [match for match in won if not (refused and match.rule.assent)]
        heard = (self._want(message, match, won, idle) for match in standing)
        return self._order(message, [each for each in heard if each is not None])

    def _want(self, message: Message, match: Match, won: Sequence[Match], idle: frozenset[int]) -> Wanted | None:
        rule = match.rule
        if rule.kind is Kind.OPENING:
            score = opening_score(message, match, won, idle, self.particles.contrasts)
        elif rule.deniable and negated(message, match):
            return Wanted("no", _DENIED, match.first, f"not {rule_name(message, match)}", match.ends)
        else:
            score = _told_score(match, won)
        return Wanted(rule.intent, score, match.first, rule_name(message, match), match.ends) if score else None

    def _order(self, message: Message, wanted: Iterable[Wanted | None]) -> tuple[Wanted, ...]:
        """Best first; among equals as meant, each name once."""
        preferred = self._preferred(message)
        best: dict[str, Wanted] = {}
        said = (each for each in wanted if each is not None)
        for each in sorted(said, key=lambda each: (-each.score, each.at not in preferred, each.at)):
            best.setdefault(each.name, each)
        return tuple(
            replace(each, score=round(each.score - _LATER * rank, 3)) for rank, each in enumerate(best.values())
        )

    def _preferred(self, message: Message) -> set[int]:
        """Words right after "if not": «если нельзя перенести» names what was wanted in the first place."""
        forms = [word.form for word in message.words]
        preferred: set[int] = set()
        for place in range(len(forms)):
            for condition in self.particles.conditions:
                after = place + len(condition)
                if tuple(forms[place:after]) == condition and after < len(forms) and self._goes_on(message, after):
                    preferred.add(after)
        return preferred

    def _goes_on(self, message: Message, place: int) -> bool:
        """Whether a word belongs to the condition before it: no comma, an infinitive where the language has them."""
        same_clause = message.words[place].clause == message.words[place - 1].clause
        return same_clause and message.words[place].form.endswith(self.particles.infinitives or ("",))


def _told_score(match: Match, won: Sequence[Match]) -> float:
    overshadowed = match.rule.kind is Kind.WEAK and any(other.rule.kind is Kind.PHRASE for other in won)
    if not overshadowed:
        return _SCORES[match.rule.kind]
    return _BESIDE if match.rule.courtesy else _OVERSHADOWED


def _counts_beside(match: Match, answers: Sequence[Match]) -> bool:
    """Whether a match says more than the answer that fills the message: «подтверждаю» is a yes and confirms."""
    swallowed = any(match.words < answer.words for answer in answers)
    return not swallowed and (match.rule.kind is Kind.PHRASE or match.rule.courtesy)


def _without_never(message: Message, matches: Sequence[Match]) -> list[Match]:
    """The matches of intents that nothing in their sentence rules out."""
    spoilt = {_where(message, match) for match in matches if match.rule.kind is Kind.NEVER}
    return [match for match in matches if match.rule.kind is not Kind.NEVER and _where(message, match) not in spoilt]


def _where(message: Message, match: Match) -> tuple[str, int]:
    return match.rule.intent, message.words[match.first].sentence


def _contest(matches: Iterable[Match]) -> list[Match]:
    """The phrases that keep their words: clear ones before hints, the one that explains most before others."""
    won: list[Match] = []
    for match in sorted(matches, key=lambda each: (_is_hint(each), -each.worth, each.first)):
        if not any(match.rule.intent != other.rule.intent and _clash(match, other) for other in won):
            won.append(match)
    return won


def _clash(match: Match, other: Match) -> bool:
    """Whether one claims what the other needs; in «отменить или перенести запись» the visit belongs to both."""
    return bool(match.core & other.words or other.core & match.words)


def _is_hint(match: Match) -> bool:
    return match.rule.kind is Kind.WEAK and not match.rule.courtesy
