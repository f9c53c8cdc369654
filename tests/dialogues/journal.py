"""The emulator's journal as a diary: what has changed in it since it was last looked at, a line each."""

import copy
import dataclasses
import datetime as dt

from frontdesk.emulator.things import Activity, Appointment
from frontdesk.emulator.world import World
from frontdesk.yclients.models.attendance import Attendance

WATCHED = ("start", "master_id", "attendance", "comment", "deleted", "length_s", "services", "client_id")
NOTE = "Отменено клиентом через {channel}"


YOGA = 5199


def hold(world: World, company: int, number: int, said: str) -> None:
    """Yoga with a master, at a time, for so many, of whom so many are there already: «25.11 19:00 6/2»."""
    day, at, places = said.split()
    capacity, taken = map(int, places.split("/"))
    massage = next(one for one in world.services.of(company) if one.title == "Массаж спины")
    own = {"id": YOGA, "title": "Йога", "is_multi": True, "price_min": 900.0, "price_max": 900.0, "length_s": 3600}
    if world.services.get(company, YOGA) is None:
        world.services.add(dataclasses.replace(massage, **own))
    written = f"{day}.{world.clock.now().year} {at}"
    start = dt.datetime.strptime(written, "%d.%m.%Y %H:%M")  # noqa: DTZ007 - the salon's own clock
    event = Activity(number, company, YOGA, next(iter(massage.masters)), start, 3600, capacity)
    world.activities.add(event)
    fill(world, event, taken)


def fill(world: World, event: Activity, places: int) -> None:
    """Others take so many places."""
    if places == 0:
        return
    example = world.appointments.of(event.company_id)[0]
    number = 1_100_000_000 + len(world.appointments.of(event.company_id))
    where = {"id": number, "visit_id": number, "master_id": event.master_id, "start": event.start, "services": []}
    whose = {"client_id": None, "activity_id": event.id, "clients_count": places, "comment": "", "deleted": False}
    world.appointments.add(dataclasses.replace(example, **where, **whose))


class Diary:
    """A salon's appointments (in a chain, those of all branches), and the pen of its first branch's administrator."""

    def __init__(self, world: World, companies: tuple[int, ...], channel: str) -> None:
        self._world, self._companies, self._channel = world, companies, channel
        self._company = companies[0]
        self._before = self._copy()

    def _copy(self) -> dict[int, Appointment]:
        known = (one for company in self._companies for one in self._world.appointments.of(company))
        return {one.id: dataclasses.replace(one, services=[copy.copy(line) for line in one.services]) for one in known}

    def changes(self) -> list[str]:
        """What has changed since the last look, in the order of the appointments' ids."""
        before, self._before = self._before, self._copy()
        told = [self._told(before.get(key), one) for key, one in sorted(self._before.items())]
        gone = [f"исчезла {self._line(one)}" for key, one in before.items() if key not in self._before]
        return [line for line in told if line] + gone

    def _told(self, was: Appointment | None, one: Appointment) -> str:
        if was is None:
            noted = f", «{one.comment}»" if one.comment else ""
            return f"новая {self._line(one)}, {self._client(one)}{noted}"
        changed = {name for name in WATCHED if getattr(was, name) != getattr(one, name)}
        return self._change(was, one, changed) if changed else ""

    def _change(self, was: Appointment, one: Appointment, changed: set[str]) -> str:
        if changed == {"attendance", "comment"} and one.attendance is Attendance.NO_SHOW:
            noted = NOTE.format(channel=self._channel) in one.comment
            return f"отменена {self._line(one)}" + ("" if noted else ", без пометки")
        if changed == {"attendance"} and one.attendance is Attendance.CONFIRMED:
            return f"подтверждена {self._line(one)}"
        if changed <= {"start", "master_id", "length_s"}:
            return f"перенесена {self._line(was)} -> {self._line(one)}"
        return f"{'удалена' if changed == {'deleted'} else 'изменена'} {self._line(one)}" + (
            "" if changed == {"deleted"} else f": {', '.join(sorted(changed))}"
        )

    def _line(self, one: Appointment) -> str:
        master = self._world.masters.anywhere(one.master_id)
        services = " + ".join(service.title for service in one.services)
        places = f", мест: {one.clients_count}" if one.clients_count > 1 else ""
        return f"{one.start:%d.%m %H:%M} {master.name if master else '?'}: {services}{places}"

    def _client(self, one: Appointment) -> str:
        client = self._world.clients.get(one.company_id, one.client_id) if one.client_id else None
        return f"{client.name} {client.phone}" if client else "без клиента"

    def edits(self, what: str) -> None:
        """Somebody at the salon edits the journal: a deed and its words."""
        deed, *words = what.split()
        getattr(self, f"_{_DEEDS[deed]}")(*words)
        self._before = self._copy()

    def _take(self, day: str, at: str, master: str) -> None:
        """Somebody else is written in, for an hour."""
        appointments = self._world.appointments
        example = appointments.of(self._company)[0]
        start, now = self._moment(day, at), self._world.clock.now()
        number = 1_000_000_000 + len(appointments.of(self._company))
        taken = {
            "id": number,
            "visit_id": number,
            "master_id": int(master),
            "start": start,
            "length_s": 3600,
            "changed": now,
        }
        nobody = {"client_id": None, "services": [], "attendance": Attendance.WAITING, "comment": "", "deleted": False}
        appointments.add(dataclasses.replace(example, **taken, **nobody))

    def _fill(self, number: str, places: str) -> None:
        event = self._world.activities.get(self._company, int(number))
        assert event is not None
        fill(self._world, event, int(places))

    def _close(self, service: str) -> None:
        found = self._world.services.get(self._company, int(service))
        assert found is not None
        found.active = False

    def _delete(self, day: str, at: str, phone: str) -> None:
        changed = self._world.clock.now()
        self._world.appointments.change(self._appointment(day, at, phone), deleted=True, changed=changed)

    def _shift(self, day: str, at: str, phone: str, new_day: str, new_at: str) -> None:
        start, now = self._moment(new_day, new_at), self._world.clock.now()
        self._world.appointments.change(self._appointment(day, at, phone), start=start, changed=now)

    def _blacklist(self, phone: str) -> None:
        client = self._world.clients.with_phone(self._company, phone)
        assert client is not None
        client.blacklisted = True

    def _dismiss(self, master: str) -> None:
        """What is in the journal stays there, under the name."""
        gone = self._world.masters.get(self._company, int(master))
        assert gone is not None
        gone.deleted = gone.fired = True

    def _merge(self, phone: str, into: str = "") -> None:
        """One card of two: it has its own number, and its own phone where that is said."""
        clients = self._world.clients
        card = clients.with_phone(self._company, phone)
        assert card is not None
        kept = clients.with_phone(self._company, into) if into else dataclasses.replace(card, id=card.id + 1_000_000)
        assert kept is not None
        for one in self._world.appointments.of_client(self._company, card.id):
            self._world.appointments.change(one, client_id=kept.id, changed=self._world.clock.now())
        clients.remove(card)
        clients.add(kept)

    def _forbid(self, name: str, value: str) -> None:
        setattr(self._world.companies[self._company], name, int(value))

    def _appointment(self, day: str, at: str, phone: str) -> Appointment:
        client = self._world.clients.with_phone(self._company, phone)
        assert client is not None
        start = self._moment(day, at)
        return next(one for one in self._world.appointments.of_client(self._company, client.id) if one.start == start)

    def _moment(self, day: str, at: str) -> dt.datetime:
        year = self._world.clock.now().year
        return dt.datetime.strptime(f"{day}.{year} {at}", "%d.%m.%Y %H:%M")  # noqa: DTZ007 - the salon's own clock


_DEEDS = {
    "занять": "take",
    "закрыть": "close",
    "удалить": "delete",
    "сдвинуть": "shift",
    "чёрный": "blacklist",
    "уволить": "dismiss",
    "слить": "merge",
    "правило": "forbid",
    "места": "fill",
}
