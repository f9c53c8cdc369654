"""The row of atoms that the passes work on, and how they look at neighbours."""

from frontdesk.language.moments.atoms import Atom, Gap, Mark, Placed

Row = list[Placed]
TO = frozenset({"to", "until", "dash"})
"""The words that join two ends of a stretch."""

LEADS = frozenset({"at", "by", "about", "from", "to", "until", "after", "before", "between"})
"""The words after which a bare number is an hour."""


def mark_at(row: Row, at: int) -> str | None:
    """The category of the joining word at this place of the row, if one stands there."""
    if 0 <= at < len(row) and isinstance(atom := row[at].atom, Mark):
        return atom.category
    return None


def atom_at(row: Row, at: int) -> Atom | None:
    """The atom at this place of the row, None beyond its ends."""
    return row[at].atom if 0 <= at < len(row) else None


def merged(row: Row, first: int, last: int, atom: Atom, rule: str) -> None:
    """Put one atom in the place of several neighbours."""
    rules = [placed.rule for placed in row[first : last + 1] if not isinstance(placed.atom, Mark | Gap)]
    row[first : last + 1] = [Placed(atom, row[first].start, row[last].end, ", ".join([*rules, rule]))]
