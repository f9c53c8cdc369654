"""A world without waiting: an event loop whose clock jumps to the next timer, and calls that keep to a pace in it."""

import asyncio
import random
import selectors

from frontdesk.yclients.pace import Priority


class _Jumping(selectors.SelectSelector):
    def __init__(self, loop_clock):
        super().__init__()
        self.clock = loop_clock

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready and timeout:
            self.clock.now += timeout
        return ready


class _Clock:
    now = 1000.0


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.clock = _Clock()
        super().__init__(_Jumping(self.clock))

    def time(self):
        return self.clock.now


def run(main):
    """Runs a coroutine function; inside, `asyncio.sleep` takes virtual time only."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main)


class CountingServer:
    """Refuses an arrival that is one too many in a second or a minute, as the provider does."""

    def __init__(self, per_second=5, per_minute=200):
        self.limits = ((1.0, per_second), (60.0, per_minute))
        self.arrivals = []
        self.refused = 0

    def arrive(self, now):
        self.arrivals.append(now)
        for span, most in self.limits:
            if sum(1 for at in self.arrivals[-most - 1 :] if at > now - span) > most:
                self.refused += 1
                return False
        return True


async def call(gate, server, priority, jitter):
    """One call through a gate, the network's delay before and after; how long it waited for its turn."""
    asked = asyncio.get_running_loop().time()
    await gate.enter(priority)
    waited = asyncio.get_running_loop().time() - asked
    await asyncio.sleep(jitter())
    server.arrive(asyncio.get_running_loop().time())
    await asyncio.sleep(jitter())
    gate.leave()
    return waited


async def keep_calling(gate, server, priority, jitter, until):
    while asyncio.get_running_loop().time() < until:
        await call(gate, server, priority, jitter)


async def waits_of_a_person(loaded, quiet, server, jitter, lasts_s):
    """How long each call for a person waits at `quiet` while `loaded` is asked for all that it gives."""
    until = asyncio.get_running_loop().time() + lasts_s
    load = [asyncio.ensure_future(keep_calling(loaded, server, Priority.BACKGROUND, jitter, until)) for _ in range(12)]
    waits = []
    while asyncio.get_running_loop().time() < until:
        await asyncio.sleep(4)
        waits.append(await call(quiet, server, Priority.PERSON, jitter))
    await asyncio.gather(*load)
    return waits


def network(seed):
    """The delays of a network, drawn anew for each way."""
    chance = random.Random(seed)
    return lambda: chance.uniform(0.010, 0.075)
