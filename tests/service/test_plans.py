"""However long the history grows, a turn reads only what is open."""

import asyncio
from typing import Any

from sqlalchemy import event

from frontdesk.provider.answers import ReplyLost
from frontdesk.service.alarms import Alarms
from frontdesk.service.bells import Bells
from frontdesk.store.purging import purge
from service_kit import Service

PARENT_CHECK = "INSERT INTO chats"
"""SQLite plans a look at the children for the case that a parent's key changes; ours never does."""
HEADS = ("DELETE FROM inbox", "DELETE FROM replies")
"""They walk along the rows' own numbers, and no further than the first few hundred."""
SMALL = ("SCAN CONSTANT ROW", "SCAN links", "SCAN alarms", "SCAN pauses", "SCAN anon_1")
"""No table at all; one row a salon, a trouble, a messenger account; and what is counted up to a bound."""


def test_no_query_of_the_flow_walks_through_a_whole_table(service: Service) -> None:
    seen: set[str] = set()
    walks: list[tuple[str, str]] = []

    def explain(_connection: object, cursor: Any, statement: str, values: Any, _context: object, many: bool) -> None:
        if statement in seen or statement.startswith(("BEGIN", PARENT_CHECK, *HEADS)):
            return
        seen.add(statement)
        plan = cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values[0] if many else values)
        scans = (step for *_, step in plan if step.startswith("SCAN") and "INDEX" not in step)
        walks.extend((step, statement) for step in scans if not step.startswith(SMALL))

    async def story() -> None:
        event.listen(service.store._engines[0], "before_cursor_execute", explain)
        service.door.performs = [ReplyLost("timeout")]
        await service.hears(service.message_with_contact(), service.tap("да"))
        await service.hears("отмени 7", "отмени 7")
        for _ in range(4):
            await service.runs(60)
            await Alarms(service.parts, Bells()).look()
            now = service.clock.now()
            await service.store.write(lambda connection, now=now: purge(connection, now, service.limits.keep))
        assert service.messenger.texts
        assert len(seen) > 20
        assert not walks, walks

    asyncio.run(story())
