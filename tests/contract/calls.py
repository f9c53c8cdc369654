"""For every endpoint a call that the demo salon answers, and for its documented refusals what brings them about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from frontdesk.emulator.events import the_event
from frontdesk.emulator.things import Activity, Appointment, Code, Partner, User
from frontdesk.emulator.world import World
from frontdesk.yclients.contract import Auth, Endpoint, endpoints
from frontdesk.yclients.wire import Credentials

SALON, CHAIN = 962302, 7301
IRINA, ANNA, MARIA, HAIRCUT, SHORT = 70001, 2401, 2402, 5101, 5103
RECORD, VISIT = 1211181002, 1050341002
TAKEN, FREE = "2026-11-22T15:00:00", "2026-11-24T16:00:00"
HASH = "f" * 32
PHONE = "79000000050"
DEMO = Credentials("demo-partner", "demo-user")
CLIENT_OF_IRINA = Credentials("demo-partner", "irina-user")
ACTIVITY, FILE, NOTE, WORKER = 41, 31, 32, 5
UNSAID = object()


def prepare(world: World) -> None:
    """Adds to the demo salon what some calls need: a chain, an event, a file, a signed-in client, an employee."""
    company = world.companies[SALON]
    company.chain_id, company.activity_clients_max = CHAIN, 3
    start = datetime(2026, 11, 25, 9, 0)  # noqa: DTZ001 - the salon's own time
    world.activities.add(Activity(ACTIVITY, SALON, HAIRCUT, ANNA, start, 3600, 2))
    irina = world.clients.get(SALON, IRINA)
    irina.files.append({"id": FILE, "client_id": IRINA, "name": "before.jpg", "can_edit": True})
    irina.comments.append({"id": NOTE, "text": "Любит чай", "type": "default", "files": []})
    world.users[4] = User(4, "Ирина", "79000000001", "irinas", "irina-user", "79000000001")
    world.users[WORKER] = User(WORKER, "Пётр", "petr@example.com", "petrs", "petr-user", rights={SALON: {}})
    world.codes["79000000001"], world.codes[PHONE] = Code("4321"), Code("1234")
    world.appointments.change(world.appointments.get(SALON, RECORD), hash=HASH)
    world.appointments.add(online(world))


def online(world: World) -> Appointment:
    """An appointment that the demo application booked online."""
    now = world.clock.now()
    start = datetime(2026, 11, 26, 11, 0)  # noqa: DTZ001 - the salon's own time
    return Appointment(
        77,
        SALON,
        ANNA,
        IRINA,
        [],
        start,
        3600,
        world.ids.number("visit"),
        "e" * 32,
        now,
        now,
        online=True,
        partner_id=1,
    )


def wish(service: int = HAIRCUT, staff: int = ANNA, at: str = FREE, number: int = 1) -> dict[str, Any]:
    return {"id": number, "services": (service,), "staff_id": staff, "datetime": at}


PATCHED = {
    "title": "Стрижка", "booking_title": "Стрижка", "category_id": 1000001, "price_min": 1, "price_max": 2,
    "duration": 3600, "is_multi": False, "tax_variant": 0, "vat_id": 0, "is_need_limit_date": False,
    "seance_search_start": 0, "seance_search_finish": 86400, "step": 900, "seance_search_step": 900,
}  # fmt: skip
MAIN = {
    "staff_id": ANNA,
    "services": ({"id": HAIRCUT},),
    "client": {"phone": "79000000001", "name": "Ирина"},
    "datetime": FREE,
    "seance_length": 3600,
    "save_if_busy": False,
}
BOOKED = {"phone": PHONE, "fullname": "Ольга", "appointments": (wish(),)}
FOR_AN_HOUR = {"seance_length": 3600, "technological_card_id": None}
DAY = {"dates": (date(2026, 11, 24),)}
SEARCHED = {"client_phone": None, "from_": None, "to": None, "payment_statuses": (), "attendance": None}

# Arguments beside the company's id, which every call that takes one gets.
ARGUMENTS: dict[str, dict[str, Any]] = {
    "DeleteClient": {"id": IRINA},
    "DeleteClientComment": {"client_id": IRINA, "comment_id": NOTE},
    "DeleteClientFile": {"client_id": IRINA, "file_id": FILE},
    "DeleteCompany": {"id": SALON},
    "DeleteRecord": {"record_id": RECORD},
    "DeleteService": {"service_id": HAIRCUT},
    "DeleteServiceCategory": {"id": 1000001},
    "DeleteServiceStaff": {"service_id": HAIRCUT, "master_id": ANNA},
    "DeleteStaff": {"staff_id": ANNA},
    "DeleteUserRecord": {"record_id": RECORD, "record_hash": HASH},
    "GetActivity": {"activity_id": ACTIVITY},
    "GetBookDates": {"service_ids": (HAIRCUT,)},
    "GetBookForm": {"id": SALON},
    "GetBookRecord": {"record_id": RECORD, "record_hash": HASH},
    "GetBookServices": {"staff_id": ANNA},
    "GetBookStaff": {"service_ids": (HAIRCUT,)},
    "GetBookStaffSeances": {"staff_id": ANNA},
    "GetBookTimes": {"staff_id": 0, "date": date(2026, 11, 24), "service_ids": (HAIRCUT,)},
    "GetBookingUserData": {},
    "GetChainClient": {"group_id": CHAIN, "phone": "79000000001"},
    "GetChainServiceCategories": {"chain_id": CHAIN, "include": ("services",)},
    "GetClient": {"id": IRINA},
    "GetClientComments": {"client_id": IRINA},
    "GetClientFiles": {"client_id": IRINA},
    "GetCompanies": {"my": True, "forBooking": True},
    "GetCompany": {"id": SALON},
    "GetPartnerRecords": {"start_date": "01.11.2026"},
    "GetPhoneConfirmation": {"company_id": SALON, "phone": PHONE},
    "GetReceipt": {"visit_id": VISIT},
    "GetRecord": {"record_id": RECORD},
    "GetRoles": {"include": ("user_permissions",)},
    "GetRolesForUser": {"user_id": WORKER, "include": ("user_permissions",)},
    "GetServiceCategory": {"id": 1000001},
    "GetStaffSchedule": {"start_date": date(2026, 11, 22), "include": ("busy_intervals", "off_day_type")},
    "GetTranslations": {"langCode": "en-US"},
    "GetUserPermissions": {"user_id": WORKER},
    "GetUserRecords": {"record_id": RECORD, "record_hash": HASH},
    "GetVisit": {"visit_id": VISIT},
    "GetVisitDetails": {"salon_id": SALON, "record_id": RECORD, "visit_id": VISIT},
    "PatchOnlineSettings": {"seance_delay_step": 30},
    "PatchService": {"service_id": HAIRCUT, **PATCHED},
    "PostActivity": {
        "date": "2026-11-24T10:00:00",
        "service_id": HAIRCUT,
        "staff_id": ANNA,
        "capacity": 3,
        "force": False,
    },
    "PostActivityBook": {"activity_id": ACTIVITY, "phone": PHONE, "fullname": "Ольга"},
    "PostAuth": {"login": "admin@example.com", "password": "demo-password"},
    "PostBookCheck": {"appointments": (wish(),)},
    "PostBookCode": {"phone": PHONE},
    "PostBookRecord": BOOKED,
    "PostBookingAuth": {"login": "79000000001", "password": "irinas"},
    "PostClient": {"name": "Ольга", "phone": PHONE},
    "PostClientComment": {"client_id": IRINA, "text": "Просит чай"},
    "PostClientsBulk": {"clients": ({"name": "Ольга", "phone": PHONE}, {"name": "Ирина", "phone": "79000000001"})},
    "PostComment": {"staff_id": ANNA, "mark": 5, "text": "Спасибо", "name": "Ольга"},
    "PostCompany": {"title": "Новый филиал"},
    "PostHooks": {"urls": ("https://hooks.example.invalid/",), "active": True, "record": True},
    "PostPositionQuick": {"title": "Визажист"},
    "PostRecord": MAIN,
    "PostService": {"title": "Локоны", "category_id": 1000001},
    "PostServiceCategory": {"title": "Макияж"},
    "PostServiceLinks": {
        "service_id": HAIRCUT,
        "master_settings": ({"master_id": ANNA, "hours": 1, "minutes": 15},),
        "resource_ids": (),
        "translations": ({"language_id": 2, "translation": "Haircut"},),
    },
    "PostServiceStaff": {"service_id": HAIRCUT, "master_id": MARIA, **FOR_AN_HOUR},
    "PostStaff": {"name": "Вера"},
    "PostStaffQuick": {"name": "Вера", "specialization": "визажист"},
    "PostUserAuth": {"phone": "79000000001", "code": "4321"},
    "PostUserCopyToCompanies": {"user_id": WORKER, "user_company_links": ({"company_id": SALON},)},
    "PostUserInvite": {"salon_id": SALON, "invites": ({"name": "Вера", "search": "vera@example.com"},)},
    "PostUserRemoveFromCompanies": {"user_id": WORKER, "user_company_links": ({"company_id": SALON},)},
    "PutBookRecord": {"record_id": 77, "datetime": FREE},
    "PutBookingUser": {"name": "Ольга", "phone": PHONE, "confirmation_code": "1234"},
    "PutBookingUserPassword": {"old_password": "demo-password", "new_password": "new-password"},
    "PutClient": {"id": IRINA, "name": "Ирина", "phone": PHONE},
    "PutCompany": {"id": SALON, "title": "Новое имя"},
    "PutRecord": {"record_id": RECORD, "attendance": 2, "comment": "придёт"},
    "PutService": {"service_id": HAIRCUT, "price_min": 3000},
    "PutServiceCategory": {"id": 1000001, "title": "Волосы"},
    "PutServiceStaff": {"service_id": HAIRCUT, "master_id": ANNA, **FOR_AN_HOUR},
    "PutStaff": {"staff_id": ANNA, "name": "Анна"},
    "PutStaffSchedule": {
        "schedules_to_set": ({"staff_id": ANNA, **DAY, "slots": ({"from": "10:00", "to": "12:00"},)},)
    },
    "PutUserPermissions": {"user_id": WORKER, "user_permissions": ({"slug": "clients_access", "value": False},)},
    "PutVisit": {"visit_id": VISIT, "record_id": RECORD, "attendance": -1, "comment": "Отменено"},
    "SearchActivities": {"from_": date(2026, 11, 20), "till": date(2026, 11, 30)},
    "SearchClientVisits": {"client_id": IRINA, **SEARCHED},
    "SearchClients": {"fields": ("name",), "filters": ({"type": "quick_search", "state": {"value": "Ирина"}},)},
}


def call_of(name: str, **other: Any) -> Endpoint[Any]:
    """The call that succeeds, with other arguments in the place of some."""
    endpoint = endpoints()[name]
    company = {"company_id": SALON} if "company_id" in endpoint.model_fields else {}
    said = company | ARGUMENTS.get(name, {}) | other
    return endpoint.model_validate({field: value for field, value in said.items() if value is not UNSAID}, strict=False)


@dataclass(frozen=True)
class Cause:
    """What brings a refusal about: arguments in the place of others, tokens, and what happened in the salon before."""

    arguments: dict[str, Any]
    credentials: Credentials = DEMO
    before: Callable[[World], object] | None = None


def expired(world: World) -> None:
    world.companies[SALON].licence_until = date(2026, 11, 1)


def unconnected(world: World) -> None:
    world.partners["demo-partner"] = Partner(1, "demo-partner", company_ids=frozenset({1}))


def without_rights(world: World) -> None:
    world.users[1].rights.clear()


def blacklisted(world: World) -> None:
    world.clients.get(SALON, IRINA).blacklisted = True


def full(world: World) -> None:
    the_event(world, SALON, ACTIVITY).capacity = 0


def second_factor(world: World) -> None:
    world.users[1].two_factor = True


def too_long_a_period() -> dict[str, Any]:
    return {"start_date": date(2026, 1, 1), "end_date": date(2026, 1, 1) + timedelta(days=800)}


NOBODY = 999_999
CAUSES: dict[tuple[str, int], Cause] = {
    ("DeleteUserRecord", 400): Cause({"record_hash": UNSAID}, Credentials("demo-partner", "nobody")),
    ("DeleteUserRecord", 403): Cause({"record_id": 1211181004, "record_hash": UNSAID}, CLIENT_OF_IRINA),
    ("DeleteUserRecord", 404): Cause({"record_hash": "0" * 32}),
    ("GetBookRecord", 403): Cause({"record_id": 1211181004, "record_hash": UNSAID}, CLIENT_OF_IRINA),
    ("GetUserRecords", 403): Cause({"record_id": 1211181004, "record_hash": UNSAID}, CLIENT_OF_IRINA),
    ("GetUserRecords", 404): Cause({"record_hash": "0" * 32}),
    ("GetPartnerRecords", 403): Cause({"salon_id": 1}),
    ("GetChainClient", 404): Cause({"phone": "79990000000"}),
    ("GetChainServiceCategories", 404): Cause({"chain_id": NOBODY}),
    ("GetReceipt", 404): Cause({"visit_id": NOBODY}),
    ("GetVisit", 404): Cause({"visit_id": NOBODY}),
    ("PutVisit", 404): Cause({"visit_id": NOBODY}),
    ("GetTranslations", 404): Cause({"langCode": "xx-XX"}),
    ("PostCompany", 404): Cause({"country_id": 1000}),
    ("PostUserInvite", 404): Cause({"salon_id": 1}),
    ("GetVisitDetails", 404): Cause({"visit_id": NOBODY}),
    ("PostActivity", 409): Cause({"date": TAKEN}),
    ("PostRecord", 409): Cause({"datetime": TAKEN}),
    ("PostRecord", 422): Cause({"services": ({"id": NOBODY},)}),
    ("PutRecord", 422): Cause({"services": ({"id": NOBODY},)}),
    ("PostActivityBook", 403): Cause({"phone": "79000000001"}, before=blacklisted),
    ("PostActivityBook", 422): Cause({}, before=full),
    ("PostBookRecord", 403): Cause({"phone": "79000000001"}, before=blacklisted),
    ("PostBookRecord", 422): Cause({"appointments": (wish(at=TAKEN),)}),
    ("PostBookCheck", 422): Cause({"appointments": (wish(at=TAKEN),)}),
    ("PutBookRecord", 403): Cause({"record_id": RECORD}),
    ("PutBookRecord", 422): Cause({"datetime": TAKEN}),
    ("PostAuth", 422): Cause({"two_factor": {"uuid": "x", "secret": "y"}}, before=second_factor),
    ("SearchClients", 400): Cause({"filters": ({"type": "height", "state": {"value": 1}},)}),
    ("SearchClients", 402): Cause({}, before=expired),
    ("SearchActivities", 422): Cause({"till": date(2026, 11, 1)}),
    ("SearchClientVisits", 422): Cause({"client_id": None}),
    ("GetBookTimes", 422): Cause({"service_ids": (NOBODY,)}),
    ("GetStaffSchedule", 422): Cause(too_long_a_period()),
}


def cause_of(name: str, status: int) -> Cause | None:
    """What brings a documented refusal about; None for a body that the real client would not send."""
    spec = endpoints()[name].spec
    if (name, status) in CAUSES:
        return CAUSES[name, status]
    if status == 401:
        return Cause({}, Credentials("somebody", "demo-user"))
    if status == 403:
        return Cause({}, before=without_rights if spec.auth is Auth.USER else unconnected)
    if status == 404:
        return Cause({"id": 1} if "/company/{id}" in spec.path else {"company_id": 1})
    return None
