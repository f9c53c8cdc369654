import pytest
from diary import ANNA, HAIRCUT, HOUR_S, clock

from frontdesk.booking.groups import EventId, GroupEvent, events_with_room, free_places


def event(number: int, shown: str = "11:00", capacity: int = 10, taken: int = 0) -> GroupEvent:
    return GroupEvent(EventId(number), HAIRCUT, ANNA, clock(shown), HOUR_S, capacity, taken)


def test_an_event_has_room_for_what_is_not_taken():
    assert free_places(event(1, taken=7)) == 3


def test_an_overfull_event_has_no_place_and_not_less():
    assert free_places(event(1, taken=12)) == 0


def test_events_with_room_for_everybody_come_soonest_first():
    events = [event(3, "18:00"), event(2, "12:00", taken=9), event(1, "12:00", taken=8), event(4, "10:00")]
    found = events_with_room(events, 2, after=clock("10:00"))
    assert [one.id for one in found] == [1, 3]


@pytest.mark.parametrize("places", [0, -1])
def test_asking_for_no_place_is_refused(places):
    with pytest.raises(ValueError, match="at least one place"):
        events_with_room([event(1)], places, after=clock("10:00"))
