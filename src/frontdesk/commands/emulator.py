"""`frontdesk emulator`."""

from frontdesk import options
from frontdesk.emulator.app import build
from frontdesk.serving import serve


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
    serve(provider, host, port, "The emulator listens on {address} (partner token demo-partner)")
