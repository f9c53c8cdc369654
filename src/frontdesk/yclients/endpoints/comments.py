"""What clients say of the salon and its masters."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.comment import Review
from frontdesk.yclients.models.lenient import Single
from frontdesk.yclients.models.strict import Id, Mark, Page


class GetComments(
    Endpoint[tuple[Review, ...]],
    http="GET /comments/{company_id}/",
    heading="Получить комментарии",
    section="Комментарии",
    errors=(401, 403, 404),
):
    """Reviews of the salon (`type` 0) and of its masters (`type` 1)."""

    company_id: int
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    staff_id: Id | None = None
    rating: Annotated[int | None, Field(ge=1, le=5)] = None
    page: Page | None = None
    count: Page | None = None


class PostComment(
    Endpoint[Single[Review]],
    http="POST /comments/{company_id}/{staff_id}",
    heading="Оставить комментарии",
    section="Комментарии",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Leaves a review of a master, or without a `staff_id` of the salon. `mark` is 1 to 5."""

    company_id: int
    staff_id: int | None = None
    mark: Annotated[Mark, Field(ge=1, le=5)]
    text: str
    name: str
