"""Tables as files that Excel opens: UTF-8 with its mark, and no cell that would be worked out as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

MARK: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a cell begins with that a spreadsheet takes for a formula; names in it come from the salon's journal."""


def sheet(rows: Iterable[Sequence[str]], separator: str) -> bytes:
    """The file. Excel splits at the separator of its own language: a semicolon where the comma is in numbers."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([_plain(cell) for cell in row] for row in rows)
    return (MARK + text.getvalue()).encode()


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
