import asyncio
import json
from datetime import UTC, datetime

import httpx2
import pytest
from meta import AT
from samples import NOW, TELEGRAM_CHAT, telegram_message, telegram_person, telegram_query

from frontdesk.channels.messages import Accepted, Address, Attachment, Contact, CutOff, SendAction, Tap, Text
from frontdesk.channels.telegram import Telegram, parse, render, verify
from frontdesk.channels.trust import Genuine
from frontdesk.dialogue.talk import AttachmentKind, Choice, Reply

PERSON = Address("telegram", "main", "5550001")
TOKEN = "424242:AAsecret-token"


def read(update):
    return parse(json.dumps(update).encode(), "main", NOW)


def only(update):
    (heard,) = read(update).incoming
    return heard


def test_a_text_comes_with_its_address_id_time_and_name_and_proves_nothing():
    heard = only(telegram_message(text="Хочу отменить", **{"from": telegram_person(last_name="Ким")}))
    assert heard.content == Text("Хочу отменить")
    assert heard.address == PERSON
    assert heard.message_id == "update:8001"
    assert heard.sent_at == datetime.fromtimestamp(AT, UTC)
    assert (heard.name, heard.proved) == ("Ольга Ким", None)


def test_a_tap_is_timed_by_its_arrival_and_knows_what_the_button_bore():
    heard = only(telegram_query("yes:4", [[{"text": "Да", "callback_data": "yes:4"}]]))
    assert heard.content == Tap("yes:4", "Да")
    assert heard.message_id == "tap:4488:32"
    assert heard.sent_at == NOW


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("/start", Tap("start", "/start")),
        ("/start centre_12", Tap("start:centre_12", "/start")),
        ("/start@salon_bot", Tap("start", "/start")),
        ("/start не код", Text("/start не код")),
        ("/startle", Text("/startle")),
        ("start", Text("start")),
    ],
)
def test_the_start_button_is_a_tap(text, content):
    assert only(telegram_message(text=text)).content == content


@pytest.mark.parametrize(
    ("parts", "content"),
    [
        ({"voice": {"file_id": "1"}}, Attachment(AttachmentKind.VOICE)),
        ({"video_note": {"file_id": "1"}}, Attachment(AttachmentKind.VOICE)),
        ({"photo": [{"file_id": "1"}], "caption": "хочу так"}, Attachment(AttachmentKind.MEDIA, "хочу так")),
        ({"sticker": {"file_id": "1"}}, Attachment(AttachmentKind.MEDIA)),
        ({"location": {"latitude": 1}}, Attachment(AttachmentKind.UNSUPPORTED)),
        ({"poll": {"id": "1"}}, Attachment(AttachmentKind.UNSUPPORTED)),
        ({"contact": {"first_name": "Без номера"}}, Attachment(AttachmentKind.UNSUPPORTED)),
    ],
)
def test_what_is_not_words_is_an_attachment(parts, content):
    assert only(telegram_message(**parts)).content == content


def test_the_senders_own_contact_proves_the_number():
    heard = only(telegram_message(contact={"phone_number": "+79261112233", "user_id": 5550001}))
    assert heard.content == Contact("79261112233", own=True)
    assert heard.proved == "79261112233"


@pytest.mark.parametrize("card", [{"user_id": 5550002}, {}, {"user_id": None}])
def test_somebody_elses_contact_proves_nothing(card):
    heard = only(telegram_message(contact={"phone_number": "79261112233"} | card))
    assert heard.content == Contact("79261112233", own=False)
    assert heard.proved is None


@pytest.mark.parametrize(
    ("update", "why"),
    [
        ({"update_id": 1, "edited_message": telegram_message(sticker={})["message"]}, "an edit of what is no text"),
        ({"update_id": 1, "my_chat_member": {"new_chat_member": {"status": "kicked"}}}, "my_chat_member"),
        ({"update_id": 1}, "an empty update"),
        (telegram_message(text="всем", chat=TELEGRAM_CHAT | {"type": "group"}), "not a private chat"),
        (telegram_message(text="бип", **{"from": telegram_person(is_bot=True)}), "a bot"),
        (telegram_message(text="кто", **{"from": {}}), "without a sender"),
        (telegram_message(text="за другого", **{"from": telegram_person(id=1)}), "without a sender"),
        (telegram_message(pinned_message={}), "service message"),
        (telegram_message(text="когда", date="давно"), "service message"),
        (telegram_query("a", message={"message_id": 1}), "not a private chat"),
        (telegram_query(None), "says nothing"),
        ({"message": {}}, "not a Telegram update"),
    ],
)
def test_what_needs_no_answer_is_left_aside_and_says_why(update, why):
    batch = read(update)
    assert batch.incoming == ()
    assert why in batch.ignored[0]


def test_only_the_secret_of_the_webhook_opens_it():
    assert verify("s3cret", "s3cret", "main") == Genuine(frozenset({"main"}))
    assert verify(None, "s3cret", "main").status == 401
    assert verify("guess", "s3cret", "main").status == 403
    assert verify("", "", "main").status == 401
    assert verify("x", "", "main").status == 403


def test_choices_are_rows_of_an_inline_keyboard():
    payload = render(Reply("Какую?", (Choice("a", "15:00", "Мария"), Choice("b", "16:00"))), "5550001")
    assert payload["chat_id"] == 5550001
    assert payload["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "15:00 · Мария", "callback_data": "a"}],
            [{"text": "16:00", "callback_data": "b"}],
        ]
    }


def test_a_number_is_asked_for_with_telegrams_own_button_and_choices_are_numbered_beside_it():
    payload = render(Reply("Нужен номер.", (Choice("a", "Позже"),), ask_contact=True), "5550001")
    assert payload["text"] == "Нужен номер.\n\n1. Позже"
    assert payload["reply_markup"]["keyboard"] == [[{"text": "Отправить мой номер", "request_contact": True}]]


def test_a_plain_text_takes_an_old_keyboard_away():
    assert render(Reply("Готово."), "5550001")["reply_markup"] == {"remove_keyboard": True}


class BotApi:
    """Stands in for the Bot API: keeps what was asked, answers what it was told to."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def __call__(self, request):
        self.asked.append((request.url.path.rsplit("/", 1)[1], json.loads(request.content)))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def telegram(self):
        client = httpx2.AsyncClient(transport=httpx2.MockTransport(self))
        return Telegram(client, "https://telegram.example", TOKEN)


def sent(answer, address=PERSON):
    api = BotApi(answer)
    return asyncio.run(api.telegram().send(address, Reply("Готово."), "reply-7")), api


def test_an_accepted_message_has_telegrams_number():
    answer, api = sent(httpx2.Response(200, json={"ok": True, "result": {"message_id": 77}}))
    assert answer == Accepted("77")
    assert api.asked[0][0] == "sendMessage"


def refusal(code, description, **parts):
    return httpx2.Response(code, json={"ok": False, "error_code": code, "description": description, **parts})


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), SendAction.UNREACHABLE),
        (refusal(400, "Bad Request: chat not found"), SendAction.UNREACHABLE),
        (refusal(400, "Bad Request: message text is empty"), SendAction.PARK),
        (refusal(401, "Unauthorized"), SendAction.PAUSE_ACCOUNT),
        (refusal(404, "Not Found"), SendAction.PAUSE_ACCOUNT),
        (refusal(429, "Too Many Requests", parameters={"retry_after": 5}), SendAction.RETRY),
        (refusal(429, "Too Many Requests"), SendAction.RETRY),
        (httpx2.Response(404, text="<html>"), SendAction.PAUSE_ACCOUNT),
        (httpx2.ConnectError("refused"), SendAction.RETRY),
    ],
)
def test_what_surely_did_not_go_out_says_so(answer, action):
    assert sent(answer)[0].action is action


def test_telegram_names_the_wait_and_it_is_kept_exactly():
    answer, _ = sent(refusal(429, "Too Many Requests: retry after 5", parameters={"retry_after": 5}))
    assert [answer.wait_s(tries) for tries in (0, 3)] == [5, 5]


@pytest.mark.parametrize(
    "answer", [httpx2.ReadTimeout("slow"), httpx2.Response(502, text="<html>"), httpx2.Response(200, json={"ok": True})]
)
def test_what_may_have_gone_out_is_cut_off(answer):
    assert isinstance(sent(answer)[0], CutOff)


def test_an_address_that_is_no_number_is_parked_and_nothing_is_sent():
    answer, api = sent(httpx2.Response(200), Address("telegram", "main", "@anna"))
    assert answer.action is SendAction.PARK
    assert api.asked == []


def test_a_tap_is_acknowledged_and_its_keyboard_taken_away():
    api = BotApi(httpx2.Response(200, json={"ok": True, "result": True}))
    heard = only(telegram_query("yes:4"))
    asyncio.run(api.telegram().acknowledge(heard.address, heard.message_id))
    assert api.asked == [
        ("answerCallbackQuery", {"callback_query_id": "4488"}),
        ("editMessageReplyMarkup", {"chat_id": "5550001", "message_id": 32}),
    ]


def test_a_tap_on_a_message_that_telegram_has_forgotten_is_acknowledged_all_the_same():
    api = BotApi(httpx2.Response(200, json={"ok": True, "result": True}))
    asyncio.run(api.telegram().acknowledge(PERSON, "tap:4488:"))
    assert [method for method, _ in api.asked] == ["answerCallbackQuery"]


def test_a_text_needs_no_acknowledgement():
    api = BotApi(httpx2.Response(500))
    asyncio.run(api.telegram().acknowledge(PERSON, "update:8001"))
    assert api.asked == []


def test_typing_is_shown_and_its_failure_is_nobodys_business():
    api = BotApi(httpx2.ReadTimeout("slow"))
    asyncio.run(api.telegram().show_typing(PERSON, "update:8001"))
    assert api.asked == [("sendChatAction", {"chat_id": "5550001", "action": "typing"})]


def test_the_token_is_in_no_repr_no_answer_and_no_log(caplog):
    caplog.set_level("DEBUG")
    shown = ""
    for answer in (httpx2.Response(500), httpx2.ReadTimeout(TOKEN), httpx2.ConnectError(TOKEN), refusal(401, "no")):
        sending, api = sent(answer)
        shown += repr(sending) + repr(api.telegram())
    assert "/bot•••/sendMessage" in caplog.text
    assert "AAsecret" not in shown + caplog.text
