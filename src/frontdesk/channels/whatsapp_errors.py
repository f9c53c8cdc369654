"""What to do about each of Meta's error codes. They come with the answer to a send, or later in a failed status.

The code decides, never the title, which Meta words anew from time to time.
"""

from collections.abc import Mapping
from dataclasses import replace

from frontdesk.booking.phones import mask_phone
from frontdesk.channels.messages import Rejected, SendAction
from frontdesk.channels.reading import fields, identifier, words

_BACK_OFF = Rejected(SendAction.RETRY, "", 1, whole_account=True, growth=2, longest_wait_s=60)
_PAIR = Rejected(SendAction.RETRY, "", 1, growth=4, longest_wait_s=64)
"""Meta asks to wait 4^X seconds, X counting from 0. Only this chat waits, others go on."""
_MAINTENANCE = Rejected(SendAction.RETRY, "", 20, whole_account=True)
_PAUSE = Rejected(SendAction.PAUSE_ACCOUNT, "", whole_account=True)
_UNREACHABLE = Rejected(SendAction.UNREACHABLE, "")
_BLOCKED = Rejected(SendAction.UNREACHABLE, "", blocked=True)
_WINDOW = Rejected(SendAction.WINDOW_CLOSED, "")
_PARK = Rejected(SendAction.PARK, "")

UNSURE: frozenset[int] = frozenset({1, 2, 131000, 131016, 135000})
"""Meta's own faults: the answer to a send does not say whether the message went out, a failed status does."""

ACTIONS: Mapping[int, Rejected] = {
    0: _PAUSE,  # the token can't be checked
    1: _BACK_OFF,  # unknown API error
    2: _BACK_OFF,  # the API is down or overloaded
    3: _PAUSE,  # the app lacks the capability
    4: _BACK_OFF,  # the app's rate
    10: _PAUSE,  # permission not granted or removed
    33: _PAUSE,  # the phone number id does not exist
    100: _PARK,  # a parameter is wrong
    190: _PAUSE,  # the token has expired
    368: _PAUSE,  # blocked for breaking the rules
    80007: _BACK_OFF,  # the WhatsApp Business account's rate
    130429: _BACK_OFF,  # the number's throughput
    130472: _UNREACHABLE,  # the number is part of Meta's experiment
    130497: _PAUSE,  # not allowed to write to this country
    131000: _BACK_OFF,  # something went wrong
    131005: _PAUSE,  # access denied
    131008: _PARK,  # a required parameter is missing
    131009: _PARK,  # a parameter's value is wrong
    131016: _BACK_OFF,  # the service is away
    131021: _PARK,  # sender and recipient are the same
    131026: _BLOCKED,  # no WhatsApp, an old one, or we are blocked
    131030: _PAUSE,  # a test number may write only to its own list
    131031: _PAUSE,  # the account is locked
    131037: _PAUSE,  # the display name is not approved
    131042: _PAUSE,  # payment
    131044: _PAUSE,  # payment
    131045: _PAUSE,  # the number is not registered
    131047: _WINDOW,  # more than 24 hours since the person wrote
    131048: _PAUSE,  # restricted for spam
    131049: _UNREACHABLE,  # the cap on marketing to one person
    131050: _UNREACHABLE,  # the person stopped marketing
    131051: _PARK,  # message type not supported
    131052: _PARK,  # media could not be downloaded
    131053: _PARK,  # media could not be uploaded
    131056: _PAIR,  # too many messages to one person
    131057: _MAINTENANCE,  # the number's throughput is being raised, up to a minute
    131062: _UNREACHABLE,  # this message needs a phone number, not a scoped id
    131064: _PAUSE,  # messaging limit by template classification
    132000: _PARK,  # template: number of parameters
    132001: _PARK,  # template: does not exist in the language
    132005: _PARK,  # template: too long
    132007: _PARK,  # template: against the policy
    132008: _PARK,  # template: a value does not fit
    132012: _PARK,  # template: format of a value
    132015: _PARK,  # template: paused
    132016: _PARK,  # template: disabled
    133010: _PAUSE,  # the phone number is not registered
    135000: _BACK_OFF,  # generic
}
_PERMISSIONS = range(200, 300)
_NO_SUCH_OBJECT = "33"


def rejection(error: Mapping[str, object], recipient: str) -> Rejected:
    """What to do about Meta's error object; its own code and sentence are the detail, the recipient's number masked.

    An unknown code is parked: repeating what Meta refused for a reason we do not know can only do harm.
    """
    number = code_of(error)
    rule = ACTIONS.get(number, _PAUSE if number in _PERMISSIONS else _PARK)
    if number == 100 and identifier(error.get("error_subcode")) == _NO_SUCH_OBJECT:  # noqa: PLR2004 - Meta's code
        rule = ACTIONS[33]
    sentence = words(fields(error.get("error_data")).get("details"), 300) or _sentence(error)
    detail = f"{number}: {sentence}"
    return replace(rule, detail=detail.replace(recipient, mask_phone(recipient)) if recipient else detail)


def code_of(error: Mapping[str, object]) -> int:
    """Meta's number of the error; -1 where there is none."""
    written = identifier(error.get("code"))
    return int(written) if written.isascii() and written.isdigit() else -1


def _sentence(error: Mapping[str, object]) -> str:
    return words(error.get("message"), 300) or words(error.get("title"), 300)
