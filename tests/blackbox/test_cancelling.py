"""From Meta's webhook to the provider's journal and back: every request that leaves, as it leaves."""

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.desk import Desk, number
from blackbox.person import Person
from blackbox.provider import CANCELLED, COMMENT, said
from blackbox.salon import HAIRCUT, MAIN, MANICURE, Client


def test_one_appointment_is_read_back_and_only_a_yes_cancels_it(
    town: Town, irina: Person, is_cancelled: Cancelled
) -> None:
    (mine,) = town.appointments(irina)
    mark = town.provider.mark()
    question = irina.asks("Хочу отменить запись")
    assert question.text.startswith("Отменить женскую стрижку завтра, ")
    assert question.text.endswith(", в 15:00 у Анны Соколовой?")
    assert list(question.choices) == ["Да, отменить", "Перенести", "Нет, оставить"]
    looked_up = town.provider.journal(mark)
    assert said(looked_up) == [f"POST /api/v1/company/{MAIN}/clients/search", f"GET /api/v1/records/{MAIN}"]

    irina.taps("Да, отменить")
    assert irina.reads().text.startswith("Отменила женскую стрижку завтра, ")
    written = town.provider.journal(looked_up[-1]["number"])
    visit = f"/api/v1/visits/{mine['visit_id']}/{mine['id']}"
    assert said(written) == [f"GET /api/v1/record/{MAIN}/{mine['id']}", f"PUT {visit}"]
    assert written[1]["body"] == {"attendance": CANCELLED, "comment": COMMENT}
    assert is_cancelled(mine["id"])
    assert town.provider.records()[mine["id"]]["attendance"] == CANCELLED


def test_every_message_is_one_post_in_metas_own_shape(town: Town, irina: Person) -> None:
    question, _ = irina.asks("Отмени мою запись"), irina.taps("Да, отменить")
    answer = irina.reads()
    assert question.account == answer.account == number("centre")
    assert question.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": irina.phone,
        "type": "interactive",
        "interactive": {
            "type": "button",
            "body": {"text": question.text},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": choice, "title": title}}
                    for title, choice in question.choices.items()
                ]
            },
        },
        "biz_opaque_callback_data": question.key,
    }
    assert answer.body == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": irina.phone,
        "type": "interactive",
        "interactive": {
            "type": "list",
            "body": {"text": answer.text},
            "action": {
                "button": "Выбрать",
                "sections": [
                    {"rows": [{"id": choice, "title": title} for title, choice in answer.choices.items()]},
                ],
            },
        },
        "biz_opaque_callback_data": answer.key,
    }
    assert question.key != answer.key
    irina.waits_for_silence()
    assert len(irina.messages) == 2


@pytest.mark.parametrize("yes", ["да", "Да, отменяйте", "ок", "Подтверждаю"])
def test_a_typed_yes_is_as_good_as_a_tap(town: Town, irina: Person, is_cancelled: Cancelled, yes: str) -> None:
    (mine,) = town.appointments(irina)
    irina.asks("Не смогу прийти")
    assert irina.asks(yes).text.startswith("Отменила женскую стрижку")
    assert is_cancelled(mine["id"])


@pytest.mark.parametrize("no", ["нет", "Не надо", "оставьте"])
def test_a_no_leaves_the_journal_as_it_was(town: Town, irina: Person, no: str) -> None:
    (mine,) = town.appointments(irina)
    irina.asks("Отмените запись на завтра")
    irina.asks(no)
    irina.waits_for_silence()
    assert town.provider.effects(mine["id"]) == []


def test_the_day_that_was_named_must_be_the_appointments_own(town: Town, irina: Person) -> None:
    (mine,) = town.appointments(irina)
    answer = irina.asks("Отмените запись на послезавтра")
    assert answer.text.startswith("Такой записи не нахожу. Вот что у вас есть, какую отменить?")
    assert town.provider.effects(mine["id"]) == []


@pytest.fixture
def pavel(town: Town, desk: Desk) -> Person:
    """A client with three appointments: a haircut, a massage, and a manicure that was made last."""
    return town.person(desk, town.crowd.take("several"))


@pytest.mark.parametrize(
    "said_of_it", ["2", "второй", "массаж", "в 18:30", "у Ольги", "отмените массаж", "tap"], ids=str
)
def test_of_several_one_is_chosen_by_number_title_time_master_or_tap(
    town: Town, pavel: Person, is_cancelled: Cancelled, said_of_it: str
) -> None:
    haircut, massage, manicure = town.appointments(pavel)
    asked = pavel.asks("Хочу отменить запись")
    assert asked.text.splitlines()[0] == "Какую запись отменить?"
    assert [line[:2] for line in asked.text.splitlines()[1:]] == ["1.", "2.", "3."]
    assert len(asked.choices) == 4
    if said_of_it == "tap":
        pavel.taps(list(asked.choices)[1])
    else:
        pavel.says(said_of_it)
    assert pavel.reads().text.startswith("Отменить массаж спины ")
    pavel.taps("Да, отменить")
    assert pavel.reads().text.startswith("Отменила массаж спины ")
    assert is_cancelled(massage["id"])
    assert town.provider.effects(haircut["id"]) == town.provider.effects(manicure["id"]) == []


def test_a_number_that_is_not_on_the_list_is_asked_for_again(town: Town, pavel: Person) -> None:
    pavel.asks("отмените запись")
    assert pavel.asks("7").text.startswith("Такого номера нет.")


def test_the_other_appointments_of_a_shared_visit_stay_as_they_were(town: Town, desk: Desk) -> None:
    for touches_only_named in (True, False):
        person = town.person(desk, town.crowd.take("shared"))
        haircut, manicure = town.appointments(person)
        assert haircut["visit_id"] == manicure["visit_id"]
        before = town.provider.record(haircut["id"])
        with town.provider.switched(visit_put_touches_only_named=touches_only_named):
            person.asks("отмените маникюр")
            person.taps("Да, отменить")
            assert person.reads().text.startswith("Отменила маникюр")
        assert [one["id"] for one in town.provider.record(manicure["id"])["services"]] == [MANICURE]
        assert town.provider.record(manicure["id"])["attendance"] == CANCELLED
        after = town.provider.record(haircut["id"])
        assert (after["attendance"], after["comment"]) == (before["attendance"], before["comment"])
        assert [one["id"] for one in after["services"]] == [HAIRCUT]


def test_what_the_salon_noted_before_stays_in_the_comment(town: Town, desk: Desk) -> None:
    person = town.person(desk, town.crowd.take("noted"))
    (mine,) = town.appointments(person)
    person.asks("отмените запись")
    person.asks("да")
    assert town.provider.record(mine["id"])["comment"] == f"Аллергия на лак\n{COMMENT}"


def test_who_writes_english_cancels_too(town: Town, irina: Person, is_cancelled: Cancelled) -> None:
    (mine,) = town.appointments(irina)
    question = irina.asks("I want to cancel my appointment")
    irina.taps(next(iter(question.choices)))
    irina.reads()
    assert is_cancelled(mine["id"])


def test_who_writes_english_is_answered_in_english(irina: Person) -> None:
    question = irina.asks("I want to cancel my appointment")
    assert question.text.startswith("Cancel ")
    assert next(iter(question.choices)).startswith("Yes")


def test_the_second_time_the_client_need_not_be_searched_for(town: Town, pavel: Person) -> None:
    pavel.asks("отмените массаж")
    pavel.asks("да")
    mark = town.provider.mark()
    pavel.asks("отмените маникюр")
    pavel.asks("да")
    assert [one["endpoint"] for one in town.provider.journal(mark)] == ["GetRecord", "PutVisit"]


def test_appointments_of_a_phone_that_only_looks_alike_are_nobody_elses(town: Town, desk: Desk, irina: Person) -> None:
    """The provider's quick search finds the digits inside other numbers."""
    stranger = Person(desk, town.graph, irina.phone[:-1])
    answer = stranger.asks("Хочу отменить запись")
    assert answer.text.startswith("Предстоящих записей на ваш номер не нахожу")


def test_a_client_without_the_salons_knowledge_has_nothing_to_cancel(town: Town, desk: Desk) -> None:
    stranger = town.person(desk, Client(0, "79990001122", "stranger"))
    answer = stranger.asks("Хочу отменить запись")
    assert answer.text == (
        "Предстоящих записей на ваш номер не нахожу, отменять нечего. Позвоните, пожалуйста, в салон: +7 900 000-09-99."
    )
