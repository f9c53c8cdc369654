import json
from datetime import UTC, datetime

import pytest
from meta import (
    ACCOUNT,
    AT,
    OWN_NUMBER,
    PHONE,
    SCOPED_ID,
    body,
    change,
    message,
    person,
    status,
    status_body,
    text,
    value,
    webhook,
)

from frontdesk.channels.messages import Address, Attachment, Contact, Delivery, SendAction, Tap, Text
from frontdesk.channels.whatsapp import parse
from frontdesk.dialogue.talk import AttachmentKind


def only(raw):
    batch = parse(raw)
    assert len(batch.incoming) == 1, batch
    return batch.incoming[0]


def test_a_text_comes_with_its_address_id_time_name_and_proved_number():
    heard = only(body(text("Хочу отменить запись")))
    assert heard.content == Text("Хочу отменить запись")
    assert heard.address == Address("whatsapp", ACCOUNT, PHONE)
    assert heard.message_id == "wamid.A1"
    assert heard.sent_at == datetime.fromtimestamp(AT, UTC)
    assert heard.name == "Ольга"
    assert heard.proved == PHONE


def test_a_sender_without_a_number_is_addressed_by_the_scoped_id_and_proves_nothing():
    hidden = person(wa_id=None)
    heard = only(body(text("Привет", **{"from": None}), people=[hidden]))
    assert heard.address.user == SCOPED_ID
    assert heard.proved is None
    assert heard.name == "Ольга"


def test_a_number_that_only_the_contact_carries_is_the_senders():
    heard = only(body(text("Привет", **{"from": None})))
    assert heard.address.user == PHONE
    assert heard.proved == PHONE


def test_a_sender_without_a_scoped_id_is_read_as_before_2026():
    heard = only(body(text("Привет", from_user_id=None), people=[{"profile": {"name": "Ольга"}, "wa_id": PHONE}]))
    assert (heard.address.user, heard.proved, heard.name) == (PHONE, PHONE, "Ольга")


def test_the_name_is_that_of_the_sender_among_several_people():
    other = person(wa_id="79990001122", user_id="RU.9", profile={"name": "Пётр"})
    assert only(body(text("Привет"), people=[other, person()])).name == "Ольга"
    assert only(body(text("Привет"), people=[other])).name == ""


def test_somebody_who_hides_the_same_is_not_taken_for_the_sender():
    without_number = text("Привет", **{"from": None})
    assert only(body(without_number, people=[person(wa_id=None, user_id="RU.9")])).name == ""
    without_id = text("Привет", from_user_id=None)
    heard = only(body(without_id, people=[person(wa_id="79990001122", user_id=None)]))
    assert (heard.address.user, heard.name) == (PHONE, "")


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (
            message(
                "interactive", interactive={"type": "button_reply", "button_reply": {"id": "yes:4", "title": "Да"}}
            ),
            Tap("yes:4", "Да"),
        ),
        (
            message(
                "interactive",
                interactive={
                    "type": "list_reply",
                    "list_reply": {"id": "pick:2", "title": "15:00", "description": "Аня"},
                },
            ),
            Tap("pick:2", "15:00"),
        ),
        (
            message("button", button={"payload": "come:9", "text": "Приду"}, context={"id": "wamid.T"}),
            Tap("come:9", "Приду"),
        ),
        (message("button", button={"payload": "come:9", "text": "Приду"}), Tap("come:9", "Приду")),
        (message("button", button={"text": "Приду"}), Text("Приду")),
        (message("interactive", interactive={"type": "nfm_reply", "nfm_reply": {"body": "Sent"}}), None),
        (text("да, это время", context={"id": "wamid.OUT7"}), Text("да, это время")),
        (text(""), Text("")),
        (text("🔥🔥🔥"), Text("🔥🔥🔥")),
        (message("audio", audio={"id": "1", "voice": True}), Attachment(AttachmentKind.VOICE)),
        (message("audio", audio={"id": "1"}), Attachment(AttachmentKind.VOICE)),
        (message("image", image={"id": "1", "caption": "хочу так"}), Attachment(AttachmentKind.MEDIA, "хочу так")),
        (message("video", video={"id": "1"}), Attachment(AttachmentKind.MEDIA)),
        (message("document", document={"id": "1"}), Attachment(AttachmentKind.MEDIA)),
        (message("sticker", sticker={"id": "1"}), Attachment(AttachmentKind.MEDIA)),
        (message("location", location={"latitude": 55.7, "longitude": 37.6}), None),
        (message("unsupported", errors=[{"code": 131051}], unsupported={"type": "poll_creation"}), None),
        (message("unsupported", errors=[{"code": 131060}]), None),
        (message("order", order={"catalog_id": "1"}), None),
        (message("hologram", hologram={}), None),
    ],
)
def test_every_kind_that_a_person_says_something_with_is_read(said, heard):
    assert only(body(said)).content == (heard or Attachment(AttachmentKind.UNSUPPORTED))


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (
            message("reaction", reaction={"message_id": "wamid.OUT8", "emoji": "👍"}),
            "an emoji on a question is never a yes",
        ),
        (message("reaction", reaction={"message_id": "wamid.OUT8"}), "reaction"),
        (message("system", system={"type": "user_changed_number", "wa_id": "79260000000"}), "changed number"),
        (message("system", **{"from": None}, system={"type": "user_changed_user_id"}), "changed number or id"),
        (message("unsupported", unsupported={"type": "edit"}), "unsupported: edit"),
        (message("edit", edit={"message": {"type": "text", "text": {"body": "да"}}}), "an old yes"),
        (message("revoke", revoke={}), "deleted"),
        (text("всем привет", group_id="G1"), "group"),
        (text("эхо", **{"from": OWN_NUMBER}), "our own"),
        (text("кто я", **{"from": None, "from_user_id": None}), "without"),
        (text("когда", timestamp="вчера"), "without"),
        (text("когда", timestamp="9" * 13), "without"),
        (text("когда", timestamp="9" * 250), "without"),
        (text("который", id=None), "without"),
        (text("который", id=True), "without"),
        (text("который", id="w" * 300), "without"),
    ],
)
def test_what_needs_no_answer_is_left_aside_and_says_why(said, why):
    batch = parse(body(said))
    assert batch.incoming == ()
    assert len(batch.ignored) == 1
    assert why in batch.ignored[0]


def card(*phones, **parts):
    return message("contacts", contacts=[{"name": {"formatted_name": "Ольга"}, "phones": list(phones)}], **parts)


def test_a_card_that_answers_our_request_is_the_senders_own_and_proves_the_number():
    heard = only(body(card({"phone": PHONE}, origin="contact_request", **{"from": None}), people=[person(wa_id=None)]))
    assert heard.content == Contact(PHONE, own=True)
    assert heard.proved == PHONE


def test_a_forwarded_card_proves_nothing():
    shared = card({"phone": "+7 916 555-44-33", "wa_id": "79165554433"}, **{"from": None})
    heard = only(body(shared, people=[person(wa_id=None)]))
    assert heard.content == Contact("79165554433", own=False)
    assert heard.proved is None


@pytest.mark.parametrize(
    ("entry", "phone"),
    [
        ({"phone": "8 (916) 555-44-33"}, "79165554433"),
        ({"phone": "8 (49) 12345678", "wa_id": "84912345678"}, "84912345678"),
        ({"phone": "+84 912 345 678"}, "84912345678"),
    ],
)
def test_a_number_of_an_address_book_is_read_as_it_was_typed(entry, phone):
    assert only(body(card(entry))).content.phone == phone


def test_a_number_that_answers_our_request_is_never_rewritten():
    assert only(body(card({"phone": "84912345678"}, origin="contact_request"))).content.phone == "84912345678"


def test_a_card_with_the_senders_own_number_is_their_own():
    assert only(body(card({"phone": "+7 926 111-22-33"}))).content == Contact(PHONE, own=True)


def test_a_forwarded_card_never_replaces_the_senders_proved_number():
    assert only(body(card({"phone": "79165554433"}))).proved == PHONE


@pytest.mark.parametrize("phones", [[], [{"phone": "нет"}], [{"phone": "12"}], ["79261112233"]])
def test_a_card_without_a_number_is_something_that_cannot_be_read(phones):
    assert only(body(card(*phones))).content == Attachment(AttachmentKind.UNSUPPORTED)


def test_all_entries_changes_messages_and_statuses_of_one_call_are_read():
    first = change(value(messages=[text("раз", id="w1"), text("два", id="w2")]))
    second = change(value(messages=[text("три", id="w3")], statuses=[status()]))
    call = webhook(first, second)
    call["entry"] += webhook(change(value(messages=[text("четыре", id="w4")], account="777")))["entry"]
    batch = parse(json.dumps(call).encode())
    assert [heard.message_id for heard in batch.incoming] == ["w1", "w2", "w3", "w4"]
    assert [heard.address.account for heard in batch.incoming] == [ACCOUNT, ACCOUNT, ACCOUNT, "777"]
    assert len(batch.reports) == 1


def test_other_fields_of_the_subscription_are_left_aside_by_name():
    preferences = change({"user_preferences": [{"wa_id": PHONE, "value": "stop"}]}, field="user_preferences")
    echo = change(value(messages=[text("Ждём вас!")]), field="smb_message_echoes")
    batch = parse(json.dumps(webhook(preferences, echo)).encode())
    assert batch.incoming == ()
    assert batch.ignored == ("not a message: user_preferences", "not a message: smb_message_echoes")


@pytest.mark.parametrize(
    ("state", "delivery"),
    [("sent", Delivery.SENT), ("delivered", Delivery.DELIVERED), ("read", Delivery.READ), ("played", Delivery.READ)],
)
def test_a_status_says_how_far_a_message_got(state, delivery):
    (report,) = parse(status_body(status(state, biz_opaque_callback_data="reply-7"))).reports
    assert (report.delivery, report.message_id, report.key) == (delivery, "wamid.OUT1", "reply-7")
    assert (report.channel, report.account, report.rejected) == ("whatsapp", ACCOUNT, None)
    assert report.at == datetime.fromtimestamp(AT, UTC)


@pytest.mark.parametrize(
    ("code", "action"),
    [
        (131047, SendAction.WINDOW_CLOSED),
        (131026, SendAction.UNREACHABLE),
        (131000, SendAction.RETRY),
        (190, SendAction.PAUSE_ACCOUNT),
        (424242, SendAction.PARK),
    ],
)
def test_a_failed_status_says_what_to_do(code, action):
    error = {"code": code, "title": "T", "error_data": {"details": f"to {PHONE}"}}
    (report,) = parse(status_body(status("failed", errors=[error]))).reports
    assert report.delivery is Delivery.FAILED
    assert report.rejected.action is action
    assert report.rejected.detail == f"{code}: to +7926•••2233"


def test_a_failed_status_without_a_reason_is_parked():
    (report,) = parse(status_body(status("failed"))).reports
    assert report.rejected.action is SendAction.PARK


def test_a_status_of_an_unknown_kind_is_left_aside():
    batch = parse(status_body(status("warning")))
    assert batch.reports == ()
    assert batch.ignored == ("a status that settles nothing: warning",)


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"1" * 5000, b'{"object": "page"}']
)
def test_bytes_that_are_no_webhook_are_an_empty_batch_with_the_reason(raw):
    batch = parse(raw)
    assert (batch.incoming, batch.reports) == ((), ())
    assert len(batch.ignored) == 1


def test_words_are_cleaned_of_what_a_database_would_refuse_and_bounded():
    assert only(body(text("а\x00б\ud83dв\r\nг"))).content == Text("аб\ufffdв\nг")
    assert only(body(text("стрижка\u2028завтра"))).content == Text("стрижка\nзавтра")
    assert only(body(text("я" * 70_000))).content == Text("я" * 4096)
