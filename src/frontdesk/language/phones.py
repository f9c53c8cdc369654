"""Phone numbers in a message, as digits of E.164.

The tables of all countries' numbers are read when an ear is prepared, not with the import: they are a sixth of it.
"""

import re
from importlib import import_module

_NUMBER = re.compile(r"[+\d](?<![\w+][+\d])(?:(?<=\d)|\d)(?:[\s\xa0()./-]{0,3}\d){6,14}(?!\d)")
_REGIONS = {"ru": "RU", "uk": "UA", "de": "DE", "en": "US"}
_RUSSIAN = 11


def read_tables() -> None:
    """Reads the numbers of all countries now, so that the first message with a number does not wait for them."""
    import_module("phonenumbers")


def find_phone(text: str, language: str) -> tuple[str, tuple[int, int]] | None:
    """The first phone number of a text and where it stands.

    National numbers are read as those of the language's country; in any, a Russian «8 9XX…» and «9XX…» is known.
    """
    for found in _NUMBER.finditer(text):
        if phone := _read(found.group(), language):
            return phone, found.span()
    return None


def _read(written: str, language: str) -> str | None:
    digits = re.sub(r"\D", "", written)
    if written.startswith("+") or digits.startswith("00"):
        return _international("+" + digits.removeprefix("00"))
    if len(digits) == _RUSSIAN and digits[0] in "78":
        return _international("+7" + digits[1:])
    if len(digits) == _RUSSIAN - 1 and digits[0] == "9":
        return _international("+7" + digits)
    return _international("+" + digits) or _national(digits, _REGIONS.get(language))


def _international(number: str) -> str | None:
    return _national(number, None)


def _national(number: str, region: str | None) -> str | None:
    import phonenumbers  # noqa: PLC0415 - here already, as a rule: see above

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(parsed):
        return None
    written: str = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return written.removeprefix("+")
