"""What an examination found: one line a fact, and what to do about it where it is not as it should be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from urllib.parse import unquote

from frontdesk.service.logs import hidden
from frontdesk.service.settings import Settings

_WIDTH = 9
_UNMISTAKABLE = 8
"""Characters; what is as long is no part of somebody's words by chance."""

_PASSWORD = re.compile(r"://[^:/@]*:([^@]+)@")


class State(StrEnum):
    """How bad it is. A warning lets the front desk work, broken does not."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact. `where` is a table of the settings; `cure` is what to do, empty where all is well."""

    where: str
    check: str
    state: State
    seen: str
    cure: str = ""


def fine(where: str, check: str, seen: str) -> Finding:
    """All is well."""
    return Finding(where, check, State.OK, seen)


def warning(where: str, check: str, seen: str, cure: str) -> Finding:
    """The front desk works, but not as well as it could."""
    return Finding(where, check, State.WARNING, seen, cure)


def broken(where: str, check: str, seen: str, cure: str) -> Finding:
    """The front desk can't work like this."""
    return Finding(where, check, State.BROKEN, seen, cure)


def is_broken(findings: Iterable[Finding]) -> bool:
    """Whether anything was found broken."""
    return any(one.state is State.BROKEN for one in findings)


def without_secrets(finding: Finding, secrets: Sequence[str]) -> Finding:
    """The finding as it may be shown: other people's words are quoted in it, and they can hold tokens and phones."""
    return replace(finding, seen=hidden(covered(finding.seen, secrets)), cure=hidden(finding.cure))


def covered(text: str, secrets: Iterable[str]) -> str:
    """The text without these secrets."""
    for secret in secrets:
        text = _standing(secret).sub("•••", text)
    return text


def _standing(secret: str) -> re.Pattern[str]:
    """Where a secret stands: a short one as a word of its own, or a token «a» would take every letter a along."""
    written = re.escape(secret)
    return re.compile(written if len(secret) >= _UNMISTAKABLE else rf"(?<!\w){written}(?!\w)")


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """Every secret of the settings, the longest first, so that none is left in part."""
    tables = [
        *settings.salon.values(),
        *settings.whatsapp.values(),
        *settings.telegram.values(),
        *settings.max.values(),
    ]
    kept = [value for table in tables for _, value in table if hasattr(value, "get_secret_value")]
    passwords = _PASSWORD.findall(settings.store.url)
    said = {value.get_secret_value() for value in kept} | set(passwords) | set(map(unquote, passwords))
    return tuple(sorted(said - {""}, key=len, reverse=True))


def as_rows(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """For a program."""
    return [{name: str(value) for name, value in asdict(one).items()} for one in findings]


def as_text(findings: Sequence[Finding]) -> str:
    """For a person: a line a fact, below it what to do, and how many of each at the end."""
    lines = [line for one in findings for line in _lines(one)]
    counts = [(state, sum(one.state is state for one in findings)) for state in State]
    return "\n".join([*lines, ", ".join(f"{count} {state}" for state, count in counts)])


def _lines(finding: Finding) -> list[str]:
    fact = f"{finding.state:<{_WIDTH}}{finding.where} / {finding.check}: {finding.seen}"
    return [fact, f"{'':<{_WIDTH}}-> {finding.cure}"] if finding.cure else [fact]
