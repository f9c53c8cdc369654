"""A salon speaks as it wants to: formally or as with friends, under a name of its own, in words of its own."""

import re
import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.dialogue.voice import BadText, Phrasebook, Tone, Voice, places, replaced
from frontdesk.language.lexicon import load

FRIENDLY = tomllib.loads(
    (resources.files("frontdesk.language") / "lexicons" / "tones" / "ru_friendly.toml").read_text(encoding="utf-8")
)
ENGLISH = load("en").tables["replies"]
BOOK = Phrasebook({"en": ENGLISH}, FRIENDLY)
FORMAL = re.compile(
    r"\b(вы|вас|вам|вами|ваш\w*)\b|\w(йте|ите|ете|ьте|итесь|ётесь|етесь|ёте)\b|\bсказали\b", re.IGNORECASE
)
CANCELLED = "Отменила {what} {when} {whom}. Будем рады видеть вас в другой раз!"


def said(voice: Voice, russian: str, language: str = "ru", own: dict[str, dict[str, str]] | None = None) -> str:
    return BOOK.spoken(voice, own or {}).get(language, {}).get(russian, russian)


def test_every_sentence_that_addresses_somebody_has_its_friendly_form() -> None:
    assert sorted(one for one in BOOK.sentences() if FORMAL.search(one) and one not in FRIENDLY) == []


def test_no_friendly_sentence_addresses_anybody_formally() -> None:
    assert [one for one in FRIENDLY.values() if FORMAL.search(one)] == []


def test_every_friendly_sentence_is_of_something_that_is_said_and_takes_its_values() -> None:
    assert sorted(set(FRIENDLY) - BOOK.sentences()) == []
    assert [one for one, friendly in FRIENDLY.items() if places(one) != places(friendly)] == []


def test_friends_are_told_ty_and_english_knows_no_difference() -> None:
    friendly = Voice(Tone.FRIENDLY)
    assert said(friendly, "Ждём вас!") == "Ждём тебя!"
    assert said(Voice(), "Ждём вас!") == "Ждём вас!"
    assert said(friendly, "Ждём вас!", "en") == ENGLISH["Ждём вас!"]


def test_the_salons_own_text_stands_over_every_tone_in_its_language_alone() -> None:
    own = {"ru": {"Ждём вас!": "До встречи!"}}
    assert {said(Voice(tone), "Ждём вас!", own=own) for tone in Tone} == {"До встречи!"}
    assert said(Voice(), "Ждём вас!", "en", own) == ENGLISH["Ждём вас!"]


@pytest.mark.parametrize(("language", "hello"), [("ru", "Здравствуйте! Это Лия {1}, «Центр»."), ("en", "Hello!")])
def test_the_assistant_greets_by_its_name(language: str, hello: str) -> None:
    greeting = said(Voice(name="Лия {1}"), "Здравствуйте! Это {salon}. Чем помочь?", language)
    assert greeting.format(salon="«Центр»").startswith(hello)
    assert "Лия {1}" in greeting.format(salon="«Центр»")


def test_a_page_lists_every_sentence_with_ours_and_the_salons_own() -> None:
    sayings = list(BOOK.sayings("ru", Voice(Tone.FRIENDLY), {"ru": {"Ждём вас!": "До встречи!"}}))
    assert {one.key for one in sayings} == BOOK.sentences()
    changed = next(one for one in sayings if one.own)
    assert (changed.key, changed.ours, changed.own) == ("Ждём вас!", "Ждём тебя!", "До встречи!")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("Отменила {what} {when}.", "{whom} is missing"),
        ("Отменила {what} {when} {whom} {price}", "{price} is not filled in"),
        ("Отменила {what.real} {what} {when} {whom}", "{what.real} is not filled in"),
        ("Отменила {what!r} {when} {whom}", "{what} is missing"),
        ("Отменила {what:>999999} {when} {whom}", "{what} is missing"),
        ("Отменила {what} {when} {whom} {", "brace"),
        ("Отменила {what} {when} {whom} {}", "not filled in"),
        ("Отменила {what} {when} {whom}\x07", "can't be seen"),
        ("Отменила {what} {when} {whom}\u202e", "can't be seen"),
        ("Отменила {what} {when} {whom}" + "!" * 1000, "write at most 1000"),
    ],
)
def test_a_text_that_can_not_be_said_is_refused_with_the_cure(text: str, wrong: str) -> None:
    with pytest.raises(BadText, match=re.escape(wrong)):
        BOOK.checked(CANCELLED, "ru", text)


def test_a_sentence_that_nobody_says_and_a_language_that_nobody_speaks_are_refused() -> None:
    with pytest.raises(BadText, match="nothing is said"):
        BOOK.checked("Нет такого", "ru", "Есть")
    with pytest.raises(BadText, match="there are ru, en"):
        BOOK.checked(CANCELLED, "xx", "Отменила {what} {when} {whom}")


@given(text=st.text(max_size=60))
def test_whatever_is_taken_can_be_said(text: str) -> None:
    try:
        kept = BOOK.checked(CANCELLED, "ru", text + "{what} {when} {whom}")
    except BadText:
        return
    assert kept.format(what="стрижку", when="завтра", whom="у Анны")


@pytest.mark.parametrize(
    "changes", [{"name": "а" * 41}, {"signature": "а" * 121}, {"name": "\u202eАнна"}, {"tone": "rude"}]
)
def test_a_voice_that_would_spoil_messages_is_refused(changes: dict[str, str]) -> None:
    with pytest.raises(BadText):
        replaced(Voice(), **changes)


def test_a_voice_keeps_what_is_not_changed() -> None:
    voice = replaced(Voice(signature="Ваш «Центр»"), tone="friendly", name=" Лия ")
    assert voice == Voice(Tone.FRIENDLY, "Лия", "Ваш «Центр»")
