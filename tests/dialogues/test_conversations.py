"""Every conversation of this folder, on every messenger."""

import asyncio
from pathlib import Path

import pytest
import stamina

from dialogues.every_messenger import MESSENGERS
from dialogues.playing import play, plays_on
from dialogues.script import fits, read

HERE = Path(__file__).parent
SCRIPTS = [read(path, HERE) for path in sorted(HERE.rglob("*.txt"))]
EVERYWHERE = [
    pytest.param(script, messenger, id=f"{script.name}-{messenger.key}")
    for script in SCRIPTS
    for messenger in MESSENGERS
    if plays_on(script, messenger)
]


@pytest.fixture(scope="session")
def ears():
    return {}


@pytest.fixture(autouse=True)
def without_waiting():
    """What is read again after a fault is read again at once."""
    stamina.set_testing(True, attempts=2)
    yield
    stamina.set_testing(False)


@pytest.mark.parametrize(("script", "messenger"), EVERYWHERE)
def test_a_conversation_goes_as_it_is_written(script, messenger, tmp_path, ears):
    assert asyncio.run(play(script, messenger, tmp_path, ears)) > 0


def test_whoever_leaves_out_a_messenger_says_why():
    assert [one.name for one in SCRIPTS if "каналы" in one.header and " - " not in one.header["каналы"]] == []


def test_every_conversation_says_what_it_is_about():
    assert [one.name for one in SCRIPTS if not one.about] == []


@pytest.mark.parametrize(
    ("expected", "text", "same"),
    [
        ("Отменить … завтра?", "Отменить стрижку завтра?", True),
        ("Отменить …", "Отменила стрижку", False),
        ("Здравствуйте!", "Здравствуйте! Чем помочь?", False),
        ("раз\nдва", "раз\nдва", True),
    ],
)
def test_three_dots_stand_for_any_words_and_nothing_else_does(expected, text, same):
    assert fits(expected, text) is same
