"""`frontdesk emulator`."""

from pathlib import Path
from typing import Final

from frontdesk import options
from frontdesk.emulator.app import build
from frontdesk.serving import serve

READY_TOKENS: Final = "partner token demo-partner, user token demo-user"


def emulator(
    *,
    host: options.Host = options.LOOPBACK,
    port: options.Port = 8100,
    salon: options.EmulatedSalon = "demo",
    profile: options.Profile = "yclients",
    pace: options.Pace = True,
) -> None:
    """Serves the provider's API over a made-up salon, with state, a clock and faults of its own.

    Example: frontdesk emulator --port 8100 --salon demo --no-pace
    """
    provider = build(salon, profile, pace=pace)
    tokens = "the tokens are those of the file" if Path(salon).is_file() else READY_TOKENS
    serve(provider, host, port, f"The emulator listens on {{address}} ({tokens})")
