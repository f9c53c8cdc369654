"""Every text of the desk exists in each of its languages, and no translation is left over."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

import frontdesk.desk
from frontdesk.desk.page import every_page
from frontdesk.desk.visit import environment
from frontdesk.desk.words import HERE, languages

DESK = Path(frontdesk.desk.__file__).parent
SPEAKS = {"_": 0, "say": 0, "words": 0, "note": 2}
"""Where in a call the text stands; what is noted of a deed is shown in the audit."""
FILL = re.compile(r"{\w+}")


def in_templates() -> set[str]:
    environment().add_extension("jinja2.ext.i18n")
    sources = [file.read_text(encoding="utf-8") for file in (DESK / "templates").glob("*.html")]
    found = [one[2] for source in sources for one in environment().extract_translations(source)]
    return {one if isinstance(one, str) else str(one[0]) for one in found}


def in_code() -> set[str]:
    found: set[str] = set()
    for file in DESK.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            place = SPEAKS.get(ast.unparse(node.func).split(".")[-1]) if isinstance(node, ast.Call) else None
            if isinstance(node, ast.Call) and place is not None and len(node.args) > place:
                found |= {part.value for part in ast.walk(node.args[place]) if isinstance(part, ast.Constant)}
    return found


def used() -> set[str]:
    return in_templates() | in_code() | {page.title for page in every_page()}


def translations(language: str) -> dict[str, str]:
    tables = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    return {key: text for table in tables.values() for key, text in table.items()}


def test_there_are_texts_in_both_places() -> None:
    assert "Войти" in in_templates()
    assert "Сегодня" in in_code()


@pytest.mark.parametrize("language", languages()[1:])
def test_nothing_is_left_untranslated(language: str) -> None:
    assert sorted(used() - set(translations(language))) == []


@pytest.mark.parametrize("language", languages()[1:])
def test_no_translation_is_of_a_text_that_is_gone(language: str) -> None:
    assert sorted(set(translations(language)) - used()) == []


@pytest.mark.parametrize("language", languages()[1:])
def test_a_translation_fills_in_what_the_russian_does(language: str) -> None:
    assert [
        key for key, text in translations(language).items() if sorted(FILL.findall(key)) != sorted(FILL.findall(text))
    ] == []
