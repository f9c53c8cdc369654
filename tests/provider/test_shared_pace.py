"""Several processes at one address keep one pace."""

import asyncio

import pytest

from frontdesk.provider.pace_use import PaceUse, pace_use
from frontdesk.provider.shared_pace import DEAD_AFTER_S, SharedTurnstile
from frontdesk.yclients.errors import Paced
from frontdesk.yclients.pace import Limits, Priority
from frontdesk.yclients.turnstile import Open
from virtual import CountingServer, call, keep_calling, network, run, waits_of_a_person

NO_SPARE = Limits(spare_per_second=0, spare_per_minute=0)


class Row:
    """The shared row, with a database's delay; one exchange at a time."""

    def __init__(self, delay=0.002):
        self.content = {}
        self.delay = delay
        self.exchanges = 0
        self.lock = asyncio.Lock()

    async def exchange(self, change):
        async with self.lock:
            await asyncio.sleep(self.delay)
            self.exchanges += 1
            self.content, answer = change(self.content, asyncio.get_running_loop().time())
            return answer


class Forgetful(Row):
    """The answer to the first exchange gets lost on its way back; what was exchanged stands."""

    async def exchange(self, change):
        answer = await super().exchange(change)
        if self.exchanges == 1:
            raise ConnectionError("the connection broke after the commit")
        return answer


class Unreachable:
    async def exchange(self, _change):
        raise ConnectionError("the database is gone")


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_processes_together_use_the_limit_and_earn_no_refusal(processes):
    server, jitter = CountingServer(), network(processes)
    row = Row()

    async def main():
        gates = [SharedTurnstile(row, f"process {n}", NO_SPARE) for n in range(processes)]
        until = asyncio.get_running_loop().time() + 300
        await asyncio.gather(
            *(keep_calling(gate, server, Priority.BACKGROUND, jitter, until) for gate in gates for _ in range(8))
        )

    run(main())
    in_time = [at for at in server.arrivals if at < 1300]
    assert server.refused == 0
    assert len(in_time) >= 0.95 * 1000


def test_a_person_in_one_process_does_not_wait_behind_the_load_of_another():
    server, jitter = CountingServer(), network(5)

    async def main():
        row = Row()
        loaded, quiet = SharedTurnstile(row, "loaded"), SharedTurnstile(row, "quiet")
        return await waits_of_a_person(loaded, quiet, server, jitter, 200)

    waits = run(main())
    assert server.refused == 0
    assert max(waits) < 1


def test_the_places_of_a_process_that_died_are_free_a_few_seconds_later():
    async def main():
        shared, unseen = Row(), Row()
        dead, alive = SharedTurnstile(unseen, "dead", NO_SPARE), SharedTurnstile(shared, "alive", NO_SPARE)
        for _ in range(5):
            await dead.enter(Priority.WORK)
        shared.content = unseen.content  # the last that is heard of it
        asked = asyncio.get_running_loop().time()
        await alive.enter(Priority.PERSON)
        return asyncio.get_running_loop().time() - asked

    assert DEAD_AFTER_S < run(main()) < DEAD_AFTER_S + 1.5


def test_a_long_call_of_a_living_process_keeps_its_place_until_its_answer():
    server, jitter = CountingServer(), network(7)

    async def long_call(gate):
        await gate.enter(Priority.WORK)
        await asyncio.sleep(4 * DEAD_AFTER_S)
        server.arrive(asyncio.get_running_loop().time())
        gate.leave()

    async def main():
        row = Row()
        slow, quick = SharedTurnstile(row, "slow", NO_SPARE), SharedTurnstile(row, "quick", NO_SPARE)
        calls = [asyncio.ensure_future(long_call(slow)) for _ in range(2)]
        await asyncio.sleep(0.1)
        until = asyncio.get_running_loop().time() + 4 * DEAD_AFTER_S + 2
        await asyncio.gather(*(keep_calling(quick, server, Priority.WORK, jitter, until) for _ in range(8)), *calls)

    run(main())
    assert server.refused == 0


def test_a_process_that_only_stalled_holds_its_calls_again_when_it_is_back():
    async def main():
        shared, unseen = Row(), Row()
        stalled, other = SharedTurnstile(unseen, "stalled", NO_SPARE), SharedTurnstile(shared, "other", NO_SPARE)
        for _ in range(3):
            await stalled.enter(Priority.WORK)
        shared.content = unseen.content
        await asyncio.sleep(DEAD_AFTER_S + 1)
        while_silent = await other.used()
        await other.enter(Priority.WORK)
        unseen.content = shared.content
        stalled.leave()
        await asyncio.sleep(0.1)
        return while_silent, unseen.content["under_way"]["stalled"]["calls"]

    assert run(main()) == (3, 2)


def test_places_whose_grant_got_lost_on_the_way_are_given_back_by_the_next_word():
    async def main():
        row = Forgetful()
        gate = SharedTurnstile(row, "one", NO_SPARE)
        with pytest.raises(ConnectionError):
            await gate.enter(Priority.WORK)
        await gate.enter(Priority.WORK)
        return row.content["under_way"]["one"]["calls"]

    assert run(main()) == 1


def test_a_refusal_that_one_process_met_holds_all_of_them_up():
    async def main():
        row = Row()
        told, other = SharedTurnstile(row, "told"), SharedTurnstile(row, "other")
        await told.enter(Priority.WORK)
        told.leave()
        told.rest(7.0)
        await asyncio.sleep(0.1)
        asked = asyncio.get_running_loop().time()
        await other.enter(Priority.PERSON)
        return asyncio.get_running_loop().time() - asked

    assert run(main()) >= 6.5


def test_when_the_provider_wants_an_hour_of_rest_calls_fail_at_once():
    async def main():
        gate = SharedTurnstile(Row(), "one")
        gate.rest(3600.0)
        await asyncio.sleep(0.1)
        with pytest.raises(Paced):
            await gate.enter(Priority.PERSON)

    run(main())


def test_whoever_stops_waiting_does_not_lose_a_place_to_nobody():
    server, jitter = CountingServer(), network(6)

    async def main():
        gate = SharedTurnstile(Row(), "one", NO_SPARE)
        waiting = [asyncio.ensure_future(call(gate, server, Priority.WORK, jitter)) for _ in range(40)]
        await asyncio.sleep(1.5)
        for one in waiting[::2]:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        asked = asyncio.get_running_loop().time()
        await gate.enter(Priority.WORK)
        return asyncio.get_running_loop().time() - asked

    assert run(main()) < 2
    assert server.refused == 0


def test_a_ledger_that_cannot_be_reached_is_told_to_those_who_wait_and_asked_again_by_the_next():
    async def main():
        gate = SharedTurnstile(Unreachable(), "one")
        for _ in range(2):
            with pytest.raises(ConnectionError):
                await gate.enter(Priority.PERSON)

    run(main())


def test_each_process_can_say_how_much_of_the_minute_all_use_together():
    async def main():
        row = Row()
        one, other = SharedTurnstile(row, "one"), SharedTurnstile(row, "other")
        await one.enter(Priority.WORK)
        await other.enter(Priority.WORK)
        one.leave()
        await asyncio.sleep(1)
        assert await pace_use(one) == await pace_use(other) == PaceUse(used=2, limit=200, waiting=0)
        before = dict(row.content)
        await pace_use(one)
        assert row.content == before
        await asyncio.sleep(60)
        assert await pace_use(one) == PaceUse(used=1, limit=200, waiting=0)

    run(main())


def test_a_gate_without_a_pace_has_none_to_show():
    async def main():
        assert await pace_use(Open()) is None

    run(main())
