"""Phone numbers as they are kept (digits only, E.164), as people type them, and as a log may show them.

Two doors, because the same digits mean different things at each. A messenger vouches for international digits:
`84912345678` is a number in Vietnam and stays one. A person types as at home: the same `84912345678` is the Russian
`8 (491) 234-56-78`, whose trunk prefix 8 stands for the country code 7.
"""

import re

from frontdesk.booking.ids import Phone

E164_DIGITS = range(7, 16)
"""How many digits a full number may have (E.164 allows 15; no country has fewer than 7 with its code)."""

_NUMBER_AS_TYPED = re.compile(r"\s*\+?[\d\s()./\-\u2010-\u2015\u00a0]+")
_SHOWN_AT_START = 4
_SHOWN_AT_END = 4


def international_phone(written: str) -> Phone | None:
    """The number a messenger gives, which always begins with the country code; None where it is no full number.

    A plus, spaces and punctuation are dropped: «+7 916 123-45-67» is `79161234567`.
    """
    digits = _digits(written)
    if digits is None or len(digits) not in E164_DIGITS or digits.startswith("0"):
        return None
    return Phone(digits)


def typed_phone(written: str) -> Phone | None:
    """The number as a person in Russia or Kazakhstan writes it; None where it is no full number.

    `8 916 123-45-67` and `916 123-45-67` are `79161234567`; a number that begins with a plus is taken as it stands.
    """
    digits = _digits(written)
    if digits is None or written.lstrip().startswith("+"):
        return international_phone(written)
    if len(digits) == 11 and digits.startswith("8"):  # noqa: PLR2004 - trunk prefix and ten national digits
        return Phone("7" + digits[1:])
    if len(digits) == 10 and digits.startswith("9"):  # noqa: PLR2004 - a mobile number without its country
        return Phone("7" + digits)
    return international_phone(digits)


def mask_phone(phone: str) -> str:
    """The number as logs and reprs show it: `+7916•••4567`. What is too short to hide a part of is hidden whole."""
    if len(phone) <= _SHOWN_AT_START + _SHOWN_AT_END:
        return "+•••"
    return f"+{phone[:_SHOWN_AT_START]}•••{phone[-_SHOWN_AT_END:]}"


def _digits(written: str) -> str | None:
    if not _NUMBER_AS_TYPED.fullmatch(written):
        return None
    return "".join(str(int(letter)) for letter in written if letter.isdecimal())
