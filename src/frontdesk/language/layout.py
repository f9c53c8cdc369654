"""Text typed in the wrong keyboard layout: "pfdnhf" is «завтра», «ещьщккщц» is "tomorrow".

A letter's frequency tells the languages apart: the keys of frequent Russian letters carry rare Latin ones. For each key
the table below holds ln(frequency of the Russian letter there / frequency of the Latin one in English); the sum over a
text is the log-likelihood that its typist meant Russian; no single rare letter may decide. Only a text, or a word
without vowels, that is clearly on the other side is turned over.
"""

import re

_LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбю"
_TO_RUSSIAN = dict(zip(_LATIN_KEYS, _RUSSIAN_KEYS, strict=True))
_TO_ENGLISH = dict(zip(_RUSSIAN_KEYS, _LATIN_KEYS, strict=True))

_WEIGHTS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        (
            2.5, -1.6, -1.6, -0.5, -0.1, 1.2, -0.5, -2.3, -3.0, -0.2, -3.4, -1.2, 0.1, 1.3, 0.3, -0.3, 4.3, 1.7, -0.3,
            3.3, 2.3, 0.7, 1.2, 1.7, -0.1, -0.3,
        ),
        strict=True,
    )
)  # fmt: skip
_VOWELS = frozenset("aeiouy")
_RUSSIAN_VOWELS = frozenset("аеиоуыэюя")
_CLEAR, _CLEAR_LETTER = 1.0, 0.15
_CLEAR_READABLE = 1.0
_HEAVIEST = 2.0
_SHORTEST, _LONG = 4, 64
_CLEAR_ENGLISH = 0.8
_KEYS = re.compile(r"[a-z;'\[\],.]*[a-z][a-z;'\[\]]*")
_LATIN_LETTER, _FOREIGN_LETTER = re.compile(r"[A-Za-z]"), re.compile(r"[^\W\d_A-Za-z]")
_LATIN_RUN = re.compile(r"[a-z]+")
_CYRILLIC_RUN = re.compile(r"[а-я]+")


def turned_over(text: str) -> str:
    """The text in the layout that its typist meant; as it is where that is not clear."""
    if len(text) < _LONG and sum(map(str.isalpha, text)) < _SHORTEST:
        return text
    if _FOREIGN_LETTER.search(text) is None:
        return _whole(text) if _means_russian(text) else text
    if _LATIN_LETTER.search(text) is None and _means_english(text):
        return "".join(_TO_ENGLISH.get(char, char) for char in text)
    return _KEYS.sub(_word, text)


def _score(text: str) -> float:
    return sum(min(_WEIGHTS.get(char, 0.0), _HEAVIEST) for char in text)


def _means_russian(text: str) -> bool:
    turned = _whole(text)
    count = sum(char in _WEIGHTS for char in text)
    readable = all(not _VOWELS.isdisjoint(word) for word in _LATIN_RUN.findall(text))
    clear = _CLEAR_READABLE * count if readable else _CLEAR + _CLEAR_LETTER * count
    return _score(text) > clear and _has_rhythm(turned)


def _has_rhythm(turned: str) -> bool:
    """Russian words have a vowel; a turned brand name mostly has none."""
    words = [word for word in _CYRILLIC_RUN.findall(turned) if len(word) > 2]  # noqa: PLR2004 - «в», «на», «к» apart
    return bool(words) and all(not _RUSSIAN_VOWELS.isdisjoint(word) for word in words)


def _means_english(text: str) -> bool:
    turned = "".join(_TO_ENGLISH.get(char, char) for char in text)
    count = sum(char in _WEIGHTS for char in turned)
    return count > _SHORTEST and _score(turned) < -_CLEAR_ENGLISH * count


def _whole(text: str) -> str:
    return _KEYS.sub(lambda found: "".join(_TO_RUSSIAN.get(char, char) for char in found[0]), text)


def _word(found: re.Match[str]) -> str:
    """One Latin word among Cyrillic ones: turned only without a vowel, for brands stand there too."""
    word = found[0]
    plain = len(word) < _SHORTEST + 1 or not _VOWELS.isdisjoint(word)
    return word if plain or not _means_russian(word) else "".join(_TO_RUSSIAN.get(char, char) for char in word)
