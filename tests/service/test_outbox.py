"""What waits for the journal can be seen, hurried and given up; what may already stand there is never given up."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from frontdesk.cli import main
from frontdesk.outage.command import CommandState
from frontdesk.provider.answers import NotSent, ReplyLost, Unknown
from frontdesk.service import outbox
from frontdesk.service.outbox import OutboxError
from frontdesk.service.turn import Turns
from frontdesk.store.database import BadStore
from frontdesk.store.tables import commands
from service_facts import ANNA, BORIS
from service_kit import Service

Act = Callable[..., None]


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/frontdesk.db"


async def asks(service: Service, *appointments: int, user: str = ANNA) -> None:
    """Has the person ask for these cancellations, up to the point where the commands wait."""
    for appointment in appointments:
        await service.hears(f"отмени {appointment}", user=user)
        service.clock.advance(5)
        while await service.step(Turns):
            pass


async def puts(service: Service, state: CommandState) -> None:
    """Every command stands so, as the courier would have left it."""
    await service.store.write(lambda connection: connection.execute(update(commands).values(state=state)))


def of(address: str, most: int = 50) -> list[dict[str, object]]:
    return outbox.as_rows(outbox.listed(address, most))["commands"]


def test_what_waits_is_listed_with_whose_it_is_and_why(service: Service, address: str) -> None:
    async def story() -> None:
        service.door.performs = [NotSent("no answer to +79160000001, Bearer abc-123")]
        await service.hears("отмени 7")
        await service.answers()

    asyncio.run(story())
    (row,) = of(address)
    assert row == {
        "id": 1,
        "kind": "cancel",
        "salon": "centre",
        "person": "+7916•••0001",
        "state": "waiting",
        "since": "2026-11-21T12:00:01+00:00",
        "tries": 1,
        "next_try": "2026-11-21T12:00:02+00:00",
        "why": "no answer to +7916•••0001, •••",
    }
    shown = outbox.as_text(outbox.listed(address, 50))
    assert "cancel" in shown
    assert shown.endswith("1 open")
    assert "79160000001" not in shown


def test_the_list_is_bounded_and_says_what_it_leaves_out(service: Service, address: str) -> None:
    asyncio.run(asks(service, 7, 8, 9))
    listing = outbox.listed(address, 2)
    assert [one.id for one in listing.commands] == [1, 2]
    assert outbox.as_text(listing).endswith("3 open, 1 of them not shown: --most shows more")


def test_a_retried_command_goes_at_once(service: Service, address: str) -> None:
    async def waits() -> None:
        service.door.performs = [NotSent("no connection")] * 6
        await service.hears("отмени 7")
        await service.answers()
        for wait in (1, 2, 4, 8, 16):
            await service.runs(wait)
        await service.runs(1)
        assert service.door.effects == 0

    asyncio.run(waits())
    outbox.retry(address, [1], service.clock.now())
    asyncio.run(service.runs())
    assert service.door.effects == 1
    assert service.messenger.texts == ["позже 7", "отменено 7"]


def test_a_retry_of_a_lost_reply_asks_the_journal_and_does_not_repeat(service: Service, address: str) -> None:
    async def loses() -> None:
        service.door.performs = [ReplyLost("timeout")]
        service.door.evidences = [Unknown("down")] * 2
        await service.hears("отмени 7")
        await service.answers()
        await service.runs(1)

    asyncio.run(loses())
    outbox.retry(address, [1], service.clock.now())
    asyncio.run(service.runs())
    assert service.door.evidences == []
    assert service.door.effects == 0


@pytest.mark.parametrize("state", [CommandState.WAITING, CommandState.CONFLICT])
def test_a_dropped_command_is_told_and_never_goes(service: Service, address: str, state: CommandState) -> None:
    async def waits() -> None:
        await asks(service, 7)
        await puts(service, state)

    asyncio.run(waits())
    outbox.drop(address, [1], service.clock.now())
    asyncio.run(service.runs(3600))
    assert service.door.effects == 0
    assert service.messenger.texts == ["отказано 7"]
    assert of(address) == []


def test_a_dropped_command_lets_the_persons_next_one_go(service: Service, address: str) -> None:
    asyncio.run(asks(service, 7, 8))
    asyncio.run(asks(service, 9, user=BORIS))
    outbox.drop(address, [1], service.clock.now())
    asyncio.run(service.runs(3600))
    assert sorted(service.door.cancelled) == [8, 9]


@pytest.mark.parametrize(
    ("act", "state", "why"),
    [
        (outbox.drop, CommandState.SENT, "on its way to the provider right now"),
        (outbox.drop, CommandState.UNSURE, "it may stand in the journal"),
        (outbox.retry, CommandState.SENT, "on its way to the provider right now"),
    ],
)
def test_what_can_not_be_done_is_refused_with_the_reason(
    service: Service, address: str, act: Act, state: CommandState, why: str
) -> None:
    async def stands() -> None:
        await asks(service, 7)
        await puts(service, state)

    asyncio.run(stands())
    with pytest.raises(OutboxError, match=why):
        act(address, [1], service.clock.now())
    assert [row["state"] for row in of(address)] == [state]


@pytest.mark.parametrize("act", [outbox.drop, outbox.retry])
def test_of_several_commands_all_are_treated_or_none(service: Service, address: str, act: Act) -> None:
    asyncio.run(asks(service, 7))
    before = of(address)
    with pytest.raises(OutboxError, match="no open command has the number 99"):
        act(address, [1, 99], service.clock.now())
    assert of(address) == before


def test_a_command_that_this_version_can_not_read_can_be_seen_and_dropped(service: Service, address: str) -> None:
    async def stands() -> None:
        await asks(service, 7)
        await service.store.write(lambda connection: connection.execute(update(commands).values(command="{}")))

    asyncio.run(stands())
    assert [row["kind"] for row in of(address)] == ["unreadable"]
    outbox.drop(address, [1], service.clock.now())
    assert of(address) == []


def test_a_mistyped_address_makes_no_new_database(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match="check the address"):
        outbox.listed(f"sqlite:///{tmp_path}/other.db", 50)
    assert list(tmp_path.iterdir()) == []


def command_line(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["outbox", *arguments])
    return ended.value.code, *capsys.readouterr()


def test_the_commands_work_by_the_settings_file(
    service: Service, address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(asks(service, 7))
    path = tmp_path / "frontdesk.toml"
    salon = '[salon.centre]\ncompany_id = 962302\npartner_token = "demo-partner"\nuser_token = "demo-user"\n'
    path.write_text(f'[store]\nurl = "{address}"\n{salon}', encoding="utf-8")
    config = ("--config", str(path))
    code, said, _ = command_line(capsys, "list", *config, "--json")
    assert (code, json.loads(said)["total"]) == (0, 1)
    assert command_line(capsys, "retry", "1", *config) == (0, "due now\n", "")
    assert command_line(capsys, "drop", "1", *config)[0] == 0
    code, said, told = command_line(capsys, "drop", "1", *config)
    assert (code, said) == (1, "")
    assert told == "frontdesk: no open command has the number 1: see `frontdesk outbox list`\n"
    assert command_line(capsys, "list", *config) == (0, "0 open\n", "")


@pytest.mark.parametrize("arguments", [("retry",), ("drop",), ("drop", "one"), ("empty",)], ids=" ".join)
def test_wrong_usage_is_exit_code_two(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, _, told = command_line(capsys, *arguments)
    assert code == 2
    assert told.startswith("frontdesk: ")


@pytest.mark.parametrize("command", ["list", "retry", "drop"])
def test_each_explains_itself_with_an_example(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, said, _ = command_line(capsys, command, "--help")
    assert code == 0
    assert f"Example: frontdesk outbox {command}" in " ".join(said.split())
