"""A person's name in the cases a chat uses it in: «к Саше», «у Анны Сергеевны», «запишите к Иванову».

Declension is by ending, as grammars give it; a form that nobody uses («Юлиею») does no harm, since forms are only
looked up, never written. Each form remembers its cases, for «к Александру» and «у Александры» are different people.
"""

from collections.abc import Iterator, Mapping
from enum import Flag, auto

_VOWELS = "аеиоуыэюя"
_HUSHING = "гкхжчшщ"


class Case(Flag):
    """The Russian cases."""

    NOMINATIVE = auto()
    GENITIVE = auto()
    DATIVE = auto()
    ACCUSATIVE = auto()
    INSTRUMENTAL = auto()
    PREPOSITIONAL = auto()
    ANY = NOMINATIVE | GENITIVE | DATIVE | ACCUSATIVE | INSTRUMENTAL | PREPOSITIONAL


_N, _G, _D, _A, _I, _P = (
    Case.NOMINATIVE,
    Case.GENITIVE,
    Case.DATIVE,
    Case.ACCUSATIVE,
    Case.INSTRUMENTAL,
    Case.PREPOSITIONAL,
)

PREPOSITIONS: Mapping[str, Case] = {
    "к": _D,
    "ко": _D,
    "у": _G,
    "от": _G,
    "до": _G,
    "без": _G,
    "для": _G,
    "кроме": _G,
    "с": _I | _G,
    "со": _I | _G,
    "на": _A | _P,
    "о": _P,
    "об": _P,
    "про": _A,
}
"""Which cases a preposition takes; names after it are read accordingly."""

_Ending = tuple[str, int, Mapping[str, Case]]

_SURNAMES: tuple[_Ending, ...] = (
    ("ая", 2, {"ая": _N, "ой": _G | _D | _I | _P, "ую": _A}),
    ("ский", 2, {"ий": _N, "ого": _G | _A, "ому": _D, "им": _I, "ом": _P}),
    ("цкий", 2, {"ий": _N, "ого": _G | _A, "ому": _D, "им": _I, "ом": _P}),
    ("ый", 2, {"ый": _N, "ого": _G | _A, "ому": _D, "ым": _I, "ом": _P}),
    *((ending, 1, {"а": _N, "ой": _G | _D | _I | _P, "у": _A}) for ending in ("ова", "ева", "ина", "ына")),
    *((ending, 0, {"": _N, "а": _G | _A, "у": _D, "ым": _I, "е": _P}) for ending in ("ов", "ев", "ин", "ын")),
)
_NAMES: tuple[_Ending, ...] = (
    ("ия", 1, {"я": _N, "и": _G | _D | _P, "ю": _A, "ей": _I}),
    ("ья", 1, {"я": _N, "и": _G, "е": _D | _P, "ю": _A, "ей": _I}),
    ("я", 1, {"я": _N, "и": _G, "е": _D | _P, "ю": _A, "ей": _I}),
    *((f"{hush}а", 1, {"а": _N, "и": _G, "е": _D | _P, "у": _A, "ой": _I, "ей": _I}) for hush in _HUSHING + "ц"),
    ("а", 1, {"а": _N, "ы": _G, "е": _D | _P, "у": _A, "ой": _I}),
    ("ий", 1, {"й": _N, "я": _G | _A, "ю": _D, "ем": _I, "и": _P}),
    ("й", 1, {"й": _N, "я": _G | _A, "ю": _D, "ем": _I, "е": _P}),
    ("любовь", 1, {"ь": _N | _A, "и": _G | _D | _P, "ью": _I}),
    ("нинель", 1, {"ь": _N | _A, "и": _G | _D | _P, "ью": _I}),
    ("ь", 1, {"ь": _N, "я": _G | _A, "ю": _D, "ем": _I, "е": _P}),
)
_FLEETING = {"павел": "павл", "лев": "льв", "петр": "петр", "пётр": "петр"}
_CONSONANT: Mapping[str, Case] = {"": _N, "а": _G | _A, "у": _D, "ом": _I, "ем": _I, "е": _P}
_PATRONYMICS = ("вна", "чна", "вич", "ьич", "мич")


def is_patronymic(word: str) -> bool:
    """Whether a word of a name is a patronymic: «Сергеевна», «Ильич»."""
    return len(word) > len("ильи") and word.endswith(_PATRONYMICS)


def forms(word: str, *, surname: bool = False) -> Iterator[tuple[str, Case]]:
    """A lower-case Russian name word in all its cases; a word that is not declined only as it is."""
    if word in _FLEETING:
        yield word, _N
        yield from ((_FLEETING[word] + ending, case) for ending, case in _CONSONANT.items() if ending)
        return
    for ending, cut, endings in (*_SURNAMES, *_NAMES) if surname else _NAMES:
        if word.endswith(ending):
            base = word[: len(word) - cut]
            yield from ((base + each, case) for each, case in endings.items())
            return
    if word[-1:].isalpha() and word[-1] not in _VOWELS:
        yield from ((word + ending, case) for ending, case in _CONSONANT.items())
    else:
        yield word, Case.ANY


_LATIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("кс", ("x", "ks")), ("дж", ("j", "dzh")), ("ия", ("ia", "iya", "iia")), ("ья", ("ia", "ya", "yia")),
    ("а", ("a",)), ("б", ("b",)), ("в", ("v", "w")), ("г", ("g",)), ("д", ("d",)), ("е", ("e", "ye")), ("ж", ("zh",)),
    ("з", ("z",)), ("и", ("i",)), ("й", ("y", "i")), ("к", ("k", "c")), ("л", ("l",)), ("м", ("m",)), ("н", ("n",)),
    ("о", ("o",)), ("п", ("p",)), ("р", ("r",)), ("с", ("s",)), ("т", ("t",)), ("у", ("u",)), ("ф", ("f",)),
    ("х", ("kh", "h")), ("ц", ("ts",)), ("ч", ("ch",)), ("ш", ("sh",)), ("щ", ("shch", "sch")), ("ъ", ("",)),
    ("ы", ("y",)), ("ь", ("",)), ("э", ("e",)), ("ю", ("yu", "iu")), ("я", ("ya", "ia")),
)  # fmt: skip
_VARIANTS = 24


def in_latin(word: str) -> frozenset[str]:
    """The ways people write a Russian name in Latin letters: «Юлия» as yulia, iulia, yuliya."""
    written, rest = [""], word
    while rest:
        for letters, variants in _LATIN:
            if rest.startswith(letters):
                written = [head + tail for head in written for tail in variants][:_VARIANTS]
                rest = rest.removeprefix(letters)
                break
        else:
            return frozenset()
    return frozenset(written)
