"""A database of a test's own, copied from one that was migrated once: to migrate takes half of a short test."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from frontdesk.store.database import Store, open_store

SQLITE = "sqlite:///"


def fresh_store(address: str, *, in_line: bool = False) -> Store:
    """Opens the SQLite database of this address, which need not be there yet."""
    path = Path(address.removeprefix(SQLITE))
    if not path.exists():
        path.write_bytes(_migrated())
    return open_store(address, in_line=in_line)


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "frontdesk.db"
        open_store(f"{SQLITE}{path}")._close()
        return path.read_bytes()
