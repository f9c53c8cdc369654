"""The desk's own words. They are written in Russian, which is the key; another language is a file of translations."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request

HERE: Final = Path(__file__).parent
RUSSIAN: Final = "ru"
COOKIE: Final = "desk_language"


class Words:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._table = _translations(language)

    def __call__(self, russian: str, **fills: object) -> str:
        """The text in this language, with its `{names}` filled in; Russian where it is not translated."""
        text = self._table.get(russian, russian)
        return text.format(**fills) if fills else text


def languages() -> tuple[str, ...]:
    """The languages the desk speaks, Russian first."""
    return RUSSIAN, *sorted(path.stem for path in HERE.glob("*.toml"))


def of_request(request: Request) -> Words:
    """The language that was chosen in this browser, else the first of the browser's own that the desk speaks."""
    wanted = [request.cookies.get(COOKIE, "")]
    wanted += [part.split(";")[0].strip()[:2].lower() for part in _accepted(request)]
    return Words(next((one for one in wanted if one in languages()), RUSSIAN))


def _accepted(request: Request) -> list[str]:
    return request.headers.get("accept-language", "").split(",")[:20]


@cache
def _translations(language: str) -> Mapping[str, str]:
    if language == RUSSIAN:
        return {}
    tables = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    return {russian: text for table in tables.values() for russian, text in table.items()}
