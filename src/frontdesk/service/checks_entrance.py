"""What keeps us from a salon's journal altogether, told by the fault that a call ended in.

The order of the provider's own checks is the order of the causes: the address, the partner token, the user token, the
branch, its licence. So a refusal further on proves that what stands before it is right.
"""

from http import HTTPStatus

import httpx2

from frontdesk.service.findings import Finding, broken
from frontdesk.service.settings import SalonSettings
from frontdesk.service.witness import Witness
from frontdesk.yclients import errors
from frontdesk.yclients.errors import Cause
from frontdesk.yclients.profiles import Profile

_TOKENS = {
    Cause.NO_TOKEN: ("partner token", "no partner token reaches the provider", "Set partner_token in the settings."),
    Cause.UNKNOWN_PARTNER: (
        "partner token",
        "the partner token is unknown to the provider or not activated",
        "Copy partner_token anew from the developer account, where it must be activated; there is no other partner id.",
    ),
    Cause.USER_TOKEN: (
        "user token",
        "the user token is missing, wrong or ended (a new password ends it)",
        "Sign in again as the salon's user (POST /api/v1/auth) and put the new user_token into the settings.",
    ),
    Cause.UNKNOWN: (
        "tokens",
        "the provider does not accept the tokens and does not say which",
        "Check partner_token and user_token, and that the salon is connected to the application.",
    ),
}
_LICENCE = ("лиценз", "licen")


def no_address(where: str, settings: SalonSettings, profile: Profile) -> Finding | None:
    """A base_url that nothing could be sent to."""
    try:
        address = httpx2.URL(settings.base_url or profile.base_url)
    except httpx2.InvalidURL as fault:
        return broken(where, "host", f"base_url is no address: {fault}", _address_cure(profile))
    if address.scheme in {"http", "https"} and address.host:
        return None
    return broken(where, "host", "base_url is no address with http:// or https:// before it", _address_cure(profile))


def hindrance(
    where: str, fault: errors.ProviderError, witness: Witness, settings: SalonSettings, profile: Profile
) -> Finding:
    """The finding that a fault of a call comes to."""
    address = settings.base_url or profile.base_url
    if HTTPStatus.MULTIPLE_CHOICES <= witness.status < HTTPStatus.BAD_REQUEST:
        return _redirected(where, address, witness.header("location"), profile)
    match fault:
        case errors.Unauthorised():
            check, seen, cure = _TOKENS[fault.cause]
            return broken(where, check, seen + _quoted(fault.message), cure)
        case errors.Refused():
            return _refused(where, fault, settings, address)
        case errors.Paced():
            cure = "Find what else calls the provider from this address, wait a minute and run this again."
            return broken(where, "pace", f"{fault}; nothing further could be checked", cure)
        case errors.Unreachable():
            cure = f"Check that {_host(address)} is right (the usual one is {profile.base_url}) and can be reached."
            return broken(where, "host", str(fault), cure)
        case _:
            return _no_sense(where, fault, witness, address, profile)


def is_licence(fault: errors.Refused) -> bool:
    """«Необходимо продлить лицензию в филиале с id: N», with 402 or 403."""
    said = fault.message.casefold()
    return fault.status == HTTPStatus.PAYMENT_REQUIRED or any(word in said for word in _LICENCE)


def _redirected(where: str, address: str, location: str, profile: Profile) -> Finding:
    try:
        target = httpx2.URL(address).join(location).host
    except httpx2.InvalidURL:
        target = "an address that is none"
    seen = f"{_host(address)} is not the API's host: it redirects to {target}"
    return broken(where, "host", seen, _address_cure(profile))


def _refused(where: str, fault: errors.Refused, settings: SalonSettings, address: str) -> Finding:
    if is_licence(fault):
        seen = f"the salon's licence has ended{_quoted(fault.message)}"
        return broken(where, "licence", seen, "Extend the licence in the salon's account, under payment.")
    if fault.status == HTTPStatus.NOT_FOUND and httpx2.URL(address).path.strip("/"):
        cure = "Write base_url without a path: only scheme and host, as in https://api.yclients.com."
        return broken(
            where, "host", f"base_url has a path of its own, and nothing is there{_quoted(fault.message)}", cure
        )
    if fault.status == HTTPStatus.NOT_FOUND:
        seen = f"there is no salon with company_id {settings.company_id}{_quoted(fault.message)}"
        return broken(where, "salon", seen, "Take the number from the address of the salon's page in its account.")
    if fault.status == HTTPStatus.FORBIDDEN:
        seen = f"salon {settings.company_id} is not connected to the application, or its user is not of it"
        cure = "Connect the application in the salon's account, and use the token of a user who works in this salon."
        return broken(where, "salon", seen + _quoted(fault.message), cure)
    return broken(where, "salon", f"refused: {fault}", "Check provider, base_url and company_id in the settings.")


def _no_sense(where: str, fault: errors.ProviderError, witness: Witness, address: str, profile: Profile) -> Finding:
    if witness.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        cure = "Nothing to mend here: wait until the provider works again, then run this once more."
        return broken(where, "provider", f"the provider itself fails with status {witness.status}", cure)
    kind = witness.header("content-type").partition(";")[0] or "nothing"
    if "json" not in kind:
        seen = f"{_host(address)} answers with {kind} instead of JSON (status {witness.status}): it is not the API"
        return broken(where, "media type", seen, _address_cure(profile))
    cure = "Run this again; if it stays, something between here and the provider changes its answers."
    return broken(where, "media type", f"an answer makes no sense: {fault}", cure)


def _address_cure(profile: Profile) -> str:
    return f'Set base_url to "{profile.base_url}", or leave it out.'


def _quoted(message: str) -> str:
    return f" (it says «{errors.masked(message)}»)" if message else ""


def _host(address: str) -> str:
    return httpx2.URL(address).host
