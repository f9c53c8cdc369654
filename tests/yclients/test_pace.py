import asyncio

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.yclients.client import Client
from frontdesk.yclients.endpoints.records import GetRecord
from frontdesk.yclients.errors import Paced
from frontdesk.yclients.pace import Limits, Pace, Priority
from frontdesk.yclients.turnstile import Turnstile
from frontdesk.yclients.wire import Credentials
from virtual import CountingServer, keep_calling, network, run, waits_of_a_person


def test_ten_minutes_of_full_load_use_the_limit_and_earn_no_refusal():
    server, jitter = CountingServer(), network(1)

    async def main():
        gate = Turnstile(Pace(Limits(spare_per_second=0, spare_per_minute=0)))
        until = asyncio.get_running_loop().time() + 600
        await asyncio.gather(*(keep_calling(gate, server, Priority.BACKGROUND, jitter, until) for _ in range(12)))

    run(main())
    in_time = [at for at in server.arrivals if at < 1600]
    assert server.refused == 0
    assert len(in_time) >= 0.98 * 2000


def test_a_reply_to_a_person_does_not_wait_behind_a_full_load():
    server, jitter = CountingServer(), network(2)

    async def main():
        gate = Turnstile()
        return await waits_of_a_person(gate, gate, server, jitter, 300)

    waits = run(main())
    assert server.refused == 0
    assert max(waits) < 1


def test_people_go_first_then_who_came_first():
    pace = Pace(Limits(per_second=1, per_minute=200, spare_per_second=0))
    tickets = [pace.ask(priority) for priority in (Priority.WORK, Priority.BACKGROUND, Priority.PERSON, Priority.WORK)]
    order, now = [], 0.0
    while len(order) < 4:
        order += pace.admit(now)
        pace.answered(now)
        now += 1
    assert order == [tickets[2], tickets[0], tickets[3], tickets[1]]


def test_the_spare_is_kept_for_people():
    pace = Pace()
    for _ in range(6):
        pace.ask(Priority.BACKGROUND)
    assert len(pace.admit(0)) == 4
    pace.ask(Priority.PERSON)
    assert len(pace.admit(0)) == 1
    assert pace.next_turn(0) is None


def test_a_place_is_free_a_second_after_the_answer_not_after_the_start():
    pace = Pace(Limits(per_second=1, spare_per_second=0))
    pace.ask(Priority.WORK)
    pace.ask(Priority.WORK)
    assert len(pace.admit(0)) == 1
    pace.answered(5.0)
    assert pace.admit(5.9) == []
    assert pace.next_turn(5.9) == 6.0
    assert len(pace.admit(6.0)) == 1


def test_after_a_refusal_everybody_rests():
    pace = Pace()
    pace.close(30)
    pace.ask(Priority.PERSON)
    assert pace.admit(29.9) == []
    assert len(pace.admit(30)) == 1


def test_whoever_gives_up_waiting_leaves_the_turn_to_the_next():
    async def main():
        gate = Turnstile(Pace(Limits(per_second=1, spare_per_second=0)))
        await gate.enter(Priority.WORK)
        impatient = asyncio.ensure_future(gate.enter(Priority.PERSON))
        patient = asyncio.ensure_future(gate.enter(Priority.WORK))
        await asyncio.sleep(0)
        impatient.cancel()
        gate.leave()
        await asyncio.wait_for(patient, 2)

    run(main())


def test_limits_that_leave_nothing_for_others_are_refused():
    with pytest.raises(ValueError, match="spare"):
        Limits(per_second=1, spare_per_second=1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(Priority), st.floats(0, 3), st.floats(0.001, 0.4), st.floats(0.001, 0.4)), max_size=60
    )
)
def test_no_arrival_is_ever_one_too_many(calls):
    server = CountingServer(per_second=3, per_minute=20)

    async def call(gate, priority, later, there, back):
        await asyncio.sleep(later)
        await gate.enter(priority)
        await asyncio.sleep(there)
        server.arrive(asyncio.get_running_loop().time())
        await asyncio.sleep(back)
        gate.leave()

    async def main():
        gate = Turnstile(Pace(Limits(3, 20, 1, 4)))
        await asyncio.gather(*(call(gate, *each) for each in calls))

    run(main())
    assert len(server.arrivals) == len(calls)
    assert server.refused == 0


def test_who_would_wait_too_long_is_told_so_at_once():
    async def main():
        gate = Turnstile()
        gate.rest(10**9)
        with pytest.raises(Paced) as refusal:
            await gate.enter(Priority.PERSON)
        return refusal.value.retry_after_s

    assert run(main()) == 3600


def test_a_short_rest_is_waited_out():
    async def main():
        gate = Turnstile()
        gate.rest(None)
        await gate.enter(Priority.PERSON)
        return asyncio.get_running_loop().time()

    assert run(main()) == 1002


def test_the_client_keeps_to_the_pace_with_all_its_calls_and_earns_no_refusal():
    server, jitter = CountingServer(), network(3)

    async def handle(_request):
        await asyncio.sleep(jitter())
        allowed = server.arrive(asyncio.get_running_loop().time())
        await asyncio.sleep(jitter())
        body = {"success": True, "data": {"id": 2}, "meta": []}
        return httpx2.Response(200 if allowed else 429, json=body)

    async def main():
        gate = Turnstile()
        transport = httpx2.MockTransport(handle)
        centre, north = (Client(Credentials("p", "u"), transport=transport, pace=gate) for _ in range(2))
        calls = [api(GetRecord(company_id=1, record_id=2)) for _ in range(200) for api in (centre, north)]
        return len(await asyncio.gather(*calls))

    assert run(main()) == 400
    assert server.refused == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(Priority), st.floats(0, 4), st.floats(0.001, 0.5), st.none() | st.floats(0, 3)),
        max_size=40,
    )
)
def test_whoever_gives_up_whenever_leaves_no_place_taken(calls):
    async def call(gate, priority, later, lasts):
        await asyncio.sleep(later)
        await gate.enter(priority)
        try:
            await asyncio.sleep(lasts)
        finally:
            gate.leave()

    async def main():
        gate = Turnstile(Pace(Limits(3, 20, 1, 4)))
        tasks = []
        for priority, later, lasts, patience in calls:
            task = asyncio.ensure_future(call(gate, priority, later, lasts))
            tasks.append(task)
            if patience is not None:
                asyncio.get_running_loop().call_later(later + patience, task.cancel)
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(61)
        begun = asyncio.get_running_loop().time()
        for _ in range(3):
            await gate.enter(Priority.PERSON)
        return asyncio.get_running_loop().time() - begun

    assert run(main()) == 0


def test_the_turnstile_says_how_much_of_the_minute_is_used_and_who_waits():
    async def main():
        gate = Turnstile()
        assert (gate.used(), gate.waiting, gate.limits.per_minute) == (0, 0, 200)
        for _ in range(4):
            await gate.enter(Priority.WORK)
        gate.leave()
        waits = asyncio.ensure_future(gate.enter(Priority.WORK))
        await asyncio.sleep(0)
        assert (gate.used(), gate.waiting) == (4, 1)
        await waits
        assert (gate.used(), gate.waiting) == (5, 0)
        for _ in range(4):
            gate.leave()
        await asyncio.sleep(61)
        assert (gate.used(), gate.waiting) == (0, 0)

    run(main())
