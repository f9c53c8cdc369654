"""Where the provider tells of changes."""

from frontdesk.yclients.models.lenient import Flag, Many, Shape, Text


class HookSettings(Shape):
    """Which changes are told, and to which addresses."""

    urls: Many[Text] = ()
    active: Flag = None
    salon: Flag = None
    service_category: Flag = None
    service: Flag = None
    good: Flag = None
    master: Flag = None
    client: Flag = None
    record: Flag = None
    goods_operations_sale: Flag = None
    goods_operations_receipt: Flag = None
    goods_operations_consumable: Flag = None
    goods_operations_stolen: Flag = None
    goods_operations_move: Flag = None
    finances_operation: Flag = None
    self_sending: Flag = None
