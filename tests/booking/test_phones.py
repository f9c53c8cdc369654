import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.booking.phones import international_phone, mask_phone, typed_phone


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("79161234567", "79161234567"),
        ("+7 (916) 123-45-67", "79161234567"),
        ("84912345678", "84912345678"),
        ("5215512345678", "5215512345678"),
        ("+7\u00a0916\u2013123\u201345\u201367", "79161234567"),
    ],
)
def test_a_messengers_number_is_kept_digit_for_digit(written, phone):
    assert international_phone(written) == phone


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("8 916 123-45-67", "79161234567"),
        ("8(701)1234567", "77011234567"),
        ("84912345678", "74912345678"),
        ("916 123 45 67", "79161234567"),
        ("+84 912 345 678", "84912345678"),
        ("+7 916 123 45 67", "79161234567"),
        ("380501234567", "380501234567"),
    ],
)
def test_a_typed_number_is_read_as_at_home_unless_it_bears_a_plus(written, phone):
    assert typed_phone(written) == phone


@pytest.mark.parametrize(
    "written", ["", "+", "нет", "12", "0" * 11, "1" * 16, "79161234567 Аня", "79161234567\x00", "①②③④⑤⑥⑦"]
)
def test_what_is_no_full_number_is_none(written):
    assert international_phone(written) is None
    assert typed_phone(written) is None


@given(st.text())
def test_any_text_is_a_number_of_7_to_15_digits_or_none(written):
    for phone in (international_phone(written), typed_phone(written)):
        assert phone is None or (phone.isascii() and phone.isdigit() and 7 <= len(phone) <= 15)


@given(st.from_regex(r"[1-9][0-9]{9,14}", fullmatch=True))
def test_reading_a_number_again_changes_nothing(digits):
    phone = international_phone(digits)
    assert international_phone(f"+{phone}") == typed_phone(f"+{phone}") == phone


def test_a_masked_number_hides_its_middle():
    assert mask_phone("79161234567") == "+7916•••4567"


@given(st.text(max_size=8))
def test_a_short_number_is_hidden_whole(written):
    assert mask_phone(written) == "+•••"
