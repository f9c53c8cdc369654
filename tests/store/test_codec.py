"""What is written today is read tomorrow, by this version and the next."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Cancel, Command, Deferred, Done, Refused
from frontdesk.booking.ids import AppointmentId, Phone
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Attachment, Contact, Tap, Text
from frontdesk.dialogue.talk import Question, Reply, Settled, Talk
from frontdesk.store import codec

CANCEL = Cancel("centre", AppointmentId(7), Phone("79160000001"), "", Instant(datetime(2026, 1, 1, tzinfo=UTC)))
# A lone surrogate is no text: JSON in UTF-8 has no room for it, and webhooks are parsed without them.
words = st.text(st.characters(exclude_categories=["Cs"]))
st.register_type_strategy(str, words)
instants = st.datetimes(timezones=st.just(UTC)).map(Instant)
locals_ = st.datetimes().map(Local)
numbers = st.integers(min_value=0, max_value=2**53)
cancels = st.builds(Cancel, phone=words.map(Phone), asked_at=instants, salon=words, comment=words)
replies = st.builds(Reply)
questions = st.builds(Question, asked_at=instants, reply=replies, commits=st.none() | cancels)
talks = st.builds(Talk, question=st.none() | questions, with_human_since=st.none() | instants)
appointments = st.builds(Appointment, start=locals_, created=st.none() | instants)
contents = st.builds(Text) | st.builds(Tap) | st.builds(Attachment) | st.builds(Contact)
outcomes = st.builds(Done) | st.builds(Refused) | st.builds(Deferred)
settled = st.builds(Settled, command=cancels, outcome=outcomes, about=st.none() | appointments)


@given(talks)
@settings(max_examples=50)
def test_a_conversation_comes_back_as_it_was(talk: Talk) -> None:
    assert codec.load_talk(codec.dump_talk(talk)) == talk


@given(replies)
@settings(max_examples=50)
def test_an_outgoing_message_comes_back_as_it_was(reply: Reply) -> None:
    assert codec.load_reply(codec.dump_reply(reply)) == reply


@given(cancels)
@settings(max_examples=50)
def test_a_command_comes_back_as_it_was(command: Command) -> None:
    assert codec.load_command(codec.dump_command(command)) == command


@given(contents | settled)
@settings(max_examples=100)
def test_what_arrived_comes_back_as_it_was_and_of_the_same_kind(content: Text | Settled) -> None:
    loaded = codec.load_content(codec.content_kind(content), codec.dump_content(content))
    assert loaded == content
    assert type(loaded) is type(content)


def test_fields_of_another_version_do_not_stop_reading() -> None:
    assert codec.load_talk('{"language": "en", "mood": "sunny"}') == Talk(language="en")
    assert codec.load_reply('{"text": "да", "picture": {"url": "x"}}') == Reply("да")
    assert codec.load_content("text", '{"text": "да", "edited": true}') == Text("да")


def test_a_conversation_that_can_not_be_read_starts_afresh() -> None:
    for stored in (None, "", "nonsense", "[]", '{"question": {"step": "gone"}}', '{"asked": "many"}'):
        assert codec.load_talk(stored) == Talk()


def test_a_command_of_a_kind_this_version_does_not_know_is_a_fault_not_a_guess() -> None:
    fields = json.loads(codec.dump_command(CANCEL)) | {"kind": "teleport"}
    with pytest.raises(codec.Unreadable, match="teleport"):
        codec.load_command(json.dumps(fields))


@pytest.mark.parametrize("stored", ["", "nonsense", "[]", "{}", '{"kind": null}', '{"text": 7}', '{"command": 1}'])
def test_what_can_not_be_read_is_named_so_and_nothing_else(stored: str) -> None:
    for kind in ("text", "settled", "of another version"):
        with pytest.raises(codec.Unreadable):
            codec.load_content(kind, stored)
    for load in (codec.load_command, codec.load_reply):
        with pytest.raises(codec.Unreadable):
            load(stored)


def test_an_outcome_is_told_even_where_its_appointment_can_not_be_read() -> None:
    known = Settled(CANCEL, Done())
    fields = json.loads(codec.dump_content(known)) | {"about": {"id": "gone"}}
    assert codec.load_content("settled", json.dumps(fields)) == known


def test_other_peoples_words_are_kept_short() -> None:
    assert codec.brief("a\0b" + "c" * 10_000) == "ab" + "c" * 498
