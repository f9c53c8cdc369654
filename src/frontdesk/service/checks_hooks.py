"""Whether the salon's journal tells us what its people change: without that a change is found within a minute."""

from urllib.parse import parse_qs, urlsplit

from frontdesk.service.findings import Finding, fine, warning
from frontdesk.service.settings import SalonSettings
from frontdesk.yclients import errors
from frontdesk.yclients.client import Client
from frontdesk.yclients.endpoints.hooks import GetHooks
from frontdesk.yclients.models.hooks import HookSettings

CHECK = "webhooks"
TOLD = ("record", "client", "master", "service", "service_category", "salon")
LATE = "what the salon's people change is seen within a minute instead of at once"


async def check_hooks(key: str, settings: SalonSettings, api: Client) -> Finding:
    """What is set there; raises the client's errors but for a refusal."""
    where = f"salon.{key}"
    if settings.webhook_secret is None:
        return warning(where, CHECK, f"the settings have no webhook_secret, so none is let in: {LATE}", _cure(key))
    try:
        hooks = await api(GetHooks(company_id=settings.company_id))
    except errors.Refused as refused:
        cure = (
            f"Give the user of user_token the right to it (webhook_read_access), or look there yourself. {_cure(key)}"
        )
        return warning(where, CHECK, f"which are set can't be read: {refused}", cure)
    return _judged(where, key, hooks, settings.webhook_secret.get_secret_value())


def _judged(where: str, key: str, hooks: HookSettings, secret: str) -> Finding:
    here = [url for url in hooks.urls if url and urlsplit(url).path == f"/webhooks/yclients/{key}"]
    if not hooks.active or not here:
        return warning(where, CHECK, f"none is sent to this salon's address: {LATE}", _cure(key))
    if not any(secret in parse_qs(urlsplit(url).query).get("secret", []) for url in here):
        seen = f"they come with another secret than webhook_secret, so each is refused: {LATE}"
        return warning(where, CHECK, seen, _cure(key))
    if silent := [kind for kind in TOLD if not getattr(hooks, kind)]:
        seen = f"nothing is told of: {', '.join(silent)}: {LATE}"
        return warning(where, CHECK, seen, "Switch these events on in the salon's account, where the webhooks are set.")
    return fine(where, CHECK, "set")


def _cure(key: str) -> str:
    return (
        "Set webhook_secret of this salon to a long random text, and in the salon's account (settings, system, for "
        f"developers) the address https://<this server>/webhooks/yclients/{key}?secret=<webhook_secret> with the "
        f"events {', '.join(TOLD)}."
    )
