"""What is wrong with the settings, in words for whoever wrote them: which key, and what to write there."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails


def in_words(fault: ErrorDetails, settings: type[BaseModel]) -> str:
    """One line: the key, what is wrong with it and what to do. The value is never shown, it may be a secret."""
    where = ".".join(str(part) for part in fault["loc"]) or "settings"
    match fault["type"]:
        case "missing":
            return f"{where}: it is needed and not there; docs/operating.md says what it is"
        case "extra_forbidden":
            return f"{where}: there is no such key; {_instead(fault['loc'], settings)}"
        case _:
            return f"{where}: {fault['msg'].removeprefix('Value error, ')}"


def _instead(way: Sequence[int | str], settings: type[BaseModel]) -> str:
    known = _keys_beside(way, settings)
    near = get_close_matches(str(way[-1]), known, n=1)
    return f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"


def _keys_beside(way: Sequence[int | str], table: type[BaseModel]) -> list[str]:
    """The keys of the table in which the way ends. The names that the owner gave to tables are steps of it too."""
    for step in way[:-1]:
        field = table.model_fields.get(str(step))
        kinds = (field.annotation, *get_args(field.annotation)) if field else ()
        table = next((one for one in kinds if isinstance(one, type) and issubclass(one, BaseModel)), table)
    return list(table.model_fields)
