"""Live pages learn that something changed, and nothing about what."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta

from desk_kit import House
from sqlalchemy import Connection, update
from starlette.requests import Request

from frontdesk.booking.commands import Cancel
from frontdesk.booking.ids import AppointmentId, Phone
from frontdesk.desk import live
from frontdesk.desk.live import Live
from frontdesk.desk.visit import Visit
from frontdesk.desk.words import Words
from frontdesk.outage.command import CommandState
from frontdesk.outage.reply import ReplyState
from frontdesk.store import commands, signs
from frontdesk.store.tables import chats, replies
from frontdesk.store.tables import commands as command_rows
from frontdesk.store.users import Role, User


def changed(house: House, change: Callable[[], object]) -> set[str]:
    """The topics that another process would notice."""
    before = house.reads(signs.marks)
    change()
    after = house.reads(signs.marks)
    return {topic for topic in after if after[topic] != before[topic]}


def test_a_message_an_answer_its_delivery_and_a_hand_over_each_change_the_conversations(house: House) -> None:
    def sent(connection: Connection) -> None:
        connection.execute(update(replies).values(state=ReplyState.SENT))

    def handed_over(connection: Connection) -> None:
        connection.execute(update(chats).values(human_since=house.clock.now()))

    steps: tuple[Callable[[], object], ...] = (
        lambda: house.said("Здравствуйте"),
        lambda: house.answered("Добрый день!"),
        lambda: house.writes(sent),
        lambda: house.writes(handed_over),
    )
    assert [changed(house, step) for step in steps] == [{"conversations"}] * 4


def test_a_command_and_what_comes_of_it_change_the_outbox(house: House) -> None:
    house.said("Отмените")
    command = Cancel("centre", AppointmentId(5), Phone("79160000001"), "", house.clock.now())

    def refused(connection: Connection) -> None:
        connection.execute(update(command_rows).values(state=CommandState.REFUSED))

    added = changed(house, lambda: house.writes(commands.add, command=command, chat=1, now=house.clock.now()))
    assert added == {"outbox"}
    assert changed(house, lambda: house.writes(refused)) == {"outbox"}


def test_time_alone_changes_nothing(house: House) -> None:
    house.said("Здравствуйте")
    assert changed(house, lambda: house.clock.forward(timedelta(hours=1))) == set()


async def listening(house: House, listeners: int) -> list[int]:
    desk = house.desk()
    shared = Live(desk)
    request = Request({"type": "http", "headers": [], "query_string": b""})
    visit = Visit(desk, request, Words("ru"), User(1, "anna", Role.OWNER))
    opened = [await shared.events(visit) for _ in range(listeners)]
    streams = [one.body_iterator for one in opened if one.status_code == 200]
    for stream in streams:
        assert await anext(stream) == f"retry: {live.BROWSER_RETURNS_MS}\n\n"
    statuses = [(await shared.events(visit)).status_code]
    for stream in streams:
        await stream.aclose()
    return [*statuses, shared.listeners, (await shared.events(visit)).status_code]


def test_listeners_are_bounded_and_one_who_leaves_makes_room(house: House) -> None:
    assert asyncio.run(listening(house, live.MOST_LISTENERS)) == [503, 0, 200]


def test_a_stream_names_what_changed_and_carries_nothing_else(house: House) -> None:
    async def story() -> str:
        shared = Live(house.desk())
        stream = shared._stream("")
        await anext(stream)
        await anext(stream)
        await asyncio.to_thread(house.said, "Секрет")
        return await asyncio.wait_for(anext(stream), 20)

    assert asyncio.run(story()) == "event: conversations\ndata:\n\n"


def test_what_changed_between_the_making_of_a_page_and_its_listening_is_told_at_once(house: House) -> None:
    listens = re.search(r'data-events="/desk/events\?seen=([0-9a-f-]+)"', house.signed_in().get("/desk/outbox").text)
    assert listens is not None

    async def first(shown: str) -> str:
        return await anext(Live(house.desk())._stream(shown))

    retry = f"retry: {live.BROWSER_RETURNS_MS}\n\n"
    assert asyncio.run(first(listens[1])) == retry
    house.said("Здравствуйте")
    assert asyncio.run(first(listens[1])) == f"{retry}event: conversations\ndata:\n\n"
    assert asyncio.run(first("00-x")) == retry


def test_nobody_listens_without_signing_in(house: House) -> None:
    assert house.browser().get("/desk/events").status_code == 401
