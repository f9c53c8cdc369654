from urllib.parse import urlsplit

from frontdesk.emulator.refusal import invalid
from frontdesk.emulator.registry import emulates
from frontdesk.emulator.things import Json
from frontdesk.emulator.webhooks import KINDS
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.hooks import GetHooks, PostHooks


@emulates(GetHooks, right="webhook_read_access")
def get_hooks(world: World, call: GetHooks) -> Json:
    """Shows which changes are told, and where."""
    return _shown(world, call.company_id)


@emulates(PostHooks, right="webhook_read_access")
def post_hooks(world: World, call: PostHooks) -> Json:
    """Sets which changes are told, and where; what is not said is not told."""
    if bad := [url for url in call.urls if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).netloc]:
        invalid(errors={"urls": [f"Недопустимый адрес: {url}" for url in bad]})
    flags = {kind: int(bool(getattr(call, kind))) for kind in (*KINDS, "self_sending")}
    world.hooks[call.company_id] = {"urls": list(call.urls), "active": int(call.active), **flags}
    return _shown(world, call.company_id)


def _shown(world: World, company_id: int) -> Json:
    return {"urls": [], "active": 0, **dict.fromkeys((*KINDS, "self_sending"), 0), **world.hooks.get(company_id, {})}
