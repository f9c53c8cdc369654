"""What a call said of a thing, ready to be written onto it: what was not said stays as it was."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel


def said(call: BaseModel, names: Mapping[str, str]) -> dict[str, Any]:
    """The values that were said, by the thing's own names: `names` maps the call's fields to them."""
    return {own: value for field, own in names.items() if (value := getattr(call, field, None)) is not None}


def write(thing: object, changes: Mapping[str, Any]) -> None:
    """Writes changes onto a thing that no index watches."""
    for name, value in changes.items():
        setattr(thing, name, value)
