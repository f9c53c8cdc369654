"""`/_emulator/`: the levers behind the stage, for tests, demos and drills. They ask for no token."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qs

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from frontdesk.emulator.envelope import Answer
from frontdesk.emulator.faults import Faults, Rule
from frontdesk.emulator.journal import Journal
from frontdesk.emulator.openapi import document
from frontdesk.emulator.reading import Sent
from frontdesk.emulator.shapes.company import company_card
from frontdesk.emulator.shapes.people import client_card, master_brief
from frontdesk.emulator.shapes.record import record
from frontdesk.emulator.things import Company, Json
from frontdesk.emulator.world import World, is_in_our_time

SHOWN_AT_MOST: Final = 1000
RULES: Final = TypeAdapter(list[Rule])


class BadControlError(Exception):
    """A lever was pulled in a way it does not move; the text says how it does."""


class Control:
    """The control calls of one emulator."""

    def __init__(
        self, world: World, journal: Journal, faults: Faults, again: Callable[[], World] | None = None
    ) -> None:
        self._world = world
        self._journal = journal
        self._faults = faults
        self._beginning = _new(again) if again else _same(world.snapshot())
        self._calls: dict[tuple[str, str], Callable[[Sent], Any]] = {
            ("POST", "reset"): self._reset,
            ("GET", "clock"): self._clock,
            ("POST", "clock"): self._set_clock,
            ("GET", "state"): self._state,
            ("GET", "journal"): self._requests,
            ("GET", "openapi.json"): self._document,
            ("GET", "faults"): self._rules,
            ("POST", "faults"): self._set_rules,
            ("GET", "settings"): self._settings,
            ("POST", "settings"): self._set_settings,
        }

    def answer(self, sent: Sent) -> Answer:
        """Answers a control call; a mistake gets 400 and a sentence that says what to do."""
        name = sent.path.removeprefix("/_emulator").strip("/")
        call = self._calls.get((sent.method, name))
        if call is None:
            there = ", ".join(f"{method} {one}" for method, one in self._calls)
            return _json(404, {"error": f"no such control call; there are: {there}"})
        try:
            return _json(200, call(sent))
        except BadControlError as error:
            return _json(400, {"error": str(error)})

    def _reset(self, _: Sent) -> Json:
        """Goes back to the salon as it was loaded: settings, faults, journal and clock too."""
        self._world.clock.set(None)
        self._world.restore(self._beginning())
        self._faults.replace([])
        self._journal.clear()
        return self._clock(_)

    def _clock(self, _: Sent) -> Json:
        return {"now": self._world.clock.now().isoformat(), "set": self._world.clock.is_set}

    def _set_clock(self, sent: Sent) -> Json:
        said = _object(sent).get("now", "")
        if said is not None:
            said = self._instant(said)
        self._world.clock.set(said)
        return self._clock(sent)

    def _instant(self, said: object) -> datetime:
        try:
            moment = datetime.fromisoformat(str(said))
        except ValueError:
            raise BadControlError(
                '"now" takes an ISO time, as "2026-11-21T12:00:00+03:00", or null to follow the wall clock'
            ) from None
        if not is_in_our_time(moment):
            raise BadControlError('"now" takes a time between the years 1970 and 2200')
        return moment if moment.tzinfo else moment.replace(tzinfo=self._first_company().zone)

    def _first_company(self) -> Company:
        return next(iter(self._world.companies.values()))

    def _state(self, sent: Sent) -> Json:
        asked = parse_qs(sent.query).get("company_id", [""])[0]
        companies = [one for one in self._world.companies.values() if asked in ("", str(one.id))]
        return {
            **self._clock(sent),
            "settings": asdict(self._world.switches),
            "sms_codes": {phone: code.secret for phone, code in self._world.codes.items()},
            "companies": [self._company(one) for one in companies],
        }

    def _company(self, company: Company) -> Json:
        """A branch with what is in it, the newest 1,000 of each kind."""
        world = self._world
        records, clients = world.appointments.of(company.id), world.clients.of(company.id)
        return {
            **company_card(world, company),
            "staff": [master_brief(world, one) for one in world.masters.of(company.id)],
            "services": [asdict(one) for one in world.services.of(company.id)],
            "clients": [client_card(world, one) for one in clients[-SHOWN_AT_MOST:]],
            "clients_count": len(clients),
            "records": [record(world, one) for one in records[-SHOWN_AT_MOST:]],
            "records_count": len(records),
        }

    def _requests(self, _: Sent) -> Json:
        return {"requests": self._journal.shown()}

    def _document(self, _: Sent) -> Json:
        return document()

    def _rules(self, _: Sent) -> Json:
        return {"rules": self._faults.shown()}

    def _set_rules(self, sent: Sent) -> Json:
        try:
            rules = RULES.validate_python(_object(sent).get("rules"))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in ("rules", *first["loc"]))
            raise BadControlError(f"{where}: {first['msg']}") from error
        self._faults.replace(rules)
        return self._rules(sent)

    def _settings(self, _: Sent) -> Json:
        return asdict(self._world.switches)

    def _set_settings(self, sent: Sent) -> Json:
        try:
            self._world.switches.change(**_object(sent))
        except ValueError as error:
            raise BadControlError(str(error)) from error
        return self._settings(sent)


def _new(again: Callable[[], World]) -> Callable[[], bytes]:
    return lambda: again().snapshot()


def _same(snapshot: bytes) -> Callable[[], bytes]:
    return lambda: snapshot


def _object(sent: Sent) -> Json:
    try:
        said = from_json(sent.body)
    except ValueError as error:
        raise BadControlError(f"the body is not JSON: {error}") from error
    if not isinstance(said, dict):
        raise BadControlError("the body must be a JSON object")
    return said


def _json(status: int, body: object) -> Answer:
    return Answer(status, to_json(body, serialize_unknown=True))
