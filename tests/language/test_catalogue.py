"""Services and masters are found in what is made up from a catalogue: cases, typos and carrier sentences.

The measure is a share, not a list of examples: nobody fits phrases one by one to it.
"""

import json
import random
from collections.abc import Iterator
from datetime import datetime

import pymorphy3
import pytest

from corpus import FOLDER, NOW
from frontdesk.dialogue.intents import every_intent
from frontdesk.language.catalogue import Catalogue, ListedMaster, ListedService
from frontdesk.language.understand import prepare, understand

DATA = json.loads((FOLDER / "catalogue.json").read_text(encoding="utf-8"))
SERVICES, MASTERS, SHORT = DATA["services"], DATA["masters"], DATA["short"]
AMBIGUOUS = {name: set(masters) for name, masters in DATA["ambiguous"].items()}
SERVICE_CARRIERS, MASTER_CARRIERS = DATA["service_carriers"], DATA["master_carriers"]
LETTERS = "абвгдежзийклмнопрстуфхцчшщыьэюя"
MORPH = pymorphy3.MorphAnalyzer()


def inflected(word, case):
    for parse in MORPH.parse(word):
        if "nomn" in parse.tag and ({"ADJF", "NOUN"} & set(str(parse.tag).replace(" ", ",").split(","))):
            form = parse.inflect({case})
            return form.word if form else word
    return word


def title_in(title, case):
    """A title with its head and the adjectives before it in a case; what follows stays: «классического маникюра»."""
    words, head_met, out = title.lower().split(), False, []
    for word in words:
        parse = MORPH.parse(word)[0]
        out.append(word if head_met else inflected(word, case))
        head_met = head_met or "NOUN" in parse.tag
    return " ".join(out)


def slip(text, chance):
    """One slip of the finger in the longest word: a letter lost, doubled, wrong, or two swapped."""
    word = max(text.split(), key=len)
    at = chance.randrange(1, len(word) - 1)
    wrong = chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + chance.choice(LETTERS) + word[at + 1 :],
            word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]
            if at > 1
            else word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )
    return text.replace(word, wrong, 1)


def said(names, carriers, spoken, seed) -> Iterator[tuple[str, str]]:
    chance = random.Random(seed)
    for name in names:
        for case, sentences in carriers.items():
            for sentence in sentences:
                form = spoken(name, case)
                yield name, sentence.format(form)
                if max(map(len, form.split())) > 5:
                    yield name, sentence.format(slip(form, chance))


@pytest.fixture(scope="module")
def ear():
    catalogue = Catalogue(
        tuple(ListedService(number, title) for number, title in enumerate(SERVICES)),
        tuple(ListedMaster(number, name) for number, name in enumerate(MASTERS)),
    )
    return prepare(("ru", "en"), [intent.phrases for intent in every_intent().values()], catalogue)


def test_the_right_service_stands_first_in_96_of_100_and_in_the_first_three_in_99(ear):
    first = third = total = 0
    missed = []
    for title, text in said(SERVICES, SERVICE_CARRIERS, title_in, seed=1):
        found = [candidate.title for candidate in understand(text, ear, NOW).services]
        total += 1
        first += found[:1] == [title]
        third += title in found[:3]
        if found[:1] != [title]:
            missed.append((text, title, found[:3]))
    assert total > 800
    assert first / total >= 0.96, missed
    assert third / total >= 0.99, missed


def test_a_master_named_in_any_case_is_found_in_97_of_100(ear):
    names = [name for name in MASTERS if name.split()[0] not in {"Анна", "Александр", "Александра"}]
    spoken = [*((name, name) for name in names), *((name, name.split()[0]) for name in names)]
    spoken += [(name, SHORT[name.split()[0]]) for name in names if name.split()[0] in SHORT]
    right = total = 0
    missed = []
    for name, form in spoken:
        for _, text in said(
            [form], MASTER_CARRIERS, lambda each, case: " ".join(inflected_name(w, case) for w in each.split()), seed=2
        ):
            found = [candidate.title for candidate in understand(text, ear, NOW).masters]
            total += 1
            right += found[:1] == [name]
            if found[:1] != [name]:
                missed.append((text, name, found))
    assert total > 600
    assert right / total >= 0.97, missed


def full_name_in(name, case):
    return " ".join(inflected_name(word, case) for word in name.split())


def inflected_name(word, case):
    for parse in MORPH.parse(word):
        if "nomn" in parse.tag and ({"Name", "Surn", "Patr"} & set(str(parse.tag).replace(" ", ",").split(","))):
            form = parse.inflect({case})
            return (form.word if form else word).capitalize()
    return word


@pytest.mark.parametrize(("name", "masters"), AMBIGUOUS.items())
def test_a_name_that_fits_two_masters_is_always_two_candidates(ear, name, masters):
    for _, text in said([name], MASTER_CARRIERS, inflected_name, seed=3):
        found = understand(text, ear, NOW).masters
        assert {candidate.title for candidate in found} == masters, text
        assert all(candidate.score < 0.75 for candidate in found)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("запишите к Анне Волковой", "Анна Волкова"),
        ("у Александра есть время?", "Александр"),
        ("к Александре завтра", "Александра"),
    ],
)
def test_more_of_the_name_or_its_case_decides(ear, text, title):
    assert [candidate.title for candidate in understand(text, ear, datetime(2026, 11, 21, 12)).masters] == [title]  # noqa: DTZ001


def test_names_are_not_eaten_by_dates_nor_dates_by_names():
    catalogue = Catalogue(masters=(ListedMaster(1, "Май"), ListedMaster(2, "Марта"), ListedMaster(3, "Вера")))
    ear = prepare(("ru",), [intent.phrases for intent in every_intent().values()], catalogue)
    heard = understand("запишите к Марте на 8 марта", ear, NOW)
    assert [master.title for master in heard.masters] == ["Марта"]
    assert [(reading.start.date.month, reading.start.date.day) for reading in heard.readings] == [(3, 8)]
    assert not understand("можно на 1 мая?", ear, NOW).masters
    named = understand("хочу к Маю", ear, NOW)
    assert [master.title for master in named.masters] == ["Май"]
    assert not named.readings
