"""Whether the user of the token may do what the front desk does. A right that is not named counts as given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frontdesk.booking.policy import Method
from frontdesk.service.findings import Finding, broken, fine, warning
from frontdesk.service.settings import CancelTable
from frontdesk.yclients.models.user import Rights

_DENIED = (False, 0, "0", "false", "")
DELETION = "delete_records_access"


@dataclass(frozen=True, slots=True)
class Need:
    """A right by the provider's name, and what can't be done without it."""

    part: str
    name: str
    without: str


NEEDED = (
    Need("timetable", "timetable_access", "the journal can't be read"),
    Need("record_form", "create_records_access", "nothing can be booked"),
    Need("record_form", "edit_records_access", "nothing can be moved, and cancelled only by status or deletion"),
    Need("record_form", "edit_records_attendance_access", "nothing can be confirmed, nor cancelled by its status"),
    Need("clients", "clients_access", "no client can be looked up"),
    Need("clients", "client_phones_access", "phones are hidden, so nobody's appointments can be found by their phone"),
)


def judge(where: str, rights: Rights, cancel: CancelTable) -> Iterator[Finding]:
    """What of the needed is denied; one fine finding where nothing is."""
    denied = [need for need in NEEDED if is_denied(rights, need.part, need.name)]
    for need in denied:
        yield broken(where, "rights", f"the user lacks {need.name}: {need.without}", _cure(need.name))
    if not denied:
        yield fine(where, "rights", "the user may read, book, change and find clients with their phones")
    if is_denied(rights, "record_form", DELETION):
        yield from _no_deletion(where, cancel)


def is_denied(rights: Rights, part: str, name: str) -> bool:
    """Whether the provider names the right and says no."""
    named: Mapping[str, object] = getattr(rights, part)
    return name in named and named[name] in _DENIED


def _no_deletion(where: str, cancel: CancelTable) -> Iterator[Finding]:
    if cancel.method is Method.DELETE:
        seen = f'cancel.method is "delete", but the user lacks {DELETION}'
        yield broken(where, "deletion", seen, f'{_cure(DELETION)} Or set cancel.method to "visit".')
    elif cancel.fallback_delete:
        seen = (
            f"cancel.fallback_delete is on, but the user lacks {DELETION}: where the visit can't be changed, nothing is"
        )
        yield warning(where, "deletion", seen, f"{_cure(DELETION)} Or set cancel.fallback_delete to false.")


def _cure(right: str) -> str:
    return f"Give the user of user_token the right {right} in the salon's account, under users and access rights."
