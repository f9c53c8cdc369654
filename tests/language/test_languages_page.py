"""The page about languages is true: its examples are run."""

import io
import json
import re
import tomllib
from pathlib import Path

import pytest

from corpus import NOW, salon
from frontdesk.dialogue.intents import every_intent
from frontdesk.language.heard import Expecting
from frontdesk.language.intents import Listener
from frontdesk.language.phrases import Phrases
from frontdesk.language.rules import compile_rules
from frontdesk.language.spelling import Spelling
from frontdesk.language.stemming import stemmer
from frontdesk.language.understand import understand
from frontdesk.language.words import Particles, read_words
from frontdesk.service.understand_command import run

PAGE = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
EAR = salon()


def rows(heading):
    table = PAGE.split(heading)[1].split("\n\n")[1:]
    lines = next(block for block in table if block.startswith("|")).splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def block(kind):
    return re.search(rf"```{kind}\n(.*?)```", PAGE, flags=re.DOTALL).group(1)


@pytest.mark.parametrize(("said", "asked", "intents"), rows("## What is heard"))
def test_what_the_page_says_is_heard(said, asked, intents):
    heard = understand(said, EAR, NOW, Expecting(asked) if asked else None)
    assert [heard.intent, *(each.name for each in heard.intents[1:] if heard.said(each.name))] == intents.split()


@pytest.mark.parametrize(
    ("notation", "text", "fits"),
    [
        ("отменить запись", "запись мою отменить", True),
        ("отменить запись", "отменить записи", False),
        ("~отменить", "отмените", True),
        ("отмен*", "отмена", True),
        ("смогу|получится", "получится", True),
        ("не_смогу прийти", "прийти не смогу", True),
        ("не_смогу прийти", "не завтра смогу прийти", False),
        ("я/у_меня", "у меня", True),
        ("(мою) запись", "запись", True),
        ("есть место ?", "есть место?", True),
        ("есть место ?", "есть место", False),
    ],
)
def test_the_notation_means_what_the_page_says(notation, text, fits):
    stem = stemmer("russian")
    rules = compile_rules([Phrases("wish", (notation,))], stem)
    assert bool(rules.find(read_words(text, Particles(), stem))) is fits


def test_the_example_language_cancels_and_knows_a_denial():
    tables = tomllib.loads(block("toml"))
    stem = stemmer(tables["words"]["stemmer"])
    own = [
        intent.phrases.translated(tables["intents"][name])
        for name, intent in every_intent().items()
        if name in tables["intents"]
    ]
    particles = Particles.of(tables["words"])
    listener = Listener(compile_rules(own, stem), particles, Spelling.of(()))

    def heard(text):
        return [each.name for each in listener.intents(read_words(text, particles, stem), None) or ()]

    assert heard("quiero cancelar mi cita") == ["cancel"]
    assert heard("sí, cancela la cita") == ["cancel", "yes"]
    assert heard("no quiero cancelar") == ["no"]


def test_the_example_salon_is_read_by_the_command(tmp_path):
    path = tmp_path / "salon.json"
    path.write_text(block("json"), encoding="utf-8")
    out = io.StringIO()
    run(['{"id": 1, "text": "балаяж у Анны"}'], out, NOW, str(path))
    answer = json.loads(out.getvalue())
    assert [service["title"] for service in answer["services"]] == ["Сложное окрашивание"]
    assert [master["name"] for master in answer["staff"]] == ["Анна Сергеевна Волкова"]


def test_the_phrase_that_the_page_explains_is_explained():
    out = io.StringIO()
    run([], out, NOW, explain=re.search(r'--explain "(.*?)"', PAGE).group(1))
    assert "cancel" in out.getvalue()
