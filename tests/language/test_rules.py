import pytest

from frontdesk.language.phones import find_phone
from frontdesk.language.phrases import Phrases
from frontdesk.language.rules import compile_rules
from frontdesk.language.spelling import Spelling


@pytest.mark.parametrize("empty", ["", "(может) (быть)", "?"])
def test_a_phrase_that_names_no_word_is_refused_by_its_intent(empty):
    with pytest.raises(ValueError, match="'book' names no word"):
        compile_rules([Phrases("book", (empty,))], str)


def test_a_prefix_that_is_never_looked_up_is_refused():
    with pytest.raises(ValueError, match="longer than"):
        compile_rules([Phrases("book", ("достопримечательност*",))], str)


def test_a_kind_of_phrase_that_there_is_not_is_refused_by_its_name():
    with pytest.raises(ValueError, match="'cancel' has no phrase; there are phrases"):
        Phrases("cancel").translated({"phrase": ["cancel"]})


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("+7 (999) 123-45-67", "79991234567"),
        ("8 999 123 45 67", "79991234567"),
        ("8(999)1234567", "79991234567"),
        ("79991234567", "79991234567"),
        ("999 123-45-67", "79991234567"),
        ("мой 89991234567, жду", "79991234567"),
        ("+380 44 123 45 67", "380441234567"),
        ("+4915123456789", "4915123456789"),
        ("00491512345678 9", "4915123456789"),
        ("4276 1234 5678 9010", None),
        ("15.03.2026", None),
        ("12 000", None),
        ("с 12:00 до 15:00", None),
        ("2026-11-21 15:00", None),
        ("++7", None),
        ("+" + "7" * 40, None),
    ],
)
def test_a_phone_is_the_digits_of_a_number_and_nothing_else_is(text, phone):
    found = find_phone(text, "ru")
    assert (found and found[0]) == phone


def test_a_national_number_is_read_as_its_language_s_country_s():
    assert find_phone("0441234567", "uk")[0] == "380441234567"
    assert find_phone("030 12345678", "de")[0] == "493012345678"


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("маникур", ("маникюр",)),
        ("паникюр", ("маникюр",)),
        ("манекен", ()),
        ("ман", ()),
        ("м" * 4000, ()),
        ("пелинг", ("пилинг",)),
    ],
)
def test_a_slip_is_forgiven_and_another_word_is_not(word, near):
    assert Spelling.of(("маникюр", "педикюр", "пилинг")).near(word) == near
