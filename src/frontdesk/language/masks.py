"""What looks like a day or an hour and is none: phones, prices, percents, sizes, addresses, links, list numbers.

Each mask is one regular expression without nested repetition, so that a scan stays linear in the message's length.
"""

import re
from collections.abc import Iterable
from functools import cache

from frontdesk.language.lexicon import Lexicon, expand

_LINK = r"https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w{2,}"
_PHONE = (
    r"(?<![\d.,:])\+\d[\d\s()\-]{8,17}\d(?!\d)"
    r"|(?<![\d.,:])[78][\s(\-]{0,2}\d{3}[\s)\-]{0,2}\d{3}[\s\-]?\d{2}[\s\-]?\d{2}(?!\d)"
    r"|(?<![\d.,:])0\d{2}[\s\-]?\d{3}[\s\-]?\d{2}[\s\-]?\d{2}(?!\d)"
    r"|(?<![\d.,:])\d{3}-\d{2}-\d{2}(?![\d\-])"
    r"|\d{7,}"
)
_SIGNS = r"[$€₽£#]\s?\d+(?:[.,]\d+)*|(?<![\d.,])\d+(?:[.,]\d+)*\s?[%$€₽£°]"
_VERSION = r"\b(?:v(?:ersion|er)?|верс\w{1,3})\b[.:]?\s?\d[\d.]*|24/7"
_ZONE = r"\b(?:utc|gmt)\s?[+-]\s?\d{1,2}(?::?\d{2})?"
_LIST_NUMBER = r"^\s*\d{1,2}\)"


@cache
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    masks = lexicon.tables["dates"]["masks"]
    words = {kind: _any(masks.get(kind, ())) for kind in ("streets", "address", "money", "measure", "price")}
    return re.compile(
        "|".join(
            (
                _LINK,
                _PHONE,
                _SIGNS,
                _LIST_NUMBER,
                _VERSION,
                _ZONE,
                rf"\b(?:{words['streets']}),?\s\d{{1,3}}(?![\d.:\-])(?!\s\w)",
                rf"\b(?:{words['address']})(?!\w)\.?\s?(?:(?:{words['streets']}),?\s?)?\d+(?!\s?[:.\-]\d)",
                rf"(?<!\d)\d+(?:[\s.,]\d+)?\s?(?:{words['money']})(?!\w)",
                rf"(?<!\d)\d+(?:[.,]\d+)?(?:-?\s?(?:{words['measure']}))(?!\w)",
                rf"\b(?:{words['price']})\s\d{{3,}}(?!\d)",
            )
        ),
        re.MULTILINE,
    )


def _any(forms: Iterable[str]) -> str:
    words = sorted({word for form in forms for word in expand(form)}, key=len, reverse=True)
    return "|".join(map(re.escape, words)) if words else r"(?!)"


def masked_spans(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """The character spans of a normalised text that say nothing about time, in order."""
    return [found.span() for found in _pattern(lexicon).finditer(text)]
