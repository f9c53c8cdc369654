"""A message in the one form that everything else reads.

Folded case, «ё» as «е», no emoji, no invisible characters, one kind of apostrophe and of space; letters repeated for
feeling («привееет») taken down; a Latin letter inside a Cyrillic word (and the reverse) replaced by the one it looks
like; Russian in Latin letters ("zavtra") spelt back; text typed in the wrong
keyboard layout ("pfdnhf") turned over.
"""

import re
import unicodedata

from frontdesk.language.layout import turned_over
from frontdesk.language.translit import spelt_back

LONGEST = 4096
"""Characters of a message that are read; a messenger's longest text."""

_PLAIN = dict.fromkeys("’ʼ`´‘ʹ＇", "'") | {"ё": "е", "―": "—", "−": "-", "‑": "-", "‐": "-"}
_ORNATE = re.compile(f"[{''.join(_PLAIN)}]")
_UNUSUAL = re.compile(r"[^\w\n -~]")
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_OF_TWO_ALPHABETS = re.compile(r"(?<![^\W\d_])(?:[a-z]+[^\W\d_a-z]|[^\W\d_a-z]+[a-z])[^\W\d_]*")
_SPACES = re.compile(r"[^\S\n]+")
_MERIDIEM = re.compile(r"(\d(?<![\w%]\d)\d?(?:[:.]\d{2})?)(?:\s?([ap])\.?\s?m\b\.?|([ap])(?!\w|\.\w))")

_TO_CYRILLIC = str.maketrans("aceopxykmhbti", "асеорхукмнвті")
_TO_LATIN = str.maketrans("асеорхукмнвті", "aceopxykmhbti")


def normalise(text: str) -> str:
    """The text as the other parts read it; at most LONGEST characters of it."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST].replace("№", "#")).casefold()
    plain = _ORNATE.sub(lambda found: _PLAIN[found[0]], unicodedata.normalize("NFC", plain))
    plain = _UNUSUAL.sub(lambda found: _kept(found[0]), plain)
    plain = _REPEATED.sub(r"\1", plain)
    plain = _OF_TWO_ALPHABETS.sub(_one_alphabet, plain)
    plain = _MERIDIEM.sub(lambda found: f"{found[1]} {found[2] or found[3]}m", plain)
    return _SPACES.sub(" ", turned_over(spelt_back(plain))).strip()[:LONGEST]


def _kept(char: str) -> str:
    """The character; a space for a symbol or an emoji, nothing for what is invisible."""
    if char.isascii():
        return max(char, " ")
    match unicodedata.category(char):
        case "Cf" | "Mn" | "Me" | "Cn" | "Cs" | "Co":
            return ""
        case "So" | "Sk" | "Zs" | "Zl" | "Zp" | "Cc":
            return " "
        case _:
            return char


def _one_alphabet(found: re.Match[str]) -> str:
    """A word of two alphabets in the one most of its letters are of, where look-alikes allow it."""
    word = found[0]
    latin = sum("a" <= letter <= "z" for letter in word)
    table = _TO_LATIN if latin > len(word) - latin else _TO_CYRILLIC
    return word.translate(table)
