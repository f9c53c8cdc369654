"""What is said of the salon, and what the salon notes of its clients."""

from typing import Any

from frontdesk.yclients.models.lenient import Instant, Many, Maybe, Shape, Text, Whole


class Review(Shape):
    """A client's review: `type` 0 of the salon, 1 of a master."""

    id: Whole = None
    salon_id: Whole = None
    type: Whole = None
    master_id: Whole = None
    text: Text = None
    date: Instant = None
    rating: Whole = None
    user_id: Whole = None
    user_name: Text = None
    user_avatar: Text = None
    record_id: Whole = None


class ClientComment(Shape):
    """A note on a client's card; `type` "file" tells of an upload."""

    id: int
    create_date: Instant = None
    update_date: Instant = None
    type: Text = None
    text: Text = None
    files: Many[dict[str, Any]] = ()
    user: Maybe[dict[str, Any]] = None
