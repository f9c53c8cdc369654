"""A client's own appointments."""

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.booking import Booking
from frontdesk.yclients.models.lenient import Listing
from frontdesk.yclients.models.strict import Hash


class GetUserRecords(
    Endpoint[Listing[Booking]],
    http="GET /user/records/{record_id}/{record_hash}",
    heading="Получить записи пользователя",
    section="Записи пользователя",
    auth=Auth.PARTNER,
    success=201,
    errors=(401, 403, 404),
):
    """The appointments of the signed-in client, or the one that id and hash name.

    Each brings the salon's rules of moving and cancelling within `company`.
    """

    record_id: int | None = None
    record_hash: Hash | None = None


class DeleteUserRecord(
    Endpoint[None],
    http="DELETE /user/records/{record_id}/{record_hash}",
    heading="Удалить запись пользователя",
    section="Записи пользователя",
    auth=Auth.PARTNER,
    errors=(400, 401, 403, 404),
):
    """Cancels a client's own appointment: with its hash, or as its signed-in client."""

    record_id: int
    record_hash: Hash | None = None
