"""Whether a webhook is the messenger's own. Secrets are compared in constant time."""

import hmac
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Genuine:
    """The webhook is the messenger's own. `accounts` are those, by name, whose secret it proves to know."""

    accounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Forged:
    """The webhook must not be read: `status` is the HTTP answer (401 unsigned, 403 signed wrongly)."""

    status: int
    reason: str


def same_secret(given: str, expected: str) -> bool:
    """Whether the two are equal, in a time that tells nothing; an empty secret in the settings equals nothing."""
    if not expected:
        return False
    return hmac.compare_digest(given.encode(errors="surrogatepass"), expected.encode(errors="surrogatepass"))


def check_token(given: str | None, expected: str, account: str, header: str) -> Genuine | Forged:
    """Whether the header bears the secret that was agreed on when the webhook was registered."""
    if not given:
        return Forged(401, f"no {header}: the webhook does not show its secret")
    if not same_secret(given, expected):
        return Forged(403, f"{header} is not the secret in the settings")
    return Genuine(frozenset({account}))
