from dataclasses import fields
from pathlib import Path

from frontdesk.emulator.switches import ASSUMPTIONS, Switches, assumptions_table

PAGE = Path(__file__).parents[2] / "docs" / "emulator.md"


def test_the_page_lists_every_assumption():
    assert assumptions_table() in PAGE.read_text(encoding="utf-8")


def test_every_switch_stands_beside_its_assumption():
    assert {one.switch for one in ASSUMPTIONS if one.switch} == {one.name for one in fields(Switches)}
