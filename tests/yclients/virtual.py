"""A world without waiting: an event loop whose clock jumps to the next timer."""

import asyncio
import selectors


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
