"""A message on its way through: from the webhook to the answer, and to the journal where something was asked of it."""

import asyncio

from service_kit import Service


def test_a_message_is_answered_once_the_thought_is_complete(service: Service) -> None:
    async def story() -> None:
        await service.hears("Привет")
        await service.runs()
        assert service.messenger.texts == []
        await service.answers()
        assert service.messenger.texts == ["вы сказали: Привет"]

    asyncio.run(story())


def test_a_command_is_carried_out_and_its_outcome_is_told(service: Service) -> None:
    async def story() -> None:
        await service.hears("отмени 7")
        await service.answers()
        assert service.door.cancelled == [7]
        assert service.messenger.texts == ["отменено 7"]

    asyncio.run(story())
