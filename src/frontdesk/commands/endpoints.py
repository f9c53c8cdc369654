"""`frontdesk endpoints`."""

import json

from frontdesk import options
from frontdesk.emulator.registry import handlers
from frontdesk.yclients import reference


def list_endpoints(*, as_json: options.AsJson = False, as_markdown: options.AsMarkdown = False) -> None:
    """Lists every call of the provider's API: method, path, name, section, auth, and how the emulator answers it.

    Example: frontdesk endpoints --json
    """
    rows = reference.rows(handlers())
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif as_markdown:
        print(reference.page(rows))
    else:
        print("\n".join(f"{row['method']:6} {row['path']}  {row['name']} ({row['emulated']})" for row in rows))
