"""How a command ends. 0: fine; 1: something is broken, or was found broken; 2: wrong usage."""

import sys
from typing import Final

BROKEN: Final = 1
WRONG_USAGE: Final = 2


def wrong(message: str) -> SystemExit:
    """The end of a command that was used wrongly, said on stderr."""
    print(f"frontdesk: {message}", file=sys.stderr)
    return SystemExit(WRONG_USAGE)
