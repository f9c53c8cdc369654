"""The tables of states: every pair is in one or an error, and the documents show them as they are."""

from pathlib import Path

import pytest

from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.outage.drawing import page
from frontdesk.outage.link import FAILURES, LINK, LinkEvent, LinkState, seen, wait_before_look
from frontdesk.outage.reply import REPLY, ReplyEvent, ReplyState
from frontdesk.outage.table import NoSuchMove

ROOT = Path(__file__).parent.parent.parent
TABLES = [(LINK, LinkState, LinkEvent), (COMMAND, CommandState, CommandEvent), (REPLY, ReplyState, ReplyEvent)]


@pytest.mark.parametrize(("table", "states", "events"), TABLES, ids=["link", "command", "reply"])
def test_a_pair_that_is_not_in_the_table_is_an_error(table, states, events) -> None:
    missing = [(state, event) for state in states for event in events if (state, event) not in table.moves]
    for state, event in missing:
        with pytest.raises(NoSuchMove):
            table.after(state, event)


@pytest.mark.parametrize(("table", "states", "events"), TABLES, ids=["link", "command", "reply"])
def test_every_state_and_every_event_is_used(table, states, events) -> None:
    assert {event for _, event in table.moves} == set(events)
    assert {state for state, _ in table.moves} | set(table.moves.values()) == set(states)


def test_whatever_is_seen_of_a_link_is_in_its_table() -> None:
    only_inside = {LinkEvent.FAILED_AGAIN, LinkEvent.CAUGHT_UP}
    assert all((state, event) in LINK.moves for state in LinkState for event in set(LinkEvent) - only_inside)


def test_what_is_settled_never_moves_again() -> None:
    assert not [pair for pair in COMMAND.moves if not pair[0].is_open]


def test_three_failures_in_a_row_are_an_outage_and_an_answer_in_between_is_none() -> None:
    state, failures = LinkState.ONLINE, 0
    for event in (LinkEvent.FAILED, LinkEvent.FAILED, LinkEvent.ANSWERED, LinkEvent.FAILED, LinkEvent.FAILED):
        state, failures = seen(state, failures, event)
        assert not state.is_closed
    assert seen(state, failures, LinkEvent.FAILED) == (LinkState.OFFLINE, 0)
    assert FAILURES == 3


def test_one_failure_and_a_failed_look_are_an_outage() -> None:
    suspect = seen(LinkState.ONLINE, 0, LinkEvent.FAILED)
    assert suspect == (LinkState.SUSPECT, 1)
    assert seen(*suspect, LinkEvent.PROBE_FAILED)[0] is LinkState.OFFLINE
    assert seen(*suspect, LinkEvent.PROBE_OK) == (LinkState.ONLINE, 0)


def test_only_an_answered_look_opens_what_is_locked() -> None:
    ways_out = {
        event for (state, event), then in LINK.moves.items() if state is LinkState.LOCKED_OUT and then is not state
    }
    assert ways_out == {LinkEvent.PROBE_OK}


def test_a_link_that_recovers_closes_again_after_as_many_failures() -> None:
    link = (LinkState.RECOVERING, 0)
    for _ in range(FAILURES - 1):
        link = seen(*link, LinkEvent.FAILED)
        assert link[0] is LinkState.RECOVERING
    assert seen(*link, LinkEvent.FAILED) == (LinkState.OFFLINE, 0)


def test_looks_become_rarer_up_to_half_a_minute() -> None:
    assert [wait_before_look(looks).total_seconds() for looks in (0, 1, 2, 4, 5, 10_000)] == [1, 2, 4, 16, 30, 30]


def test_the_documents_show_the_tables_as_they_are() -> None:
    written = (ROOT / "docs" / "states.md").read_text(encoding="utf-8")
    assert written == page(), "run `python scripts/draw_states.py`"
