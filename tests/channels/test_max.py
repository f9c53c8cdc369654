import asyncio
import hashlib
import hmac
import json
from datetime import UTC, datetime

import httpx2
import pytest
from meta import AT
from samples import MAX_DIALOG, MAX_TOKEN, max_callback, max_message, max_person

from frontdesk.channels.max import Max, parse, render, verify
from frontdesk.channels.messages import Accepted, Address, Attachment, Contact, CutOff, SendAction, Tap, Text
from frontdesk.channels.trust import Genuine
from frontdesk.dialogue.talk import AttachmentKind, Choice, Reply

PERSON = Address("max", "main", "660001")
VCARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:+79261112233\r\nFN:Ольга\r\nEND:VCARD\r\n"


def read(update):
    return parse(json.dumps(update).encode(), "main", MAX_TOKEN)


def only(update):
    (heard,) = read(update).incoming
    return heard


def test_a_text_comes_with_its_address_id_time_and_name():
    heard = only(max_message(text="Хочу отменить"))
    assert heard.content == Text("Хочу отменить")
    assert (heard.address, heard.message_id, heard.name, heard.proved) == (PERSON, "mid.a1", "Ольга", None)
    assert heard.sent_at == datetime.fromtimestamp(AT, UTC)


def test_a_tap_knows_what_the_button_bore():
    heard = only(max_callback("yes:4", [[{"type": "callback", "text": "Да", "payload": "yes:4"}]]))
    assert heard.content == Tap("yes:4", "Да")
    assert heard.message_id == "tap:cb:77"


@pytest.mark.parametrize(
    ("payload", "choice"), [("centre_12", "start:centre_12"), (None, "start"), ("не код", "start")]
)
def test_the_start_button_is_a_tap(payload, choice):
    update = {"update_type": "bot_started", "user": max_person(), "payload": payload, "timestamp": AT * 1000}
    heard = only(update)
    assert heard.content == Tap(choice, "/start")
    assert heard.message_id == f"started:660001:{AT * 1000}"


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ({"attachments": [{"type": "audio"}]}, Attachment(AttachmentKind.VOICE)),
        ({"text": "хочу так", "attachments": [{"type": "image"}]}, Attachment(AttachmentKind.MEDIA, "хочу так")),
        ({"attachments": [{"type": "file"}]}, Attachment(AttachmentKind.MEDIA)),
        ({"attachments": [{"type": "location"}]}, Attachment(AttachmentKind.UNSUPPORTED)),
        ({"text": "смотрите", "attachments": [{"type": "share"}]}, Text("смотрите")),
        ({}, Attachment(AttachmentKind.UNSUPPORTED)),
        (
            {"attachments": [{"type": "contact", "payload": {"vcf_info": "FN:Ольга"}}]},
            Attachment(AttachmentKind.UNSUPPORTED),
        ),
    ],
)
def test_what_is_not_words_is_an_attachment(body, content):
    assert only(max_message(**body)).content == content


def card(vcard=VCARD, user_id=660001, token=MAX_TOKEN, **changes):
    made = hmac.new(token.encode(), VCARD.encode(), hashlib.sha256).hexdigest()
    payload = {"vcf_info": vcard, "hash": made, "max_info": {"user_id": user_id}} | changes
    return max_message(attachments=[{"type": "contact", "payload": payload}])


@pytest.mark.parametrize("vcard", [VCARD, VCARD.replace("\r\n", r"\r\n")])
def test_a_signed_contact_of_the_sender_proves_the_number(vcard):
    heard = only(card(vcard))
    assert heard.content == Contact("79261112233", own=True)
    assert heard.proved == "79261112233"


def test_the_case_of_the_signature_does_not_matter():
    signed = hmac.new(MAX_TOKEN.encode(), VCARD.encode(), hashlib.sha256).hexdigest()
    assert only(card(hash=signed.upper())).proved == "79261112233"


def test_a_contact_card_of_no_sensible_size_is_not_read():
    assert only(card(VCARD + "X" * 9000)).content == Attachment(AttachmentKind.UNSUPPORTED)


@pytest.mark.parametrize(
    "update",
    [
        card(token="another"),
        card(hash=None),
        card(user_id=660002),
        card(max_info=None),
        card(VCARD.replace("FN:Ольга", "FN:Олег")),
    ],
)
def test_a_contact_that_is_unsigned_changed_or_somebody_elses_proves_nothing(update):
    heard = only(update)
    assert heard.content == Contact("79261112233", own=False)
    assert heard.proved is None


@pytest.mark.parametrize(
    ("update", "why"),
    [
        ({"update_type": "message_edited", "message": {}}, "message_edited"),
        ({"update_type": "bot_stopped", "user": max_person()}, "bot_stopped"),
        ({"test": True}, "not a MAX update"),
        (max_message(text="x", mid=None), "without an id"),
        (max_callback(None), "says nothing"),
        (max_callback("a", user={}), "without a sender"),
        ({"update_type": "bot_started", "user": {}}, "without a sender"),
    ],
)
def test_what_needs_no_answer_is_left_aside_and_says_why(update, why):
    batch = read(update)
    assert batch.incoming == ()
    assert why in batch.ignored[0]


def test_groups_and_bots_are_not_answered():
    group, bot = max_message(text="всем"), max_message(text="бип")
    group["message"]["recipient"] = MAX_DIALOG | {"chat_type": "chat"}
    bot["message"]["sender"] = max_person(is_bot=True)
    assert "not a dialog" in read(group).ignored[0]
    assert "a bot" in read(bot).ignored[0]


def test_only_the_secret_of_the_subscription_opens_the_webhook():
    assert verify("s3cret", "s3cret", "main") == Genuine(frozenset({"main"}))
    assert verify(None, "s3cret", "main").status == 401
    assert verify("guess", "s3cret", "main").status == 403


def test_choices_and_the_contact_button_are_rows_of_one_keyboard():
    payload = render(Reply("Нужен номер.", (Choice("a", "Позже"),), ask_contact=True))
    (keyboard,) = payload["attachments"]
    assert keyboard["payload"]["buttons"] == [
        [{"type": "callback", "text": "Позже", "payload": "a"}],
        [{"type": "request_contact", "text": "Отправить мой номер"}],
    ]


class BotApi:
    """Stands in for MAX: keeps what was asked, answers what it was told to."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def __call__(self, request):
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def max(self):
        return Max(httpx2.AsyncClient(transport=httpx2.MockTransport(self)), "https://max.example", MAX_TOKEN)


def sent(answer, reply=None):
    api = BotApi(answer)
    return asyncio.run(api.max().send(PERSON, reply or Reply("Готово."), "reply-7")), api


def test_an_accepted_message_has_maxs_id_and_the_token_goes_bare_into_the_header():
    answer, api = sent(httpx2.Response(200, json={"message": {"body": {"mid": "mid.z9"}}}))
    assert answer == Accepted("mid.z9")
    (request,) = api.asked
    assert str(request.url) == "https://max.example/messages?user_id=660001"
    assert request.headers["authorization"] == MAX_TOKEN


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (
            httpx2.Response(401, json={"code": "verify.token", "message": "Invalid access_token"}),
            SendAction.PAUSE_ACCOUNT,
        ),
        (httpx2.Response(403, json={"code": "chat.denied", "message": "no"}), SendAction.UNREACHABLE),
        (httpx2.Response(404, json={"code": "dialog.not.found", "message": "no"}), SendAction.UNREACHABLE),
        (httpx2.Response(400, json={"code": "proto.payload", "message": "no"}), SendAction.PARK),
        (httpx2.Response(429), SendAction.RETRY),
        (httpx2.Response(404, text="<html>"), SendAction.PAUSE_ACCOUNT),
        (httpx2.ConnectError("refused"), SendAction.RETRY),
    ],
)
def test_what_surely_did_not_go_out_says_so(answer, action):
    assert sent(answer)[0].action is action


@pytest.mark.parametrize("answer", [httpx2.ReadTimeout("slow"), httpx2.Response(503), httpx2.Response(200, json={})])
def test_what_may_have_gone_out_is_cut_off(answer):
    assert isinstance(sent(answer)[0], CutOff)


def test_a_reply_that_breaks_our_own_rules_is_parked_and_nothing_is_sent():
    answer, api = sent(httpx2.Response(200), Reply(""))
    assert answer.action is SendAction.PARK
    assert api.asked == []


def test_a_tap_takes_its_keyboard_away_and_a_text_asks_nothing():
    api = BotApi(httpx2.Response(200, json={"success": True}))
    asyncio.run(api.max().acknowledge(PERSON, "mid.a1"))
    assert api.asked == []
    asyncio.run(api.max().acknowledge(PERSON, "tap:cb:77"))
    (request,) = api.asked
    assert str(request.url) == "https://max.example/answers?callback_id=cb%3A77"
    assert json.loads(request.content) == {"message": {"attachments": []}}


def test_the_token_is_in_no_repr_and_no_log(caplog):
    caplog.set_level("DEBUG")
    answer, api = sent(httpx2.Response(401, json={"code": "verify.token", "message": "no"}))
    assert MAX_TOKEN not in repr(answer) + repr(api.max()) + caplog.text
