"""When an answer is due and a message may go: laws over every rhythm of writing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.booking.times import Instant
from frontdesk.store.chats import LONGEST_THOUGHT, due_after
from frontdesk.store.replies import PairPace

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
SOON = Instant(NOON + timedelta(seconds=60))
QUIET = timedelta(seconds=1)


@given(st.lists(st.floats(0, 30), max_size=60), st.integers(1, 12))
def test_a_chat_never_gets_more_than_its_burst_in_an_interval(gaps: list[float], burst: int) -> None:
    """Whatever the demand: in any window of n intervals at most burst + n messages go out."""
    interval = timedelta(seconds=6)
    pace, now, after, went = PairPace(interval, burst), NOON, None, []
    for gap in gaps:
        now = Instant(now + timedelta(seconds=gap))
        if after is None or after <= now:
            went.append(now)
            after = pace.send_after(after, now)
    for first, start in enumerate(went):
        for last in range(first, len(went)):
            assert last - first + 1 <= burst + (went[last] - start) / interval


@given(st.lists(st.tuples(st.floats(0, 3), st.booleans()), min_size=1, max_size=30))
def test_an_answer_is_never_due_later_than_five_windows_after_the_first_unread(steps: list[tuple[float, bool]]) -> None:
    due, since, now = None, NOON, NOON
    for number, (gap, is_text) in enumerate(steps):
        now = Instant(now + timedelta(seconds=gap)) if number else NOON
        due = due_after(due, since, now, QUIET if is_text else None)
        assert due <= since + LONGEST_THOUGHT * QUIET or due <= now
        assert is_text or due <= now
