"""What the doctor finds is read in Russian on the Russian pages of the set-up, and every sentence of it is there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from frontdesk.desk.doctor_words import HERE, said_in, translated
from frontdesk.desk.set_up import Finding
from frontdesk.service import doctor

CHECKS = sorted(Path(doctor.__file__).parent.glob("checks_*.py"))
NOT_SAID = {"Bearer {}", " (it says «{}»)", "{}: {}", "@{}"}
"""A header, and what has no words of its own."""
FILL = re.compile(r"\{(\w*)\}")


def text_of(node: ast.AST) -> str | None:
    """A literal as it is said, with `{}` for what is filled in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def sentences() -> list[str]:
    """Every text with a blank in it that the checks hold, but for their docstrings."""
    found: set[str] = set()
    for file in CHECKS:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        within = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        within |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = [text_of(node) for node in ast.walk(tree) if id(node) not in within]
        found |= {text for text in texts if text and " " in text.strip()}
    return sorted(found - NOT_SAID)


@pytest.mark.parametrize("sentence", sentences())
def test_every_sentence_of_the_doctors_is_there_in_russian(sentence: str) -> None:
    quoted = re.sub(r"(?<=\w)\{\}$", " (it says «X1»)", sentence)
    said = translated("ru", quoted.replace("{}", "X1"))
    assert said is not None
    assert re.search("[а-яё]", said, re.IGNORECASE)


def test_what_was_found_stands_in_the_russian_sentence_too() -> None:
    seen = "there is no salon with company_id 17 (it says «Не найдено»)"
    found = said_in("ru", Finding("broken", "salon", seen, 'Set base_url to "https://x.example", or leave it out.'))
    assert found.check == "филиал"
    assert found.seen == "филиала с номером 17 нет (ответ: «Не найдено»)"
    assert found.cure == "Впишите адрес API https://x.example или оставьте поле пустым."


def test_a_sentence_in_a_sentence_is_said_in_russian_as_well() -> None:
    late = "what the salon's people change is seen within a minute instead of at once"
    said = translated("ru", f"none is sent to this salon's address: {late}")
    assert said == "на адрес этого салона ничего не приходит: что меняют в салоне, видно в течение минуты, а не сразу"


def test_what_is_not_known_and_what_is_asked_for_in_english_stay_as_they_are() -> None:
    finding = Finding("broken", "gremlins", "they ate {everything} {0}", "")
    assert said_in("ru", finding) == finding
    accepted = Finding("ok", "user token", "accepted", "")
    assert said_in("en", accepted) == accepted


def test_a_translation_fills_in_what_the_doctor_does() -> None:
    tables = tomllib.loads((HERE / "ru.toml").read_text(encoding="utf-8"))
    pairs = [pair for table in tables.values() for pair in table.items()]
    assert [english for english, said in pairs if not set(FILL.findall(said)) <= set(FILL.findall(english))] == []
