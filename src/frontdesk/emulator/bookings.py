"""What it takes to put an appointment into the journal, whoever asks: an administrator or a client online."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Never

from frontdesk.emulator.refusal import Refusal, found, invalid
from frontdesk.emulator.slots import is_free
from frontdesk.emulator.things import Client, Master, Service, ServiceLine
from frontdesk.emulator.world import World

PHONE_DIGITS = range(9, 16)


def digits_of(phone: str) -> str:
    """A phone as the book keeps it: digits only; a Russian 8 in front becomes 7."""
    digits = "".join(sign for sign in phone if sign.isdecimal() and sign.isascii())
    return f"7{digits[1:]}" if len(digits) == 11 and digits[0] == "8" else digits  # noqa: PLR2004 - digits of a Russian number


def is_phone(digits: str) -> bool:
    """«Телефон должен содержать от 9 до 15 цифр»."""
    return len(digits) in PHONE_DIGITS


def the_master(world: World, company_id: int, master_id: int) -> Master:
    """A company's master, or the documented 404."""
    said = f"Сотрудник с ID {master_id} не найден в филиале {company_id}"
    master = found(world.masters.get(company_id, master_id), said)
    return found(None if master.fired else master, said)


def the_services(world: World, company_id: int, ids: Sequence[int]) -> list[Service]:
    """A company's services in the order they were named, or 422."""
    services = [world.services.get(company_id, number) for number in ids]
    if unknown := [number for number, service in zip(ids, services, strict=True) if service is None]:
        invalid(errors={"services": [f"Услуга {number} не найдена" for number in unknown]})
    return [service for service in services if service is not None]


def price_of(service: Service, master_id: int) -> float:
    """What a service costs with a master."""
    own = service.masters.get(master_id)
    return service.price_min if own is None or own.price is None else own.price


def line_of(service: Service, master_id: int) -> ServiceLine:
    """A service as it stands in a new appointment."""
    price = price_of(service, master_id)
    return ServiceLine(
        service.id, service.title, price, service.discount, round(price * (100 - service.discount) / 100, 2)
    )


def find_or_add_client(world: World, company_id: int, phone: str, known: Mapping[str, str]) -> Client:
    """The client with this phone (digits), or a new card with what is known: name, surname, patronymic, e-mail."""
    client = world.clients.with_phone(company_id, phone)
    if client is None:
        client = Client(world.ids.number("client"), company_id, known.get("name", ""), phone, changed=world.clock.now())
        client.surname, client.patronymic = known.get("surname", ""), known.get("patronymic", "")
        client.email = known.get("email", "")
        world.clients.add(client)
        world.tell(company_id, "client", client.id, "create")
    return client


def busy(world: World, start: datetime, status: int | None = None) -> Never:
    """Answers that the master is taken: «Мастер занят или не работает: 2020-10-01 10:30»."""
    raise Refusal(status or world.switches.busy_status, f"Мастер занят или не работает: {start:%Y-%m-%d %H:%M}")


def check_free(world: World, master: Master, start: datetime, length_s: int, *, without: int | None = None) -> None:
    """Refuses time that is taken or not worked."""
    if not is_free(world, master, start, length_s, without=without):
        busy(world, start)
