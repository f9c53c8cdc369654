"""Which intents a message holds, how sure we are of each, and in which order they are meant.

1. Phrases are found (`rules`); a sentence that holds a `never` of an intent loses that intent.
2. A negated phrase says `no` instead of its own intent: «не надо отменять».
3. Phrases that claim the same word compete; the one that explains more words wins.
4. An answer («да», «нет») counts where the message begins with it, a soft one («хорошо») where nothing else is said.
5. What is meant first comes first: as written, except that in «отмените, если нельзя перенести» the move is preferred.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from frontdesk.language.heard import Expecting, ScoredIntent
from frontdesk.language.rules import Kind, Match, Rules
from frontdesk.language.words import Message, Particles

_SCORES = {Kind.PHRASE: 0.9, Kind.WEAK: 0.6, Kind.OPENING: 0.8, Kind.WHOLE: 0.95}
_LATER = 0.02
"""Each intent meant after another scores this much less than it."""
_OVERSHADOWED = 0.4
"""What a hint is worth beside a clear phrase."""
_BESIDE = 0.6
"""What a courtesy is worth beside what the message is about: it was said, and is not the point."""
_DENIED = 0.7
_DOUBTFUL = 0.4
_SOFT = 0.6
_UNASKED = 0.87
"""A yes that nobody asked for stands below what else was said."""
_AWAITED = 0.85


@dataclass(frozen=True, slots=True)
class Wanted:
    """An intent found in a message: its score, the word it begins at, and the rule that found it."""

    name: str
    score: float
    at: int
    rule: str


@dataclass(frozen=True, slots=True)
class Listener:
    """The rules of a language and the small words they lean on."""

    rules: Rules
    particles: Particles

    def intents(self, message: Message, expecting: Expecting | None) -> tuple[Wanted, ...]:
        """The intents of a message, best first."""
        matches = _without_never(message, self.rules.find(message))
        whole = self._whole(message, matches, expecting)
        if whole:
            return whole
        standing = [match for match in matches if match.rule.kind is not Kind.WHOLE]
        won = _contest(
            match for match in standing if match.rule.kind is not Kind.OPENING or self._opens(message, match, matches)
        )
        return self._order(message, [self._want(message, match, won) for match in won])

    def _whole(self, message: Message, matches: Sequence[Match], expecting: Expecting | None) -> tuple[Wanted, ...]:
        """The answer that is the whole message, pleasantries apart."""
        idle = self._idle(message)
        for name in dict.fromkeys(
            match.rule.intent for match in matches if match.rule.kind in {Kind.WHOLE, Kind.OPENING}
        ):
            own = [
                match
                for match in matches
                if match.rule.intent == name and match.rule.kind in {Kind.WHOLE, Kind.OPENING}
            ]
            own = [match for match in own if not _negated(message, match)]
            rest = set(range(len(message.words))) - idle - _words_of(own)
            courtesies = _words_of(match for match in matches if match.rule.courtesy)
            if own and rest <= courtesies and not (own[0].rule.assent and message.questions):
                wanted = Wanted(name, _whole_score(own, expecting), 0, _rule_name(message, own[0]))
                beside = [
                    match
                    for match in matches
                    if match.rule.intent != name and match.rule.kind in {Kind.PHRASE, Kind.WEAK}
                ]
                return self._order(message, [wanted, *(self._want(message, match, own) for match in beside)])
        return ()

    def _idle(self, message: Message) -> set[int]:
        return {place for place, word in enumerate(message.words) if word.form in self.particles.fillers}

    def _opens(self, message: Message, match: Match, matches: Sequence[Match]) -> bool:
        """Whether nothing but pleasantries and other answers stands before this one."""
        before = set(range(match.first)) - self._idle(message)
        return before <= _words_of(other for other in matches if other.rule.courtesy or other.rule.kind is Kind.OPENING)

    def _want(self, message: Message, match: Match, won: Sequence[Match]) -> Wanted:
        rule = match.rule
        if rule.deniable and _negated(message, match):
            return Wanted("no", _DENIED, match.first, f"not {_rule_name(message, match)}")
        score = self._opening_score(message, match, won) if rule.kind is Kind.OPENING else _SCORES[rule.kind]
        if rule.kind is Kind.WEAK and any(other.rule.kind is Kind.PHRASE for other in won):
            score = _BESIDE if rule.courtesy else _OVERSHADOWED
        return Wanted(rule.intent, score, match.first, _rule_name(message, match))

    def _opening_score(self, message: Message, match: Match, won: Sequence[Match]) -> float:
        """«Да, отмените» agrees; «да, но лучше в 16» and «да, а сколько?» put it off; «да я хотела» is no answer."""
        after = max(match.words) + 1
        if after == len(message.words):
            return _SCORES[Kind.OPENING]
        following = message.words[after]
        if match.rule.assent and (message.questions or following.form in self.particles.contrasts):
            return _DOUBTFUL
        parted = following.clause != message.words[after - 1].clause
        carried = any(after in other.words for other in won) or following.form in self.particles.fillers
        return _SCORES[Kind.OPENING] if parted else _SCORES[Kind.WEAK] if carried else _DOUBTFUL

    def _order(self, message: Message, wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
        """Best first; among equals as meant, each name once."""
        preferred = self._preferred(message)
        best: dict[str, Wanted] = {}
        for each in sorted(wanted, key=lambda each: (-each.score, each.at not in preferred, each.at)):
            best.setdefault(each.name, each)
        return tuple(
            Wanted(each.name, round(each.score - _LATER * rank, 3), each.at, each.rule)
            for rank, each in enumerate(best.values())
        )

    def _preferred(self, message: Message) -> set[int]:
        """Words right after "if not": «если нельзя перенести» names what was wanted in the first place."""
        forms = [word.form for word in message.words]
        preferred: set[int] = set()
        for place in range(len(forms)):
            for condition in self.particles.conditions:
                after = place + len(condition)
                if tuple(forms[place:after]) == condition and after < len(forms) and self._bare(message, after):
                    preferred.add(after)
        return preferred

    def _bare(self, message: Message, place: int) -> bool:
        """Whether a word goes on with the condition: no comma before it, an infinitive where the language has them."""
        same_clause = message.words[place].clause == message.words[place - 1].clause
        return same_clause and message.words[place].form.endswith(self.particles.infinitives or ("",))


def scored(wanted: Iterable[Wanted]) -> tuple[ScoredIntent, ...]:
    """The intents as `Heard` carries them."""
    return tuple(ScoredIntent(each.name, each.score) for each in sorted(wanted, key=attrgetter("score"), reverse=True))


def _whole_score(own: Sequence[Match], expecting: Expecting | None) -> float:
    awaited = not own[0].rule.assent or expecting is Expecting.YES_NO
    if not own[0].rule.assent or any(match.rule.kind is Kind.OPENING for match in own):
        return _SCORES[Kind.WHOLE] if awaited else _UNASKED
    return _AWAITED if awaited else _SOFT


def _words_of(matches: Iterable[Match]) -> set[int]:
    return {place for match in matches for place in match.words}


def _rule_name(message: Message, match: Match) -> str:
    """The rule as a reader of `why` wants it: the intent, and the words that spoke for it."""
    return f"{match.rule.intent}: {' '.join(message.words[place].form for place in sorted(match.words))}"


def _negated(message: Message, match: Match) -> bool:
    """Whether a negation outside the phrase governs one of its words."""
    negators = {message.words[place].negated_by for place in match.words} - {-1}
    return bool(negators - match.words)


def _without_never(message: Message, matches: Sequence[Match]) -> list[Match]:
    spoilt = {
        (match.rule.intent, message.words[match.first].sentence) for match in matches if match.rule.kind is Kind.NEVER
    }
    return [
        match
        for match in matches
        if match.rule.kind is not Kind.NEVER and (match.rule.intent, message.words[match.first].sentence) not in spoilt
    ]


def _contest(matches: Iterable[Match]) -> list[Match]:
    """The phrases that keep their words: the one that explains most wins, then the surer one, then the first."""
    won: list[Match] = []
    for match in sorted(matches, key=lambda each: (-each.worth, -_SCORES[each.rule.kind], each.first)):
        if not any(match.words & other.words and match.rule.intent != other.rule.intent for other in won):
            won.append(match)
    return won
