"""What may be written in a key of the settings; a complaint says what to write instead."""

import re
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, SecretStr


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}; write it as in Europe/Moscow") from None
    return name


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("write it in one line, without characters that can't be seen")
    return text.strip()


def _web_address(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s/@]+(/\S*)?", url):
        raise ValueError(f"{url!r} is no address; write it whole, as in https://salon.example")
    return url


def _origin(site: str) -> str:
    if not re.fullmatch(r"https?://[a-z0-9.-]+(:\d{1,5})?", site):
        raise ValueError(f"{site!r} is no origin; write scheme and host alone, as in https://salon.example")
    return site


def _said(secret: SecretStr) -> SecretStr:
    if not secret.get_secret_value().strip():
        raise ValueError("it is empty; write the secret, or env:NAME of the variable that holds it")
    return secret


Zone = Annotated[str, AfterValidator(_known_zone)]
Line = Annotated[str, AfterValidator(_one_line)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Origin = Annotated[str, AfterValidator(_origin)]
Secret = Annotated[SecretStr, AfterValidator(_said)]
