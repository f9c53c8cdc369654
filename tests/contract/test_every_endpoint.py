import pytest
from calls import ARGUMENTS, call_of, cause_of, prepare

from frontdesk.emulator.registry import coverage
from frontdesk.yclients.contract import Place, endpoints
from frontdesk.yclients.errors import Cause, Refused, Unauthorised

REFUSALS = [(name, status) for name, endpoint in endpoints().items() for status in endpoint.spec.errors]


@pytest.fixture(autouse=True)
def _prepared(salon):
    prepare(salon.world)


def test_every_endpoint_is_played_statefully():
    assert set(coverage().values()) == {"stateful"}
    assert ARGUMENTS.keys() <= endpoints().keys()


@pytest.mark.parametrize("name", endpoints())
def test_a_call_is_answered_in_a_form_that_the_client_reads_whole(salon, name):
    call = call_of(name)
    answer = salon.answer(call)
    assert answer.status == call.spec.success
    assert answer.unread == ()


@pytest.mark.parametrize(("name", "status"), REFUSALS)
def test_a_documented_refusal_arises_from_its_cause(salon, name, status):
    cause = cause_of(name, status)
    if cause is None:
        refused = refusal_of_a_body_that_makes_no_sense(salon, name)
    else:
        if cause.before:
            cause.before(salon.world)
        with pytest.raises((Refused, Unauthorised)) as refusal:
            salon(call_of(name, **cause.arguments), cause.credentials)
        refused = refusal.value
    if status == 401:
        assert isinstance(refused, Unauthorised)
        assert refused.cause is Cause.UNKNOWN_PARTNER
    else:
        assert isinstance(refused, Refused)
        assert refused.status == status
        assert refused.message


def refusal_of_a_body_that_makes_no_sense(salon, name):
    """Sends past the client's own checks what no declaration allows."""
    call = call_of(name)
    places = call.spec.places
    path = call.spec.path.format_map(
        {name: getattr(call, name) for name, place in places.items() if place is Place.PATH}
    )
    nonsense = {call.spec.wire_names[name]: {"no": "sense"} for name, place in places.items() if place is Place.BODY}
    query = {name: "nonsense" for name, place in places.items() if place is Place.QUERY}
    body = nonsense or ([5] if Place.WHOLE_BODY in places.values() else None)

    with pytest.raises(Refused) as refusal:
        salon.run(salon.api().undeclared(call.spec.method, path, query=query, body=body))
    return refusal.value
