"""One turn of a conversation, read top to bottom.

Claim the chat that has waited longest, hear what was said, look up what the answer needs, let the dialogue answer, and
commit all that came of it in one transaction. Until then nothing of the turn is visible to anybody, so a turn that is
broken off anywhere is simply taken again.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection
from structlog.contextvars import bound_contextvars

from frontdesk.booking.commands import Command, ProvePhone, RefusalReason, Refused
from frontdesk.booking.ids import Phone
from frontdesk.booking.outstanding import NOTHING_OPEN, OpenCommands
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Tap
from frontdesk.dialogue.conversation import proves
from frontdesk.dialogue.manners import books_another, is_for_another
from frontdesk.dialogue.talk import ContactShared, Event, Facts, Person, Reply, Said, Settled, Talk, Turn, Wants
from frontdesk.service import masters_chat
from frontdesk.service.jobs import Job
from frontdesk.service.parts import Account
from frontdesk.service.thoughts import Thought, Words, merged, thoughts
from frontdesk.store import chats, commands, consents, inbox, replies
from frontdesk.store.chats import ClaimedChat, Kept
from frontdesk.store.forgetting import forget
from frontdesk.store.inbox import Arrival
from frontdesk.store.leases import Due, LeaseLost
from frontdesk.store.replies import Outgoing
from frontdesk.store.standing import is_taken, standing
from frontdesk.store.threads import Priority
from frontdesk.store.understanding import Understood


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of all the events of a turn; `also` is what else is written in its transaction."""

    talk: Talk
    person: Person
    replies: tuple[Reply, ...] = ()
    commands: tuple[Command, ...] = ()
    forget: bool = False
    withdrawn: tuple[str, ...] = ()
    heard: tuple[Understood, ...] = ()
    also: Callable[[Connection], None] | None = None


@dataclass(frozen=True, slots=True)
class Committed:
    """The numbers of the commands that were given, and when the chat wants its next turn, where it does."""

    commands: tuple[int, ...]
    due: Instant | None


@dataclass(frozen=True, slots=True)
class Turns(Job[ClaimedChat]):
    """Takes turns, one chat at a time each."""

    def claiming(self) -> Callable[[Connection], ClaimedChat | Due | None]:
        """The chat that has waited longest; else when one will be due; None where nobody waits."""
        now, limits = self.parts.clock.now(), self.parts.limits
        until = Instant(now + limits.turn + limits.spare)
        return partial(chats.claim, now=now, until=until)

    async def handle(self, chat: ClaimedChat) -> None:
        """Answers it, or puts it back for another try."""
        try:
            with self.parts.metrics.turns.time():
                async with asyncio.timeout(self.parts.limits.turn.total_seconds()):
                    with bound_contextvars(chat=chat.lease.id):
                        answered = await self._answer(chat)
                await self._commit(chat, answered)
            await self._acknowledge(chat)
        except LeaseLost:
            self.parts.log.warning("a turn was taken over by another worker", chat=chat.lease.id)
        except Exception:
            self.parts.metrics.failed_turns.inc()
            self.parts.log.exception("a turn failed", chat=chat.lease.id, failures=chat.failures + 1)
            await self._put_back(chat)

    async def _answer(self, chat: ClaimedChat) -> Answered:
        account = self.parts.account(chat.address)
        person = Person(account.title, chat.name, chat.proved, chat.claimed)
        if masters_chat.is_for_a_master(chat):
            answer = await masters_chat.answered(self.parts, chat)
            return Answered(chat.talk, person, (answer.reply,), also=answer.also)
        await self.parts.door.learn(account.salons, self.parts.clock.now())
        answered, facts, wanted = Answered(chat.talk, person), None, Wants()
        answers = self.parts.standing.wishes.switches.answers(chat.address)
        for thought in thoughts(one for one in chat.messages if answers or isinstance(one.content, Settled)):
            event = self._event(thought, answered.talk, account)
            person = introduced(answered.person, event, answered.talk)
            wants = self.parts.dialogue.wants(answered.talk, event)
            if facts is None or person != facts.person or wants not in (wanted, Wants()):
                facts, wanted = await self._look_up(chat, account, person, wants), wants
            new = frozenset(command.subject for command in answered.commands)
            # What was settled since the claim is told next: until then it is still on its way.
            busy, held = facts.busy | chat.busy | new, chat.held | new
            turn = self.parts.dialogue.advance(answered.talk, event, replace(facts, busy=busy, held=held))
            answered = _and(answered, turn, person, _understood(thought, event))
        return answered

    def _event(self, thought: Thought, talk: Talk, account: Account) -> Event:
        if not isinstance(thought, Words):
            return thought
        text = thought.text[: self.parts.limits.heard_characters]
        expecting = self.parts.dialogue.expecting(talk)
        return Said(self.parts.hear(text, thought.sent_at, account.salons, expecting), thought.sent_at)

    async def _look_up(self, chat: ClaimedChat, account: Account, person: Person, wants: Wants) -> Facts:
        """Looks up, and shows the person that it is being looked up where that takes long."""
        looking = self._looked_up(chat, account, person, wants)
        if not wants.appointments:
            return await looking
        typing = asyncio.ensure_future(self._show_typing(chat, account))
        try:
            return await looking
        finally:
            typing.cancel()
            await asyncio.gather(typing, return_exceptions=True)

    async def _looked_up(self, chat: ClaimedChat, account: Account, person: Person, wants: Wants) -> Facts:
        asked = await self._asked(chat, account, person, wants)
        return told(await self.parts.door.look_up(person, account.salons, wants, self.parts.clock.now(), asked), asked)

    async def _asked(self, chat: ClaimedChat, account: Account, person: Person, wants: Wants) -> OpenCommands:
        """What is open already: of this person, and where free times are wanted, of everybody."""
        everyones = wants.slots is not None or wants.slots_for is not None
        if not chat.busy and person.proved == chat.proved and not everyones:
            return NOTHING_OPEN  # as the claim has found
        work = partial(standing, chat=chat.lease.id, phone=person.proved, salons=account.salons, everyones=everyones)
        return await self.parts.store.read(work, Priority.WORK)

    async def _show_typing(self, chat: ClaimedChat, account: Account) -> None:
        read = [message.message_id for message in chat.messages if not isinstance(message.content, Settled)]
        if read:
            await self.parts.clock.sleep(self.parts.limits.typing_after.total_seconds())
            await account.messenger.show_typing(chat.address, read[-1])

    async def _acknowledge(self, chat: ClaimedChat) -> None:
        """A button that was tapped need not wait any longer. Nothing hangs on whether the messenger hears it."""
        taps = [message.message_id for message in chat.messages if isinstance(message.content, Tap)]
        messenger = self.parts.account(chat.address).messenger
        try:
            async with asyncio.timeout(self.parts.limits.send.total_seconds()):
                for message_id in taps:
                    await messenger.acknowledge(chat.address, message_id)
        except TimeoutError:
            self.parts.log.warning("a tap was not acknowledged in time", chat=chat.lease.id)

    async def _commit(self, chat: ClaimedChat, answered: Answered) -> None:
        key = self.parts.new_key()
        work = partial(commit, chat=chat, answered=answered, key=key, now=self.parts.clock.now())
        kept, heard = await self.parts.store.write(work), [message.id for message in chat.messages]
        given = list(kept.commands)
        self.parts.log.info("a turn was taken", chat=chat.lease.id, messages=heard, commands=given, reply=key)
        if answered.replies:
            self.bells.replies.ring()
        if answered.commands or chat.busy:
            self.bells.commands.ring()
        if kept.due is not None or (answered.commands and self.parts.links.closed()):
            self.bells.turns.ring()

    async def _put_back(self, chat: ClaimedChat) -> None:
        """Tries again later; after too many tries the messages are set aside, so that the chat can go on."""
        now, tries = self.parts.clock.now(), chat.failures + 1
        if tries < self.parts.limits.turn_tries:
            work = partial(chats.put_back, chat=chat, due=Instant(now + commands.backoff(tries)))
        else:
            self.parts.log.error("messages were set aside unanswered", chat=chat.lease.id, messages=len(chat.messages))
            work = partial(chats.set_aside, chat=chat, now=now)
        try:
            await self.parts.store.write(work)
        except LeaseLost:
            self.parts.log.warning("a turn was taken over by another worker", chat=chat.lease.id)
        self.bells.turns.ring()  # Whoever has been resting since the claim does not know when this chat is due again.


def _understood(thought: Thought, event: Event) -> tuple[Understood, ...]:
    if isinstance(thought, Words) and isinstance(event, Said):
        return (Understood(thought.message, event.heard),)
    return ()


def _and(answered: Answered, turn: Turn, person: Person, heard: tuple[Understood, ...]) -> Answered:
    return Answered(
        turn.talk,
        without_anothers_phone(person, answered.talk, turn.talk),
        answered.replies + turn.replies,
        _left_standing(answered, turn) + turn.commands,
        answered.forget or turn.forget,
        answered.withdrawn + turn.withdrawn,
        answered.heard + heard,
    )


def _left_standing(answered: Answered, turn: Turn) -> tuple[Command, ...]:
    """What was asked earlier in this very turn and is not taken back: «да», and at once «нет, стойте»."""
    return tuple(command for command in answered.commands if command.subject not in turn.withdrawn)


def introduced(person: Person, event: Event, talk: Talk) -> Person:
    """The person, with the phone they have just proved or claimed; a forwarded card may only book its owner."""
    if isinstance(event, ContactShared) and event.own:
        return replace(person, proved=event.phone)
    if isinstance(event, ContactShared):
        return replace(person, claimed=event.phone) if books_another(talk) else person
    if isinstance(event, Said) and event.heard.phone and person.proved is None:
        return replace(person, claimed=Phone(event.heard.phone))
    if isinstance(event, Settled) and isinstance(event.command, ProvePhone) and proves(event):
        return replace(person, proved=event.command.phone)
    return person


def without_anothers_phone(person: Person, before: Talk, after: Talk) -> Person:
    """A phone that was named to book somebody else is not the writer's: it goes with that booking."""
    return replace(person, claimed=None) if is_for_another(before) and not is_for_another(after) else person


def told(facts: Facts, asked: OpenCommands) -> Facts:
    """The facts with what is open already."""
    return replace(facts, busy=frozenset(one.command.subject for one in asked.own))


def commit(connection: Connection, chat: ClaimedChat, answered: Answered, key: str, now: Instant) -> Committed:
    """Everything that came of a turn, or nothing: raises LeaseLost where the chat was taken over.

    What arrived during the turn rang while the chat could not be claimed: whoever commits rings for it again.
    """
    kept = Kept(answered.talk, answered.person.proved, answered.person.claimed, answered.heard)
    due = chats.keep(connection, chat, kept, now)
    if answered.forget:
        forget(connection, chat.lease.id, answered.person.proved)
    if reply := merged(answered.replies):
        consents.note(connection, chat.lease.id, consents.news(chat.talk, answered.talk, reply, now))
        replies.add(connection, chat.lease.id, Outgoing(chat.address, key, reply), now)
    for subject in answered.withdrawn:
        commands.withdraw(connection, chat.lease.id, subject, now)
    given = [take_in(connection, chat, command, key, now) for command in answered.commands]
    if answered.also is not None:
        answered.also(connection)
    numbers = tuple(number for number in given if number is not None)
    return Committed(numbers, chats.due(connection, chat.lease.id) if given or answered.also else due)


def take_in(connection: Connection, chat: ClaimedChat, command: Command, key: str, now: Instant) -> int | None:
    """Takes a command in and says its number; one that asks for time promised to somebody else is refused at once."""
    if not is_taken(connection, command):
        return commands.add(connection, chat.lease.id, command, now)
    refused = Settled(command, Refused(RefusalReason.BUSY, "promised to somebody else a moment before"))
    inbox.add(connection, chat.lease.id, Arrival(chat.address, f"taken-{key}", refused, now), now)
    chats.wake(connection, chat.lease.id, now)
    return None
