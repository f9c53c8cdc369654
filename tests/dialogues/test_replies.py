"""Every sentence the dialogue says in Russian can be said in English, with the same values put in."""

import ast
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from string import Formatter

import frontdesk.dialogue
from frontdesk.dialogue import grammar
from frontdesk.language.lexicon import load

HERE = Path(frontdesk.dialogue.__file__).parent
SAYING = {"words", "_count"}
NOT_YET: frozenset[str] = frozenset()
"""Sentences without a translation; the set only shrinks."""


def replies() -> Iterator[str]:
    """The first argument of every call of `words(...)`, and what the grammar hands to it."""
    for path in sorted(HERE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = _named(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _says(node, path):
                yield from chain.from_iterable(_texts(said, named) for said in node.args)
    yield from (*grammar.MONTHS, *grammar.ON_WEEKDAY, *grammar.ONTO_WEEKDAY, *grammar.FROM_WEEKDAY)
    yield from (*grammar.SHORT_WEEKDAYS, *grammar.NEAR_DAYS.values())


def _named(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """All that each name stands for anywhere in the file."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _says(call: ast.Call, path: Path) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in SAYING or (name == "self" and path.name == "words.py")


def _texts(said: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The texts an argument can be: a literal, one of two, or a name for either."""
    match said:
        case ast.Constant(value=str() as text):
            yield text
        case ast.IfExp(body=one, orelse=other):
            yield from chain(_texts(one, named), _texts(other, named))
        case ast.Name(id=name) if name in named:
            yield from chain.from_iterable(_texts(one, {}) for one in named[name])


def values(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


ENGLISH = load("en").tables["replies"]


def test_every_reply_has_its_english():
    assert {text for text in replies() if text not in ENGLISH} == NOT_YET


def test_every_translation_is_of_something_that_is_said():
    assert sorted(set(ENGLISH) - set(replies())) == []


def test_a_translation_takes_the_values_of_its_reply():
    assert [russian for russian, english in ENGLISH.items() if values(russian) != values(english)] == []
