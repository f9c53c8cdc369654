"""Laws that every declaration keeps."""

import json
import re

import pytest

from frontdesk.yclients.contract import Auth, Endpoint, Place, endpoints
from frontdesk.yclients.profiles import YCLIENTS
from frontdesk.yclients.wire import Credentials, request

ALL = endpoints()
EACH = pytest.mark.parametrize("endpoint", ALL.values(), ids=ALL.keys())


def test_the_documented_api_is_there():
    assert len(ALL) >= 96


def test_no_two_endpoints_share_an_address():
    addresses = [
        (endpoint.spec.method, re.sub(r"{\w+}", "{}", endpoint.spec.path).rstrip("/")) for endpoint in ALL.values()
    ]
    assert len(set(addresses)) == len(addresses)


@EACH
def test_it_says_what_it_is(endpoint):
    spec = endpoint.spec
    assert re.search("[а-я]", spec.heading)
    assert re.search("[А-Яа-я]", spec.section)
    assert spec.summary.split("\n")[0].endswith(".")
    assert spec.method in {"GET", "POST", "PUT", "PATCH", "DELETE"}
    assert spec.success in {200, 201, 202, 204}
    assert all(400 <= status < 500 for status in spec.errors)
    assert tuple(sorted(set(spec.errors))) == spec.errors


@EACH
def test_its_path_is_filled_by_its_fields(endpoint):
    spec = endpoint.spec
    named = re.findall(r"{(\w+)}", spec.path)
    assert {name for name, place in spec.places.items() if place is Place.PATH} == set(named)
    optional = [name for name in named if not endpoint.model_fields[name].is_required()]
    assert named[len(named) - len(optional) :] == optional, "only the end of a path can be left out"


@EACH
def test_a_read_has_no_body_and_a_write_is_not_taken_for_one(endpoint):
    spec = endpoint.spec
    if spec.method in {"GET", "DELETE"}:
        assert not {Place.BODY, Place.WHOLE_BODY} & set(spec.places.values())
    if spec.method in {"PUT", "PATCH", "DELETE"}:
        assert not spec.reads


@EACH
def test_it_carries_the_tokens_it_needs(endpoint):
    call = endpoint.model_validate(endpoint.spec.example_call, strict=False)
    sent = request(call, YCLIENTS, Credentials("partner", "user"))
    assert ("Authorization" in sent.headers) is (endpoint.spec.auth is not Auth.NONE)


@EACH
def test_what_is_sent_reads_back_as_the_same_call(endpoint):
    call = endpoint.model_validate(endpoint.spec.example_call, strict=False)
    sent = request(call, YCLIENTS, Credentials("partner", "user"))
    assert endpoint.model_validate(_read_back(endpoint.spec, sent), strict=False) == call


def _read_back(spec, sent):
    template = re.sub(r"/{(\w+)}", r"(?:/(?P<\1>[^/]+))?", spec.path)
    values = {name: value for name, value in re.fullmatch(template, sent.path).groupdict().items() if value is not None}
    for name, value in sent.query:
        if name.endswith("[]"):
            values.setdefault(name[:-2], []).append(value)
        else:
            values[name] = value
    body = json.loads(sent.content) if sent.content else {}
    whole = [name for name, place in spec.places.items() if place is Place.WHOLE_BODY]
    return {**values, whole[0]: body} if whole else {**values, **body}


def test_a_path_that_names_no_field_is_an_error_where_it_is_written():
    with pytest.raises(TypeError, match="record_id"):

        class Wrong(Endpoint[None], http="GET /record/{record_id}", heading="х", section="х"):
            """Names a field that is not there."""


def test_an_endpoint_without_a_result_is_an_error_where_it_is_written():
    with pytest.raises(TypeError, match="what the answer holds"):

        class Wrong(Endpoint, http="GET /record", heading="х", section="х"):  # type: ignore[type-arg]
            """Does not say what it answers."""
