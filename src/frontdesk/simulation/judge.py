"""What must never happen, watched while it could: every change of the journal, and every word that is said of it.

A change by the service is held against the consents of whoever owns the appointment: the yes must have been to that
kind of question and to that very time, and each yes counts once. A reply is held against the journal at the moment it
is sent. Nothing here asks the service what it meant.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from frontdesk.channels.messages import Address
from frontdesk.dialogue.talk import Reply
from frontdesk.simulation.client import Client
from frontdesk.simulation.consent import Consent
from frontdesk.simulation.journal import Entry, Journal, clashes, of_person
from frontdesk.simulation.reading import Tells, apart, argument_of, as_of, moments, tells
from frontdesk.yclients.models.attendance import Attendance

SETTLES = (
    Tells.BOOKED,
    Tells.CANCELLED,
    Tells.MOVED,
    Tells.CONFIRMED,
    Tells.RESTORED,
    Tells.TAKEN,
    Tells.PASSED,
    Tells.SORRY,
    Tells.RESCHEDULED,
    Tells.LEFT_AS_IT_WAS,
    Tells.HANDED_OVER,
    Tells.CALL_US,
)
"""What ends a promise: done, or told why not."""

UNDER_WAY = timedelta(minutes=1)
"""A write that left in time may come to the journal so much later."""


class Rule(StrEnum):
    """What must stay at zero."""

    WRONG_APPOINTMENT = "wrong appointment changed"
    DOUBLE_BOOKING = "double booking"
    WITHOUT_YES = "effect without a yes"
    UNTRUE = "statement that was not true"
    OTHERS = "another person's appointment seen or changed"
    EXCEPTION = "exception"
    SEVERAL_MESSAGES = "more than one outgoing message a turn"
    LOST = "lost"
    OUT_OF_ORDER = "out of order for one person"
    LEFT_HANGING = "left hanging"
    PASSED = "an appointment in the past"


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that must never happen, and did; `chat` is where it shows, with what was said there."""

    rule: Rule
    detail: str
    said: tuple[str, ...] = ()


@dataclass(slots=True)
class Judge:
    """Watches one day."""

    clients: Mapping[str, Client]
    """By the chat's user."""
    journal: Callable[[], Journal]
    now: Callable[[], datetime]
    forced: set[int]
    """Appointments that the receptionist put over others on purpose."""
    breaches: list[Breach] = field(default_factory=list)
    promised: int = 0
    """How often somebody was told to wait for the journal."""
    _owed: dict[str, str] = field(default_factory=dict)
    _keys: Counter[str] = field(default_factory=Counter)
    _clashing: set[tuple[int, int]] = field(default_factory=set)
    _history: list[tuple[datetime, Journal]] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How often the journal was changed as somebody had agreed to."""
        return sum(consent.spent for client in self.clients.values() for consent in client.consents)

    def starts(self) -> None:
        """What clashes before anybody came is not held against anybody."""
        self._clashing = clashes(self.journal())
        self.saw()

    def saw(self) -> None:
        """Somebody else may have written to the journal."""
        self._history.append((self.now(), self.journal()))

    def changed(self, before: Journal, after: Journal) -> None:
        """The service wrote to the journal."""
        for entry in after.values():
            old = before.get(entry.id)
            if old != entry:
                self._weigh(old, entry)
        self._no_new_clashes(after)
        self.saw()

    def _weigh(self, old: Entry | None, new: Entry) -> None:
        owner = self._owner(old, new)
        if owner is None:
            self._breach(Rule.OTHERS, f"changed appointment {new.id}, whose client is not in any chat")
            return
        kind = _kind(old, new)
        was = old.start if old else None
        if kind in {"book", "move"} and new.start < self.now() - UNDER_WAY:
            self._breach(Rule.PASSED, f"{kind} of appointment {new.id} at {new.start}", owner)
        if kind == "comment":
            if not any(new.start in {one.start, one.was} for one in owner.consents):
                self._breach(Rule.WITHOUT_YES, f"rewrote the comment of appointment {new.id}", owner)
            return
        self._needs_consent(owner, kind, new, was)

    def _needs_consent(self, owner: Client, kind: str, new: Entry, was: datetime | None) -> None:
        for consent in owner.consents:
            if not consent.spent and _covers(consent, kind, new, was):
                consent.spent = True
                if any(later.spent for later in owner.consents[owner.consents.index(consent) + 1 :]):
                    self._breach(Rule.OUT_OF_ORDER, f"{kind} of appointment {new.id}, agreed to before", owner)
                return
        of_kind = [one for one in owner.consents if one.kind == kind]
        rule = Rule.WRONG_APPOINTMENT if any(not one.spent for one in of_kind) else Rule.WITHOUT_YES
        self._breach(rule, f"{kind} of appointment {new.id} at {new.start}; agreed to: {of_kind}", owner)

    def _owner(self, old: Entry | None, new: Entry) -> Client | None:
        """Whose appointment it is; a new one may also be made on a number that somebody only typed."""
        everybody = self.clients.values()
        own = [client for client in everybody if client.phone == new.phone]
        if old is not None:
            return next(iter(own), None)
        typed = [client for client in everybody if new.phone in client.claimed]
        agreed = [
            client for client in own + typed if any(not one.spent and one.start == new.start for one in client.consents)
        ]
        return next(iter(agreed or own or typed), None)

    def _no_new_clashes(self, journal: Journal) -> None:
        for pair in sorted(clashes(journal) - self._clashing):
            if not self.forced.intersection(pair):
                self._breach(Rule.DOUBLE_BOOKING, f"appointments {pair[0]} and {pair[1]} of one master overlap")
        self._clashing |= clashes(journal)

    def said(self, address: Address, reply: Reply, key: str) -> None:
        """The service said something."""
        client = self.clients[address.user]
        self._keys[key] += 1
        if self._keys[key] > 1:
            self._breach(Rule.SEVERAL_MESSAGES, f"sent twice: {reply.text}", client)
        self._notes_promise(address.user, reply.text)
        self._is_true(client, reply.text)
        self._is_private(client, reply)

    def _notes_promise(self, user: str, text: str) -> None:
        """Who was told to wait must be told what came of it."""
        if tells(text, Tells.WAITING):
            self.promised += 1
            self._owed[user] = text
        elif tells(text, *SETTLES):
            self._owed.pop(user, None)

    def _is_true(self, client: Client, text: str) -> None:
        named = moments(text, self.now())
        # In English «You are booked» is said of what was just done and of what is on a list; only a list has an age.
        booked = tells(text, Tells.BOOKED) and not tells(text, Tells.AS_OF)
        phones = {client.phone, *client.claimed} if booked else {client.phone}
        own = [one for phone in sorted(phones) for one in of_person(self.journal(), phone)]
        standing = {one.start for one in own if one.stands}
        if tells(text, Tells.CANCELLED):
            gone = {one.start for one in own if not one.stands}
            true = bool(gone) if not named else named[0] in gone
        elif tells(text, Tells.CONFIRMED):
            sure = {one.start for one in own if one.attendance is Attendance.CONFIRMED}
            true = bool(sure) if not named else named[0] in sure
        elif booked or tells(text, Tells.MOVED, Tells.RESTORED):
            true = bool(named) and named[-1] in standing
        elif tells(text, Tells.LISTED):
            true = self._is_listed_truly(client, text, standing | self._stood(client, text))
        elif tells(text, Tells.NOTHING):
            given_up = {one.start for one in client.consents if one.kind == "cancel"}
            missed = {start for start in standing if start > self.now()} - given_up
            true = not missed or (tells(text, Tells.AS_OF) and not missed & self._stood(client, text))
        else:
            return
        if not true:
            self._breach(Rule.UNTRUE, f"«{text}», but the journal shows {[(o.start, o.stands) for o in own]}", client)

    def _is_listed_truly(self, client: Client, text: str, standing: set[datetime]) -> bool:
        """What waits for its confirmation was agreed to, by the client or by whoever booked on the client's number."""
        settled, waiting = apart(_without_questions(text))
        on_it = [one for one in self.clients.values() if client.phone in {one.phone, *one.claimed}]
        agreed = {consent.start for one in on_it for consent in one.consents}
        return set(moments(settled, self.now())) <= standing and set(moments(waiting, self.now())) <= standing | agreed

    def _stood(self, client: Client, text: str) -> set[datetime]:
        """When the client was expected as of the minute that the text names; nothing where it names none."""
        if (minute := as_of(text, self.now())) is None:
            return set()
        ends = minute + timedelta(minutes=1)
        before = [journal for at, journal in self._history if at < ends]
        during = sum(minute <= at < ends for at, _ in self._history)
        return {
            one.start for journal in before[-during - 1 :] for one in of_person(journal, client.phone) if one.stands
        }

    def _is_private(self, client: Client, reply: Reply) -> None:
        journal = self.journal()
        shown = (journal.get(int(found)) for one in reply.choices if (found := argument_of(one)).isdecimal())
        for entry in shown:
            if entry is not None and entry.phone != client.phone:
                self._breach(Rule.OTHERS, f"offered appointment {entry.id} of somebody else", client)
        others = {one.phone for one in journal.values() if one.phone and one.phone != client.phone}
        for phone in sorted(phone for phone in others if phone in reply.text):
            self._breach(Rule.OTHERS, f"told somebody else's phone, ending {phone[-4:]}", client)

    def ends(self, faults: list[str], hanging: Mapping[str, int]) -> None:
        """The day is over, the weather was fine for a while, and everything has had its time."""
        for fault in faults:
            self._breach(Rule.EXCEPTION, fault)
        for user, text in self._owed.items():
            self._breach(Rule.LOST, f"nothing more was said after «{text}»", self.clients[user])
        for what, number in hanging.items():
            if number and "conflict" not in what:
                self._breach(Rule.LEFT_HANGING, f"{number} {what}")

    def _breach(self, rule: Rule, detail: str, client: Client | None = None) -> None:
        said = () if client is None else (f"{client.persona}, {client.errand.goal}", *client.lines)
        self.breaches.append(Breach(rule, f"{self.now():%H:%M:%S} {detail}", said))


def _without_questions(text: str) -> str:
    """A list may be followed by the question that is still open, which names a time that nobody has yet."""
    return "\n\n".join(part for part in text.split("\n\n") if "?" not in part)


def _covers(consent: Consent, kind: str, new: Entry, was: datetime | None) -> bool:
    if consent.kind != kind:
        return False
    if consent.target is not None:
        return consent.target == new.id
    return consent.start == new.start and (consent.was is None or consent.was == was)


def _kind(old: Entry | None, new: Entry) -> str:
    if old is None:
        return "book"
    if old.stands and not new.stands:
        return "cancel"
    if not old.stands and new.stands:
        return "undo"
    if (old.start, old.master, old.length_s, old.services) != (new.start, new.master, new.length_s, new.services):
        return "move"
    if new.attendance is not old.attendance:
        return "confirm" if new.attendance is Attendance.CONFIRMED else "attendance"
    return "comment"
