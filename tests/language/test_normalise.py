import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.language.detect import detect
from frontdesk.language.normalise import LONGEST, normalise

SALON = ("ru", "en", "uk", "de")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Ёлка", "елка"),
        ("привееееет", "привет"),
        ("зaвтра", "завтра"),
        ("Cуббота", "суббота"),
        ("завтра 🙏🏻❤️", "завтра"),
        ("п’ятниця", "п'ятниця"),
        ("в 3 p.m.", "в 3 pm"),
        ("5pm", "5 pm"),
        ("много   пробелов ", "много пробелов"),
        ("за\u200bвтра", "завтра"),
    ],
)
def test_a_message_is_brought_to_one_form(typed, read):
    assert normalise(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("pfdnhf", "завтра"),
        ("pfdnhf d 15:00", "завтра в 15:00"),
        ("ghbdtn, vj;yj pfgbcfnmcz", "привет, можно записаться"),
        ("запишите на pfdnhf", "запишите на завтра"),
        ("ещьщккщц", "tomorrow"),
    ],
)
def test_a_wrong_keyboard_layout_is_turned_over(typed, read):
    assert normalise(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Zavtra v 15 mozhno?", "завтра в 15 можно?"),
        ("zapishite menya na subbotu", "запишите меня на субботу"),
        ("Privet! hochu k Sashe v pyatnicu", "привет! хочу к саше в пятницу"),
        ("poslezavtra utrom", "послезавтра утром"),
        ("skolko stoit strizhka", "сколко стоит стрижка"),
    ],
)
def test_russian_in_latin_letters_is_spelt_back(typed, read):
    assert normalise(typed) == read


@pytest.mark.parametrize(
    "typed",
    [
        "tomorrow at 5",
        "BB Glow",
        "shellac",
        "lpg",
        "june 31",
        "next qtr",
        "шашлык",
        "шугаринг",
        "хочу hydrafacial",
        "thx",
        "a manicure and a pedicure for two",
        "my name is Vera, see you in the evening",
        "ein termin am vormittag",
    ],
)
def test_what_was_typed_right_stays(typed):
    assert normalise(typed) == typed.lower()


@given(st.text())
def test_no_text_grows_beyond_the_longest_or_breaks(text):
    assert len(normalise(text)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("можно записаться на завтра", "ru"),
        ("can i book for tomorrow", "en"),
        ("п'ятниця о третій", "uk"),
        ("запишіть мене", "uk"),
        ("ich möchte einen termin", "de"),
        ("15:00", "ru"),
        ("", "ru"),
    ],
)
def test_the_language_is_told_by_letters_and_small_words(text, language):
    assert detect(text, SALON) == language


def test_where_nothing_tells_the_salons_own_language_is_taken():
    assert detect("ok", ("en", "ru")) == "en"
    assert detect("12", ("uk", "ru")) == "uk"


def test_a_message_is_only_read_in_a_language_of_the_salon():
    assert detect("ich möchte einen termin", ("ru", "en")) == "en"


def test_no_language_to_choose_from_is_an_error_that_says_what_to_do():
    with pytest.raises(ValueError, match="give the salon's languages"):
        detect("завтра", ())
