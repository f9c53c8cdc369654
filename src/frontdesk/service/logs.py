"""Logs: one line an event, as text or as JSON; phones and tokens are masked wherever they turn up."""

import re
import sys
from typing import Literal

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

from frontdesk.booking.phones import mask_phone

_PHONE = re.compile(r"\+\d{7,15}|(?<![\w.:-])\d{11,15}(?![\w.:-])")
"""The provider numbers its appointments with ten digits; eleven without a plus are a phone."""
_TOKEN = re.compile(
    r"Bearer\s+[^\s,]+(,\s*User\s+[^\s,]+)?|\bUser\s+(?=\S*\d)[^\s,]{8,}|/bot\d+:[\w-]+"
    r"|(?<=[?&])(secret|[\w.]*token)=(?!<)[^&\s\"']+",
    re.IGNORECASE,
)
"""As they stand in the provider's header, in Telegram's addresses and in the query of a webhook.

«The user token is missing» names none.
"""


def configured(kind: Literal["console", "json"], level: str = "info") -> FilteringBoundLogger:
    """A logger to stderr. A `mark` (the emoji of a log line) stands before the text and is left out of JSON."""
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False) if kind == "json" else _console()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.format_exc_info,
            masked,
            unmarked if kind == "json" else marked,
            renderer,
        ],
        logger_factory=StandardError,
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger


class StandardError:
    """Writes to stderr as it is when the line is written: a program may have put another in its place since."""

    def __init__(self, *_: object) -> None: ...

    def msg(self, line: str) -> None:
        """Writes one line."""
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = exception = log = msg


def _console() -> structlog.dev.ConsoleRenderer:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def masked(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Hides phones and tokens in every text of the event."""
    return {key: hidden(value) if isinstance(value, str) else value for key, value in event.items()}


def hidden(text: str) -> str:
    """The text with phones and tokens hidden."""
    return _PHONE.sub(lambda found: mask_phone(found[0].lstrip("+")), _TOKEN.sub("•••", text))


def marked(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Puts the mark before the text."""
    mark = event.pop("mark", "")
    return {**event, "event": f"{mark} {event['event']}".strip()}


def unmarked(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Drops the mark."""
    event.pop("mark", None)
    return event
