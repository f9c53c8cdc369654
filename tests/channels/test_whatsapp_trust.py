import hashlib
import hmac
import json

import pytest
from meta import body, change, text, value, webhook

from frontdesk.channels.trust import Forged, Genuine
from frontdesk.channels.whatsapp import handshake, verify

ESCAPED = json.dumps(webhook(change(value(messages=[text("Запишите на среду 💅")])))).encode()


def signed(raw, secret):
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def test_the_published_vector_is_genuine():
    signature = "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914"
    assert verify(b"test", signature, {"main": "secret"}) == Genuine(frozenset({"main"}))


def test_the_same_json_written_again_is_refused():
    assert b"\\u0417" in ESCAPED
    rewritten = json.dumps(json.loads(ESCAPED), ensure_ascii=False).encode()
    assert isinstance(verify(ESCAPED, signed(ESCAPED, "s"), {"main": "s"}), Genuine)
    assert verify(rewritten, signed(ESCAPED, "s"), {"main": "s"}).status == 403


@pytest.mark.parametrize("signature", [None, ""])
def test_an_unsigned_call_is_401(signature):
    assert verify(ESCAPED, signature, {"main": "s"}).status == 401


@pytest.mark.parametrize(
    "signature",
    ["sha256=", "sha256=00", "nonsense", "ключ", "sha256=\udcff", signed(ESCAPED, "other"), signed(ESCAPED, "s")[7:]],
)
def test_a_call_signed_wrongly_is_403(signature):
    answer = verify(ESCAPED, signature, {"main": "s"})
    assert isinstance(answer, Forged)
    assert answer.status == 403


def test_the_answer_names_every_account_of_the_secret_and_no_other():
    secrets = {"north": "one", "south": "one", "east": "two"}
    assert verify(ESCAPED, signed(ESCAPED, "one"), secrets) == Genuine(frozenset({"north", "south"}))


def test_an_account_without_a_secret_trusts_nobody():
    assert verify(b"x", signed(b"x", ""), {"main": ""}).status == 403
    assert verify(b"x", signed(b"x", "s"), {}).status == 403


def test_a_refusal_never_quotes_the_body_or_the_secret():
    answer = verify(body(text("тайна")), "sha256=00", {"main": "very-secret"})
    assert "very-secret" not in repr(answer)
    assert "тайна" not in repr(answer)


def asked(**changes):
    return {"hub.mode": "subscribe", "hub.verify_token": "open-sesame", "hub.challenge": "1158201444"} | changes


def test_the_handshake_gives_the_challenge_back():
    assert handshake(asked(), {"main": "open-sesame", "other": "x"}) == "1158201444"


@pytest.mark.parametrize(
    "query",
    [{}, asked(**{"hub.mode": "unsubscribe"}), asked(**{"hub.verify_token": "no"}), asked(**{"hub.verify_token": "й"})],
)
def test_a_handshake_with_another_mode_or_token_is_403(query):
    assert handshake(query, {"main": "open-sesame"}).status == 403


def test_an_empty_token_in_the_settings_opens_nothing():
    assert handshake(asked(**{"hub.verify_token": ""}), {"main": ""}).status == 403
