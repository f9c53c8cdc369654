"""What runs beside the worker so that messengers go on reaching us: fetching where there is no webhook, MAX's watch."""

from collections.abc import Awaitable, Callable

from frontdesk.channels import max as max_messenger
from frontdesk.channels import telegram
from frontdesk.channels.max_subscriptions import Subscriptions
from frontdesk.channels.telegram_updates import Updates
from frontdesk.service.bells import Bells
from frontdesk.service.parts import Parts
from frontdesk.service.polling import Poller
from frontdesk.service.renewal import Renewal
from frontdesk.service.settings import Settings
from frontdesk.service.webhooks import Webhooks


def listening(settings: Settings, parts: Parts, bells: Bells) -> list[Callable[[], Awaitable[None]]]:
    """Each runs until it is cancelled, and none ever ends by itself."""
    polled = [name for name, bot in settings.telegram.items() if bot.mode == "polling"]
    found: list[Callable[[], Awaitable[None]]] = [_poller(parts, bells, name).run for name in polled]
    if settings.service.public_url:
        found += [_renewal(settings, parts, name).run for name in settings.max]
    return found


def _poller(parts: Parts, bells: Bells, name: str) -> Poller:
    bot = parts.accounts[telegram.CHANNEL, name].messenger
    if not isinstance(bot, telegram.Telegram):
        raise TypeError(f"[telegram.{name}] is another messenger's")
    updates = Updates(bot.client, bot.api_url, bot.token, name)
    return Poller(updates, Webhooks(parts, bells).take_in, parts.clock.now, parts.clock.sleep, parts.log)


def _renewal(settings: Settings, parts: Parts, name: str) -> Renewal:
    bot = parts.accounts[max_messenger.CHANNEL, name].messenger
    if not isinstance(bot, max_messenger.Max):
        raise TypeError(f"[max.{name}] is another messenger's")
    url = f"{settings.service.public_url.rstrip('/')}/webhooks/max/{name}"
    secret = settings.max[name].secret.get_secret_value()
    return Renewal(name, Subscriptions(bot.client, bot.api_url, bot.token), url, secret, parts.clock.sleep, parts.log)
