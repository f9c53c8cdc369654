"""What an intent sees when it is its turn, and the ways it can answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import UnionType

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Command
from frontdesk.booking.menu import Menu
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import (
    Choice,
    Draft,
    Facts,
    Question,
    Reply,
    Settled,
    Talk,
    Turn,
    Wants,
    WorkingWanted,
)
from frontdesk.dialogue.words import Words
from frontdesk.language.heard import Expecting, Heard
from frontdesk.language.phrases import Phrases

ANSWER_WITHIN = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Scene:
    """The conversation as it stands, what is known, and what was heard (empty where nothing was said in words)."""

    talk: Talk
    facts: Facts
    words: Words
    heard: Heard

    @property
    def salon(self) -> Salon:
        """The salon this conversation is with; of several, the first."""
        return self.facts.salons[0]

    @property
    def menu(self) -> Menu:
        """What this salon offers, as last read."""
        return self.facts.menus.get(self.salon.key, Menu())

    @property
    def now(self) -> Local:
        """What this salon's clock shows."""
        return self.salon.local(self.facts.now)

    def at(self, salon: str) -> "Scene":
        """The same at this branch, where it is one of the conversation's."""
        first = sorted(self.facts.salons, key=lambda one: one.key != salon)
        return replace(self, facts=replace(self.facts, salons=tuple(first)))

    def salon_of(self, appointment: Appointment) -> Salon:
        """The branch an appointment belongs to."""
        return next(salon for salon in self.facts.salons if salon.key == appointment.salon)

    def now_at(self, appointment: Appointment) -> Local:
        """What the clock of the appointment's salon shows."""
        return self.salon_of(appointment).local(self.facts.now)

    def coming(self) -> tuple[Appointment, ...]:
        """This person's appointments that are still to come, soonest first."""
        own = self.facts.appointments or ()
        return tuple(sorted((one for one in own if one.stands and one.start > self.now_at(one)), key=_start))

    def line(self, appointment: Appointment) -> str:
        """An appointment as a line of a list, with its branch where there are several."""
        line = self.words.line(appointment, self.now_at(appointment))
        return f"{line}, {self.salon_of(appointment).title}" if len(self.facts.salons) > 1 else line

    def telling(self, appointment: Appointment) -> dict[str, str]:
        """What a sentence names an appointment by: {what} as its object, {when} and {whom}."""
        return {
            "what": self.words.services(appointment, as_object=True),
            "when": self.words.when(appointment.start, self.now_at(appointment)),
            "whom": self.words.with_master(appointment),
        }

    def expected(self) -> tuple[Appointment, ...]:
        """Those to come, and those whose cancellation is not settled yet, soonest first."""
        own = (one for one in self.facts.appointments or () if one.stands or one.pending is not None)
        return tuple(sorted((one for one in own if one.start > self.now_at(one)), key=_start))

    def shares_visit(self, appointment: Appointment) -> bool:
        """Whether another of this person's appointments stands in the same visit."""
        others = (one for one in self.facts.appointments or () if one.id != appointment.id)
        return appointment.visit is not None and any(one.visit == appointment.visit for one in others)

    def is_bare(self, intent: str) -> bool:
        """Whether nothing but one word of this intent was said: «Отменяйте» answers «Отменить?» as a yes does.

        Two words may be the wish said again («отмените запись»), by somebody who has not read the question yet.
        """
        return self.heard.intent == intent and len(self.heard.text.split()) == 1

    def say(self, text: str, *choices: Choice) -> Turn:
        """Answers and leaves no question open."""
        talk = replace(_nothing_pending(self.talk), question=None, draft=None)
        return Turn(talk, (Reply(text, choices),))

    def give_up(self, text: str) -> Turn:
        """Answers and drops what was talked through, with the conflict that it was to settle."""
        settles = self.talk.draft.settles if self.talk.draft else ""
        return replace(self.say(text), withdrawn=(settles,) if settles else ())

    def aside(self, text: str, *choices: Choice) -> Turn:
        """Answers a question in between, and returns to the open one, if there is any, in the same message."""
        talk = replace(self.talk, misunderstood=0)
        question = self.talk.question
        if question is None or question.expecting is Expecting.REASON:
            return Turn(talk, (Reply(text, choices),))
        if self.facts.now - question.asked_at > ANSWER_WITHIN:
            return self.say(text, *choices)
        return Turn(talk, (replace(question.reply, text=f"{text}\n\n{question.reply.text}".rstrip()),))

    def ask(self, question: "Ask", text: str, *choices: Choice) -> Turn:
        """Answers with a question; each choice's id is completed with the question's number."""
        number = self.talk.asked + 1
        numbered = tuple(replace(choice, id=f"{choice.id}:{number}") for choice in choices)
        reply = Reply(text, numbered, question.ask_contact)
        asked = Question(
            number,
            question.intent,
            question.step,
            self.facts.now,
            question.expecting,
            reply,
            tuple(one.id for one in question.subjects),
            question.commits,
        )
        talk = replace(_nothing_pending(self.talk), question=asked, asked=number, draft=question.draft)
        return Turn(talk, (reply,))

    def command(self, command: Command) -> Turn:
        """Asks this of the journal; the words follow its outcome."""
        return Turn(replace(_nothing_pending(self.talk), question=None, given=command), (), (command,))

    def hand_over(self, text: str) -> Turn:
        """Answers, and leaves the conversation to a person of the salon."""
        turn = self.say(text)
        return replace(turn, talk=replace(turn.talk, with_human_since=self.facts.now))

    def call_us(self, why: str) -> Turn:
        """Says why it can't be done here and where it can; without a phone to call, a person takes over."""
        if not self.salon.phone:
            return self.hand_over(f"{why} {self.words('Передала администратору, он ответит вам здесь.')}")
        return self.say(f"{why} {self.words('Позвоните, пожалуйста, в салон: {phone}.', phone=self.salon.phone)}")

    def about(self, services: tuple[int, ...]) -> "Scene":
        """The same, with these services being what is asked about."""
        return replace(self, talk=replace(self.talk, topic=services))

    def cant_say(self, why: str) -> Turn:
        """The same for a question in between: an open one stays open, and is asked again."""
        question = self.talk.question
        if question is None or self.facts.now - question.asked_at > ANSWER_WITHIN:
            return self.call_us(why)
        phone = self.salon.phone
        return self.aside(
            f"{why} {self.words('Позвоните, пожалуйста, в салон: {phone}.', phone=phone)}" if phone else why
        )


def still_pending(turn: Turn, before: Talk) -> Turn:
    """The turn, with what waits for the phone still waiting."""
    talk = replace(turn.talk, pending_intent=before.pending_intent, pending_heard=before.pending_heard)
    return replace(turn, talk=talk)


def _nothing_pending(talk: Talk) -> Talk:
    return replace(
        talk, misunderstood=0, pending_intent=None, pending_heard=None, pending_choice="", topic=(), answered=""
    )


def _start(appointment: Appointment) -> Local:
    return appointment.start


@dataclass(frozen=True, slots=True)
class Ask:
    """Which question it is: whose, which step of it, what would answer it, what it is about and what a yes commits."""

    intent: str
    step: str
    expecting: Expecting
    subjects: tuple[Appointment, ...] = ()
    commits: Command | None = None
    draft: Draft | None = None
    ask_contact: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on one of an intent's own choices; `fresh` where it answers the question that is open now."""

    option: str
    argument: str
    fresh: bool

    @property
    def number(self) -> int | None:
        """The argument as the id of an appointment; one that is still to be made has a negative one."""
        return int(self.argument) if self.argument.removeprefix("-").isdecimal() else None


Begin = Callable[[Scene], Turn]
Answer = Callable[[Scene, Question], Turn | None]
"""An answer to an open question; None where the words were no answer to it."""


def nothing_wanted(_talk: Talk, _heard: Heard, _tap: Tap | None) -> Wants:
    """Nothing need be looked up."""
    return Wants()


def nothing_after(_talk: Talk, _settled: Settled) -> Wants:
    """Nothing need be looked up to word an outcome."""
    return Wants()


def working_wanted(_talk: Talk, heard: Heard, _tap: Tap | None) -> Wants:
    """The masters' working days are needed, from the day that was named on."""
    start = heard.readings[0].start if heard.readings else None
    return Wants(working=WorkingWanted(start.date if start else None))


def appointments_wanted(_talk: Talk, _heard: Heard, _tap: Tap | None) -> Wants:
    """The person's own appointments are needed."""
    return Wants(appointments=True)


@dataclass(frozen=True, slots=True)
class Intent:
    """One thing people want: how it is said, what it needs to know, what it does."""

    name: str
    phrases: Phrases
    begin: Begin
    wants: Callable[[Talk, Heard, "Tap | None"], Wants] = nothing_wanted
    answers: Mapping[str, Answer] = field(default_factory=dict)
    tapped: Callable[[Scene, Tap], Turn] | None = None
    settles: type | UnionType | None = None
    settled: Callable[[Scene, Settled], Turn] | None = None
    settled_wants: Callable[[Talk, Settled], Wants] = nothing_after
    aside: bool = False
    """It is answered in between, and the open question stays open."""
