"""`frontdesk outbox list`, `retry` and `drop`."""

import json
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from frontdesk import options
from frontdesk.service import outbox
from frontdesk.service.clock import SystemClock
from frontdesk.service.outbox import MOST_LISTED
from frontdesk.service.settings import load

Most = Annotated[int, Parameter(help="How many to show.", validator=Number(gte=1, lte=MOST_LISTED))]


def list_outbox(
    *, config: options.Config = options.SETTINGS_FILE, most: Most = 50, as_json: options.AsJson = False
) -> None:
    """Lists the commands that are not settled, the oldest first, with what stands in their way.

    Example: frontdesk outbox list --config frontdesk.toml --json
    """
    listing = outbox.listed(load(config).store.url, most)
    shown = json.dumps(outbox.as_rows(listing), ensure_ascii=False, indent=1)
    print(shown if as_json else outbox.as_text(listing))


def retry_command(
    number: options.CommandNumber, /, *more: options.MoreNumbers, config: options.Config = options.SETTINGS_FILE
) -> None:
    """Tries commands at once instead of at their next try; of one whose reply was lost the journal is asked.

    Example: frontdesk outbox retry 17 18 --config frontdesk.toml
    """
    outbox.retry(load(config).store.url, (number, *more), SystemClock().now())
    print("due now")


def drop_command(
    number: options.CommandNumber, /, *more: options.MoreNumbers, config: options.Config = options.SETTINGS_FILE
) -> None:
    """Gives commands up that have not left, or that the journal stands against; their clients are told.

    Example: frontdesk outbox drop 17 --config frontdesk.toml
    """
    outbox.drop(load(config).store.url, (number, *more), SystemClock().now())
    print("dropped; whoever asked is told")
