from datetime import timedelta

import pytest
from diary import ANNA, OLGA, SATURDAY, appointment, clock, said, slot

from frontdesk.booking.appointments import Attendance
from frontdesk.booking.cancelling import Hindrance
from frontdesk.booking.moving import hindrance, other_places
from frontdesk.booking.policy import Policy

TWO_HOURS_BEFORE = Policy(move_notice_s=7200)
STANDING = appointment("12:00-13:00")


@pytest.mark.parametrize(
    ("one", "policy", "now", "stands_against"),
    [
        (STANDING, Policy(), "11:59", None),
        (STANDING, Policy(may_cancel=False, cancel_notice_s=86_400), "11:59", None),
        (STANDING, TWO_HOURS_BEFORE, "10:00", None),
        (STANDING, TWO_HOURS_BEFORE, "10:01", Hindrance.TOO_LATE),
        (STANDING, Policy(may_move=False), "10:00", Hindrance.FORBIDDEN),
        (STANDING, Policy(), "12:00", Hindrance.TAKEN_PLACE),
        (appointment("12:00-13:00", attendance=Attendance.CAME), Policy(), "10:00", Hindrance.TAKEN_PLACE),
        (appointment("12:00-13:00", attendance=Attendance.CONFIRMED), Policy(), "10:00", None),
        (appointment("12:00-13:00", attendance=Attendance.NO_SHOW), Policy(), "10:00", Hindrance.ALREADY_CANCELLED),
        (appointment("12:00-13:00", deleted=True), Policy(may_move=False), "10:00", Hindrance.ALREADY_CANCELLED),
    ],
)
def test_a_standing_appointment_may_be_moved_in_time_where_the_salon_allows_it(one, policy, now, stands_against):
    assert hindrance(one, policy, clock(now)) is stands_against


def test_staying_where_it_is_is_no_move_but_another_master_at_that_time_is_one():
    slots = [
        slot("12:00", ANNA),
        slot("12:00", OLGA),
        slot("13:00", ANNA),
        slot("12:00", ANNA, SATURDAY + timedelta(7)),
    ]
    assert said(other_places(slots, STANDING)) == ["сб 12:00 Ольга", "сб 13:00 Анна", "сб 12:00 Анна"]
