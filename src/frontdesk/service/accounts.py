"""The messenger accounts of the settings: how each is sent from, and at which address it is heard."""

import ssl
from collections.abc import Callable

import httpx2

from frontdesk.booking.times import Instant
from frontdesk.channels import max as max_messenger
from frontdesk.channels import telegram, web, whatsapp
from frontdesk.service.inlets import Inlet, MaxInlet, TelegramInlet, WhatsAppInlet, WhatsAppNumber
from frontdesk.service.parts import Account
from frontdesk.service.settings import MaxSettings, Settings, TelegramSettings, WhatsAppSettings


def accounts(settings: Settings, http: httpx2.AsyncClient) -> dict[tuple[str, str], Account]:
    """Every account by channel and name."""
    return {
        **{(whatsapp.CHANNEL, name): _whatsapp(one, http) for name, one in settings.whatsapp.items()},
        **{(telegram.CHANNEL, name): _telegram(one, http) for name, one in settings.telegram.items()},
        **{(max_messenger.CHANNEL, name): _max(one, http) for name, one in settings.max.items()},
        **{(web.CHANNEL, name): Account("веб-чат", one.salons, web.WebDoor()) for name, one in settings.web.items()},
    }


def inlets(settings: Settings, now: Callable[[], Instant]) -> list[Inlet]:
    """The address of each: one for all WhatsApp numbers, one for each bot."""
    numbers = {name: _number(one) for name, one in settings.whatsapp.items()}
    return [
        WhatsAppInlet(numbers),
        *(
            TelegramInlet(name, one.secret.get_secret_value(), now)
            for name, one in settings.telegram.items()
            if one.mode == "webhook"
        ),
        *(
            MaxInlet(name, one.secret.get_secret_value(), one.token.get_secret_value())
            for name, one in settings.max.items()
        ),
    ]


def _whatsapp(one: WhatsAppSettings, http: httpx2.AsyncClient) -> Account:
    messenger = whatsapp.WhatsApp(http, one.graph_url, one.phone_number_id, one.access_token.get_secret_value())
    return Account("WhatsApp", one.salons, messenger)


def _telegram(one: TelegramSettings, http: httpx2.AsyncClient) -> Account:
    return Account("Telegram", one.salons, telegram.Telegram(http, one.api_url, one.token.get_secret_value()))


def _max(one: MaxSettings, http: httpx2.AsyncClient) -> Account:
    """MAX's certificate is signed by a root that few systems know."""
    if one.ca_file is not None:
        http = httpx2.AsyncClient(verify=ssl.create_default_context(cafile=one.ca_file), timeout=http.timeout)
    return Account("MAX", one.salons, max_messenger.Max(http, one.api_url, one.token.get_secret_value()))


def _number(account: WhatsAppSettings) -> WhatsAppNumber:
    return WhatsAppNumber(
        account.phone_number_id, account.app_secret.get_secret_value(), account.verify_token.get_secret_value()
    )
