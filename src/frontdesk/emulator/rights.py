"""What users may be allowed: the rights that the emulator keeps, by the part of the application they belong to.

A right that nobody took away is there: only what differs is stored with a user. The names are the provider's own.
"""

from typing import Any, Final

from frontdesk.emulator.things import Json

RIGHTS: Final[dict[str, dict[str, Any]]] = {
    "timetable": {"timetable_access": True, "master_id": 0, "position_id": 0, "last_days_count": -1},
    "record_form": {
        "record_form_access": True,
        "create_records_access": True,
        "edit_records_access": True,
        "edit_records_attendance_access": True,
        "delete_records_access": True,
        "delete_customer_came_records_access": True,
        "delete_paid_records_access": True,
    },
    "finances": {"finances_access": True, "finances_accounts_ids": []},
    "clients": {
        "clients_access": True,
        "client_phones_access": True,
        "clients_delete_access": True,
        "client_comments_list_access": True,
        "client_comments_add_access": True,
        "client_files_list_access": True,
        "client_files_delete_access": True,
    },
    "dashboard": {"dashboard_access": True},
    "notification": {"notification": True},
    "loyalty": {"loyalty_access": True},
    "storages": {"storages_access": True, "storages_ids": []},
    "settings": {
        "settings_access": True,
        "settings_information_access": True,
        "users_access": True,
        "create_users_access": True,
        "edit_users_access": True,
        "delete_users_access": True,
        "settings_services_access": True,
        "settings_services_create_access": True,
        "services_edit": True,
        "services_delete": True,
        "edit_master_service_and_duration": True,
        "settings_positions_read": True,
        "settings_positions_create": True,
        "master_create": True,
        "master_edit": True,
        "master_delete": True,
        "schedule_edit": True,
        "webhook_read_access": True,
    },
    "other": {},
}
OF_THE_SALON: Final = frozenset({"settings", "finances", "storages", "dashboard"})
ROLES: Final = {
    "worker": ("Сотрудник", "Ведёт свой журнал", 1),
    "administrator": ("Администратор", "Ведёт журнал салона", 2),
    "accountant": ("Бухгалтер", "Ведёт учёт", 3),
    "manager": ("Управляющий", "Управляет салоном", 4),
    "owner": ("Владелец", "Может всё", 5),
}
OWNER: Final = "owner"


def tree(own: Json) -> Json:
    """A user's rights by part of the application."""
    return {part: {name: own.get(name, usual) for name, usual in names.items()} for part, names in RIGHTS.items()}


def values(own: Json) -> list[Json]:
    """A user's rights as a list of slug and value."""
    return [{"slug": name, "value": value} for part in tree(own).values() for name, value in part.items()]


def known() -> frozenset[str]:
    """The names of all rights."""
    return frozenset(name for names in RIGHTS.values() for name in names)


def of_role(role: str) -> Json:
    """What a role takes away: all but owners and managers have no say in the salon's settings and money."""
    if role in {OWNER, "manager"}:
        return {}
    return {
        name: False
        for part in OF_THE_SALON
        for name, usual in RIGHTS[part].items()
        if isinstance(usual, bool) and not (role == "accountant" and part != "settings")
    }
