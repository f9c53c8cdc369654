"""Plays the earlier conversations into the store, each message by the functions the service itself keeps it with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection

from frontdesk.booking.changes import LATE
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Address, Incoming, Tap, Text
from frontdesk.demo_history.journal import Deed, History
from frontdesk.demo_history.scripts import APART, SETTLED, About, Line
from frontdesk.dialogue.grammar import genitive
from frontdesk.dialogue.talk import Choice, Reply
from frontdesk.dialogue.words import Words
from frontdesk.emulator.world import World
from frontdesk.language.heard import Heard, ScoredIntent
from frontdesk.outage.reply import ReplyEvent
from frontdesk.store import audit, chats, replies, steering
from frontdesk.store.chats import ClaimedChat, Kept
from frontdesk.store.replies import ClaimedReply, Fate, Outgoing
from frontdesk.store.steering import Answer
from frontdesk.store.understanding import Understood
from frontdesk.store.users import Role, User

A_TURN: Final = timedelta(minutes=1)
FIRST_STRANGER: Final = 500_009_001
DAYS: Final = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
ADMINISTRATOR: Final = User(0, "администратор Лада", Role.ADMINISTRATOR)
LEADS_UP: Final = timedelta(seconds=50)
"""From a conversation's first words to its deed."""


def play(connection: Connection, salon: str, history: History, world: World) -> None:
    """All of them: those that led to a deed, at its time, and those apart."""
    for script in SETTLED:
        for deed in _newest(history, script):
            address = Address(deed.regular.channel or "", salon, deed.regular.user)
            lines = _filled(script.lines, deed, world)
            _Teller(connection, address, deed.regular.name).tell(lines, Instant(deed.at - LEADS_UP))
    for number, apart in enumerate(APART):
        address = Address(apart.channel, salon, str(FIRST_STRANGER + number))
        begin = Instant(world.clock.now() - timedelta(minutes=apart.ago_min))
        _Teller(connection, address, apart.name, apart.language).tell(apart.lines, begin, waits=apart.waits)


def _newest(history: History, script: About) -> list[Deed]:
    """The newest deeds that this script fits."""
    fitting = [
        deed
        for deed in history.deeds
        if deed.kind is script.kind
        and script.reason in {None, deed.reason}
        and script.late in {None, deed.starts_at - deed.at < LATE}
    ]
    return sorted(fitting, key=lambda deed: deed.at)[-script.times :]


def _filled(lines: Sequence[Line], deed: Deed, world: World) -> list[Line]:
    one, words = deed.appointment, Words()
    master = world.masters.anywhere(one.master_id)
    name = master.name if master else ""
    zone = world.companies[one.company_id].zone
    facts = {
        "what": words.titles([line.title for line in one.services], as_object=True),
        "when": words.when(Local(one.start), Local(deed.at.astimezone(zone).replace(tzinfo=None))),
        "whom": words("у {master}", master=genitive(name)),
        "to_master": words.to_master(name.partition(" ")[0]),
        "day": DAYS[one.start.weekday()],
    }
    return [replace(line, text=line.text.format(**facts)) for line in lines]


@dataclass
class _Teller:
    """Tells one conversation, message by message."""

    connection: Connection
    address: Address
    name: str
    language: str = "ru"
    said: int = 0
    chat: int = 0

    def tell(self, lines: Sequence[Line], begin: Instant, *, waits: bool = False) -> None:
        """All of it from this moment on."""
        at, following = begin, [*lines[1:], None]
        for line, after in zip(lines, following, strict=True):
            at = Instant(at + timedelta(seconds=line.after_s))
            if line.who == "@":
                self._answer_as_person(line, at)
            elif line.who != "<":
                self._hear(line, at)
                reply = after if after is not None and after.who == "<" else None
                self._turn(line, reply, at, begin if waits else None)

    def _hear(self, line: Line, at: Instant) -> None:
        content = Tap(self._key(), line.text) if line.who == "*" else Text(line.text)
        incoming = Incoming(self.address, self._key(), at, content, self.name)
        chats.receive(self.connection, incoming, at, timedelta(0))

    def _turn(self, line: Line, reply: Line | None, at: Instant, with_human: Instant | None) -> None:
        chat = chats.claim(self.connection, at, Instant(at + A_TURN))
        if not isinstance(chat, ClaimedChat):
            return
        self.chat, answered = chat.lease.id, Instant(at + timedelta(seconds=reply.after_s if reply else 0))
        if reply is not None:
            self._say(reply, answered)
        talk = replace(chat.talk, language=self.language, with_human_since=with_human)
        chats.keep(self.connection, chat, Kept(talk, chat.proved, chat.claimed, self._heard(line, chat)), answered)
        self._send(answered)

    def _heard(self, line: Line, chat: ClaimedChat) -> tuple[Understood, ...]:
        heard = Heard("", self.language, (ScoredIntent(line.intent, 1.0),))
        return (Understood(chat.messages[-1].id, heard),) if line.intent else ()

    def _say(self, line: Line, at: Instant) -> None:
        choices = tuple(Choice(f"past:{number}", label) for number, label in enumerate(line.choices))
        reply = Reply(line.text, choices, language=self.language)
        replies.add(self.connection, self.chat, Outgoing(self.address, self._key(), reply), at)

    def _send(self, at: Instant) -> None:
        claimed = replies.claim(self.connection, at, Instant(at + A_TURN), {})
        if isinstance(claimed, ClaimedReply):
            replies.name(self.connection, claimed, f"past-{claimed.lease.id}")
            replies.move(self.connection, claimed, Fate(ReplyEvent.ACCEPTED, at))

    def _answer_as_person(self, line: Line, at: Instant) -> None:
        """Takes it over, answers, and gives it back."""
        steering.take(self.connection, self.chat, ADMINISTRATOR.name, at)
        self._note("Диалог взят на себя", at)
        steering.answer(self.connection, self.chat, Answer(ADMINISTRATOR.name, self._key(), line.text), at)
        self._note("Клиенту ответил человек", at)
        self._send(at)
        steering.give_back(self.connection, self.chat, Instant(at + A_TURN))
        self._note("Диалог возвращён ассистенту", Instant(at + A_TURN))

    def _note(self, what: str, at: Instant) -> None:
        audit.note(self.connection, ADMINISTRATOR, what, audit.About(chat=self.chat), at)

    def _key(self) -> str:
        self.said += 1
        return f"past-{self.address.user}-{self.said}"
