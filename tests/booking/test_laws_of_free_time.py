from datetime import timedelta

from diary import ANNA, EARLY, MOSCOW, OLGA, SATURDAY, appointment, clock
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.booking.choice import choice
from frontdesk.booking.freed import freed_windows
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.schedules import BookingRules, Busy, Calendar, Grid, WorkingDay, busy_with, calendar
from frontdesk.booking.slots import Slot, free_slots
from frontdesk.booking.spans import Span, gaps, merged
from frontdesk.booking.wishes import Wish, distance, matching, nearest

MASTERS = {one.id: one for one in (ANNA, OLGA)}
DAY_S = 24 * 3600

seconds = st.integers(0, DAY_S // 300).map(lambda n: n * 300)
spans = st.tuples(seconds, seconds).map(lambda pair: Span(min(pair), max(pair)))
working = st.lists(
    st.builds(WorkingDay, st.sampled_from([ANNA, OLGA]), st.just(SATURDAY), st.tuples(spans)), max_size=4
)
starts = st.integers(-2 * 3600 // 300, DAY_S // 300).map(lambda n: clock("00:00") + timedelta(seconds=n * 300))
taken = st.builds(
    Busy,
    st.sampled_from(list(MASTERS)),
    starts,
    st.integers(0, 48).map(lambda n: n * 300),
    st.one_of(st.none(), st.integers(1, 5).map(AppointmentId)),
)
taken_times = st.lists(taken, max_size=10)
rules = st.builds(BookingRules, st.builds(Grid, st.sampled_from([300, 900, 1800, 3600])))
lengths = st.dictionaries(st.sampled_from(list(MASTERS)), st.integers(1, 40).map(lambda n: n * 300), min_size=1)


def diary(rules: BookingRules, working: list[WorkingDay], busy: list[Busy]) -> Calendar:
    return calendar(MOSCOW, rules, working, busy)


def span_of(slot: Slot) -> Span:
    begin_s = (slot.start - clock("00:00")) // timedelta(seconds=1)
    return Span(begin_s, begin_s + slot.length_s)


def overlap(slot: Slot, busy: Busy) -> bool:
    end = slot.start + timedelta(seconds=slot.length_s)
    return (
        slot.master.id == busy.master
        and busy.start < end
        and slot.start < busy.start + timedelta(seconds=busy.length_s)
    )


def lies_in_work(slot: Slot, working: list[WorkingDay]) -> bool:
    times = (span for one in working if one.master == slot.master for span in one.spans)
    return any(span.begin_s <= span_of(slot).begin_s and span_of(slot).end_s <= span.end_s for span in times)


@given(rules, working, taken_times, lengths)
def test_a_free_slot_touches_nothing_taken_and_lies_within_the_masters_work(rules, working, busy, lengths):
    the_calendar = diary(rules, working, busy)
    for slot in free_slots(SATURDAY, lengths, the_calendar, EARLY):
        assert not any(overlap(slot, one) for one in busy)
        assert lies_in_work(slot, working)


@given(rules, working, taken_times, lengths, taken)
def test_taking_an_appointment_out_only_adds_slots(rules, working, busy, lengths, more):
    with_it = free_slots(SATURDAY, lengths, diary(rules, working, [*busy, more]), EARLY)
    without = free_slots(SATURDAY, lengths, diary(rules, working, busy), EARLY)
    assert set(with_it) <= set(without)


@given(rules, working, taken_times, lengths, st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_known_changes_nothing(rules, working, busy, lengths, chance):
    other_working, other_busy = chance.sample(working, len(working)), chance.sample(busy, len(busy))
    one = free_slots(SATURDAY, lengths, diary(rules, working, busy), EARLY)
    assert one == free_slots(SATURDAY, lengths, diary(rules, other_working, other_busy), EARLY)


@given(rules, working, taken_times, lengths, st.integers(1, 5).map(AppointmentId))
def test_moving_sees_what_would_be_free_if_the_appointment_were_not_there(rules, working, busy, lengths, moving):
    rest = [one for one in busy if one.appointment != moving]
    moved = free_slots(SATURDAY, lengths, diary(rules, working, busy), EARLY, moving=moving)
    assert moved == free_slots(SATURDAY, lengths, diary(rules, working, rest), EARLY)


@given(rules, working, taken_times, lengths)
def test_a_longer_visit_never_has_more_starts(rules, working, busy, lengths):
    the_calendar = diary(rules, working, busy)
    longer = {master: length_s + 300 for master, length_s in lengths.items()}
    short = {(one.master, one.start) for one in free_slots(SATURDAY, lengths, the_calendar, EARLY)}
    assert {(one.master, one.start) for one in free_slots(SATURDAY, longer, the_calendar, EARLY)} <= short


@given(spans, st.lists(spans, max_size=8))
def test_gaps_and_what_is_taken_make_up_the_whole_span(whole, busy):
    free = list(gaps(whole, merged(busy)))
    for second in range(whole.begin_s, whole.end_s, 300):
        is_taken = any(one.begin_s <= second < one.end_s for one in busy)
        assert any(one.begin_s <= second < one.end_s for one in free) is not is_taken


times = st.one_of(st.none(), st.times().map(lambda shown: shown.replace(second=0, microsecond=0)))
masters = st.one_of(st.none(), st.sampled_from(list(MASTERS)))
near_days = st.integers(-3, 3).map(lambda n: SATURDAY + timedelta(days=n))
day_pairs = st.one_of(
    st.just((None, None)),
    st.tuples(near_days, st.none()),
    st.tuples(st.none(), near_days),
    st.tuples(near_days, near_days).map(lambda pair: tuple(sorted(pair))),
)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    first, last = draw(day_pairs)
    master = draw(masters)
    if draw(st.booleans()):
        return Wish(first, last, at=draw(times), master=master)
    return Wish(first, last, since=draw(times), until=draw(times), master=master)


slots = st.lists(
    st.builds(Slot, st.sampled_from([ANNA, OLGA]), starts.flatmap(
        lambda start: st.integers(-3, 3).map(lambda n: start + timedelta(days=n))), st.just(3600)),
    max_size=40,
)  # fmt: skip


@given(slots, wishes(), st.integers(0, 12))
def test_the_nearest_are_some_of_the_free_ones_in_order_of_distance(slots, wish, limit):
    found = nearest(slots, wish, limit)
    far = [distance(one, wish) for one in found]
    assert set(found) <= set(slots)
    assert far == sorted(far)
    assert len({one.start for one in found}) == len(found) == min(limit, len({one.start for one in slots}))
    left_out = [one for one in slots if one.start not in {shown.start for shown in found}]
    assert all(far[-1] <= distance(one, wish) for one in left_out if far)


@given(slots, wishes())
def test_whatever_fits_a_wish_is_nearer_than_whatever_does_not(slots, wish):
    fitting = {one.start for one in matching(slots, wish)}
    found = nearest(slots, wish, len(slots) + 1)
    assert {one.start for one in found[: len(fitting)]} == fitting


@given(slots, st.integers(1, 12))
def test_a_choice_is_short_in_order_and_begins_with_the_first_free_start(slots, limit):
    shown = choice(slots, limit)
    assert set(shown) <= set(slots)
    assert [one.start for one in shown] == sorted({one.start for one in shown})
    assert len(shown) <= limit
    assert bool(shown) is bool(slots)
    if slots:
        assert shown[0].start == min(one.start for one in slots)
    if len({one.start for one in slots}) <= limit:
        assert {one.start for one in shown} == {one.start for one in slots}


@given(rules, working, taken_times, st.integers(1, 5), st.sampled_from([ANNA, OLGA]))
def test_a_freed_window_is_free_and_holds_some_of_the_freed_time(rules, working, busy, number, master):
    gone = appointment("12:00-13:00", number, master)
    the_calendar = diary(rules, working, [*busy, *busy_with([gone])])
    for window in freed_windows(gone, the_calendar, EARLY):
        length_s = (window.end - window.start) // timedelta(seconds=1)
        free = Slot(window.master, window.start, length_s)
        assert lies_in_work(free, working)
        assert not any(overlap(free, one) for one in busy if one.appointment != gone.id)
        assert window.start < gone.end
        assert window.end > gone.start
