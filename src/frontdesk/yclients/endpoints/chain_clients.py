"""Clients of a chain of salons."""

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.client import ChainClient
from frontdesk.yclients.models.strict import Phone


class GetChainClient(
    Endpoint[ChainClient],
    http="GET /group/{group_id}/clients/",
    heading="Получить сетевого клиента по номеру телефона.",
    section="Сетевые клиенты",
    errors=(401, 403, 404),
):
    """Under which cards a phone is known in the salons of a chain."""

    group_id: int
    phone: Phone
