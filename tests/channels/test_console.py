import asyncio

import pytest

from frontdesk.channels.console import Console, render
from frontdesk.channels.messages import Accepted, Address, SendAction, Tap, Text
from frontdesk.dialogue.talk import Choice, Reply

HERE = Address("console", "main", "me")
QUESTION = Reply("Какую отменить?", (Choice("pick:1", "Суббота, 15:00", "стрижка"), Choice("pick:2", "Воскресенье")))


def printed(*replies):
    lines = []
    console = Console(lines.append)
    answers = [asyncio.run(console.send(HERE, reply, "key")) for reply in replies]
    return console, lines, answers


def test_choices_are_numbered_below_the_text():
    assert render(QUESTION) == "Какую отменить?\n  1. Суббота, 15:00 · стрижка\n  2. Воскресенье"


@pytest.mark.parametrize(
    ("line", "content"),
    [
        ("1", Tap("pick:1", "Суббота, 15:00")),
        (" 2. ", Tap("pick:2", "Воскресенье")),
        ("3", Text("3")),
        ("0", Text("0")),
        ("1 и 2", Text("1 и 2")),
        ("²", Text("²")),
        ("  вторую\x1b ", Text("вторую")),
        ("", Text("")),
    ],
)
def test_a_number_that_was_shown_is_a_tap_and_all_else_is_text(line, content):
    console, _, _ = printed(QUESTION)
    assert console.heard(line) == content


def test_only_the_choices_shown_last_can_be_typed():
    console, _, _ = printed(QUESTION, Reply("Готово."))
    assert console.heard("1") == Text("1")


def test_each_printed_message_has_a_number_of_its_own():
    _, lines, answers = printed(QUESTION, Reply("Готово."))
    assert answers == [Accepted("1"), Accepted("2")]
    assert lines[1] == "Готово."


def test_a_reply_that_breaks_our_own_rules_is_parked_and_not_printed():
    _, lines, (answer,) = printed(Reply(""))
    assert answer.action is SendAction.PARK
    assert lines == []
