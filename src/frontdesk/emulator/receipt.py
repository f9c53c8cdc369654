"""A receipt as a PDF file of one page: just enough of the format to be opened and read.

A Type 1 font without an embedded one knows Latin letters only, so the receipt shows numbers, and the words in Latin.
"""

from collections.abc import Iterable
from typing import Final

LINE_HEIGHT: Final = 18
FIRST_LINE_Y: Final = 780
A4: Final = "[0 0 595 842]"


def pdf(lines: Iterable[str]) -> bytes:
    """A page with these lines of ASCII text."""
    text = "".join(
        f"BT /F1 12 Tf 50 {FIRST_LINE_Y - LINE_HEIGHT * row} Td ({_escaped(line)}) Tj ET\n"
        for row, line in enumerate(lines)
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox {A4} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text)} >>\nstream\n{text}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(body)}\n%%EOF\n"
    ).encode("ascii")


def _escaped(line: str) -> str:
    printable = line.encode("ascii", "replace").decode()
    return printable.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
