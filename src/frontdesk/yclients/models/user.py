"""Those who sign in: a salon's employees and the clients of online booking."""

from typing import Any

from pydantic import Field

from frontdesk.yclients.models.lenient import Flag, Many, Maybe, Shape, Text, Whole


class User(Shape):
    """A user with the token that speaks for him; some answers repeat the token under the key "0"."""

    id: int
    user_token: str
    name: Text = None
    phone: Text = None
    login: Text = None
    email: Text = None
    avatar: Text = None
    is_approved: Flag = None
    is_email_confirmed: Flag = None


class SecondFactor(Shape):
    """The provider wants a second proof: it has sent a code, and the sign-in is to be repeated with it."""

    uuid: str
    flow: Text = None
    transport: Maybe[dict[str, Any]] = None
    """How the code went: `type` ("email") and the masked `recipient`."""
    refresh_ttl_sec: Whole = None
    attempts_left: Whole = None


class NewToken(Shape):
    """The token that replaces the old one after a change of password."""

    user_token: str


class RolePermission(Shape):
    """A right of a role or a user; `value` is a flag, a number or a text, by right."""

    slug: Text = None
    title: Text = None
    value: Any = None
    is_editable: Flag = None


class Role(Shape):
    """A set of rights: worker, administrator, accountant, manager or owner."""

    slug: Text = None
    title: Text = None
    description: Text = None
    weight: Whole = None
    user_permissions: Many[RolePermission] = ()


class UserPermissions(Shape):
    """What a user may do in a salon."""

    user_role: Text = None
    staff_id: Whole = None
    is_editable: Flag = None
    user_permissions: Many[RolePermission] = ()


class Rights(Shape):
    """The tree of the calling user's own rights, by part of the application.

    Cancelling by deletion needs `record_form.delete_records_access`, changes need `record_form.edit_records_access`.
    """

    timetable: dict[str, Any] = Field(default_factory=dict)
    record_form: dict[str, Any] = Field(default_factory=dict)
    finances: dict[str, Any] = Field(default_factory=dict)
    clients: dict[str, Any] = Field(default_factory=dict)
