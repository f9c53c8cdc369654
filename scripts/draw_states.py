"""Writes docs/states.md anew from the tables of states."""

from pathlib import Path

from frontdesk.outage.drawing import page

if __name__ == "__main__":
    (Path(__file__).parent.parent / "docs" / "states.md").write_text(page(), encoding="utf-8")
