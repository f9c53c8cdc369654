"""What holds for every message, whatever it says."""

import string
from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import NOW, read, salon
from frontdesk.dialogue.intents import every_intent
from frontdesk.language.catalogue import Catalogue, ListedMaster, ListedService
from frontdesk.language.heard import Expecting
from frontdesk.language.understand import prepare, understand

EAR = salon(("ru", "en", "uk", "de"))
PHRASES = [phrase.text for name in ("ru", "en", "uk", "de") for phrase in read(f"intents_{name}.txt")]
EAR_PHRASES = [intent.phrases for intent in every_intent().values()]
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"
WORDS = st.sampled_from(sorted({word for phrase in PHRASES for word in phrase.split()}))
TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(CYRILLIC + string.ascii_lowercase + string.digits + " .,!?-+:()/'\n", max_size=300),
    st.lists(WORDS, max_size=30).map(" ".join),
    st.tuples(st.sampled_from(PHRASES), st.text(max_size=10), st.sampled_from(PHRASES)).map("".join),
)


@given(TEXTS, st.none() | st.sampled_from(Expecting))
@example("", None)
@example("\u202e\u0000{{7*7}} <b>' OR 1=1 --", Expecting.YES_NO)
@example("да " * 1365, Expecting.YES_NO)
@settings(deadline=None, max_examples=400)
def test_any_text_is_heard_and_every_score_is_a_share(text, expecting):
    heard = understand(text, EAR, NOW, expecting)
    assert heard.text == text
    for scored in (*heard.intents, *heard.services, *heard.masters, *heard.readings):
        assert 0 < scored.score <= 1
    scores = [intent.score for intent in heard.intents]
    assert scores == sorted(scores, reverse=True)
    assert len({intent.name for intent in heard.intents}) == len(heard.intents)


@given(st.sampled_from(PHRASES))
@settings(deadline=None)
def test_case_and_surrounding_space_change_nothing(phrase):
    plain, loud = (understand(text, EAR, NOW) for text in (phrase, f"  {phrase.upper()}\n"))
    assert plain.intents == loud.intents
    assert plain.services == loud.services
    assert plain.masters == loud.masters


@given(
    st.sampled_from(["да, отмените", "хорошо, но не приду", "давайте запишемся", "можно?", "спасибо", "❤️", "👍", "да?"])
)
def test_what_is_no_plain_yes_never_stands_first_as_one(phrase):
    assert understand(phrase, EAR, NOW, Expecting.YES_NO).intent != "yes"


def test_the_longest_text_a_messenger_takes_is_heard_by_its_beginning_and_its_end():
    story = "и тут я пошла гулять с собакой " * 120
    assert understand(f"Отмените запись. {story}", EAR, NOW).said("cancel")
    assert understand(f"{story}. Отмените запись", EAR, NOW).said("cancel")


def test_a_message_in_another_of_the_salon_s_languages_is_understood():
    assert understand("please cancel my appointment", EAR, NOW).intent == "cancel"
    assert understand("bitte Termin stornieren", EAR, NOW).language == "de"


def test_a_salon_of_one_language_still_knows_the_words_everybody_uses():
    ear = prepare(("ru",), EAR_PHRASES)
    assert understand("cancel", ear, NOW).intent == "cancel"
    assert understand("ok", ear, NOW, Expecting.YES_NO).intent == "yes"
    assert understand("stop", ear, NOW).intent == "stop"


def test_an_unknown_language_is_refused_by_its_name():
    with pytest.raises(LookupError, match="tlh"):
        prepare(("ru", "tlh"), ())


def test_a_synonym_that_the_salon_adds_names_its_service():
    catalogue = Catalogue((ListedService(1, "Сложное окрашивание", synonyms=("Балаяж",)), ListedService(2, "Укладка")))
    heard = understand("хочу балаяж", prepare(("ru",), EAR_PHRASES, catalogue), NOW)
    assert [service.id for service in heard.services] == [1]


def test_a_category_names_all_its_services_and_none_for_sure():
    catalogue = Catalogue(
        (
            ListedService(1, "Классический", category="Маникюр"),
            ListedService(2, "Аппаратный", category="Маникюр"),
            ListedService(3, "Укладка", category="Волосы"),
        )
    )
    heard = understand("запишите на маникюр", prepare(("ru",), EAR_PHRASES, catalogue), NOW)
    assert {service.id for service in heard.services} == {1, 2}
    assert all(service.score < 0.75 for service in heard.services)


def test_two_services_at_once_are_both_sure():
    heard = understand("маникюр и педикюр завтра", EAR, NOW)
    assert [service.title for service in heard.services if service.score >= 0.75] == ["Маникюр", "Педикюр"]


def test_a_service_that_is_both_wins_over_two():
    titles = ("Мужская стрижка", "Моделирование бороды", "Стрижка и борода")
    catalogue = Catalogue(tuple(ListedService(number, title) for number, title in enumerate(titles)))
    heard = understand("стрижка и борода", prepare(("ru",), EAR_PHRASES, catalogue), NOW)
    assert [service.title for service in heard.services if service.score >= 0.75] == ["Стрижка и борода"]


def _sure(text, *listed):
    catalogue = Catalogue(tuple(ListedService(number, *each) for number, each in enumerate(listed)))
    heard = understand(text, prepare(("ru",), EAR_PHRASES, catalogue), NOW)
    return [service.title for service in heard.services if service.score >= 0.75]


def test_a_service_that_is_both_wins_though_the_category_has_both_words():
    brows = "Брови и ресницы"
    listed = (
        ("Ламинирование бровей и ресниц", brows),
        ("Коррекция бровей", brows),
        ("Ламинирование ресниц", brows),
    )
    assert _sure("брови и ресницы", *listed) == ["Ламинирование бровей и ресниц"]
    assert _sure("ламинирование ресниц", *listed) == ["Ламинирование ресниц"]
    assert _sure("брови", *listed) == []


def test_a_service_that_is_both_wins_though_another_has_the_rest_in_its_category():
    listed = (
        ("Оформление бровей и окрашивание ресниц", "Брови"),
        ("Коррекция бровей", "Брови"),
        ("Окрашивание бровей", "Брови"),
        ("Окрашивание ресниц", "Брови"),
    )
    assert _sure("брови и ресницы", *listed) == ["Оформление бровей и окрашивание ресниц"]


def test_a_master_may_be_written_in_either_script():
    catalogue = Catalogue(masters=(ListedMaster(1, "Юлия"), ListedMaster(2, "Anna Schmidt")))
    ear = prepare(("ru", "en"), EAR_PHRASES, catalogue)
    now = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - salon-local
    assert [master.id for master in understand("book me with Yulia tomorrow", ear, now).masters] == [1]
    assert [master.id for master in understand("запишите к Анне", ear, now).masters] == [2]


@pytest.mark.parametrize("text", ["любой", "к любому", "без разницы", "мне все равно", "неважно"])
def test_a_master_may_be_left_open(text):
    assert any(rule.startswith("any master") for rule in understand(text, EAR, NOW, Expecting.MASTER).why)


def test_any_master_is_only_heard_where_masters_are_meant():
    assert any(rule.startswith("any master") for rule in understand("запишите к любому мастеру", EAR, NOW).why)
    assert not any(rule.startswith("any master") for rule in understand("можно в любой день", EAR, NOW).why)
