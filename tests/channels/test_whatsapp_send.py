import asyncio
import json

import httpx2
import pytest
from meta import ACCOUNT, PHONE

from frontdesk.channels.messages import Accepted, Address, CutOff, SendAction
from frontdesk.channels.whatsapp import WhatsApp
from frontdesk.channels.whatsapp_errors import ACTIONS
from frontdesk.dialogue.talk import Choice, Reply

PERSON = Address("whatsapp", "main", PHONE)
TOKEN = "secret-access-token"
OK = {"messaging_product": "whatsapp", "contacts": [{"wa_id": PHONE}], "messages": [{"id": "wamid.OUT1"}]}


class Graph:
    """Stands in for Meta's Graph API: keeps what was asked, answers what it was told to."""

    def __init__(self, answer):
        self.answer, self.asked = answer, []
        self.client = httpx2.AsyncClient(transport=httpx2.MockTransport(self))

    def __call__(self, request):
        self.asked.append(request)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def whatsapp(self):
        return WhatsApp(self.client, "https://graph.example/v26.0/", ACCOUNT, TOKEN)


def sent(answer, reply=None):
    graph = Graph(answer)
    return asyncio.run(graph.whatsapp().send(PERSON, reply or Reply("Готово."), "reply-7")), graph


def refusal(code, status=400, **parts):
    return httpx2.Response(status, json={"error": {"code": code, "message": "no", **parts}})


def test_a_message_is_posted_to_the_number_with_the_token_in_the_header():
    answer, graph = sent(httpx2.Response(200, json=OK))
    assert answer == Accepted("wamid.OUT1")
    (request,) = graph.asked
    assert str(request.url) == f"https://graph.example/v26.0/{ACCOUNT}/messages"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert json.loads(request.content)["biz_opaque_callback_data"] == "reply-7"


@pytest.mark.parametrize(("code", "rule"), ACTIONS.items())
def test_every_code_has_its_action(code, rule):
    answer, _ = sent(refusal(code, error_data={"details": f"about {PHONE}"}))
    unsure = code in {1, 2, 131000, 131016, 135000}
    assert isinstance(answer, CutOff) if unsure else answer.action is rule.action
    assert answer.detail.endswith(f"{code}: about +7926•••2233")


@pytest.mark.parametrize(
    ("code", "action", "whole"),
    [
        (190, SendAction.PAUSE_ACCOUNT, True),
        (200, SendAction.PAUSE_ACCOUNT, True),
        (299, SendAction.PAUSE_ACCOUNT, True),
        (130429, SendAction.RETRY, True),
        (131056, SendAction.RETRY, False),
        (131047, SendAction.WINDOW_CLOSED, False),
        (131026, SendAction.UNREACHABLE, False),
        (100, SendAction.PARK, False),
        (999999, SendAction.PARK, False),
    ],
)
def test_what_a_code_stops(code, action, whole):
    answer, _ = sent(refusal(code))
    assert (answer.action, answer.whole_account) == (action, whole)


def test_an_error_is_an_error_whatever_the_status_says():
    assert sent(refusal(131026, status=200))[0].action is SendAction.UNREACHABLE


def test_a_wrong_phone_number_id_is_a_fault_of_the_settings_not_of_the_message():
    answer, _ = sent(refusal(100, error_subcode=33))
    assert answer.action is SendAction.PAUSE_ACCOUNT


def test_a_chat_over_its_pace_waits_four_times_longer_each_time():
    answer, _ = sent(refusal(131056))
    assert [answer.wait_s(tries) for tries in range(5)] == [1, 4, 16, 64, 64]


def test_an_account_over_its_pace_waits_twice_as_long_each_time_a_minute_at_most():
    answer, _ = sent(refusal(80007))
    assert [answer.wait_s(tries) for tries in (0, 1, 2, 6, 1000)] == [1, 2, 4, 60, 60]


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (httpx2.Response(429, text="slow down"), SendAction.RETRY),
        (httpx2.Response(401), SendAction.PAUSE_ACCOUNT),
        (httpx2.Response(404, text="<html>"), SendAction.PAUSE_ACCOUNT),
        (httpx2.Response(302, headers={"location": "https://login.example"}), SendAction.PAUSE_ACCOUNT),
        (httpx2.ConnectError("refused"), SendAction.RETRY),
        (httpx2.ConnectTimeout("slow"), SendAction.RETRY),
        (httpx2.PoolTimeout("busy"), SendAction.RETRY),
        (httpx2.UnsupportedProtocol("ftp"), SendAction.PAUSE_ACCOUNT),
    ],
)
def test_what_surely_did_not_go_out_says_so(answer, action):
    assert sent(answer)[0].action is action


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ReadTimeout("slow"),
        httpx2.WriteTimeout("slow"),
        httpx2.ReadError("reset"),
        httpx2.WriteError("reset"),
        httpx2.RemoteProtocolError("closed"),
        httpx2.Response(500),
        httpx2.Response(503, text="<html>"),
        httpx2.Response(408),
        httpx2.Response(200, text="<html>"),
        httpx2.Response(200, json={"messages": []}),
        httpx2.Response(200, json=[]),
        httpx2.Response(500, json={"error": {"code": 131000}}),
    ],
)
def test_what_may_have_gone_out_is_cut_off(answer):
    assert isinstance(sent(answer)[0], CutOff)


def test_a_reply_that_breaks_our_own_rules_is_parked_and_nothing_is_sent():
    answer, graph = sent(httpx2.Response(200, json=OK), Reply("Какую?", tuple(Choice(str(n), "x") for n in range(11))))
    assert answer.action is SendAction.PARK
    assert "11 choices" in answer.detail
    assert graph.asked == []


def test_typing_marks_the_message_as_read_and_its_failure_is_nobodys_business():
    graph = Graph(httpx2.Response(200, json={"success": True}))
    asyncio.run(graph.whatsapp().show_typing(PERSON, "wamid.A1"))
    assert json.loads(graph.asked[0].content) == {
        "messaging_product": "whatsapp",
        "status": "read",
        "message_id": "wamid.A1",
        "typing_indicator": {"type": "text"},
    }
    asyncio.run(Graph(httpx2.ReadTimeout("slow")).whatsapp().show_typing(PERSON, "wamid.A1"))


def test_the_token_is_in_no_repr_and_no_log(caplog):
    caplog.set_level("DEBUG")
    answer, graph = sent(refusal(190))
    assert TOKEN not in repr(graph.whatsapp()) + repr(answer) + caplog.text
    assert PHONE not in repr(PERSON) + caplog.text
