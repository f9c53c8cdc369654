"""The tables of states as diagrams, for the documents: what is drawn is what holds."""

from collections import defaultdict
from enum import Enum
from typing import Any

from frontdesk.outage.command import COMMAND
from frontdesk.outage.link import LINK
from frontdesk.outage.reply import REPLY
from frontdesk.outage.table import Table

_TITLES = {
    "link": "The link to a salon's journal",
    "command": "A command to the journal",
    "reply": "A message to a client",
}


def page() -> str:
    """The whole document."""
    head = "# States\n\nDrawn from the tables in `outage/`; a pair that is not here is an error.\n"
    return "\n".join([head, *(_section(table) for table in (LINK, COMMAND, REPLY))])


def _section(table: Table[Any, Any]) -> str:
    return f"## {_TITLES[table.name]}\n\n```mermaid\n{diagram(table)}\n```\n"


def diagram(table: Table[Any, Any]) -> str:
    """One table as a Mermaid state diagram; moves between the same two states share an arrow."""
    arrows: dict[tuple[Enum, Enum], list[str]] = defaultdict(list)
    for (state, event), becomes in table.moves.items():
        arrows[state, becomes].append(event.value)
    first = next(iter(table.moves))[0]
    lines = [f"    {one.value} --> {then.value}: {', '.join(events)}" for (one, then), events in arrows.items()]
    ends = [f"    {state.value} --> [*]" for state in type(first) if all(one is not state for one, _ in table.moves)]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {first.value}", *lines, *ends])
