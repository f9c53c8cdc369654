import json

import pytest

from frontdesk.yclients.models.client import Client
from frontdesk.yclients.models.goods import GoodsOperation
from frontdesk.yclients.models.record import FinanceTransaction, Record
from frontdesk.yclients.models.staff import Staff
from frontdesk.yclients.webhooks import parse


def _told(*events):
    return json.dumps(events[0] if len(events) == 1 else events).encode()


RECORD = {
    "company_id": 962302,
    "resource": "record",
    "resource_id": 50001,
    "status": "update",
    "data": {
        "id": 50001,
        "attendance": "-1",
        "client": [],
        "custom_fields": [],
        "last_change_date": "2026-11-21T12:00:00+0300",
    },
}


def test_an_event_says_which_thing_to_look_at_again():
    (event,) = parse(_told(RECORD))
    assert (event.company_id, event.kind, event.resource_id, event.status) == (962302, "record", 50001, "update")


def test_its_data_reads_as_far_as_it_came():
    (event,) = parse(_told(RECORD))
    record = event.partial(Record)
    assert record is not None
    assert (record.id, record.attendance, record.client, record.services) == (50001, -1, None, ())
    assert event.partial(Client) is None


def test_data_without_an_id_takes_it_from_the_event():
    (event,) = parse(_told({**RECORD, "data": {"comment": "перенос"}}))
    record = event.partial(Record)
    assert record is not None
    assert (record.id, record.comment) == (50001, "перенос")


def test_an_array_of_events_is_taken_and_its_repetitions_are_dropped():
    other = {**RECORD, "resource_id": 50002}
    events = parse(_told(RECORD, RECORD, other, RECORD))
    assert [event.resource_id for event in events] == [50001, 50002]


def test_two_partial_events_of_one_thing_are_both_kept():
    first, second = {**RECORD, "data": {"comment": "a"}}, {**RECORD, "data": {"attendance": 2}}
    assert len(parse(_told(first, second))) == 2


@pytest.mark.parametrize("name", ["staff", "master"])
def test_a_master_goes_by_two_names(name):
    (event,) = parse(_told({**RECORD, "resource": name, "data": {"id": 101, "name": "Анна"}}))
    assert event.kind == "staff"
    assert event.partial(Staff) is not None


@pytest.mark.parametrize("client", [{"id": 7001, "phone": "79000000001"}, [{"id": 7001}]])
def test_a_sale_names_its_client_as_an_object_or_a_list_of_one(client):
    data = {"id": 300, "amount": -1, "client": client, "master": [], "good": {"id": 21, "title": "Шампунь"}}
    (event,) = parse(_told({**RECORD, "resource": "goods_operations_sale", "data": data}))
    sale = event.partial(GoodsOperation)
    assert sale is not None
    assert (sale.amount, sale.client.id, sale.master, sale.good.title) == (-1, 7001, None, "Шампунь")


def test_money_is_told_as_far_as_it_changed():
    (event,) = parse(_told({**RECORD, "resource": "finances_operation", "data": {"amount": "1200.50"}}))
    payment = event.partial(FinanceTransaction)
    assert payment is not None
    assert (payment.amount, payment.account) == (1200.5, None)


def test_deletion_may_come_without_data():
    (event,) = parse(_told({**RECORD, "status": "delete", "data": []}))
    assert event.data == {}


def test_senseless_data_is_kept_but_not_read():
    (event,) = parse(_told({**RECORD, "data": {"date": {"never": True}}}))
    assert event.partial(Record) is None
    assert event.data == {"date": {"never": True}}


@pytest.mark.parametrize("body", [b"", b"{", b"5", b"null", b'"text"', b"{}", b'[{"resource": "record"}]', b"[[]]"])
def test_what_is_no_webhook_is_refused(body):
    with pytest.raises(ValueError):  # noqa: PT011 - the parser's own and pydantic's are both ValueErrors
        parse(body)


def test_what_is_refused_is_not_shown():
    with pytest.raises(ValueError, match="company_id") as refusal:
        parse(_told({"resource": "client", "resource_id": 1, "data": {"phone": "+79000000001"}}))
    assert "79000000001" not in str(refusal.value)


def test_an_endless_array_is_refused():
    with pytest.raises(ValueError, match="at most 1000"):
        parse(_told(*[RECORD] * 1001))


def test_a_phone_is_not_shown_in_a_log():
    (event,) = parse(_told({**RECORD, "resource": "client", "data": {"id": 1, "phone": "+79000000001"}}))
    assert "79000000001" not in f"{event!r} {event} {event.partial(Client)!r}"
