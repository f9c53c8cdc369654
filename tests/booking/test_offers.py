from decimal import Decimal

import pytest
from diary import ANNA, HAIRCUT, OLGA

from frontdesk.booking.appointments import Service
from frontdesk.booking.ids import MasterId, ServiceId
from frontdesk.booking.offers import Offer, Price, Terms, lengths_of, prices_of


def terms(minutes: int, low: int, high: int | None = None) -> Terms:
    return Terms(minutes * 60, Price(Decimal(low), Decimal(high or low)))


CUT = Offer(HAIRCUT, {ANNA.id: terms(45, 1500), OLGA.id: terms(60, 2000, 2500)})
BEARD = Offer(Service(ServiceId(8), "Борода"), {OLGA.id: terms(30, 900)})


def test_each_master_takes_their_own_time_and_price():
    assert lengths_of([CUT]) == {ANNA.id: 2700, OLGA.id: 3600}
    assert prices_of([CUT]) == {
        ANNA.id: Price(Decimal(1500), Decimal(1500)),
        OLGA.id: Price(Decimal(2000), Decimal(2500)),
    }


def test_several_services_are_done_one_after_another_by_one_who_does_them_all():
    assert lengths_of([CUT, BEARD]) == {OLGA.id: 5400}
    assert prices_of([CUT, BEARD]) == {OLGA.id: Price(Decimal(2900), Decimal(3400))}


def test_the_same_service_twice_takes_twice_the_time():
    assert lengths_of([CUT, CUT], ANNA.id) == {ANNA.id: 5400}


def test_a_named_master_who_does_not_do_it_all_leaves_nobody():
    assert lengths_of([CUT, BEARD], ANNA.id) == {}
    assert prices_of([CUT], MasterId(99)) == {}


def test_no_service_is_no_visit():
    assert lengths_of([]) == {}


@pytest.mark.parametrize("length_s", [0, -60])
def test_a_service_without_length_is_refused(length_s):
    with pytest.raises(ValueError, match="positive number of seconds"):
        Terms(length_s, Price(Decimal(1), Decimal(1)))
