"""What every messenger does alike."""

import copy
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import LONG, MESSENGERS, REPLIES, choices

from frontdesk.channels.limits import length
from frontdesk.channels.messages import Batch, Tap
from frontdesk.dialogue.talk import Choice, Reply

each = pytest.mark.parametrize("messenger", MESSENGERS.values(), ids=MESSENGERS)


every_reply = pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)


@each
@every_reply
def test_any_reply_fits_and_can_be_sent_as_json(messenger, reply):
    payload = messenger.render(reply)
    json.dumps(payload, ensure_ascii=False).encode()
    shown = messenger.shown(payload)
    assert 0 < length(shown.text) <= messenger.text_limit
    assert all(0 < length(button.label) <= messenger.label_limit for button in shown.buttons)


@each
@every_reply
def test_no_choice_is_lost_buttons_or_numbers_show_all_in_order(messenger, reply):
    shown = messenger.shown(messenger.render(reply))
    if shown.buttons:
        assert [button.id for button in shown.buttons] == [choice.id for choice in reply.choices]
    else:
        numbers = re.findall(r"^(\d+)\. ", shown.text, re.MULTILINE)
        assert numbers == [str(n) for n in range(1, len(reply.choices) + 1)]


@each
@every_reply
def test_a_tap_comes_back_with_the_id_and_the_label_it_was_sent_with(messenger, reply):
    for button in messenger.shown(messenger.render(reply)).buttons:
        assert messenger.tapped(button).content == Tap(button.id, button.label)


@each
def test_no_two_buttons_look_alike(messenger):
    for name, reply in REPLIES.items():
        buttons = messenger.shown(messenger.render(reply)).buttons
        assert len({button.label for button in buttons}) == len(buttons), name


@each
def test_a_text_that_is_cut_ends_with_a_whole_sentence_and_shows_the_cut(messenger):
    text = messenger.shown(messenger.render(REPLIES["long"])).text
    assert text.endswith("! …")
    assert LONG.startswith(text[:-2])
    assert length(text) > messenger.text_limit - 60


@each
@pytest.mark.parametrize("count", [0, 3, 10])
def test_a_footer_is_never_cut_away(messenger, count):
    footer = "Политика: https://salon.example/privacy"
    reply = Reply(LONG, choices(count, "Очень " * 30 + "{n}"), footer=footer)
    text = messenger.shown(messenger.render(reply)).text
    assert footer in text
    assert length(text) <= messenger.text_limit


@each
def test_control_characters_and_half_emoji_never_leave(messenger):
    text = messenger.shown(messenger.render(REPLIES["messy"])).text
    assert text.startswith("аб[31mв\ufffdг\nд")


@each
@pytest.mark.parametrize(
    "reply",
    [
        Reply(""),
        Reply(" \n\x00"),
        Reply("Какую?", choices(11)),
        Reply("Какую?", (Choice("a", "А"), Choice("a", "Б"))),
        Reply("Какую?", (Choice("", "А"),)),
        Reply("Какую?", (Choice("a", " "),)),
        Reply("Какую?", (Choice("щ" * 33, "А"),)),
        Reply("Какую?", (Choice("a\n", "А"),)),
        Reply("Какую?", (Choice("\ud83d", "А"),)),
    ],
)
def test_a_reply_that_no_messenger_could_carry_is_refused_loudly(messenger, reply):
    with pytest.raises(ValueError, match=r"choice|text"):
        messenger.render(reply)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


def places(value, path=()):
    yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inside:
        yield from places(part, (*path, key))


def spoiled(example, path, value):
    whole = {"whole": copy.deepcopy(example)}
    at = whole
    *way, last = ("whole", *path)
    for step in way:
        at = at[step]
    at[last] = value
    return whole["whole"]


def can_be_kept(text):
    """Half of a surrogate pair can stand in JSON, but neither in a database nor on a wire."""
    return text == text.encode("utf-8", "ignore").decode()


@each
@given(data=st.data())
def test_of_a_webhook_spoiled_anywhere_only_what_can_be_kept_and_answered_is_heard(messenger, data):
    example = data.draw(st.sampled_from(messenger.examples))
    path = data.draw(st.sampled_from(list(places(example))))
    batch = messenger.parse(json.dumps(spoiled(example, path, data.draw(junk))).encode())
    for heard in batch.incoming:
        assert heard.address.user
        assert heard.message_id
        assert all(map(can_be_kept, (repr(heard), heard.name, heard.address.user, heard.message_id)))


@each
@given(body=st.binary(max_size=60) | junk.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_batch_that_says_nothing_or_why(messenger, body):
    batch = messenger.parse(body)
    assert isinstance(batch, Batch)
    assert batch.incoming == ()
    assert batch.ignored


labels = st.text(min_size=1, max_size=60).filter(lambda label: label.strip().isprintable() and label.strip())


@each
@given(text=st.text(min_size=1, max_size=3000), names=st.lists(labels, max_size=10), asks=st.booleans())
def test_whatever_is_said_fits(messenger, text, names, asks):
    reply = Reply("." + text, tuple(Choice(f"c{n}", name) for n, name in enumerate(names)), ask_contact=asks)
    shown = messenger.shown(messenger.render(reply))
    assert length(shown.text) <= messenger.text_limit
    assert all(0 < length(button.label) <= messenger.label_limit for button in shown.buttons)


@each
def test_a_repr_shows_no_phone(messenger):
    for example in messenger.examples:
        assert "79261112233" not in repr(messenger.parse(json.dumps(example).encode()).incoming)
