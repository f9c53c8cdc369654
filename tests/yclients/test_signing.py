import httpx2
import pytest

from frontdesk.yclients.client import Client
from frontdesk.yclients.errors import Refused
from frontdesk.yclients.signing import sign_in
from frontdesk.yclients.wire import Credentials
from virtual import run

TOKEN = "f00dfeed0123456789abcdef01234567"
USER = {"id": 900, "user_token": TOKEN, "name": "Ольга", "0": TOKEN}
CODE_WANTED = {
    "success": True,
    "data": {
        "uuid": "u-1",
        "flow": "login",
        "transport": {"type": "email", "recipient": "o***@mint.example"},
        "attempts_left": 3,
    },
}


def _signing_in(replies, ask_code=None):
    waiting, asked = list(replies), []

    def handle(request):
        asked.append(request)
        status, body = waiting.pop(0)
        return httpx2.Response(status, json=body)

    async def main():
        async with Client(Credentials("partner"), transport=httpx2.MockTransport(handle)) as api:
            return await sign_in(api, "79000000009", "correct horse", ask_code)

    return run(main()), asked


async def _code(_factor):
    return "1234"


@pytest.mark.parametrize("body", [USER, {"success": True, "data": USER, "meta": []}])
def test_login_and_password_give_a_token_in_an_envelope_or_without(body):
    user, asked = _signing_in([(201, body)])
    assert (user.id, user.user_token) == (900, TOKEN)
    assert asked[0].headers["authorization"] == "Bearer partner"


def test_a_second_factor_is_asked_for_and_sent():
    user, asked = _signing_in([(200, CODE_WANTED), (201, USER)], _code)
    assert user.user_token == TOKEN
    assert b'"2fa":{"uuid":"u-1","secret":"1234"}' in asked[1].content


def test_a_wrong_code_is_asked_for_again_but_not_for_ever():
    with pytest.raises(Refused, match="not accepted"):
        _signing_in([(200, CODE_WANTED)] * 9, _code)


def test_without_somebody_to_ask_the_second_factor_is_a_refusal_that_says_so():
    with pytest.raises(Refused, match="second factor"):
        _signing_in([(200, CODE_WANTED)])


def test_the_token_is_not_shown():
    user, _ = _signing_in([(201, USER)])
    assert TOKEN not in f"{user!r} {user}"
