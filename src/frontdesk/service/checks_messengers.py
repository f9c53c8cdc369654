"""Whether the messengers know us: their own questions about an account, none of which sends anything to anybody.

A messenger that can't be reached is a warning: the account may be right, and the salon's journal is not concerned.
"""

import logging
import ssl
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta

import httpx2

from frontdesk.booking.times import Instant
from frontdesk.channels.posting import exchanged
from frontdesk.channels.reading import fields, items, words
from frontdesk.channels.telegram import hide_token
from frontdesk.channels.whatsapp_errors import code_of
from frontdesk.service.clock import Clock
from frontdesk.service.findings import Finding, State, broken, fine, warning
from frontdesk.service.settings import MaxSettings, Settings, TelegramSettings, WhatsAppSettings

TIMEOUT_S = 10.0
RECENT = timedelta(hours=1)
"""An older failure of a delivery is over."""
TOKEN_ENDED, NO_PERMISSION, NO_SUCH_NUMBER = (0, 190), (3, 10, 200), (33, 100)

_Fields = Mapping[str, object]


class Silent(Exception):
    """The messenger gave no answer of its own; the text says what came instead."""


async def check_messengers(
    settings: Settings, transport: httpx2.AsyncBaseTransport | None, clock: Clock
) -> AsyncIterator[Finding]:
    """Every account of the settings."""
    logging.getLogger("httpx2").addFilter(hide_token)
    async with httpx2.AsyncClient(transport=transport, timeout=TIMEOUT_S, follow_redirects=False) as http:
        for name, number in settings.whatsapp.items():
            yield await _whatsapp(f"whatsapp.{name}", number, http)
        for name, bot in settings.telegram.items():
            async for finding in _telegram(name, bot, http, clock):
                yield finding
    for name, account in settings.max.items():
        async for finding in _max(name, account, transport):
            yield finding
    if not (settings.whatsapp or settings.telegram or settings.max or settings.web):
        cure = "Add a table [whatsapp.main] or [telegram.main]; docs/operating.md shows both."
        yield warning("settings", "messengers", "there is no messenger account, so nobody can write to the salon", cure)


async def _asked(http: httpx2.AsyncClient, url: str, headers: Mapping[str, str]) -> tuple[int, _Fields]:
    """Status and JSON object of an answer; raises Silent. Words of a fault are left out: they can hold the address."""
    try:
        answer = await exchanged(http, http.build_request("GET", url, headers=dict(headers)))
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as fault:
        raise Silent(f"no answer ({type(fault).__name__})") from None
    try:
        said = answer.json()
    except ValueError:
        raise Silent(f"status {answer.status_code} and no JSON") from None
    return answer.status_code, fields(said)


def _silent(where: str, fault: Silent, key: str) -> Finding:
    cure = f"Check the network and {key} in the settings, and run this again."
    return warning(where, "messenger", f"not checked: {fault}", cure)


async def _whatsapp(where: str, number: WhatsAppSettings, http: httpx2.AsyncClient) -> Finding:
    url = f"{number.graph_url.rstrip('/')}/{number.phone_number_id}?fields=verified_name,quality_rating"
    headers = {"Authorization": f"Bearer {number.access_token.get_secret_value()}"}
    try:
        status, said = await _asked(http, url, headers)
    except Silent as fault:
        return _silent(where, fault, "graph_url")
    if error := fields(said.get("error")):
        return _whatsapp_refusal(where, code_of(error), words(error.get("message"), 300))
    if "id" not in said:
        return _silent(where, Silent(f"status {status} without an id"), "graph_url")
    rating = words(said.get("quality_rating"), 20)
    if rating == "RED":
        cure = "See in WhatsApp Manager what people complain about; a number rated so is soon restricted."
        return warning(where, "number", "Meta rates the number's quality as low", cure)
    return fine(where, "number", f"«{words(said.get('verified_name'), 100)}», the token is accepted")


def _whatsapp_refusal(where: str, code: int | None, message: str) -> Finding:
    seen = f"Meta refuses with code {code}: {message}"
    if code in TOKEN_ENDED:
        cure = "Make a new token of a system user in Meta Business settings; one of a person ends after a day or two."
        return broken(where, "access token", seen, cure)
    if code in NO_PERMISSION:
        cure = (
            "Give the token whatsapp_business_messaging and whatsapp_business_management, and the number to its user."
        )
        return broken(where, "permissions", seen, cure)
    if code in NO_SUCH_NUMBER:
        cure = "Copy phone_number_id (not the phone itself) from WhatsApp's API set-up, with a token that may use it."
        return broken(where, "number", seen, cure)
    return warning(where, "number", seen, "Run this again later; the code stands in Meta's list of Cloud API errors.")


async def _telegram(name: str, bot: TelegramSettings, http: httpx2.AsyncClient, clock: Clock) -> AsyncIterator[Finding]:
    where, base = f"telegram.{name}", f"{bot.api_url.rstrip('/')}/bot{bot.token.get_secret_value()}"
    try:
        status, said = await _asked(http, f"{base}/getMe", {})
        if said.get("ok") is not True:
            seen = f"Telegram refuses the token: {status} {words(said.get('description'), 300)}"
            yield broken(where, "token", seen, "Copy the token anew from @BotFather.")
            return
        yield fine(where, "token", f"@{words(fields(said.get('result')).get('username'), 64)}")
        _, said = await _asked(http, f"{base}/getWebhookInfo", {})
        info = fields(said.get("result"))
        yield _polled(where, info) if bot.mode == "polling" else _webhook(where, name, info, clock)
    except Silent as fault:
        yield _silent(where, fault, "api_url")


def _polled(where: str, info: _Fields) -> Finding:
    if info.get("url"):
        seen = "a webhook is set, and beside it nothing can be fetched"
        return warning(where, "webhook", seen, "Start Frontdesk, which takes it away, unless another program needs it.")
    return fine(where, "webhook", "none, as it must be where messages are fetched")


def _webhook(where: str, name: str, info: _Fields, clock: Clock) -> Finding:
    path, url = f"/webhooks/telegram/{name}", words(info.get("url"), 2048)
    cure = f"Call setWebhook with url https://<your host>{path} and secret_token as in the settings."
    if not url:
        return broken(where, "webhook", "none is set, so the bot hears nobody", cure)
    if not url.rstrip("/").endswith(path):
        return broken(where, "webhook", f"it does not lead to {path}, so somebody else hears the bot", cure)
    failed_at, error = info.get("last_error_date"), words(info.get("last_error_message"), 300)
    if error and isinstance(failed_at, int) and clock.now() - Instant(datetime.fromtimestamp(failed_at, UTC)) < RECENT:
        seen = f"Telegram's last delivery failed: {error} ({info.get('pending_update_count', 0)} messages wait)"
        return warning(
            where, "webhook", seen, "See that the service runs behind that address with a valid certificate."
        )
    return fine(where, "webhook", "set, and the last delivery went well")


async def _max(name: str, account: MaxSettings, transport: httpx2.AsyncBaseTransport | None) -> AsyncIterator[Finding]:
    """MAX's certificate is signed by a root that few systems know."""
    where, base = f"max.{name}", account.api_url.rstrip("/")
    try:
        trusted = ssl.create_default_context(cafile=account.ca_file)
    except OSError as fault:
        seen = f"the certificate of ca_file can't be read ({fault.strerror or fault})"
        yield broken(where, "certificate", seen, "Name a file in PEM form that this process may read.")
        return
    async with httpx2.AsyncClient(transport=transport, timeout=TIMEOUT_S, verify=trusted) as http:
        headers = {"Authorization": account.token.get_secret_value()}
        try:
            found = _max_token(where, *await _asked(http, f"{base}/me", headers))
            yield found
            if found.state is State.OK:
                yield _subscription(where, name, *await _asked(http, f"{base}/subscriptions", headers))
        except Silent as fault:
            yield _silent(where, fault, "api_url and ca_file")


def _subscription(where: str, name: str, status: int, said: _Fields) -> Finding:
    path = f"/webhooks/max/{name}"
    if status != httpx2.codes.OK:
        return _silent(where, Silent(f"status {status}"), "api_url")
    if any(words(fields(one).get("url"), 2048).rstrip("/").endswith(path) for one in items(said.get("subscriptions"))):
        return fine(where, "webhook", "MAX delivers there")
    cure = (
        f"Set service.public_url, and Frontdesk subscribes by itself; or call POST /subscriptions with https://<your "
        f"host>{path} and the secret of the settings."
    )
    return broken(where, "webhook", f"no subscription leads to {path}, so the bot hears nobody", cure)


def _max_token(where: str, status: int, said: _Fields) -> Finding:
    if status == httpx2.codes.UNAUTHORIZED:
        return broken(
            where, "token", f"MAX refuses it: {words(said.get('message'), 300)}", "Copy the bot's token anew."
        )
    if status != httpx2.codes.OK:
        return _silent(where, Silent(f"status {status}"), "api_url")
    return fine(where, "token", f"accepted: {words(said.get('name') or said.get('first_name'), 100)}")
