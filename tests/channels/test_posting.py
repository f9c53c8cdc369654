"""The one bit that matters of a failure, over a real socket: had the message left?"""

import asyncio
import gzip
import socket

import httpx2

from frontdesk.channels.messages import Address, CutOff, Rejected, SendAction
from frontdesk.channels.posting import ANSWER_LIMIT, post
from frontdesk.channels.telegram import Telegram
from frontdesk.dialogue.talk import Reply


async def posted(url, token="t", whole_timeout_s=5.0):
    async with httpx2.AsyncClient(trust_env=False) as client:
        return await post(client, url, {"text": "Готово"}, {"Authorization": token}, whole_timeout_s)


async def against_a_server_that(answers, token="t"):
    received = []

    async def serve(reader, writer):
        try:
            received.append(await reader.readuntil(b"}"))
            writer.write(answers)
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        return await posted(f"http://127.0.0.1:{port}/messages", token), received


def test_where_nobody_listens_nothing_was_sent_and_it_is_tried_again():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = asyncio.run(posted(f"http://127.0.0.1:{port}/messages"))
    assert isinstance(answer, Rejected)
    assert (answer.action, answer.wait_s(0)) == (SendAction.RETRY, 1)


def test_a_connection_closed_after_the_message_had_left_is_cut_off():
    answer, received = asyncio.run(against_a_server_that(b""))
    assert isinstance(answer, CutOff)
    assert len(received) == 1


def test_an_answer_that_breaks_off_in_the_middle_is_cut_off():
    answer, _ = asyncio.run(against_a_server_that(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"))
    assert isinstance(answer, CutOff)


def test_an_answer_that_never_ends_is_cut_off():
    async def exchange():
        gone = asyncio.Event()

        async def trickle(reader, writer):
            await reader.readuntil(b"}")
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            await reader.read()
            writer.close()
            gone.set()

        async with await asyncio.start_server(trickle, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            answer = await posted(f"http://127.0.0.1:{port}/messages", whole_timeout_s=0.1)
            await gone.wait()
            return answer

    assert isinstance(asyncio.run(asyncio.wait_for(exchange(), 5)), CutOff)


def test_an_answer_of_an_endless_size_is_given_up_before_it_fills_the_memory():
    sent = []

    async def endless():
        while len(sent) < 10_000:
            sent.append(1)
            yield b" " * (1024 * 1024)

    async def exchange():
        transport = httpx2.MockTransport(lambda _: httpx2.Response(200, content=endless()))
        async with httpx2.AsyncClient(transport=transport) as client:
            return await post(client, "https://graph.example/messages", {"text": "Готово"}, {})

    answer = asyncio.run(exchange())
    assert isinstance(answer, CutOff)
    assert len(sent) == ANSWER_LIMIT // (1024 * 1024) + 1


def test_a_packed_answer_is_measured_unpacked_and_read_as_it_was_meant():
    def packed(size):
        content = gzip.compress(b" " * size + b"{}")
        return httpx2.MockTransport(
            lambda _: httpx2.Response(200, stream=httpx2.ByteStream(content), headers={"Content-Encoding": "gzip"})
        )

    async def exchange(size):
        async with httpx2.AsyncClient(transport=packed(size)) as client:
            return await post(client, "https://graph.example/messages", {"text": "Готово"}, {})

    assert asyncio.run(exchange(10)).content == b" " * 10 + b"{}"
    assert isinstance(asyncio.run(exchange(ANSWER_LIMIT)), CutOff)


def test_a_redirect_is_not_followed_with_the_token():
    answer, received = asyncio.run(
        against_a_server_that(b"HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
    )
    assert answer.status_code == 307
    assert len(received) == 1


def test_a_token_that_no_header_can_carry_is_a_fault_of_the_settings():
    for token in ("ключ", "two\nlines"):
        answer = asyncio.run(against_a_server_that(b"", token))[0]
        assert isinstance(answer, Rejected), token
        assert answer.action is SendAction.PAUSE_ACCOUNT
        assert token not in repr(answer)


def test_an_address_that_is_none_is_a_fault_of_the_settings():
    for url in ("ftp://graph.example", "graph.example", "http://[::1", "http://host:notaport/x"):
        answer = asyncio.run(posted(url))
        assert isinstance(answer, Rejected), url
        assert answer.action is SendAction.PAUSE_ACCOUNT


def test_a_token_in_an_address_is_in_no_log_of_the_http_library(caplog):
    caplog.set_level("DEBUG")

    async def exchange():
        async with httpx2.AsyncClient(trust_env=False) as client:
            bot = Telegram(client, "http://127.0.0.1:1", "424242:AAsecret")
            return await bot.send(Address("telegram", "main", "1"), Reply("Готово."), "k")

    assert asyncio.run(exchange()).action is SendAction.RETRY
    assert caplog.records
    assert "AAsecret" not in caplog.text
