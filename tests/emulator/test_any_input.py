"""Whatever is sent, the answer is one that the emulator's own document announces: never a 5xx, never an undocumented
form.

The identifiers of the path are the demo salon's own in most cases, or everything would end in 404.
"""

import json
import os
from urllib.parse import quote, urlencode

import pytest
import schemathesis
from desks import TOKENS, V2, desk_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from frontdesk.emulator.app import create_app
from frontdesk.emulator.openapi import document
from frontdesk.emulator.reading import Sent
from frontdesk.emulator.salons.building import build_world

CASES_AN_OPERATION = 60 if os.environ.get("FRONTDESK_DRILL") else 8
REAL = {
    "company_id": 962302,
    "salon_id": 962302,
    "staff_id": 2401,
    "master_id": 2401,
    "service_id": 5101,
    "client_id": 70001,
    "record_id": 1211181002,
    "visit_id": 1050341002,
    "user_id": 1,
    "date": "2026-11-23",
}
IDS = {"/client/": 70001, "/service_categor": 1000001, "/compan": 962302, "/bookform/": 962302}
"""What a plain `id` names, by the path it stands in."""
SCHEMA = schemathesis.openapi.from_dict(document())
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]
SERVED = create_app(build_world("demo", clock=desk_of("demo").emulator.world.clock))
SNAPSHOT = SERVED.world.snapshot()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_any_input_gets_a_documented_answer(operation):
    @settings(
        max_examples=CASES_AN_OPERATION,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases_of(operation), real=st.integers(0, 9))
    def check(case, real):
        SERVED.world.restore(SNAPSHOT)
        answer = SERVED.play(sent(operation, case, real)).answer
        documented = operation.definition.raw["responses"]
        assert str(answer.status) in documented, answer.body
        announced = documented[str(answer.status)].get("content", {})
        assert [answer.headers["content-type"].split(";")[0]] == list(announced) if announced else answer.body == b""
        if "application/json" in announced:
            body = json.loads(answer.body)
            assert answer.status < 400 or body["success"] is False
            assert answer.status < 400 or body["meta"]["message"]

    check()


def cases_of(operation):
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    return st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in modes))


def sent(operation, case, real):
    fields = dict(case.path_parameters or {})
    if real:
        fields |= {name: value for name, value in REAL.items() if name in fields}
        number = next((number for part, number in IDS.items() if part in operation.path), None)
        fields |= {} if number is None or "id" not in fields else {"id": number}
    path = operation.path.format_map({name: quote(str(value), safe="") for name, value in fields.items()})
    query = urlencode(dict(case.query or {}), doseq=True, errors="replace")
    no_body = case.body is None or type(case.body).__name__ == "NotSet"
    body = b"" if no_body else json.dumps(case.body, default=str).encode()
    return Sent(operation.method.upper(), path, query, {"authorization": TOKENS, "accept": V2}, body)
