"""Somebody of the salon names the Telegram chat to which the links for signing in are sent."""

import asyncio
from functools import partial

from frontdesk.channels.messages import Address, Incoming, Tap, Text
from frontdesk.store import sessions, users
from frontdesk.store.sessions import CHAT_CODE
from frontdesk.store.users import Role, User
from service_kit import Service

CODE = "a-random-code"
READY = "Готово, Вера Павлова: сюда будут приходить ссылки для входа на стойку."
WRONG = "Эта ссылка уже не действует. Откройте стойку и возьмите новую."
VERAS = Address("telegram", "main", "5550001")
ANOTHERS = Address("telegram", "main", "5550002")
ON_WHATSAPP = Address("whatsapp", "main", "79160000077")


async def vera(service: Service) -> User:
    """She has asked for a link to tie her chat."""
    service.channels = ("whatsapp", "telegram")
    add = partial(users.add, name="Вера Павлова", role=Role.OWNER, now=service.clock.now())
    added = await service.store.write(add)
    token, now = sessions.chat_token(CODE), service.clock.now()
    await service.store.write(partial(sessions.make_link, user=added.id, token=token, now=now))
    return added


async def opens(service: Service, where: Address = VERAS, *, as_text: bool = False) -> str:
    """The link is opened in a chat, or its code is sent there; what is answered."""
    said = CHAT_CODE + CODE
    content = Text(f" {said} ") if as_text else Tap(f"start:{said}", "/start")
    number = f"in-{service.numbers()}"
    await service.hears(Incoming(where, number, service.clock.now(), content, "Вера"), user=where.user)
    await service.answers()
    return service.messenger.texts[-1]


async def known(service: Service, user: User) -> Address | None:
    found = await service.store.read(partial(users.telegram_chat, user=user))
    return found[1] if found else None


def test_the_link_ties_the_chat_it_is_opened_in(service: Service) -> None:
    async def story() -> None:
        user = await vera(service)
        assert await known(service, user) is None
        assert await opens(service) == READY
        assert await known(service, user) == VERAS

    asyncio.run(story())


def test_the_code_sent_as_a_text_does_the_same(service: Service) -> None:
    async def story() -> None:
        user = await vera(service)
        assert await opens(service, as_text=True) == READY
        assert await known(service, user) == VERAS

    asyncio.run(story())


def test_the_link_is_good_once(service: Service) -> None:
    async def story() -> None:
        user = await vera(service)
        await opens(service)
        assert await opens(service, ANOTHERS) == WRONG
        assert await known(service, user) == VERAS

    asyncio.run(story())


def test_the_link_is_good_for_a_quarter_of_an_hour(service: Service) -> None:
    async def story() -> None:
        user = await vera(service)
        service.clock.advance(15 * 60)
        assert await opens(service) == WRONG
        assert await known(service, user) is None

    asyncio.run(story())


def test_another_messenger_than_telegram_ties_nothing(service: Service) -> None:
    async def story() -> None:
        user = await vera(service)
        assert await opens(service, ON_WHATSAPP) == WRONG
        assert await known(service, user) is None

    asyncio.run(story())


def test_the_code_that_ties_a_chat_opens_no_door(service: Service) -> None:
    async def story() -> None:
        await vera(service)
        for token in (CODE, CHAT_CODE + CODE):
            use = partial(sessions.use_link, token=token, now=service.clock.now())
            assert await service.store.write(use) is None

    asyncio.run(story())
