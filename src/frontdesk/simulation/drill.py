"""Three hundred conversations through an outage that begins and ends in the middle, and what came of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

from frontdesk.emulator.app import Emulator
from frontdesk.simulation.campaign import Report
from frontdesk.simulation.clock import VirtualClock
from frontdesk.simulation.day import Day
from frontdesk.simulation.houses import ONE
from frontdesk.simulation.judge import Rule
from frontdesk.simulation.outages import DRILL

MUST_BE_NONE = {
    "lost": (Rule.LOST, Rule.LEFT_HANGING),
    "done twice": (Rule.WITHOUT_YES, Rule.DOUBLE_BOOKING),
    "out of order": (Rule.OUT_OF_ORDER,),
    "untrue": (Rule.UNTRUE,),
    "others": (Rule.WRONG_APPOINTMENT, Rule.OTHERS, Rule.EXCEPTION, Rule.SEVERAL_MESSAGES, Rule.PASSED),
}


async def drill(seed: int, folder: Path, watched: Callable[[int], None]) -> tuple[Report, Emulator, VirtualClock]:
    """Plays it; the folder keeps the database. Afterwards the clock goes on by itself."""
    day = Day(seed, folder, DRILL, ONE)
    report = Report(seed, [await day.play(watched)], DRILL)
    emulator, clock = day.stage
    clock.let_go()
    return report, emulator, clock


def summary(report: Report) -> Iterator[str]:
    """What came of it, in a line, and each thing that must never happen and did."""
    counts = {name: sum(breach.rule in rules for _, breach in report.breaches) for name, rules in MUST_BE_NONE.items()}
    told = {"promised": report.promised, "done": sum(day.done for day in report.days), "conflicts": report.conflicts}
    yield ", ".join(f"{name} {count}" for name, count in (told | counts).items())
    for _, breach in report.breaches:
        yield f"{breach.rule.value}: {breach.detail}"
        yield from (f"    {line}" for line in breach.said)
