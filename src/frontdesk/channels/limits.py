"""Fits words into what a messenger allows, losing nothing silently.

Lengths are counted in UTF-16 units, the strictest count any messenger uses (an emoji is two), so what fits here fits
everywhere. A text that is cut shows it with «…»; choices are never cut away.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace

from frontdesk.channels.reading import clean
from frontdesk.dialogue.talk import Choice, Reply

MOST_CHOICES = 10
"""The most that one message offers on any messenger (a WhatsApp list has ten rows); more is paged by the dialogue."""

SHORTEST_TEXT = 4000
"""What every messenger takes: MAX's limit. Half of it is left to choices where these are numbered in the text."""

CHOICE_ID_BYTES = 64
"""The longest id of a choice on any messenger: Telegram's `callback_data`, «1-64 bytes»."""

CHOOSE = {"ru": "Выбрать"}
SHARE_NUMBER = {"ru": "Отправить мой номер"}
"""What a messenger's own button says, by language; in any other it is said in English."""

_ELLIPSIS = "…"
_SENTENCE_END = re.compile(r"[.!?…]+[»\")]*(?=\s)|\n")
_JOINER = "\u200d"


def checked(reply: Reply) -> Reply:
    """The reply with its words cleaned; ValueError where no messenger could carry it, saying what to mend."""
    said = clean(reply.text).strip()
    if not said:
        raise ValueError("a reply must say something: its text is empty")
    text = _above(said, clean(reply.footer).strip(), has_choices=bool(reply.choices))
    if len(reply.choices) > MOST_CHOICES:
        raise ValueError(f"{len(reply.choices)} choices: offer at most {MOST_CHOICES} and let the person ask for more")
    ids = [choice.id for choice in reply.choices]
    if len(set(ids)) < len(ids):
        raise ValueError(f"choices must differ by id: {ids}")
    return replace(reply, text=text, footer="", choices=tuple(_checked_choice(choice) for choice in reply.choices))


def _above(said: str, footer: str, *, has_choices: bool) -> str:
    """The words with the footer below them: where there is no room for both, the words are cut, never the footer."""
    if not footer:
        return said
    room = SHORTEST_TEXT // 2 if has_choices else SHORTEST_TEXT
    return f"{cut(said, room - length(footer) - 2)}\n\n{footer}"


def _checked_choice(choice: Choice) -> Choice:
    label = " ".join(clean(choice.label).split())
    if not label:
        raise ValueError(f"choice {choice.id!r} has no label")
    if not choice.id.isprintable() or not 0 < len(choice.id.encode()) <= CHOICE_ID_BYTES:
        raise ValueError(f"the id of choice {choice.id!r} must have 1 to {CHOICE_ID_BYTES} bytes of plain text")
    return Choice(choice.id, label, " ".join(clean(choice.detail).split()))


def length(text: str) -> int:
    """How long a messenger counts the text, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, limit: int) -> str:
    """The text within `limit`: a longer one ends after its last whole sentence that fits, and «…» shows the cut.

    Where the only whole sentence would lose more than half of the room, it is cut between words instead.
    """
    if length(text) <= limit:
        return text
    room = _head(text, limit - 2)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, len(room) + 1) if match.end() <= len(room)]
    if ends and ends[-1] * 2 > len(room):
        return f"{room[: ends[-1]].rstrip()} {_ELLIPSIS}"
    return clip(text, limit)


def clip(text: str, limit: int) -> str:
    """The text within `limit`, cut between words where that leaves most of it, with «…»."""
    if length(text) <= limit:
        return text
    head = _head(text, limit - 1)
    at_word = head.rsplit(None, 1)[0] if len(head.split()) > 1 else head
    kept = at_word if len(at_word) * 2 > len(head) else head
    return kept.rstrip() + _ELLIPSIS


def clip_apart(labels: Iterable[str], limit: int) -> list[str]:
    """The labels within `limit`, no two alike: «Стрижка…» and «Стрижка… 2»."""
    taken: set[str] = set()
    fitted: list[str] = []
    for label in labels:
        candidate, number = clip(label, limit), 1
        while candidate in taken:
            number += 1
            candidate = f"{clip(label, limit - len(f' {number}'))} {number}"
        taken.add(candidate)
        fitted.append(candidate)
    return fitted


def numbered(text: str, choices: Sequence[Choice], limit: int) -> str:
    """The text with its choices as a numbered list, for whoever types the number. Only the text before it is cut."""
    lines = [f"{number}. {in_full(choice)}" for number, choice in enumerate(choices, 1)]
    offer = "\n".join(lines)
    if length(offer) > limit // 2:
        share = limit // (2 * len(lines)) - 1
        offer = "\n".join(clip(line, share) for line in lines)
    return f"{cut(text, limit - length(offer) - 2)}\n\n{offer}" if choices else cut(text, limit)


def choose_label(reply: Reply) -> str:
    """What opens a list of choices."""
    return CHOOSE.get(reply.language, "Choose")


def share_number_label(reply: Reply) -> str:
    """What a button says that shares one's own number."""
    return SHARE_NUMBER.get(reply.language, "Share my number")


def in_full(choice: Choice) -> str:
    """The label with its detail: «15:00 · Мария, 60 мин»."""
    return f"{choice.label} · {choice.detail}" if choice.detail else choice.label


def _head(text: str, limit: int) -> str:
    """The longest beginning within `limit` units that splits no letter from its accent and no joined emoji."""
    head = text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
    while head and len(head) < len(text) and (_clings(text[len(head)]) or head[-1] == _JOINER):
        head = head[:-1]
    return head


def _clings(letter: str) -> bool:
    return letter == _JOINER or "\U0001f3fb" <= letter <= "\U0001f3ff" or unicodedata.category(letter) in {"Mn", "Me"}
