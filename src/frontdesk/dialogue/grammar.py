"""Russian as people write it: «отменить стрижку», «у Анны», «завтра, в воскресенье 22 ноября, в 15:00».

A service's title is a noun group: «Женская стрижка», «Чистка лица», «Стрижка и борода», «Маникюр с покрытием».
Its head is the first noun in the nominative; only the head and the adjectives that agree with it are inflected, and
all that follows a preposition stays as it is. A word that the dictionary does not know in the nominative (a brand,
Latin letters) is left alone: an uninflected word reads better than a wrong one.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial

from pymorphy3 import MorphAnalyzer
from pymorphy3.analyzer import Parse

from frontdesk.booking.times import Local

_WORDS = re.compile(r"\w+(?:-\w+)*|\W+")
_SEPARATORS = re.compile(r"[+,/&;]")
_FEMALE_SURNAME = re.compile(r"^[А-ЯЁ][а-яё]+(?:ова|ева|ёва|ина|ына)$")
_JOINS = ("и", "или")

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
ON_WEEKDAY = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")
ONTO_WEEKDAY = ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
FROM_WEEKDAY = (
    "с понедельника", "со вторника", "со среды", "с четверга", "с пятницы", "с субботы", "с воскресенья",
)  # fmt: skip
SHORT_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
NEAR_DAYS = {0: "сегодня", 1: "завтра", 2: "послезавтра"}


def read_dictionary() -> None:
    """Reads the dictionary now: it takes a tenth of a second, which the first title in an answer would wait for."""
    _dictionary()


@cache
def _dictionary() -> MorphAnalyzer:
    return MorphAnalyzer()


def _nominative(word: str, *kinds: str) -> Parse | None:
    for parse in _dictionary().parse(word):
        if "nomn" in parse.tag and any(kind in parse.tag for kind in kinds):
            return parse
    return None


def _inflected(parse: Parse, word: str, *grammemes: str) -> str:
    inflected = parse.inflect(set(grammemes))
    if inflected is None or not (word.islower() or word.istitle()):
        return word
    return str(inflected.word).capitalize() if word[0].isupper() else str(inflected.word)


def _feminine_accusative(parse: Parse, word: str) -> str:
    """Of things, only the feminine singular has an accusative of its own."""
    return _inflected(parse, word, "accs") if {"femn", "sing"} in parse.tag else word


def _is_preposition(word: str) -> bool:
    return "PREP" in _dictionary().parse(word)[0].tag


class _NounGroup:
    """Walks a title word by word, knowing whether its head has been met and whether a preposition has closed it."""

    def __init__(self) -> None:
        self.head_met = False
        self.closed = False

    def accusative(self, word: str) -> str:
        if word.lower() in _JOINS:
            self.head_met = False
            return word
        if self.closed or _is_preposition(word):
            self.closed = True
            return word
        if adjective := _nominative(word, "ADJF", "PRTF"):
            return _feminine_accusative(adjective, word)
        return self._accusative_noun(word)

    def passed(self, between: str) -> str:
        """What stands between two words: a plus, a comma or a stroke begins a new group."""
        if _SEPARATORS.search(between):
            self.head_met = self.closed = False
        return between

    def _accusative_noun(self, word: str) -> str:
        noun = None if self.head_met else _nominative(word, "NOUN")
        if noun is None:
            return word
        self.head_met = True
        return _feminine_accusative(noun, word)


@cache
def accusative(title: str) -> str:
    """A service's title as the object of a verb: «Женская стрижка» gives «женскую стрижку»."""
    group = _NounGroup()
    return _decapitalised(_each_word(title, group.accusative, group.passed))


def _each_word(text: str, change: Callable[[str], str], passed: Callable[[str], str] = str) -> str:
    return "".join(change(part) if part[0].isalpha() else passed(part) for part in _WORDS.findall(text))


def _decapitalised(text: str) -> str:
    is_plain_word = text[:1].isupper() and text[1:2].islower()
    return text[0].lower() + text[1:] if is_plain_word else text


def genitive(name: str) -> str:
    """A person's name after «у»: «Анна Сергеевна» gives «Анны Сергеевны»."""
    return _declined(name, "gent")


def dative(name: str) -> str:
    """A person's name after «к»: «Анна Сергеевна» gives «Анне Сергеевне»."""
    return _declined(name, "datv")


@cache
def _declined(name: str, case: str) -> str:
    """The given name stands first."""
    given, *rest = name.split(" ")
    family = (_each_word(word, partial(_declined_family_name, case=case)) for word in rest)
    return " ".join((_each_word(given, partial(_declined_word, case=case)), *family))


def _declined_family_name(word: str, case: str) -> str:
    """The dictionary does not know every «Зимина» for a surname; its genitive and dative are alike."""
    return word[:-1] + "ой" if _FEMALE_SURNAME.search(word) else _declined_word(word, case)


def _declined_word(word: str, case: str) -> str:
    parse = _nominative(word, "Name", "Patr", "Surn") or _nominative(word, "NOUN", "ADJF")
    if parse is None or not word[0].isupper():
        return word
    return _inflected(parse, word, case)


def lower_title(title: str) -> str:
    """A service's title inside a sentence."""
    return _decapitalised(title)


def near_day(day: Local, today: Local) -> str | None:
    """«сегодня», «завтра», «послезавтра», or None for a day further off."""
    return NEAR_DAYS.get((day.date() - today.date()) // timedelta(days=1))
