"""The list of all declared calls, for people and for programs."""

from collections.abc import Container, Iterable, Mapping

from frontdesk.yclients.contract import endpoints

HEAD = """# Every call

Made by `frontdesk endpoints --markdown`. The class of a call stands in `frontdesk/yclients/endpoints/<section>.py`; how
calls are made is told in [client.md](client.md), how the emulator plays them in [emulator.md](emulator.md).
"""


def rows(stateful: Container[str]) -> list[dict[str, str]]:
    """One row a call; `stateful` has the names of those that the emulator plays by its state."""
    return [
        {
            "method": endpoint.spec.method,
            "path": endpoint.spec.path,
            "name": name,
            "section": endpoint.spec.section,
            "auth": endpoint.spec.auth.value,
            "emulated": "stateful" if name in stateful else "example",
            "heading": endpoint.spec.heading,
        }
        for name, endpoint in endpoints().items()
    ]


def page(listed: Iterable[Mapping[str, str]]) -> str:
    """The list as a Markdown page, by section and path."""
    parts, section = [HEAD], ""
    for row in sorted(listed, key=lambda row: (row["section"], row["path"], row["method"])):
        if row["section"] != section:
            section = row["section"]
            parts.append(f"\n## {section}\n\n| call | method and path | tokens | what it is |\n|---|---|---|---|\n")
        parts.append(f"| `{row['name']}` | `{row['method']} {row['path']}` | {row['auth']} | {row['heading']} |\n")
    return "".join(parts).rstrip()
