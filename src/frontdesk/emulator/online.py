"""The rules of online booking: what a client may book, and why not.

The reasons are the provider's own numbers, and each arises from its cause: 431 a phone that is none, 432 a wrong SMS
code, 433 busy time, 434 a client on the blacklist, 435 no name, 436 nobody free where any master will do, 437 two
appointments of one request at one time, 438 a service that is not for booking.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Never

from frontdesk.emulator.bookings import digits_of, is_phone
from frontdesk.emulator.refusal import Refusal, found, invalid, not_found
from frontdesk.emulator.shapes.times import with_colon
from frontdesk.emulator.slots import can_do, free_starts, is_free, length_of
from frontdesk.emulator.things import Appointment, Code, Company, Json, Master, Service
from frontdesk.emulator.world import World, local_of
from frontdesk.yclients.models.booking_forms import Appointment as Wish

MONTHS: Final = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
NOT_FOR_THIS: Final = "Сотрудник недоступен для записи на выбранную услугу"
ANYBODY: Final = 0
BUSY: Final = "Выбранное время уже занято или является нерабочим."
NO_PHONE: Final = (431, "Номер телефона в неправильном формате")
NO_NAME: Final = (435, "Не указано имя клиента")


@dataclass(frozen=True, slots=True)
class Plan:
    """An appointment that can be booked; `wish` is the number that the request gave it."""

    wish: int
    master: Master
    services: list[Service]
    start: datetime
    length_s: int
    master_requested: bool

    @property
    def end(self) -> datetime:
        """When it is over, salon-local."""
        return self.start + timedelta(seconds=self.length_s)


def bookable_masters(world: World, company: Company, services: Sequence[Service]) -> list[Master]:
    """Who takes clients for these services, the heaviest first."""
    masters = [master for master in world.masters.of(company.id) if can_do(master, list(services))]
    return sorted(masters, key=lambda master: (-master.weight, master.id))


def chosen_masters(world: World, company: Company, staff_id: int | None, services: Sequence[Service]) -> list[Master]:
    """The named master, or all who can do these services; refuses with 404 one who cannot."""
    if staff_id in (None, ANYBODY):
        return bookable_masters(world, company, services)
    master = found(world.masters.get(company.id, staff_id or ANYBODY), f"Сотрудник с ID {staff_id} не найден")
    return [master] if can_do(master, list(services)) else not_found(NOT_FOR_THIS)


def known_services(world: World, company: Company, ids: Sequence[int] | None) -> list[Service]:
    """The services with these ids; those that do not exist or are not for booking are refused with 422."""
    services = [world.services.get(company.id, number) for number in ids or ()]
    if any(service is None or not service.active for service in services):
        raise Refusal(422, "Нет записи на указанную услуги/акции", code=438)
    return [service for service in services if service is not None]


def horizon(world: World, company: Company) -> tuple[date, date]:
    """The days that can be booked: from today as far as the salon lets clients see."""
    today = world.now_local(company).date()
    return today, today + timedelta(days=company.booking_days)


def can_begin(world: World, company: Company, start: datetime) -> bool:
    """Whether a client may book this start at all: not too soon, and not beyond what clients are shown."""
    first, last = horizon(world, company)
    return first <= start.date() <= last and not _too_late(world, company, start)


def nearest_day(world: World, company: Company, master: Master, length_s: int) -> tuple[date, list[datetime]] | None:
    """A master's first day with free time, and that time."""
    day, last = horizon(world, company)
    while day <= last:
        if starts := free_starts(world, master, day, length_s):
            return day, starts
        day += timedelta(days=1)
    return None


def next_free_time(world: World, company: Company) -> datetime | None:
    """The nearest time at which anybody in the branch is free for the shortest of their services."""
    nearest = [
        day[1][0]
        for master in bookable_masters(world, company, [])
        if (day := nearest_day(world, company, master, company.slot_step_s))
    ]
    return min(nearest, default=None)


def seances(company: Company, starts: Sequence[datetime], length_s: int) -> list[Json]:
    """Free times as the widget shows them."""
    return [
        {
            "time": f"{start.hour}:{start:%M}",
            "seance_length": length_s,
            "sum_length": length_s,
            "datetime": with_colon(start, company.zone),
        }
        for start in starts
    ]


def plans(world: World, company: Company, wishes: Sequence[Wish]) -> list[Plan]:
    """How everything a request wishes can be booked together; refuses at the first that cannot."""
    made: list[Plan] = []
    for wish in wishes:
        plan = _plan(world, company, wish)
        if any(other.start < plan.end and plan.start < other.end for other in made):
            _impossible(437, plan.master, plan.start, wish.id, "Пересечение с предыдущим визитом.")
        made.append(plan)
    return made


def _plan(world: World, company: Company, wish: Wish) -> Plan:
    if not wish.services:
        raise Refusal(422, "Не заданы ни услуги ни акции", code=422)
    services = known_services(world, company, wish.services)
    start = local_of(wish.datetime, company.zone)
    if wish.staff_id == ANYBODY:
        master = _anybody(world, company, services, start)
    else:
        (master,) = chosen_masters(world, company, wish.staff_id, services)
    length_s = length_of(master, services)
    if _too_late(world, company, start) or not is_free(world, master, start, length_s):
        _impossible(433, master, start, wish.id, BUSY)
    return Plan(wish.id, master, services, start, length_s, master_requested=wish.staff_id != ANYBODY)


def check_free_for(world: World, company: Company, one: Appointment, start: datetime) -> None:
    """Refuses with 433 to move an appointment to time that is past, not worked or taken by another."""
    master = found(world.masters.get(company.id, one.master_id), "Сотрудник не найден")
    if _too_late(world, company, start) or not is_free(world, master, start, one.length_s, without=one.id):
        _impossible(433, master, start, one.id, BUSY)


def _anybody(world: World, company: Company, services: list[Service], start: datetime) -> Master:
    free = (
        master
        for master in bookable_masters(world, company, services)
        if company.any_master and is_free(world, master, start, length_of(master, services))
    )
    master = None if _too_late(world, company, start) else next(free, None)
    if master is None:
        raise Refusal(422, "Нет доступных для записи сотрудников", code=436)
    return master


def _too_late(world: World, company: Company, start: datetime) -> bool:
    return start <= world.now_local(company) + timedelta(seconds=company.booking_delay_s)


def _impossible(code: int, master: Master, start: datetime, wish: int, why: str) -> Never:
    when = f"{start.day} {MONTHS[start.month - 1]} {start.year} в {start:%H:%M}"
    said = f"К сотруднику {master.name}({master.id}) нельзя записаться на {when}. {why}"
    raise Refusal(422, said, code=code, extra={"id": wish})


def check_person(world: World, company: Company, phone: str, name: str, code: str | None) -> str:
    """The phone (digits) of somebody who may book; refuses with 431, 435, 434 or, where codes are asked for, 432."""
    digits = phone_of(phone)
    if not name.strip():
        raise Refusal(422, NO_NAME[1], code=NO_NAME[0])
    client = world.clients.with_phone(company.id, digits)
    if client is not None and client.blacklisted:
        raise Refusal(403, "Пользователь с указанным телефоном в черном списке и не может записываться", code=434)
    if company.confirm_number:
        check_code(world, digits, code or "")
    return digits


def check_form(company: Company, email: str | None, comment: str | None) -> None:
    """Refuses with 422 a booking without what the branch's form requires."""
    said = {"email": (company.email_required, email), "comment": (company.comment_required, comment)}
    if missing := [name for name, (required, value) in said.items() if required and not (value or "").strip()]:
        invalid(errors={name: ["Обязательное поле не заполнено"] for name in missing})


def phone_of(said: str) -> str:
    """The digits of a phone; refuses with 431 what is none."""
    digits = digits_of(said)
    if not is_phone(digits):
        raise Refusal(422, NO_PHONE[1], code=NO_PHONE[0])
    return digits


def send_code(world: World, phone: str) -> None:
    """Makes a new code for a phone (digits), in the place of an earlier one."""
    world.codes[phone] = Code(world.ids.code("sms"))


def check_code(world: World, phone: str, said: str) -> None:
    """Refuses a wrong code with 432, and after three wrong ones the right one too."""
    code = world.codes.get(phone)
    if code is not None and code.attempts_left > 0 and code.secret == said.strip():
        return
    if code is not None:
        code.attempts_left = max(0, code.attempts_left - 1)
    raise Refusal(422, "Неправильный код подтверждения", code=432)


def may_change(world: World, company: Company, one: Appointment, *, allowed: bool, delay_s: int) -> None:
    """Refuses what the salon forbids its clients to do to an appointment, or forbids so close to it."""
    if not allowed:
        raise Refusal(403, f"Вы не можете управлять записью с id {one.id}")
    if world.now_local(company) > one.start - timedelta(seconds=delay_s):
        raise Refusal(403, f"Вы не можете управлять записью с id {one.id}: до визита осталось слишком мало времени")


def days_between(first: date, last: date) -> Iterator[date]:
    """Each day from first to last."""
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def by_month(days: Sequence[date]) -> dict[str, list[str]] | list[Any]:
    """Days as the widget's calendar wants them, `{"9": ["4", "5"]}`; none at all is an empty list, as PHP writes it."""
    months: dict[str, list[str]] = {}
    for day in days:
        months.setdefault(str(day.month), []).append(str(day.day))
    return months or []
