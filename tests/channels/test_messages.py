from itertools import permutations

import pytest
from meta import ACCOUNT, body, status, status_body, text

from frontdesk.channels.messages import Address, Batch, Delivery, further
from frontdesk.channels.whatsapp import parse


def test_a_batch_is_handed_on_under_the_accounts_own_names():
    batch = parse(body(text("Привет"))).for_accounts({ACCOUNT: "main"})
    assert [heard.address.account for heard in batch.incoming] == ["main"]
    reports = parse(status_body(status())).for_accounts({ACCOUNT: "main"}).reports
    assert [report.account for report in reports] == ["main"]


def test_an_address_shows_only_the_end_of_who_it_is():
    assert repr(Address("whatsapp", "main", "79261112233")) == "Address(whatsapp/main/•••2233)"
    assert repr(Address("max", "main", "660001")) == "Address(max/main/•••)"


def test_what_is_for_an_unknown_account_is_left_aside_and_counted():
    batch = parse(body(text("Привет"))).for_accounts({"1": "main"})
    assert batch == Batch(ignored=(f"for an account that is not in the settings: {ACCOUNT}",))


@pytest.mark.parametrize("order", list(permutations([Delivery.SENT, Delivery.DELIVERED, Delivery.READ])))
def test_reports_in_any_order_lead_to_the_furthest(order):
    known = None
    for delivery in order:
        known = delivery if further(delivery, known) else known
    assert known is Delivery.READ


def test_the_same_report_again_adds_nothing():
    for delivery in Delivery:
        assert not further(delivery, delivery)


@pytest.mark.parametrize(
    ("known", "fails"), [(None, True), (Delivery.SENT, True), (Delivery.DELIVERED, False), (Delivery.READ, False)]
)
def test_only_what_has_not_arrived_can_fail(known, fails):
    assert further(Delivery.FAILED, known) is fails


def test_nothing_is_further_than_a_failure():
    assert not any(further(delivery, Delivery.FAILED) for delivery in Delivery)
