import asyncio
import json

import pytest
from samples import NOW

from frontdesk.channels.messages import Accepted, Address, SendAction, Tap, Text
from frontdesk.channels.web import WebDoor, parse, render
from frontdesk.dialogue.talk import Choice, Reply

OLGA, PETR = Address("web", "demo", "olga"), Address("web", "demo", "petr")


def read(message, **parts):
    return parse(json.dumps(message).encode(), OLGA, NOW, **parts)


def test_a_posted_text_is_the_sessions_persons():
    (heard,) = read({"id": "m1", "text": "Привет", "user": "petr"}, proved="79261112233").incoming
    assert (heard.address, heard.message_id, heard.sent_at) == (OLGA, "m1", NOW)
    assert (heard.content, heard.proved) == (Text("Привет"), "79261112233")


def test_a_posted_choice_is_a_tap():
    (heard,) = read({"id": "m1", "choice": "yes:4", "label": "Да"}).incoming
    assert heard.content == Tap("yes:4", "Да")


def test_a_post_without_an_id_is_left_aside():
    assert read({"text": "Привет"}).ignored == ("a message without an id",)


def test_a_page_that_waits_is_woken_by_what_is_sent_to_its_own_person():
    async def talk():
        door = WebDoor()
        waiting = asyncio.create_task(door.wait("olga", 5))
        await asyncio.sleep(0)
        await door.send(PETR, Reply("чужое"), "k0")
        assert not waiting.done()
        assert await door.send(OLGA, Reply("своё"), "k1") == Accepted("web:k1")
        assert await waiting

    asyncio.run(talk())


def test_a_page_that_nothing_is_sent_to_stops_waiting_by_itself():
    assert not asyncio.run(WebDoor().wait("olga", 0.01))


def test_choices_are_shown_with_their_details():
    assert render(Reply("Какую?", (Choice("a", "15:00", "Мария"),), ask_contact=True)) == {
        "text": "Какую?",
        "choices": [{"id": "a", "label": "15:00", "detail": "Мария"}],
        "ask_contact": True,
    }


@pytest.mark.parametrize("reply", [Reply(""), Reply("x", (Choice("", "А"),))])
def test_a_reply_that_breaks_our_own_rules_is_parked(reply):
    answer = asyncio.run(WebDoor().send(OLGA, reply, "k1"))
    assert answer.action is SendAction.PARK
