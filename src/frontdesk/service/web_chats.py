"""The web chats of the settings: their pages, led to the inbox and to what is stored."""

from functools import partial

from starlette.routing import BaseRoute

from frontdesk.channels.messages import Address
from frontdesk.channels.web import CHANNEL, MARK, WebDoor
from frontdesk.desk.transcripts import Transcripts
from frontdesk.desk.widget import WebAccount, Widget
from frontdesk.provider.door import Door
from frontdesk.service.bells import Bells
from frontdesk.service.parts import Parts
from frontdesk.service.settings import Settings
from frontdesk.service.webhooks import Webhooks
from frontdesk.store import transcript
from frontdesk.store.transcript import Line


def transcripts(parts: Parts) -> Transcripts:
    """What was said on the pages of web chats, from the store."""

    async def ours(address: Address, after: int) -> list[Line]:
        return await parts.store.read(partial(transcript.ours, address=address, after=after, mark=MARK))

    async def whole(address: Address) -> list[Line]:
        return await parts.store.read(partial(transcript.whole, address=address, mark=MARK))

    return Transcripts(ours, whole, parts.clock.now, parts.clock.sleep)


def web_chats(settings: Settings, parts: Parts, bells: Bells, door: Door) -> list[BaseRoute]:
    """Their addresses."""
    found = {}
    for name, one in settings.web.items():
        messenger = parts.accounts[CHANNEL, name].messenger
        if isinstance(messenger, WebDoor):
            found[name] = WebAccount(partial(_title, door, one.salons[0]), one.origins, messenger)
    return Widget(found, Webhooks(parts, bells).take_in, transcripts(parts), parts.clock.now).routes()


def _title(door: Door, salon: str) -> str:
    """As the provider calls the salon, once it has been read."""
    return door.branches[salon].salon.title
