"""Whom a booking is for: the one who writes, or somebody of theirs («запишите маму»), and what they are called."""

import re
from dataclasses import replace

from frontdesk.dialogue.talk import Draft

LONGEST_NAME = 60
FOR_ANOTHER = "Запись для другого человека"
"""Written into the appointment, before the name: the phone is the writer's."""
NAME = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}")
_THEM = (
    r"(?:маму|маме|папу|папе|мужа|мужу|жен[уе]|дочь|дочери|дочк[уе]|доченьк[уе]|сына|сыну|сыночка|реб[её]нка|реб[её]нку"
    r"|подруг[уе]|подружк[уе]|друга|другу|брата|брату|сестр[уе]|бабушк[уе]|дедушк[уе]|тёщу|свекровь|внук[ау]|внучк[уе])"
)
_DONE = r"(?:запи[сш]|подстри|постри|стри[чж]|покрас|на (?!работ))"
_OF_ANOTHER = re.compile(
    rf"\bзапи[шс]\w*\s+(?:\w+\s+){{0,2}}?(?:{_THEM}|е[её]|его|их)\b"
    rf"|\b{_THEM}\s+(?:[\w,]+\s+){{0,4}}?{_DONE}"
    rf"|\b(?:для|за) (?:мо\w+ )?(?:мам|пап|муж|жен|доч|сын|реб[её]н|подруг|друга|брат|сестр|бабушк|дедушк|внук|внуч)\w*"
    rf"|\bне (?:для меня|мне|меня),? а \w+|\b(?:е[её]|его|маму|папу|мужа|жену|дочь|дочку|сына) зовут\b"
    r"|\bbook (?:my )?(?:mother|mom|mum|father|dad|husband|wife|daughter|son|friend)\b|\b(?:her|his) name is\b"
    r"|\bfor my (?:mother|mom|mum|father|dad|husband|wife|daughter|son|friend|kid|child)\b",
    re.IGNORECASE,
)
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)?"
_CALLED = re.compile(
    rf"\b(?:зовут|на имя|имя|name is|named)\s*[:—-]?\s*({_WORD}(?:\s(?-i:[А-ЯЁA-Z])[^\W\d_]+){{0,2}})", re.IGNORECASE
)
_OWN_NAME = re.compile(r"\b(?:меня зовут|мо[её] имя|my name)\b", re.IGNORECASE)
_NO_NAMES = frozenset({"меня", "ее", "её", "его", "мое", "моё", "такое", "не"})


def for_another(text: str) -> bool:
    """Whether the words say that it is for somebody else."""
    return _OF_ANOTHER.search(text) is not None


def called(text: str) -> str:
    """«Её зовут Галина Петровна», «на имя Ольга»: the name; empty where none is introduced."""
    found = _CALLED.search(text)
    fit = found is not None and found[1].casefold() not in _NO_NAMES and len(found[1]) <= LONGEST_NAME
    return found[1] if found is not None and fit else ""


def whole_name(text: str) -> str:
    """The answer to «На какое имя?»: a name, alone or introduced; empty where it is none."""
    said = text.strip()
    found = NAME.fullmatch(said) if len(said) <= LONGEST_NAME else None
    return called(said) or (found[0] if found else "")


def addressed(draft: Draft, text: str) -> Draft:
    """The draft with whom the words say that it is for."""
    if draft.moving is not None:
        return draft
    if not draft.comment and for_another(text):
        draft = replace(draft, comment=FOR_ANOTHER, name="")
    name = "" if draft.comment and _OWN_NAME.search(text) else called(text)
    return replace(draft, name=name) if name else draft
