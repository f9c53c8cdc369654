"""Russian typed in Latin letters: "zavtra v 15" is «завтра в 15».

People spell by ear, so many spellings lead to one letter. A message is taken for Russian only if one of its words can
be nothing else; then all of it is spelt back, longest letter groups first. A soft sign that nobody types stays lost:
what reads the words forgives one letter.
"""

import re

_WORD = re.compile(r"[a-z']+")
_GROUPS = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "tz": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ju": "ю",
    "iu": "ю", "ya": "я", "ja": "я", "ia": "я", "yo": "е", "jo": "жо", "ye": "е", "je": "е", "yj": "ый", "ij": "ий",
    "iy": "ий", "ay": "ай", "oy": "ой", "ey": "ей", "uy": "уй", "aj": "ай", "oj": "ой", "ej": "ей", "uj": "уй",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х", "i": "и", "j": "ж", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в",
    "w": "в", "x": "х", "y": "ы", "z": "з", "'": "ь",
}  # fmt: skip
_SPELT = re.compile("|".join(sorted(map(re.escape, _GROUPS), key=len, reverse=True)))
_TELLS = re.compile(
    r"\b(?:(?:posle)?za[vf]tra\w*|se[gv]od?ni?[yj]?a\w*|m[oa](?:zh|j|z)no|zapi(?:s|sh)\w{2,}|"
    r"zdra[vw]?st\w+|pri[vw]et\w*|spasibo\w*|po(?:zh|j|z)al\w+|ho(?:ch|4)u|xo(?:ch|4)u|perenes\w*|otmenit\w*|"
    r"skol[']?ko|svobodn\w+|poned[ei]l[']?nik\w*|vtornik\w*|chet[vw]erg\w*|p[yij]+at?n?i(?:c|ts|tz)\w*|subb?ot\w+|"
    r"voskresen\w*|ve(?:ch|4)er\w+|utro?m|na nedele|strizh?k\w+|manik[yij]ur\w*|pedik[yij]ur\w*|okoshk\w+|chasov)\b"
)


def spelt_back(text: str) -> str:
    """A folded text in Cyrillic where it is Russian in Latin letters; as it is where nothing tells so."""
    if not text.isascii() or _TELLS.search(text) is None:
        return text
    return _WORD.sub(lambda found: _SPELT.sub(lambda group: _GROUPS[group[0]], found[0]), text)
