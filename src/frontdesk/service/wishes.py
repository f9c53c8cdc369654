"""The salon's wishes as they stand now, and the conversation held by them.

They are edited in one process and followed in all, so each process reads them again every few seconds. Where a second
too late would matter (test mode, «write to nobody first») the sender reads them itself, in the claim of each message.
"""

import tomllib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources

from sqlalchemy import Connection
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.salon import Privacy, Salon
from frontdesk.dialogue.conversation import Dialogue
from frontdesk.dialogue.privacy import informed
from frontdesk.dialogue.talk import Event, Facts, Talk, Turn, Wants
from frontdesk.dialogue.voice import Phrasebook, Texts
from frontdesk.dialogue.words import Words
from frontdesk.language.heard import Expecting
from frontdesk.language.lexicon import load
from frontdesk.store import salon_wishes
from frontdesk.store.database import Store
from frontdesk.store.salon_wishes import Wishes

Sleep = Callable[[float], Awaitable[None]]

EVERY_S = 5.0


@dataclass(slots=True)
class Standing:
    """What is wanted, as last read."""

    wishes: Wishes = field(default_factory=Wishes)
    texts: Texts = field(default_factory=dict)

    async def read(self, store: Store) -> None:
        """Reads it again."""
        self.wishes, self.texts = await store.read(_all)

    async def follow(self, store: Store, sleep: Sleep, log: FilteringBoundLogger) -> None:
        """Reads it again and again, until cancelled; while it can't be read, what was read last holds."""
        while True:
            try:
                await self.read(store)
            except Exception:
                log.exception("the salon's wishes could not be read")
            await sleep(EVERY_S)


def phrasebook(languages: Sequence[str]) -> Phrasebook:
    """Every sentence of the dialogue in these languages, and the friendly forms of the Russian ones."""
    tones = resources.files("frontdesk.language") / "lexicons" / "tones" / "ru_friendly.toml"
    friendly: dict[str, str] = tomllib.loads(tones.read_text(encoding="utf-8"))
    replies = {language: load(language).tables.get("replies", {}) for language in languages}
    return Phrasebook({language: said for language, said in replies.items() if said}, friendly)


def _all(connection: Connection) -> tuple[Wishes, Texts]:
    return salon_wishes.read(connection), salon_wishes.own_texts(connection)


@dataclass(frozen=True, slots=True)
class Spoken:
    """The conversation in the salon's voice and by its policy, with its notice (by salon) under the first answer."""

    dialogue: Dialogue
    book: Phrasebook
    standing: Standing
    privacy: Mapping[str, Privacy] = field(default_factory=dict)

    def expecting(self, talk: Talk) -> Expecting | None:
        """What the open question asks for."""
        return self.dialogue.expecting(talk)

    def wants(self, talk: Talk, event: Event) -> Wants:
        """What must be looked up before the event can be answered."""
        return self.dialogue.wants(talk, event)

    def advance(self, talk: Talk, event: Event, facts: Facts) -> Turn:
        """What comes of the event."""
        salons, replies = self._salons(facts.salons), self._replies()
        turn = replace(self.dialogue, replies=replies).advance(talk, event, replace(facts, salons=salons))
        language = turn.talk.language
        turn = informed(talk, turn, salons, Words(language, replies.get(language, {})))
        signature = self.standing.wishes.voice.signature
        return replace(
            turn,
            replies=tuple(
                replace(one, language=language, footer=f"{one.footer}\n\n{signature}".strip()) for one in turn.replies
            ),
        )

    def _salons(self, salons: Sequence[Salon]) -> tuple[Salon, ...]:
        policy = self.standing.wishes.policy
        return tuple(replace(one, policy=policy.over(one.policy), privacy=self.privacy.get(one.key)) for one in salons)

    def _replies(self) -> Mapping[str, Mapping[str, str]]:
        return self.book.spoken(self.standing.wishes.voice, self.standing.texts)
