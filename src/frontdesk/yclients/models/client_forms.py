"""A client as we say one."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from frontdesk.yclients.models.strict import Bit, Form, Id, Percent, Phone, Text


class NewClient(Form):
    """A row of a bulk addition. A row without name or phone is sent as it is: the provider reports it back."""

    name: str | None = None
    phone: Phone | None = None
    surname: str | None = None
    patronymic: str | None = None
    email: str | None = None
    sex_id: Annotated[int | None, Field(ge=0, le=2)] = None
    importance_id: Annotated[int | None, Field(ge=0, le=3)] = None
    discount: Percent | None = None
    card: Text | None = None
    birth_date: dt.date | None = None
    comment: str | None = None
    spent: float | None = None
    balance: float | None = None
    sms_check: Bit | None = None
    sms_not: Bit | None = None
    categories: tuple[Id, ...] | dict[str, Any] | None = None
    custom_fields: dict[str, Any] | None = None
