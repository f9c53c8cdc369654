"""Any text at all, through the door of the running dialogue and its store: it is answered, and changes nothing."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.house import Ears, opened
from dialogues.messengers import Client, Wire
from dialogues.page_messengers import Terminal
from dialogues.playing import IRINA

MARKS = "\u200e\u200f\u202a\u202b\u202d\u202e\u202c\u2066\u2067\u2069\u200b\ufeff\u0000\u0007\u001b"
SNIPPETS = ("{phone}", "{0.__class__}", "%s", "<b>", "'; DROP TABLE chats; --", "[x](y)", "${HOME}", "\u202e", "]]>")
WORDS = ("отмените", "запись", "перенесите", "на завтра", "мои записи", "запишите меня на укладку")
texts = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.text(alphabet=MARKS, max_size=5),
        st.sampled_from(SNIPPETS),
        st.sampled_from(WORDS),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
EARS: Ears = {}
"""Prepared once: the salon is the same in every example."""


@settings(deadline=None, max_examples=25, derandomize=True)
@given(said=st.lists(texts, min_size=1, max_size=3))
def test_no_text_changes_the_journal_without_a_yes_or_breaks_anything(said: list[str]) -> None:
    async def story(folder: Path) -> None:
        async with opened(Terminal(Client(IRINA, said[0][:5000]), Wire()), folder, {}, EARS) as house:
            for text in said:
                await house.hears([house.messenger.says(text, house.clock.now())])
            assert house.diary.changes() == []
            replies = await house.messenger.seen()
            assert len(replies) <= len(said)
            assert not any("{" in one.text.replace(text, "") for one in replies for text in said)

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(story(Path(folder)))
