"""What bad input gets: the right answer or silence, never two effects, never a 500."""

import json
import time

import pytest

from blackbox import webhooks
from blackbox.conftest import Cancelled, Town
from blackbox.desk import HOOK_SECRET, SECRETS, VERIFY_TOKEN, Desk, number
from blackbox.graph import Refusal
from blackbox.person import Person
from blackbox.salon import MAIN
from blackbox.waiting import until

OK, BROKEN, UNSIGNED, FORGED, MISSING, NOT_ALLOWED, TOO_LARGE = 200, 400, 401, 403, 404, 405, 413


def stored(desk: Desk) -> tuple[int, int]:
    return desk.database.count("inbox"), desk.database.count("chats")


def test_meta_is_greeted_with_its_challenge_and_nobody_else_is(desk: Desk) -> None:
    def greeted(**query: str) -> tuple[int, str]:
        named = {f"hub.{name}": said for name, said in query.items()}
        answer = desk.http.get(f"{desk.process.address}/webhooks/whatsapp", params=named)
        return answer.status_code, answer.text

    assert greeted(mode="subscribe", verify_token=VERIFY_TOKEN, challenge="1158201444") == (OK, "1158201444")
    assert greeted(mode="subscribe", verify_token="guess", challenge="1")[0] == FORGED
    assert greeted(mode="unsubscribe", verify_token=VERIFY_TOKEN, challenge="1")[0] == FORGED
    assert greeted()[0] == FORGED


def test_an_unsigned_a_forged_and_a_re_serialised_webhook_are_refused_and_not_stored(desk: Desk, irina: Person) -> None:
    before = stored(desk)
    raw = irina.raw(webhooks.text("Отмените запись 😊"))
    written_again = json.dumps(json.loads(raw), ensure_ascii=False).encode()
    assert desk.post(raw, "").status_code == UNSIGNED
    assert desk.post(raw, webhooks.signature(raw, "guess")).status_code == FORGED
    assert desk.post(raw, "sha256=").status_code == FORGED
    assert desk.post(raw, webhooks.signature(raw).upper()).status_code == FORGED
    assert desk.post(written_again, webhooks.signature(raw)).status_code == FORGED
    assert stored(desk) == before
    assert irina.messages == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe\x00",
        b'{"object":"page","entry":[{"changes":[]}]}',
        b'{"object":"whatsapp_business_account"}',
        b'{"object":"whatsapp_business_account","entry":{"changes":1}}',
        b'{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":[]}]}]}',
        b"[" * 20_000,
    ],
    ids=lambda raw: repr(raw[:60]),
)
def test_signed_json_that_is_not_a_webhook_is_taken_and_left_aside(desk: Desk, raw: bytes) -> None:
    before = stored(desk)
    assert desk.post(raw).status_code == OK
    assert stored(desk) == before


def test_a_body_larger_than_any_webhook_is_refused(desk: Desk) -> None:
    assert desk.post(b" " * (2 * 1024 * 1024)).status_code == TOO_LARGE


def test_messages_to_a_number_that_is_not_ours_are_not_stored(desk: Desk, irina: Person) -> None:
    before = stored(desk)
    stranger = Person(irina.desk, irina.graph, irina.phone, salon="nobody's")
    assert desk.post(stranger.raw(webhooks.text("Отмените запись"))).status_code == OK
    assert stored(desk) == before


def test_the_same_message_again_is_one_message(town: Town, irina: Person, is_cancelled: Cancelled) -> None:
    (mine,) = town.appointments(irina)
    irina.says("Отмените запись")
    irina.again()
    irina.reads()
    irina.taps("Да, отменить")
    irina.again()
    irina.reads()
    irina.again()
    irina.waits_for_silence()
    assert len(irina.messages) == 2
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])


def test_a_batch_of_four_is_answered_by_who_wrote_it(town: Town, desk: Desk) -> None:
    first, second = town.person(desk), town.person(desk)
    entries = [
        first.value(webhooks.text("Здравствуйте"), webhooks.text("отмените запись")),
        second.value(webhooks.text("Отмените запись"), webhooks.text("на завтра")),
    ]
    assert desk.post(webhooks.body(*entries)).status_code == OK
    assert first.reads().text.startswith("Здравствуйте! Отменить женскую стрижку завтра")
    assert second.reads().text.startswith("Отменить женскую стрижку завтра")
    for person in (first, second):
        person.waits_for_silence()
        assert len(person.messages) == 1


def test_two_yeses_at_once_are_one_effect(town: Town, irina: Person, is_cancelled: Cancelled) -> None:
    (mine,) = town.appointments(irina)
    question = irina.asks("отмените запись")
    choice = question.choices["Да, отменить"]
    irina.sends(*[webhooks.button(choice, "Да, отменить")] * 2, webhooks.text("да"), webhooks.text("да!"))
    irina.reads()
    irina.waits_for_silence()
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])


def test_an_old_yes_that_comes_late_answers_no_question_asked_since(town: Town, irina: Person) -> None:
    """Meta delivers again for days: what was sent before the question can not be its answer."""
    (mine,) = town.appointments(irina)
    irina.asks("отмените запись")
    assert irina.posts(irina.raw(webhooks.text("да"), at=time.time() - 3600)).status_code == OK
    irina.waits_for_silence()
    assert len(irina.messages) == 1
    assert town.provider.effects(mine["id"]) == []


def test_a_tap_on_a_stale_button_is_read_back_anew(town: Town, irina: Person) -> None:
    (mine,) = town.appointments(irina)
    stale = irina.asks("отмените запись").choices["Да, отменить"]
    irina.asks("нет")
    irina.sends(webhooks.button(stale, "Да, отменить"))
    assert irina.reads().text.startswith("Отменить женскую стрижку завтра")
    irina.waits_for_silence()
    assert town.provider.effects(mine["id"]) == []


def test_an_empty_text_gets_silence(irina: Person) -> None:
    irina.sends(webhooks.text(""))
    irina.waits_for_silence()
    assert irina.messages == []


def test_four_thousand_characters_are_heard_to_the_end(irina: Person) -> None:
    wish = " Хочу отменить запись на завтра."
    words = ("Здравствуйте, так получилось, извините. " * 200)[: 4096 - len(wish)] + wish
    assert len(words) == 4096
    assert "Отменить женскую стрижку завтра" in irina.asks(words).text


def test_emoji_alone_cancel_nothing(town: Town, irina: Person) -> None:
    (mine,) = town.appointments(irina)
    assert irina.asks("🙈🙈🙈").text
    irina.asks("отмените запись")
    irina.says("🤔")
    irina.waits_for_silence()
    assert town.provider.effects(mine["id"]) == []


def test_a_voice_message_is_asked_for_in_words_and_the_question_stays_open(
    town: Town, irina: Person, is_cancelled: Cancelled
) -> None:
    (mine,) = town.appointments(irina)
    irina.asks("отмените запись")
    irina.sends(webhooks.voice())
    assert irina.reads().text == "Голосовые я пока не слушаю. Напишите, пожалуйста, словами."
    assert irina.asks("да").text.startswith("Отменила")
    assert is_cancelled(mine["id"])


def test_a_pair_of_thoughts_sent_apart_is_heard_as_one(town: Town, patient: Desk) -> None:
    person = town.person(patient)
    person.says("хочу отменить")
    person.says("запись на завтра")
    assert person.reads().text.startswith("Отменить женскую стрижку завтра")
    person.waits_for_silence()
    assert len(person.messages) == 1


def test_what_meta_refuses_for_now_is_sent_again_and_once(town: Town, irina: Person) -> None:
    town.graph.then(Refusal(130429), Refusal(131056))
    irina.says("отмените запись")
    first, second, third = irina.reads_many(3)
    assert first.body == second.body == third.body
    irina.waits_for_silence()
    assert len(irina.messages) == 3
    assert irina.desk.database.states("replies", irina.user) == ["sent"]


def test_a_report_of_delivery_is_taken_in(irina: Person) -> None:
    asked = irina.asks("отмените запись")
    irina.waits_for_silence()
    (row,) = irina.desk.database.rows("replies", irina.user)
    for state in ("read", "delivered", "sent", "read"):
        report = webhooks.status(row["message_id"], state, int(time.time()), irina.user, asked.key)
        raw = webhooks.body(webhooks.value(number("centre"), statuses=[report]))
        assert irina.desk.post(raw).status_code == OK
    (row,) = irina.desk.database.rows("replies", irina.user)
    assert (row["state"], row["delivery"]) == ("sent", "read")


@pytest.mark.parametrize("name", ["SALON_PARTNER_TOKEN", "SALON_USER_TOKEN"])
def test_with_a_wrong_token_the_service_starts_says_so_in_one_line_and_is_honest(town: Town, name: str) -> None:
    desk = town.desk(secrets=SECRETS | {name: "wrong-token-9876543210"})
    complaint = until(lambda: desk.log_of("this salon's journal can't be read"))
    assert len(complaint) == 1
    which = "partner token" if "PARTNER" in name else "user token"
    assert which in str(complaint[0]["cause"])
    person = town.person(desk)
    (mine,) = town.appointments(person)
    assert person.asks("Хочу отменить запись").text == (
        "Заглянуть в журнал салона сейчас не могу. Передала администратору, он вам поможет."
    )
    person.says("отмените!")
    person.waits_for_silence()
    assert len(person.messages) == 1
    assert town.provider.effects(mine["id"]) == []


GUESSED = "guessed-secret-1234567890"


def test_the_secret_in_the_query_of_the_providers_webhook_reaches_no_log(town: Town) -> None:
    desk = town.desk()

    def hooked(secret: str, body: str, salon: str = "centre", method: str = "POST") -> int:
        address = f"{desk.process.address}/webhooks/yclients/{salon}"
        return desk.http.request(method, address, params={"secret": secret}, content=body).status_code

    hint = json.dumps({"company_id": MAIN, "resource": "record", "resource_id": 1, "status": "update", "data": {}})
    assert hooked(HOOK_SECRET, hint) == OK
    assert hooked(HOOK_SECRET, "{") == BROKEN
    assert hooked(HOOK_SECRET, "x" * 20_000_000) == TOO_LARGE
    assert hooked(HOOK_SECRET, hint, salon="nowhere") == MISSING
    assert hooked(HOOK_SECRET, hint, method="PUT") == NOT_ALLOWED
    assert hooked(GUESSED, hint) == FORGED
    assert hooked(f"{HOOK_SECRET}\x00", hint) == FORGED
    desk.process.stop()
    assert len(desk.log_of("a webhook was refused")) == 2
    written = desk.process.log() + desk.process.said
    assert [secret for secret in (HOOK_SECRET, GUESSED) if secret in written] == []
