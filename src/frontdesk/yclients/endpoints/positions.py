"""What masters work as."""

from typing import Annotated

from pydantic import Field

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.staff import NewPosition, Position


class GetPositions(
    Endpoint[tuple[Position, ...]],
    http="GET /company/{company_id}/staff/positions/",
    heading="Получить список должностей компании",
    section="Должности",
    errors=(401, 403, 404),
):
    """The positions of a salon."""

    company_id: int


class PostPositionQuick(
    Endpoint[NewPosition],
    http="POST /company/{company_id}/positions/quick/",
    heading="Быстрое создание должности",
    section="Должности",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Adds a position: to the chain, and at once to this salon."""

    company_id: int
    title: Annotated[str, Field(min_length=1)]
