"""A call that succeeds, with one value of it replaced by any JSON: the answer is a documented one, never a 5xx."""

import functools
import os
from urllib.parse import quote, urlencode

import pytest
from calls import call_of, prepare
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydantic_core import from_json, to_json
from stages import demo_world

from frontdesk.emulator.app import create_app
from frontdesk.emulator.openapi import statuses
from frontdesk.emulator.reading import Sent
from frontdesk.yclients.contract import Place, endpoints

CASES = 150 if os.environ.get("FRONTDESK_DRILL") else 15
HEADERS = {"authorization": "Bearer demo-partner, User demo-user", "accept": "application/vnd.yclients.v2+json"}
EDGES = (0, -1, 1, 2**31, 2**63, 10**400, 1.5, float("1e308"), "", " ", "0", "-1", "2026-02-30", "2026-13-01 25:61:00")
TIMES = (
    "0001-01-01 00:00:00",
    "9999-12-31T23:59:59",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "24:00",
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
ANY_JSON = (
    st.sampled_from((*EDGES, *TIMES))
    | PLAIN
    | st.recursive(
        PLAIN,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    )
)


@functools.cache
def stage():
    world = demo_world()
    prepare(world)
    return create_app(world), world.snapshot()


@pytest.mark.parametrize("name", endpoints())
def test_one_wrong_value_gets_a_documented_answer(name):
    emulator, snapshot = stage()
    call = call_of(name)

    @settings(
        max_examples=CASES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(data=st.data(), value=ANY_JSON)
    def check(data, value):
        emulator.world.restore(snapshot)
        sent = request_of(call, data, value)
        answer = emulator.play(sent).answer
        assert answer.status in statuses(call.spec), (sent, answer.body)

    check()


def request_of(call, data, value):
    spec = call.spec
    said = from_json(to_json(call.model_dump(mode="json", exclude_unset=True, by_alias=True)))
    places = {spec.wire_names[name]: place for name, place in spec.places.items()}
    ways = [way for way in ways_into(said) if way]
    if ways:
        replace(said, data.draw(st.sampled_from(ways)), value)
    named = {name: wire for name, wire in spec.wire_names.items() if places[wire] is Place.PATH}
    in_path = {name: said[wire] for name, wire in named.items() if wire in said}
    assume(all(str(one) for one in in_path.values()))  # without it the address is another one
    address = functools.reduce(lambda path, name: path.replace(f"/{{{name}}}", ""), named.keys() - in_path, spec.path)
    path = address.format_map({name: quote(str(one), safe="") for name, one in in_path.items()})
    query = {wire: one for wire, one in said.items() if places[wire] is Place.QUERY}
    body = {wire: one for wire, one in said.items() if places[wire] is Place.BODY}
    whole = [one for wire, one in said.items() if places[wire] is Place.WHOLE_BODY]
    content = to_json(whole[0] if whole else body) if whole or body else b""
    return Sent(spec.method, path, urlencode(query, doseq=True, errors="replace"), HEADERS, content)


def ways_into(value, way=()):
    """Every place in a nested value."""
    yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from ways_into(one, (*way, key))


def replace(value, way, new):
    for key in way[:-1]:
        value = value[key]
    value[way[-1]] = new
