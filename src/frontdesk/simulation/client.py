"""One client: what they want, what they make of each reply, and what they agreed to.

A client reads only what a person would see: the text and the labels. A yes is given to a question that names what the
client wants and to no other, and is written down as a consent; the judge holds every change of the journal against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Final

from frontdesk.booking.ids import Phone
from frontdesk.channels.messages import Address, Contact, Content, Text
from frontdesk.dialogue.talk import Choice, Reply
from frontdesk.simulation import personas, phrases
from frontdesk.simulation.consent import Consent, End
from frontdesk.simulation.goals import BOOKS, MOVES, Errand, Goal
from frontdesk.simulation.mischief import Mischief
from frontdesk.simulation.personas import Persona, written
from frontdesk.simulation.phrases import TONGUES, Tongue
from frontdesk.simulation.reading import (
    Tells,
    argument_of,
    handed_over,
    intent_of,
    moments,
    offers,
    sends_to_phone,
    slot_start,
    speaks_of,
    tells,
)
from frontdesk.simulation.sending import tap, texts
from frontdesk.simulation.told import BACK, WANTS, is_told

MOST_ROUNDS: Final = 16
"""Nobody goes on for longer than that."""
MOST_RETRIES: Final = 4
PATIENCE_MIN: Final = 10


@dataclass(slots=True)
class Client:
    """One person in one chat. `proved` where the messenger vouches for the number from the start."""

    address: Address
    phone: Phone
    name: str
    proved: bool
    persona: Persona
    errand: Errand
    chance: Random
    mischief: Mischief
    spoken: frozenset[str]
    """The intents that have an answer of their own: digressions go there."""
    want: str = ""
    target: datetime | None = None
    consents: list[Consent] = field(default_factory=list)
    claimed: set[Phone] = field(default_factory=set)
    """Numbers of others that this client typed: they prove nothing, but one may book on them."""
    lines: list[str] = field(default_factory=list)
    seen: list[Choice] = field(default_factory=list)
    end: End | None = None
    unread: Reply | None = None
    waits_min: float = 0
    """How long the client leaves before writing again, where they were told to."""
    _chosen: list[datetime] = field(default_factory=list)
    _rounds: int = 0
    _retries: int = 0
    _resting: bool = False
    _changed_mind: bool = False
    _digressed: bool = False
    _joked: bool = False

    def __post_init__(self) -> None:
        goal = self.errand.goal
        self.target = self.errand.target.start if self.errand.target else None
        self.want = "book" if goal in BOOKS else "move" if goal in MOVES else WANTS[goal]

    def _tongue(self) -> Tongue:
        """The language of the next message."""
        return TONGUES[self.persona.tongue(self.chance)]

    def opens(self, now: datetime) -> list[Content]:
        """The first words."""
        text = phrases.opening(self.errand, now, self.chance, self._tongue())
        if self.errand.goal is Goal.CONFIRM and self.target is not None:
            # These words are the yes itself.
            meant = self.errand.target.id if self.errand.target else None
            self.consents.append(Consent("confirm", self.target, target=meant))
        return texts(written(self.persona, self.chance, text, first=True))

    def hears(self, reply: Reply) -> None:
        """A message comes."""
        self.unread = reply
        self.seen += reply.choices

    def answers(self, now: datetime) -> list[Content]:
        """What the client does about what came last; nothing where they wait or have done."""
        reply, self.unread, self.waits_min = self.unread, None, 0
        if reply is None or self.end is not None:
            return []
        self._rounds += 1
        if self._rounds > MOST_ROUNDS:
            self.end = End.GAVE_UP
            return []
        agreed = self.consents[-1].start if self.consents else None
        told = is_told(self.want, reply.text, moments(reply.text, now), self.target, agreed)
        return self._told(reply, now) if told else self._goes_on(reply, now)

    def _told(self, reply: Reply, now: datetime) -> list[Content]:
        tongue = self._tongue()
        if self.errand.goal is Goal.BOOK_THEN_CANCEL and self.want == "book":
            self.want, self.target = "cancel", self.consents[-1].start
            return self._says(tongue.cancel_on.format(day=phrases.said_day(self.target, now, self.chance, tongue)))
        if (back := BACK.get((self.errand.goal, self.want))) is not None and self.errand.target is not None:
            self.want = back
            # These words are the yes itself: what is brought back is the one that has just been named.
            kind = "move" if self.errand.goal is Goal.MOVE_THEN_BACK else "undo"
            self.consents.append(Consent(kind, self.errand.target.start, target=self.errand.target.id))
            return texts([self.chance.choice(tongue.undo)])
        self.end = End.TOLD
        thanks = self.persona is Persona.CHATTY and not handed_over(reply.text)
        return texts([tongue.thanks]) if thanks else []

    def _goes_on(self, reply: Reply, now: datetime) -> list[Content]:
        text = reply.text
        if tells(text, Tells.WAITING) or (tells(text, Tells.AWAY) and not tells(text, Tells.AS_OF)):
            return self._tries_later(reply, now)
        if sends_to_phone(text) and self._joked and not handed_over(text):
            self._joked = False  # that was the answer to the trick
            return self._states(now)
        if (end := self._ends_by(text)) is not None:
            self.end = end
            return []
        if mischief := self._mischief():
            return mischief
        if digression := self._digression(reply):
            return digression
        return self._answers_question(reply, now)

    def _ends_by(self, text: str) -> End | None:
        """How it ends where there is nothing more to reach here."""
        if tells(text, Tells.RESCHEDULED) or (self.want in BACK.values() and tells(text, Tells.TAKEN)):
            return End.TOO_LATE
        return End.PERSON if handed_over(text) or sends_to_phone(text) else None

    def _tries_later(self, reply: Reply, now: datetime) -> list[Content]:
        """A promise is waited for; where the journal could only not be read, one asks again."""
        if not tells(reply.text, Tells.TRY_LATER):
            return []
        if not self._resting:
            self._resting, self.waits_min, self.unread = True, PATIENCE_MIN, reply
            return []
        self._resting = False
        self._retries += 1
        if self._retries > MOST_RETRIES:
            self.end = End.PERSON
            return []
        return self._states(now)

    def _mischief(self) -> list[Content]:
        if self.persona is not Persona.HOSTILE or self.chance.random() < 1 / 2:
            return []
        trick = self.mischief.next(self.seen)
        self._joked = bool(trick)
        if not self.proved:
            self.claimed |= self.mischief.typed
        return trick

    def _digression(self, reply: Reply) -> list[Content]:
        if self.persona is not Persona.CHATTY or self._digressed or not reply.choices or self.chance.random() < 1 / 2:
            return []
        self._digressed = True
        asked = [text for name, text in personas.DIGRESSIONS.items() if name in self.spoken]
        return texts([self.chance.choice(asked)]) if asked else []

    def _answers_question(self, reply: Reply, now: datetime) -> list[Content]:
        if offers(reply, "yes"):
            return self._hears_read_back(reply, now)
        if branches := [choice for choice in offers(reply, "pick") if intent_of(choice) == "branch"]:
            return self._takes_branch(branches)
        for option, act in (("pick", self._picks), ("slot", self._takes_slot), ("service", self._takes_service)):
            if (choices := offers(reply, option)) and intent_of(choices[0]) == self._intent():
                return act(choices, now)
        if masters := offers(reply, "master"):
            return self._takes_master(masters)
        if days := offers(reply, "day"):
            return [tap(self.chance.choice(days))]
        return self._answers_open(reply, now)

    def _intent(self) -> str:
        if self.want == "declined":
            return "book" if self.errand.goal is Goal.DECLINE_BOOKING else "cancel"
        return self.want

    def _answers_open(self, reply: Reply, now: datetime) -> list[Content]:
        text = reply.text
        if reply.ask_contact:
            return self._gives_phone(typed=self.want == "book" and self.chance.random() < 1 / 2)
        if tells(text, Tells.ASKS_NAME):
            return texts([self.name])
        if tells(text, Tells.ASKS_WHEN):
            tongue, when = self._tongue(), self.errand.when
            return self._says(phrases.said_when(when, now, self.chance, tongue) if when else tongue.any_day)
        return self._states(now)

    def _gives_phone(self, *, typed: bool) -> list[Content]:
        return [Text(f"+{self.phone}")] if typed else [Contact(self.phone, own=True)]

    def _states(self, now: datetime) -> list[Content]:
        """Says plainly what is wanted, once more."""
        tongue = self._tongue()
        if self.want == "cancel" and self.target is not None:
            when = tongue.at.format(day=phrases.plain_day(self.target, tongue), time=f"{self.target:%H:%M}")
            return texts([tongue.cancel_on.format(day=when)])
        if self.want in BACK.values():
            return texts([tongue.undo[0]])
        return texts([phrases.opening(self.errand, now, self.chance, tongue)])

    def _hears_read_back(self, reply: Reply, now: datetime) -> list[Content]:
        yes = offers(reply, "yes")[0]
        question = reply.text.split("\n\n")[-1]
        kind, named = intent_of(yes), moments(question, now)
        if kind == "book" and self.errand.branch not in question:
            return self._says(phrases.where(self.errand.branch))
        if not named or kind != self._intent() or not self._is_meant(kind, question, named):
            return texts(["Нет"])
        if self.errand.goal in {Goal.DECLINE_BOOKING, Goal.DECLINE_CANCEL}:
            self.want = "declined"
            no = offers(reply, "no")
            return [tap(no[0])] if no and self.chance.random() < 1 / 2 else self._says(self._tongue().decline)
        if self.persona is Persona.UNDECIDED and not self._changed_mind:
            return self._changes_mind(kind, reply)
        was = named[0] if kind == "move" and len(named) > 1 else None
        self.consents.append(Consent(kind, named[-1], was))
        return [tap(yes)] if self.chance.random() < 1 / 2 else texts([personas.yes(self.persona, self.chance)])

    def _is_meant(self, kind: str, text: str, named: Sequence[datetime]) -> bool:
        if kind in {"cancel", "confirm"}:
            return named[0] == self.target
        if kind == "book" and self.errand.service and not speaks_of(text, self.errand.service.title):
            return False
        if kind == "move" and len(named) > 1 and named[0] != self.target:
            return False
        return self.errand.when is None or named[-1] == self.errand.when or named[-1] in self._chosen

    def _changes_mind(self, kind: str, reply: Reply) -> list[Content]:
        """Another time after all; or no, and then yes."""
        self._changed_mind = True
        self.errand.when = None
        if kind == "cancel":
            return texts([self._tongue().wait])
        if (other := offers(reply, "other")) and self.chance.random() < 1 / 2:
            return [tap(other[0])]
        return texts([self._tongue().another_hour.format(hour=self.chance.randint(11, 17))])

    def _picks(self, choices: Sequence[Choice], now: datetime) -> list[Content]:
        ids = [argument_of(choice) for choice in choices]
        target = str(self.errand.target.id) if self.errand.target else ""
        if target not in ids:
            return self._states(now)
        at = ids.index(target)
        return [tap(choices[at])] if self.chance.random() < 2 / 3 else texts([str(at + 1)])

    def _takes_branch(self, branches: Sequence[Choice]) -> list[Content]:
        """A tap, its number in the list, or in words; who has no wish takes any."""
        wanted = [n for n, choice in enumerate(branches) if choice.label == self.errand.branch]
        at = wanted[0] if wanted else self.chance.randrange(len(branches))
        if self.chance.random() < 1 / 3:
            return [tap(branches[at])]
        return texts([str(at + 1)]) if self.chance.random() < 1 / 2 else self._says(phrases.where(branches[at].label))

    def _takes_slot(self, choices: Sequence[Choice], _now: datetime) -> list[Content]:
        wished = [choice for choice in choices if slot_start(choice) == self.errand.when]
        chosen = wished[0] if wished else self.chance.choice(choices)
        self._chosen.append(slot_start(chosen))
        if self.chance.random() < 1 / 2:
            return [tap(chosen)]
        start, tongue = slot_start(chosen), self._tongue()
        when = tongue.at.format(day=phrases.plain_day(start, tongue), time=f"{start:%H:%M}")
        return texts([tongue.take.format(when=when)])

    def _takes_service(self, choices: Sequence[Choice], _now: datetime) -> list[Content]:
        wanted = self.errand.service
        fitting = [choice for choice in choices if wanted and argument_of(choice) == str(wanted.id)]
        if fitting and self.chance.random() < 1 / 2:
            return [tap(fitting[0])]
        return self._says(wanted.title if wanted else choices[0].label)

    def _takes_master(self, choices: Sequence[Choice]) -> list[Content]:
        wanted = [choice for choice in choices if choice.label == self.errand.master]
        return [tap((wanted or list(choices))[-1])]

    def _says(self, text: str) -> list[Content]:
        return texts(written(self.persona, self.chance, text))
