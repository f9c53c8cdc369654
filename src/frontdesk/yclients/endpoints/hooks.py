"""Where the provider tells of changes, as described by Altegio's developer reference and YCLIENTS' older document."""

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.hooks import HookSettings
from frontdesk.yclients.models.strict import Bit


class GetHooks(
    Endpoint[HookSettings],
    http="GET /hooks_settings/{company_id}",
    heading="Получить настройки уведомлений о событиях",
    section="Вебхуки",
    errors=(401, 403, 404),
):
    """Which changes in a salon are told, and to which addresses."""

    company_id: int


class PostHooks(
    Endpoint[HookSettings],
    http="POST /hooks_settings/{company_id}",
    heading="Изменить настройки уведомлений о событиях",
    section="Вебхуки",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Sets which changes are told and where. `self_sending` also tells those that the own application made."""

    company_id: int
    urls: tuple[str, ...]
    active: Bit
    salon: Bit | None = None
    service_category: Bit | None = None
    service: Bit | None = None
    good: Bit | None = None
    master: Bit | None = None
    client: Bit | None = None
    record: Bit | None = None
    goods_operations_sale: Bit | None = None
    goods_operations_receipt: Bit | None = None
    goods_operations_consumable: Bit | None = None
    goods_operations_stolen: Bit | None = None
    goods_operations_move: Bit | None = None
    finances_operation: Bit | None = None
    self_sending: Bit | None = None
