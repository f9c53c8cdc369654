"""Numbers in the desk's addresses, which anybody may type."""

import re
from typing import Final

from starlette.convertors import Convertor

DIGITS: Final = "[0-9]{1,16}"
"""Enough for a row and for a moment in microseconds, few enough for both databases."""


class Number(Convertor[int]):
    """`{chat:number}` in the path of a route; what has more digits leads nowhere.

    Starlette's own `int` takes any digits there are, and Python does not read more than 4,300 of them.
    """

    regex = DIGITS

    def convert(self, value: str) -> int:
        """The number that stands in an address."""
        return int(value)

    def to_string(self, value: int) -> str:
        """The number as an address holds it."""
        return str(value)


def number_in(written: str) -> int | None:
    """The number that a query says; None where it says none."""
    return int(written) if re.fullmatch(DIGITS, written) else None
