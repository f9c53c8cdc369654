"""Faults that the owner can mend: each is said in one line."""

from typing import Final

from frontdesk.emulator.salons.file import BadSalonFileError
from frontdesk.service.outbox import OutboxError
from frontdesk.service.settings import SettingsError
from frontdesk.service.sync_command import SyncError
from frontdesk.service.understand_command import UnderstandError
from frontdesk.service.worker_command import WorkerError
from frontdesk.store.database import BadStore

FAULTS_OF_THE_OWNER: Final = (
    SettingsError,
    BadStore,
    BadSalonFileError,
    UnderstandError,
    OutboxError,
    SyncError,
    WorkerError,
    OSError,
)
