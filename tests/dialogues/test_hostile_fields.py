"""Hostile words through each text that is kept or sent on: they stay words, and nothing else changes anywhere."""

import asyncio
from pathlib import Path

import pytest

from dialogues.house import Ears, opened
from dialogues.messengers import Client, Wire
from dialogues.page_messengers import Terminal
from dialogues.playing import IRINA

HOSTILE = {
    "html": "<img src=x onerror=alert(1)><b>Оля</b>",
    "markdown": "*Оля* [сюда](javascript:alert(1)) `код`",
    "sql": "Оля'); DROP TABLE chats; --",
    "braces": "{0.__class__} {what} %s ${HOME} {{7*7}}",
    "controls": "О\u0000л\u0007я\u001b[31m\r\n\tвторая строка",
    "directions": "\u202eяло\u202c \u2066Оля\u2069 \u200f\ufeff",
    "endless": "Я" * 5000,
    "choice": "cancel:yes:1:1 да",
}
FIELDS = {
    "name": ({}, ("запишите маму на укладку в среду в 12",)),
    "introduced": ({}, ("запишите маму на укладку в среду в 12", "её зовут {0}")),
    "note": ({"салон": "comment_required=1"}, ("запишите на укладку в среду в 12",)),
    "reason": ({}, ("отмените запись на завтра", "да")),
    "question": ({}, ("сколько стоит",)),
    "yes": ({}, ("запишите на укладку в среду в 12",)),
}
EARS: Ears = {}
"""Prepared once: the salon is the same in every case."""


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("field", FIELDS)
def test_hostile_words_stay_words(field: str, kind: str, tmp_path: Path) -> None:
    header, steps = FIELDS[field]
    hostile = HOSTILE[kind]

    async def story() -> None:
        async with opened(Terminal(Client(IRINA, hostile), Wire()), tmp_path, header, EARS) as house:
            for said in (*steps, hostile):
                await house.hears([house.messenger.says(said.replace("{0}", hostile), house.clock.now())])
            told = await house.messenger.seen()
            assert told
            assert all(len(one.text) <= 4096 for one in told)
            assert not any(brace in one.text.replace(hostile, "") for one in told for brace in "{}")
            changes = house.diary.changes()
            cancelled = [line for line in changes if line.startswith(("отменена", "изменена"))]
            assert changes == cancelled
            assert len(cancelled) <= (field == "reason")

    asyncio.run(story())
