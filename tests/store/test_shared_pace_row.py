"""The row of the pace that processes share."""

import asyncio

from frontdesk.provider.shared_pace import SharedTurnstile
from frontdesk.store.database import open_store
from frontdesk.store.pace import PaceLedger
from frontdesk.yclients.pace import Limits, Priority

CALLS = 12


def test_processes_on_one_database_never_hold_more_than_five_places_together(address):
    stores = [open_store(address) for _ in range(3)]
    held, most = [0], [0]

    async def call(gate):
        await gate.enter(Priority.WORK)
        held[0] += 1
        most[0] = max(most[0], held[0])
        await asyncio.sleep(0.05)
        held[0] -= 1
        gate.leave()

    async def main():
        gates = [
            SharedTurnstile(PaceLedger(store), f"process {n}", Limits(spare_per_second=0))
            for n, store in enumerate(stores)
        ]
        async with asyncio.timeout(30):
            await asyncio.gather(*(call(gates[n % 3]) for n in range(CALLS)))

    asyncio.run(main())
    for store in stores:
        store._close()
    assert 0 < most[0] <= 5


def test_two_first_processes_begin_one_row(address):
    first, second = open_store(address), open_store(address)

    async def main():
        def seen(row, now):
            return {**row, "seen": row.get("seen", 0) + 1, "at": now}, row.get("seen", 0)

        return await asyncio.gather(*(PaceLedger(store).exchange(seen) for store in (first, second)))

    answers = asyncio.run(main())
    first._close()
    second._close()
    assert sorted(answers) == [0, 1]
