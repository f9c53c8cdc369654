"""How an event is answered: who is asked for an answer first, and what happens when nobody has one.

1. While a person of the salon is talking, the assistant is silent; only outcomes of what it was asked before are told.
2. An open question hears the words first. A yes counts only if it was sent after the question and within half an hour.
3. What the words do not answer goes to the first intent heard in them. A question in between («а сколько стоит?») is
   answered, and the open question asked again in the same message; beside a wish it is answered first.
4. What nobody understands: one clarifying question, then what can be chosen from, then a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from frontdesk.booking.commands import Done, ProvePhone
from frontdesk.booking.times import Instant
from frontdesk.dialogue import branches, resuming, several, stopping
from frontdesk.dialogue.manners import (
    asks_phone,
    attached,
    books_another,
    greeted,
    is_plain_yes_or_no,
    language_of,
    not_their_number,
    takes_time,
    told_first,
)
from frontdesk.dialogue.phone import typed_proves_nothing
from frontdesk.dialogue.scene import ANSWER_WITHIN, Intent, Scene, Tap
from frontdesk.dialogue.talk import (
    Attached,
    ContactShared,
    Event,
    Facts,
    Question,
    Said,
    Settled,
    SlotsWanted,
    Talk,
    Tapped,
    Turn,
    Wants,
)
from frontdesk.dialogue.taps import read_tap
from frontdesk.dialogue.wanting import together
from frontdesk.dialogue.words import RUSSIAN, Words
from frontdesk.language.heard import Expecting, Heard
from frontdesk.language.phrases import Phrases

HUMAN_TALKS_FOR = timedelta(hours=4)
_SMALL_TALK = frozenset({"yes", "no", "greet", "thanks", "other"})
STARTED = "start"
"""The choice of whoever pressed the messenger's own «Start»; what a link added follows after a colon."""
_NOTHING_HEARD = Heard("", RUSSIAN)


@dataclass(frozen=True)
class Dialogue:
    """The whole conversation as one pure function of the talk, the event and the facts."""

    intents: Mapping[str, Intent]
    replies: Mapping[str, Mapping[str, str]]
    """By language, the translations of the Russian replies."""

    def phrases(self) -> tuple[Phrases, ...]:
        """What the intents are recognised by."""
        return tuple(intent.phrases for intent in self.intents.values())

    def expecting(self, talk: Talk) -> Expecting | None:
        """What the open question asks for."""
        return talk.question.expecting if talk.question else None

    def wants(self, talk: Talk, event: Event) -> Wants:
        """What must be looked up before the event can be answered."""
        wanted = self._wants(talk, event)
        if (waiting := branches.waiting(talk, event)) is not None:
            wanted = together((wanted, self._wants(replace(talk, question=None), waiting)))
        if wanted.slots is None and wanted.slots_for is None and not branches.may_tell(talk, event):
            return wanted
        return replace(wanted, slots=None, slots_for=partial(self._slots_at_branch, talk, event))

    def _slots_at_branch(self, talk: Talk, event: Event, facts: Facts) -> SlotsWanted | None:
        """Which branch is meant shows only where the branches are known."""
        talk, event = branches.resumed(talk, event, facts)
        wanted = self._wants(talk, event)
        here = facts if not talk.salon else self._scene(talk, facts).facts
        slots = wanted.slots or (wanted.slots_for(here) if wanted.slots_for else None)
        if slots is None or (len(facts.salons) > 1 and not (slots.salon or talk.salon)):
            return None
        return replace(slots, salon=slots.salon or talk.salon)

    def _wants(self, talk: Talk, event: Event) -> Wants:
        match event:
            case Said(heard=heard, sent_at=sent_at):
                return self._said_wants(talk, heard, sent_at)
            case Tapped(choice=choice):
                return self._tap_wants(talk, choice)
            case ContactShared(own=own):
                return self._waiting_wants(talk) if own or books_another(talk) else Wants()
            case Settled() if proves(event):
                return self._waiting_wants(talk)
            case Settled():
                intent = self._settler(event)
                return intent.settled_wants(talk, event) if intent else Wants()
            case Attached():
                return Wants()

    def advance(self, talk: Talk, event: Event, facts: Facts) -> Turn:
        """What comes of the event."""
        talk, event = branches.resumed(self._taken_back(talk, facts), event, facts)
        if talk.with_human_since is not None and not isinstance(event, Settled):
            return Turn(talk)
        match event:
            case Said(heard=heard, sent_at=sent_at):
                talk = replace(talk, language=language_of(talk, heard))
                return self._said(self._scene(talk, facts, heard), sent_at)
            case Tapped(choice=choice):
                return self._tapped(self._scene(talk, facts), choice)
            case Attached(kind=kind):
                return attached(self._scene(talk, facts), kind)
            case ContactShared(own=own):
                return self._contact(self._scene(talk, facts), own=own)
            case Settled():
                return self._settled(self._scene(talk, facts), event)

    def _scene(self, talk: Talk, facts: Facts, heard: Heard = _NOTHING_HEARD) -> Scene:
        scene = Scene(talk, facts, Words(talk.language, self.replies.get(talk.language, {})), heard)
        return scene.at(talk.salon) if talk.salon else scene

    def _taken_back(self, talk: Talk, facts: Facts) -> Talk:
        since = talk.with_human_since
        over = since is not None and facts.now - since >= HUMAN_TALKS_FOR
        return replace(talk, with_human_since=None) if over else talk

    def _wants_of(self, name: str, talk: Talk, heard: Heard = _NOTHING_HEARD, tap: Tap | None = None) -> Wants:
        if name not in self.intents:
            return Wants()
        return self.intents[name].wants(several.own_draft(name, talk), several.own_words(name, heard), tap)

    def _begin(self, name: str, scene: Scene) -> Turn:
        if branches.is_to_choose(scene, name):
            return branches.ask(scene)
        own, intent = several.own_words(name, scene.heard), self.intents[name]
        turn = intent.begin(replace(scene, talk=several.own_draft(name, scene.talk), heard=own))
        return replace(turn, talk=replace(turn.talk, answered=name)) if intent.aside else turn

    def _waiting_wants(self, talk: Talk) -> Wants:
        return self._wants_of(_waiting(talk), talk, talk.pending_heard or _NOTHING_HEARD)

    def _said_wants(self, talk: Talk, heard: Heard, sent_at: Instant) -> Wants:
        question = talk.question
        if question is not None and question.commits and answers(question, sent_at) and is_plain_yes_or_no(heard):
            return Wants()
        names = [question.intent] if question is not None and not self._digresses(heard) else []
        asked = [self._wants_of(name, talk, heard) for name in names]
        if several.books_the_topic(talk, heard):
            asked.append(self._wants_of("book", talk, heard))
        if (tap := several.moves_instead(talk, heard)) is not None:
            asked.append(self._wants_of("move", replace(talk, question=None), heard, tap))
        asked.append(self._wants_of(several.asks_on(talk, heard), talk, heard))
        asked += [self._wants_of(name, stopping.instead(talk), heard) for name in stopping.corrected(talk, heard)]
        return together([*asked, *(self._wants_of(intent.name, talk, heard) for intent in heard.intents)])

    def _tap_wants(self, talk: Talk, choice: str) -> Wants:
        name, tap = read_tap(talk, choice)
        settles_at_once = tap.fresh and tap.option in {"yes", "no"}
        return Wants() if settles_at_once else self._wants_of(name, talk, tap=tap)

    def _said(self, scene: Scene, sent_at: Instant) -> Turn:
        if not scene.heard.text.strip():
            return Turn(scene.talk)
        scene = stopping.as_no(scene)
        if scene.talk.given is None and (turn := takes_time(scene)) is not None:
            return turn
        if (turn := self._answered(scene, sent_at)) is not None:
            return turn
        return stopping.newer_word(scene, self._begin) or self._heard(scene)

    def _goes_on(self, scene: Scene) -> Turn | None:
        """What a few words mean after what was said before them."""
        if (tap := several.moves_instead(scene.talk, scene.heard)) is not None:
            talk = replace(scene.talk, question=None, later=None)
            return self._tapped(replace(scene, talk=talk), f"move:pick:{tap.argument}:0")
        asked = several.asks_on(scene.talk, scene.heard)
        return self._begin(asked, scene) if asked else None

    def _heard(self, scene: Scene) -> Turn:
        if (turn := self._goes_on(scene)) is not None:
            return turn
        wanted = [intent.name for intent in scene.heard.intents if intent.name in self.intents]
        serious = [name for name in wanted if name not in _SMALL_TALK]
        if serious:
            return greeted(scene, self._serious(scene, serious))
        if scene.heard.phone and scene.talk.pending_intent and scene.facts.person.proved is None:
            return typed_proves_nothing(scene, scene.talk.pending_intent)
        if several.books_the_topic(scene.talk, scene.heard):
            return self._begin("book", scene)
        return self._begin(next(iter(wanted), "other"), scene)

    def _serious(self, scene: Scene, names: Sequence[str]) -> Turn:
        """What was heard first; what was asked in between beside it is answered in the same message."""
        if any(branches.is_to_choose(scene, name) for name in names):
            return branches.ask(scene)
        sure = [name for name in names if name == names[0] or several.surely(name, scene.heard)]
        wish = several.first_of([name for name in sure if not self.intents[name].aside], scene.heard)
        asides = [name for name in sure if self.intents[name].aside]
        last = wish or (asides.pop() if len(asides) > 1 else names[0])
        turn = several.kept_for_later(last, scene.heard, self._begin(last, scene))
        if last in asides or not asides:
            return turn
        closed = replace(scene, talk=replace(scene.talk, question=None))
        for name in reversed(asides):
            turn = told_first(self._begin(name, closed), turn)
        return turn

    def _digresses(self, heard: Heard) -> bool:
        """Whether the words only ask something in between: «а сколько стоит?»."""
        sure = [one.name for one in heard.intents if one.name in self.intents and one.score >= several.SURE]
        return bool(sure) and all(self.intents[name].aside for name in sure)

    def _answered(self, scene: Scene, sent_at: Instant) -> Turn | None:
        question = scene.talk.question
        if question is None:
            return None
        if sent_at < _whole_second(question.asked_at):
            return Turn(scene.talk) if is_plain_yes_or_no(scene.heard) else None
        answer = self.intents[question.intent].answers.get(question.step)
        why = question.expecting is Expecting.REASON
        if answer is None or (self._digresses(scene.heard) and not why):
            return None
        if sent_at - question.asked_at > ANSWER_WITHIN and is_plain_yes_or_no(scene.heard):
            return self._asked_again(scene, question)
        return answer(scene, question)

    def _asked_again(self, scene: Scene, question: Question) -> Turn:
        """A yes that comes late is asked for once more, about the same thing."""
        if len(question.subjects) != 1:
            return self.intents[question.intent].begin(scene)
        return self._tapped(scene, f"{question.intent}:again:{question.subjects[0]}:0")

    def _tapped(self, scene: Scene, choice: str) -> Turn:
        if choice.partition(":")[0] == STARTED:
            return self.intents["greet"].begin(scene)
        name, tap = read_tap(scene.talk, choice)
        intent = self.intents.get(name)
        if intent is None or intent.tapped is None:
            return self.intents["other"].begin(scene)
        if tap.option == "no" and (turn := stopping.newer_tap(scene, intent)) is not None:
            return turn
        if branches.is_to_choose(scene, name):
            return branches.ask(scene, choice)
        return intent.tapped(replace(scene, talk=several.own_draft(name, scene.talk)), tap)

    def _contact(self, scene: Scene, *, own: bool) -> Turn:
        if not own and not books_another(scene.talk):
            return not_their_number(scene)
        asked = scene.talk.question
        answered = replace(scene.talk, question=None) if asked and asked.intent == "code" else scene.talk
        heard = scene.talk.pending_heard or scene.heard
        return self.intents[_waiting(scene.talk)].begin(replace(scene, talk=answered, heard=heard))

    def _settled(self, scene: Scene, event: Settled) -> Turn:
        if proves(event):
            return self._contact(replace(scene, talk=replace(scene.talk, wrong_codes=0)), own=True)
        intent, scene = self._settler(event), scene.at(event.command.salon)
        scene = replace(scene, talk=stopping.settled_talk(scene.talk, event))
        if intent is None or intent.settled is None:
            return Turn(scene.talk)
        turn = resuming.resumed(scene, intent.settled(scene, event), event.command)
        return several.and_now_the_booking(scene, event, turn)

    def _settler(self, event: Settled) -> Intent | None:
        settlers = (one for one in self.intents.values() if one.settles and isinstance(event.command, one.settles))
        return next(settlers, None)


def _waiting(talk: Talk) -> str:
    """What goes on once the number is known."""
    if talk.pending_intent is not None:
        return talk.pending_intent
    asked = talk.question
    return asked.intent if asked is not None and asks_phone(talk) else "greet"


def proves(event: Event) -> bool:
    """Whether the provider has just vouched that the phone is the writer's own."""
    return isinstance(event, Settled) and isinstance(event.command, ProvePhone) and isinstance(event.outcome, Done)


def answers(question: Question, sent_at: Instant) -> bool:
    """Whether something sent at this instant can be a yes to the question. Some messengers only give whole seconds."""
    return _whole_second(question.asked_at) <= sent_at <= question.asked_at + ANSWER_WITHIN


def _whole_second(moment: Instant) -> Instant:
    return Instant(moment.replace(microsecond=0))
