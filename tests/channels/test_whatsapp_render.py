import pytest
from meta import PHONE, SCOPED_ID
from samples import REPLIES

from frontdesk.channels.limits import length
from frontdesk.channels.whatsapp import render
from frontdesk.dialogue.talk import Choice, Reply


def rendered(reply, user=PHONE):
    return render(reply, user, "reply-7")


def test_a_text_goes_to_the_number_with_our_key():
    assert rendered(Reply("Отменила.")) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": PHONE,
        "type": "text",
        "text": {"preview_url": False, "body": "Отменила."},
        "biz_opaque_callback_data": "reply-7",
    }


def test_a_person_without_a_number_is_written_to_by_the_scoped_id():
    payload = rendered(Reply("Готово."), SCOPED_ID)
    assert payload["recipient"] == SCOPED_ID
    assert "to" not in payload


def test_up_to_three_short_choices_are_buttons():
    reply = Reply("Отменить стрижку?", (Choice("yes:1", "Да, отменить"), Choice("no:1", "Нет")))
    assert rendered(reply)["interactive"] == {
        "type": "button",
        "body": {"text": "Отменить стрижку?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "yes:1", "title": "Да, отменить"}},
                {"type": "reply", "reply": {"id": "no:1", "title": "Нет"}},
            ]
        },
    }


def test_more_choices_are_a_list_with_details():
    found = tuple(Choice(f"pick:{n}", f"{n} декабря, 15:00", "Стрижка у Анны") for n in range(1, 5))
    interactive = rendered(Reply("Какую отменить?", found))["interactive"]
    assert interactive["type"] == "list"
    assert interactive["action"]["button"] == "Выбрать"
    (section,) = interactive["action"]["sections"]
    assert section["rows"][1] == {"id": "pick:2", "title": "2 декабря, 15:00", "description": "Стрижка у Анны"}


def test_a_label_too_long_for_a_button_is_a_row_that_shows_it_whole():
    label = "Маникюр с покрытием гель-лак"
    (section,) = rendered(Reply("Какую?", (Choice("a", label),)))["interactive"]["action"]["sections"]
    (row,) = section["rows"]
    assert row["title"] == "Маникюр с покрытием…"
    assert row["description"] == label


def test_the_list_is_opened_in_the_language_of_the_reply():
    found = tuple(Choice(f"{n}", f"December {n}") for n in range(4))
    assert rendered(Reply("Which one?", found, language="en"))["interactive"]["action"]["button"] == "Choose"


def test_a_question_too_long_for_buttons_is_a_numbered_text():
    payload = rendered(Reply("Очень длинный вопрос. " * 60, (Choice("y", "Да"), Choice("n", "Нет", "оставить"))))
    assert payload["type"] == "text"
    assert payload["text"]["body"].endswith("вопрос.\n\n1. Да\n2. Нет · оставить")


def test_a_number_is_asked_for_with_metas_own_button():
    payload = rendered(Reply("Поделитесь номером.", ask_contact=True), SCOPED_ID)
    assert payload["interactive"] == {
        "type": "request_contact_info",
        "body": {"text": "Поделитесь номером."},
        "action": {"name": "request_contact_info"},
    }


@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_metas_limits_hold_for_any_reply(reply):
    interactive = rendered(reply).get("interactive", {"type": "none", "body": {"text": ""}, "action": {}})
    action = interactive["action"]
    assert length(interactive["body"]["text"]) <= 1024
    assert len(action.get("buttons", ())) <= 3
    assert all(length(button["reply"]["title"]) <= 20 for button in action.get("buttons", ()))
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    assert len(rows) <= 10
    assert all(length(row["title"]) <= 24 and length(row.get("description", "")) <= 72 for row in rows)
    assert length(action.get("button", "")) <= 20


@pytest.mark.parametrize("key", ["", "k" * 513])
def test_a_key_that_meta_would_not_carry_is_refused(key):
    with pytest.raises(ValueError, match="key"):
        render(Reply("Готово."), PHONE, key)
