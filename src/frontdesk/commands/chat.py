"""`frontdesk chat`."""

import asyncio
import tempfile
from pathlib import Path

from frontdesk import options
from frontdesk.booking.phones import typed_phone
from frontdesk.commands.exits import wrong
from frontdesk.service.logs import configured
from frontdesk.service.settings import load
from frontdesk.terminal import DEMO_PHONE, Terminal, demo_terminal


def chat(*, config: options.Config | None = None, phone: options.Phone = DEMO_PHONE) -> None:
    """Talks to the assistant in the terminal: about the demo salon, or the salons of a settings file.

    One line is one message; a number taps the choice it stands before.

    Example: frontdesk chat --phone 79000000001
    """
    owner = typed_phone(phone)
    if owner is None:
        raise wrong(f"{phone!r} is no phone number; write it as 79000000001")
    log = configured("console", level="warning")
    if config is not None:
        asyncio.run(Terminal(load(config), owner, log).talk())
        return
    with tempfile.TemporaryDirectory(prefix="frontdesk-chat-") as folder:
        asyncio.run(demo_terminal(Path(folder), owner, log).talk())
