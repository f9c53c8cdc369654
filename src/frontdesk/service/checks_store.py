from collections.abc import Mapping

from frontdesk.service.findings import Finding, broken, fine
from frontdesk.store.database import BadStore
from frontdesk.store.health import Health, look

_FINE: Mapping[Health, str] = {
    Health.READY: "ready",
    Health.EMPTY: "nothing there yet: it is set up at the first start",
    Health.OLDER: "of an older version: it is brought up to date at the next start",
}
_BROKEN: Mapping[Health, tuple[str, str]] = {
    Health.NEWER: ("it was written by a newer Frontdesk", "Update this Frontdesk."),
    Health.LOCKED: (
        "another program keeps it locked",
        "End what holds the file (a copy tool, a database browser, a second service), and run this again.",
    ),
    Health.UNUSABLE: (
        "it can't be worked with",
        "Check store.url: that the server or the folder is there, and that this user may write to it.",
    ),
}


def check_store(address: str) -> Finding:
    """Whether the database can be reached, written to, and is of a version that this Frontdesk knows."""
    try:
        health, said = look(address)
    except BadStore as fault:
        return broken("store", "database", "store.url can't be used", f"{fault}.")
    if health in _FINE:
        return fine("store", "database", _FINE[health])
    seen, cure = _BROKEN[health]
    return broken("store", "database", f"{seen}: {said}" if said else seen, cure)
