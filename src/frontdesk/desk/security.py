"""What every answer of the desk carries, how its cookies and forms are kept from others, and whence a request comes.

A form is taken only with a token that is made from the session's own secret, which no other site can read, and only
where the browser does not say that another site sent it. The cookie is `SameSite=Strict` besides: three locks, each of
which would do.
"""

import hmac
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

CONTENT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "content-security-policy": CONTENT,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
STRICT_TRANSPORT: Final = "max-age=31536000"
OWN_NETWORK_BITS: Final = 64
"""Whoever has one IPv6 address has so many bits of them, and may change within them."""
FORM_FIELD: Final = "form_token"
FORM_HEADER: Final = "x-form-token"
FROM_HERE: Final = frozenset({"same-origin", "none"})


def secured(response: Response, request: Request) -> Response:
    """The answer with the desk's headers; what a page set itself stands. No page is kept by anybody on its way."""
    headers = HEADERS | {"cache-control": "no-store"}
    if is_https(request):
        headers |= {"strict-transport-security": STRICT_TRANSPORT}
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response


def is_https(request: Request) -> bool:
    """Whether the browser speaks HTTPS; a proxy on this machine says so in `X-Forwarded-Proto`."""
    return request.url.scheme == "https"


def network(request: Request) -> str:
    """Where the request comes from, as far as it tells people apart: of IPv6 the network, which is one person's own."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Network((int(address), OWN_NETWORK_BITS), strict=False))
    return host


def set_cookie(response: Response, request: Request, name: str, value: str, lasts_s: int) -> None:
    """A cookie that scripts can't read and other sites can't send."""
    response.set_cookie(name, value, lasts_s, path="/", secure=is_https(request), httponly=True, samesite="strict")


def drop_cookie(response: Response, request: Request, name: str) -> None:
    """Takes the cookie back."""
    response.delete_cookie(name, path="/", secure=is_https(request), httponly=True, samesite="strict")


def form_token(secret: str) -> str:
    """What a form of the browser that holds this secret must carry."""
    return hmac.new(secret.encode(), b"form", sha256).hexdigest()


def is_ours(request: Request, secret: str, given: str) -> bool:
    """Whether a form comes from a page that this desk gave to this very browser."""
    sent_from = request.headers.get("sec-fetch-site", "same-origin")
    return bool(secret) and sent_from in FROM_HERE and hmac.compare_digest(form_token(secret).encode(), given.encode())
