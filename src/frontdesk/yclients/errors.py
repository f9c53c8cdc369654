"""What can go wrong with a call, by what the caller does next.

    ProviderError
    ├── Unreachable    it never left, or only asked and got no answer: safe to send again
    ├── Unsure         it was sent and nothing sure came back: look up whether it took effect, then decide
    ├── Refused        the provider understood and said no: tell the caller why; sending it again changes nothing
    ├── Unauthorised   the tokens are at fault: no retry, a person has to mend the settings (`cause` says which)
    ├── Paced          too many calls (429): it was not done, wait `retry_after_s` and send it again
    └── Unexpected     a read failed at the provider, or an answer made no sense: may be sent again

Booking codes, in `Refused.code`, are `BookingCode`.
"""

import enum
import re
from typing import Any, Final

EXCERPT_CHARACTERS: Final = 500
_LONG_NUMBER: Final = re.compile(r"(?<![\w.])(?!\d{4}-\d\d-\d\d\b)\+?\d[\d ()-]{7,18}\d(?!\w)")
_TOKEN: Final = re.compile(r"\b(?=\w*\d)[0-9a-zA-Z]{16,}\b")


def masked(text: str) -> str:
    """The text with phones and tokens hidden, cut to a length fit for a log."""
    text = _TOKEN.sub("***", text[: EXCERPT_CHARACTERS * 2])
    return _LONG_NUMBER.sub(lambda found: "***" + found[0][-2:], text)[:EXCERPT_CHARACTERS]


class BookingCode(enum.IntEnum):
    """Why an online booking was refused, as the provider numbers it."""

    BAD_PHONE = 431
    WRONG_SMS_CODE = 432
    SLOT_BUSY = 433
    CLIENT_BLACKLISTED = 434
    NO_NAME = 435
    NO_MASTER_FREE = 436
    OVERLAP_IN_REQUEST = 437
    SERVICE_NOT_BOOKABLE = 438


# An overlap is told in the words of a busy time and some more, so it is looked for first.
_BOOKING_PHRASES: Final = (
    ("пересечение с предыдущим визитом", BookingCode.OVERLAP_IN_REQUEST),
    ("intersection with previous visit", BookingCode.OVERLAP_IN_REQUEST),
    ("время уже занято или является нерабочим", BookingCode.SLOT_BUSY),
    ("time is already taken or is not working", BookingCode.SLOT_BUSY),
    ("нет доступных для записи сотрудников", BookingCode.NO_MASTER_FREE),
    ("no team members available", BookingCode.NO_MASTER_FREE),
    ("нет записи на указанн", BookingCode.SERVICE_NOT_BOOKABLE),
    ("no appointment for the specified", BookingCode.SERVICE_NOT_BOOKABLE),
)


class Cause(enum.Enum):
    """Which part of the authorisation a 401 blames."""

    NO_TOKEN = "no_token"  # noqa: S105 - a cause, not a secret
    UNKNOWN_PARTNER = "unknown_partner"
    USER_TOKEN = "user_token"  # noqa: S105 - a cause, not a secret
    UNKNOWN = "unknown"


_CAUSES: Final = (
    # «Не указан идентификатор партнера» is said of a partner token that was sent but is unknown or not activated.
    ("не указан идентификатор партнера", Cause.UNKNOWN_PARTNER),
    ("partner id not specified", Cause.UNKNOWN_PARTNER),
    ("не указаны авторизационные данные", Cause.NO_TOKEN),
    ("authorization data not specified", Cause.NO_TOKEN),
    ("authorization data is not specified", Cause.NO_TOKEN),
    ("необходима авторизация", Cause.USER_TOKEN),
    ("authentication needed", Cause.USER_TOKEN),
)

_CURES: Final = {
    Cause.NO_TOKEN: "no token reached the provider: set the partner token",
    Cause.UNKNOWN_PARTNER: "the partner token is unknown or not activated: check it in the developer account",
    Cause.USER_TOKEN: "the user token is missing or ended (a new password ends it): sign in for a new one",
    Cause.UNKNOWN: "the provider did not accept the tokens: check both and the user's rights",
}


def cause_of(message: str) -> Cause:
    """Which token a 401 blames, told by the provider's Russian or English message."""
    said = message.casefold().replace("ё", "е")
    return next((cause for phrase, cause in _CAUSES if phrase in said), Cause.UNKNOWN)


class ProviderError(Exception):
    """A call did not end in a result."""

    def __init__(self, said: str, request_id: str = "") -> None:
        super().__init__(said)
        self.request_id = request_id
        """The provider's own `x-request-id`, for its support; empty if it sent none."""


class Unreachable(ProviderError):
    """No answer, and nothing can have happened by it: no connection was made, or a read got no reply."""


class Unsure(ProviderError):
    """A write was sent and may have taken effect: the reply was lost, late, broken or a fault of the server."""

    def __init__(self, said: str, status: int | None = None, request_id: str = "") -> None:
        super().__init__(said, request_id)
        self.status = status


class Refused(ProviderError):
    """The provider answered with a refusal.

    `status` is the HTTP status (200 where the body alone says `success: false`), `code` the provider's own number
    where it gave one (`BookingCode` for bookings), else the status; `message` its words; `errors` the rest of its
    explanation as sent: a list of `{code, message}` or an object of field to messages; `meta` all that came with it.
    """

    def __init__(  # noqa: PLR0913 - a refusal is kept whole
        self,
        status: int,
        code: int,
        message: str,
        errors: Any = None,  # noqa: ANN401 - any JSON
        meta: Any = None,  # noqa: ANN401 - any JSON
        *,
        request_id: str = "",
    ) -> None:
        super().__init__(masked(f"{code}: {message}" if code == status else f"{status}/{code}: {message}"), request_id)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors
        self.meta = meta

    @property
    def booking_code(self) -> BookingCode | None:
        """Why a booking was refused, if that is among what was said: by number, or in older answers by words alone."""
        listed = self.errors if isinstance(self.errors, list) else []
        codes = [self.code, *(error.get("code") for error in listed if isinstance(error, dict))]
        known = next((BookingCode(code) for code in codes if code in set(BookingCode)), None)
        said = self.message.casefold()
        return known or next((code for phrase, code in _BOOKING_PHRASES if phrase in said), None)


class Unauthorised(ProviderError):
    """401: the provider does not accept the tokens; `cause` says which and the text says what to do."""

    def __init__(self, cause: Cause, message: str = "", request_id: str = "", *, why: str = "") -> None:
        why = why or (f"the provider said: {masked(message)}" if message else "")
        super().__init__(_CURES[cause] + (f" ({why})" if why else ""), request_id)
        self.cause = cause
        self.message = message


class Paced(ProviderError):
    """429: too many calls from this address. `retry_after_s` is None where the provider did not say."""

    def __init__(self, retry_after_s: float | None, request_id: str = "") -> None:
        wait = "a while" if retry_after_s is None else f"{retry_after_s:g} s"
        super().__init__(f"too many calls for the provider: wait {wait}", request_id)
        self.retry_after_s = retry_after_s


class Unexpected(ProviderError):
    """An answer that is neither a result nor a refusal; `excerpt` is the start of its body, masked."""

    def __init__(self, status: int, excerpt: str, request_id: str = "") -> None:
        self.status = status
        self.excerpt = masked(excerpt)
        super().__init__(f"unexpected answer, status {status}: {self.excerpt or 'empty body'}", request_id)
