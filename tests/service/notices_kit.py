"""What the tests of notices share: a master whose chat is known, and a client who cancels."""

from frontdesk.booking.ids import AppointmentId
from frontdesk.channels.messages import Tap
from frontdesk.service.courier import Courier
from frontdesk.service.masters_chat import LINK, invite
from frontdesk.service.turn import Turns
from frontdesk.store import ledger
from frontdesk.store.ledger import Event
from service_facts import OLGA
from service_kit import Service

OLGAS_CHAT = "79160000050"
READY = "Готово, Ольга: буду писать сюда об отменах и записях."
CANCELLED = "Отмена: женская стрижка, завтра, в воскресенье 22 ноября, в 15:00, Анна. Окно 15:00–16:00 свободно."


async def starts(service: Service, code: str, user: str = OLGAS_CHAT) -> None:
    await service.hears(service.message(Tap(f"start:{LINK}{code}", "/start"), user))
    await service.answers()


async def registered(service: Service, user: str = OLGAS_CHAT) -> str:
    """Olga has opened her link; what was said to her so far is forgotten."""
    code = await invite(service.parts, "centre", OLGA)
    await starts(service, code, user)
    assert service.messenger.texts == [READY]
    service.messenger.sent.clear()
    return code


async def cancels(service: Service, appointment: int = 7) -> None:
    await service.hears(f"отмени {appointment}")
    await service.answers()


async def done_and_untold(service: Service) -> None:
    """A cancellation stands in the journal, and nobody has been told of it yet."""
    await registered(service)
    await service.hears("отмени 7")
    service.clock.advance(5)
    assert await service.step(Turns)
    assert await service.step(Courier)


def told(service: Service, user: str) -> list[str]:
    return [reply.text for where, reply, _ in service.messenger.sent if where.user == user]


async def events(service: Service, appointment: int = 7) -> tuple[Event, ...]:
    return await service.store.read(lambda one: ledger.of_appointment(one, "centre", AppointmentId(appointment)))
