import asyncio
import json

import pytest
from samples import NOW

from frontdesk.channels import web
from frontdesk.channels.messages import Accepted, Address, SendAction, Tap, Text
from frontdesk.channels.web import WebChat, parse
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


def texts(messages):
    return [message["text"] for message in messages]


async def say(chat, address, text, key):
    return await chat.send(address, Reply(text), key)


def test_the_page_gets_what_is_newer_than_it_has_seen_oldest_first():
    async def talk():
        chat = WebChat()
        first = await say(chat, OLGA, "раз", "k1")
        await say(chat, OLGA, "два", "k2")
        assert first == Accepted("1")
        assert texts(await chat.after("olga", 0)) == ["раз", "два"]
        assert texts(await chat.after("olga", 1)) == ["два"]

    asyncio.run(talk())


def test_the_page_waits_for_news_and_is_woken_by_it():
    async def talk():
        chat = WebChat()
        waiting = asyncio.create_task(chat.after("olga", 0))
        await asyncio.sleep(0)
        await say(chat, PETR, "чужое", "k0")
        assert not waiting.done()
        await say(chat, OLGA, "своё", "k1")
        assert texts(await waiting) == ["своё"]

    asyncio.run(talk())


def test_a_wait_that_is_broken_off_is_broken_off():
    async def talk():
        waiting = asyncio.create_task(WebChat().after("olga", 0))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    asyncio.run(talk())


def test_without_news_the_page_gets_nothing_after_its_wait():
    assert asyncio.run(WebChat().after("olga", 0, wait_s=0.01)) == []


def test_the_same_key_again_shows_nothing_twice():
    async def talk():
        chat = WebChat()
        assert await say(chat, OLGA, "раз", "k1") == await say(chat, OLGA, "раз", "k1")
        assert texts(await chat.after("olga", 0)) == ["раз"]

    asyncio.run(talk())


def test_only_the_newest_messages_and_people_are_kept():
    async def talk():
        chat = WebChat()
        for n in range(web.KEPT_PER_USER + 5):
            await say(chat, OLGA, f"сообщение {n}", f"k{n}")
        assert len(await chat.after("olga", 0)) == web.KEPT_PER_USER
        for n in range(web.KEPT_USERS):
            await say(chat, Address("web", "demo", f"guest-{n}"), "привет", "k")
        assert await chat.after("olga", 0, wait_s=0) == []
        assert texts(await chat.after("guest-0", 0)) == ["привет"]

    asyncio.run(talk())


def test_whoever_was_written_to_last_is_kept_longest():
    async def talk():
        chat = WebChat()
        await say(chat, OLGA, "раз", "k1")
        await say(chat, PETR, "раз", "k1")
        await say(chat, OLGA, "два", "k2")
        for n in range(web.KEPT_USERS - 1):
            await say(chat, Address("web", "demo", f"guest-{n}"), "привет", "k")
        assert await chat.after("petr", 0, wait_s=0) == []
        assert texts(await chat.after("olga", 0, wait_s=0)) == ["раз", "два"]

    asyncio.run(talk())


def test_no_page_may_wait_longer_than_the_longest_wait():
    assert asyncio.run(asyncio.wait_for(WebChat(longest_wait_s=0.01).after("olga", 0, wait_s=3600), 5)) == []


def test_choices_are_shown_with_their_details():
    async def talk():
        chat = WebChat()
        await chat.send(OLGA, Reply("Какую?", (Choice("a", "15:00", "Мария"),), ask_contact=True), "k1")
        (message,) = await chat.after("olga", 0)
        assert message == {
            "number": 1,
            "text": "Какую?",
            "choices": [{"id": "a", "label": "15:00", "detail": "Мария"}],
            "ask_contact": True,
        }

    asyncio.run(talk())


@pytest.mark.parametrize("reply", [Reply(""), Reply("x", (Choice("", "А"),))])
def test_a_reply_that_breaks_our_own_rules_is_parked(reply):
    answer = asyncio.run(WebChat().send(OLGA, reply, "k1"))
    assert answer.action is SendAction.PARK
