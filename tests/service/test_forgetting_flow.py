"""Who asks to be forgotten is, in the same breath as the answer."""

import asyncio

from sqlalchemy import select

from frontdesk.dialogue.talk import Event, Facts, Reply, Said, Talk, Turn
from frontdesk.store import tables
from service_fakes import FakeDialogue
from service_kit import Service


class Forgetful(FakeDialogue):
    """Forgets on «забудьте»."""

    def advance(self, talk: Talk, event: Event, facts: Facts) -> Turn:
        if isinstance(event, Said) and "забудьте" in event.heard.text:
            return Turn(Talk(), (Reply("стёрла"),), forget=True)
        return super().advance(talk, event, facts)


def test_who_asks_is_forgotten_and_answered(service: Service) -> None:
    service.dialogue = Forgetful()

    async def story() -> None:
        await service.hears("меня зовут Анна")
        await service.answers()
        await service.hears("забудьте меня")
        await service.answers()
        assert service.messenger.texts[-1] == "стёрла"
        said = await service.store.read(lambda connection: connection.execute(select(tables.inbox.c.content)).all())
        assert [row.content for row in said] == ["{}", "{}"]
        chat = await service.store.read(lambda connection: connection.execute(select(tables.chats)).one())
        assert (chat.name, chat.proved, chat.claimed) == ("", None, None)

    asyncio.run(story())


def test_the_chat_goes_on_afterwards_as_if_new(service: Service) -> None:
    service.dialogue = Forgetful()

    async def story() -> None:
        await service.hears("забудьте меня")
        await service.answers()
        await service.hears("Привет")
        await service.answers()
        assert service.messenger.texts[-1] == "вы сказали: Привет"

    asyncio.run(story())
