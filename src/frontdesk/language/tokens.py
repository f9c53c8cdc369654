"""A normalised message cut into tokens.

A run of digits and the separators between them is judged as a whole, so that «1.1.3», "80-32-89-89" or "101,194" never
shows a date or an hour inside: what has no known shape is JUNK, which no rule can cross.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[.,:/\-–—]\d+)*)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<dash>[-–—]+)|(?P<comma>,)|(?P<stop>[.?!;\n]+)|(?P<plus>\+)|(?P<other>[^\s\"'«»“”„*_()~]+?)"
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_TRIPLE = re.compile(r"(\d{1,4})([./\-–])(\d{1,2})\2(\d{1,4})")
_PAIR = re.compile(r"(\d{1,2})([.,/])(\d{1,2})")
_LONGEST_HOUR = 2
_MOST_TOKENS, _MARGIN = 160, 64


class Kind(StrEnum):
    """What a token is, by its shape alone."""

    WORD = "word"
    NUMBER = "number"
    CLOCK = "clock"
    TRIPLE = "triple"
    PAIR = "pair"
    DASH = "dash"
    COMMA = "comma"
    STOP = "stop"
    PLUS = "plus"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a message between two character offsets; `parts` are the pieces of a number («15.03» is 15, ., 03)."""

    kind: Kind
    text: str
    start: int
    end: int
    parts: tuple[str, ...] = ()


def readable(text: str) -> str:
    """The beginning of a long text that `tokenise` reads, with enough after it to tell what its last token is."""
    if len(text) <= _MOST_TOKENS + _MARGIN:
        return text
    last = next(islice(_TOKEN.finditer(text), _MOST_TOKENS, None), None)
    return text if last is None else text[: last.end() + _MARGIN]


def tokenise(text: str, masked: Sequence[tuple[int, int]]) -> list[Token]:
    """The tokens of a text, at most about `_MOST_TOKENS` of them; what lies in a masked span becomes JUNK."""
    tokens: list[Token] = []
    spans = iter([*sorted(masked), (len(text) + 1, len(text) + 1)])
    span = next(spans)
    for found in _TOKEN.finditer(text):
        while found.start() >= span[1]:
            span = next(spans)
        if found.start() >= span[0]:
            tokens.append(Token(Kind.JUNK, found[0], found.start(), found.end()))
        elif found.lastgroup == "number":
            tokens.extend(_number(found[0], found.start()))
        else:
            tokens.append(Token(_KINDS[found.lastgroup or "other"], found[0], found.start(), found.end()))
        if len(tokens) >= _MOST_TOKENS:
            break
    return _without_decimals(tokens)


def _without_decimals(tokens: list[Token]) -> list[Token]:
    """«10.1 - 10.12» and «10 - 10.1» are measures: a decimal on one side of a dash makes both sides JUNK."""
    for at in range(1, len(tokens) - 1):
        sides = (tokens[at - 1], tokens[at + 1])
        if tokens[at].kind is Kind.DASH and any(map(_is_decimal, sides)):
            for place, side in zip((at - 1, at + 1), sides, strict=True):
                tokens[place] = Token(Kind.JUNK, side.text, side.start, side.end)
    return tokens


def _is_decimal(token: Token) -> bool:
    return token.kind is Kind.PAIR and token.parts[1] != "/" and len(token.parts[2]) == 1


_KINDS = {
    "word": Kind.WORD,
    "dash": Kind.DASH,
    "comma": Kind.COMMA,
    "stop": Kind.STOP,
    "plus": Kind.PLUS,
    "other": Kind.JUNK,
}


def _number(text: str, start: int) -> list[Token]:
    whole = _shape(text, start)
    if whole is not None:
        return [whole]
    sign = re.search(r"[-–—]|(?<=:\d\d)/", text)
    if sign is not None:
        left, right = _shape(text[: sign.start()], start), _shape(text[sign.end() :], start + sign.end())
        if left is not None and right is not None and _same_sort(left, right):
            kind = Kind.COMMA if sign[0] == "/" else Kind.DASH
            return [left, Token(kind, sign[0], start + sign.start(), start + sign.end()), right]
    return [Token(Kind.JUNK, text, start, start + len(text))]


def _same_sort(left: Token, right: Token) -> bool:
    plain = (Kind.NUMBER, Kind.CLOCK)
    if left.kind in plain and right.kind in plain:
        return len(left.text) <= _LONGEST_HOUR or left.kind is right.kind is Kind.CLOCK
    return left.kind is right.kind


def _shape(text: str, start: int) -> Token | None:
    end = start + len(text)
    if text.isdigit():
        return Token(Kind.NUMBER, text, start, end, (text,))
    for kind, pattern in ((Kind.CLOCK, _CLOCK), (Kind.TRIPLE, _TRIPLE), (Kind.PAIR, _PAIR)):
        if found := pattern.fullmatch(text):
            return Token(kind, text, start, end, found.groups())
    return None
