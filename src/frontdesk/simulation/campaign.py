"""Many days, and what they come to. Day k of seed N is the first day of seed N+k, so any day is replayed alone."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from frontdesk.service.logs import configured
from frontdesk.simulation.day import play
from frontdesk.simulation.judge import Breach, Rule
from frontdesk.simulation.outages import ORDINARY, Plan
from frontdesk.simulation.outcome import DayResult, Outcome

REACHED_AT_LEAST: Final = 0.95
FEW: Final = 40
"""With fewer clients than this a share says nothing yet."""


@dataclass(slots=True)
class Score:
    """How many of so many got what they came for."""

    reached: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; 1 where nobody came."""
        return self.reached / self.of if self.of else 1.0


@dataclass
class Report:
    """What the days came to. Clients whose appointment the receptionist changed meanwhile are not scored on goals."""

    seed: int
    days: list[DayResult] = field(default_factory=list)
    plan: Plan = ORDINARY

    @property
    def breaches(self) -> list[tuple[int, Breach]]:
        """Everything that must never happen and did, with the seed that replays it."""
        return [(day.seed, breach) for day in self.days for breach in day.breaches]

    @property
    def missed(self) -> list[tuple[int, Outcome]]:
        """Who did not get what they came for, with the seed that replays it."""
        return [(day.seed, one) for day in self.days for one in day.outcomes if not one.overtaken and not one.reached]

    @property
    def promised(self) -> int:
        """How often somebody was told to wait for the journal."""
        return sum(day.promised for day in self.days)

    @property
    def conflicts(self) -> int:
        """How many wishes stood in conflict at the end, for a person to settle."""
        return sum(day.conflicts for day in self.days)

    @property
    def whole(self) -> Score:
        """Everybody together."""
        scored = self._scored()
        return Score(sum(one.reached for one in scored), len(scored))

    def table(self) -> dict[str, dict[str, Score]]:
        """The scores by persona and goal."""
        table: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
        for one in self._scored():
            score = table[one.persona][one.goal]
            score.of += 1
            score.reached += one.reached
        return table

    def counts(self) -> dict[str, int]:
        """How often each rule was broken."""
        return {rule.value: sum(breach.rule is rule for _, breach in self.breaches) for rule in Rule}

    @property
    def broken(self) -> bool:
        """Whether anything that must never happen did, or too few got what they came for."""
        # Who meets a journal that is away may have to come again another day.
        too_few = not self.plan.outages and self.whole.of >= FEW and self.whole.share < REACHED_AT_LEAST
        return bool(self.breaches) or too_few

    def _scored(self) -> list[Outcome]:
        return [one for day in self.days for one in day.outcomes if not one.overtaken]

    def as_json(self) -> dict[str, Any]:
        """The same for programs."""
        table = self.table()
        return {
            "seed": self.seed,
            "days": len(self.days),
            "provider_faults": sum(day.faults for day in self.days),
            "promised": self.promised,
            "conflicts": self.conflicts,
            "reached": {"reached": self.whole.reached, "of": self.whole.of, "share": round(self.whole.share, 4)},
            "overtaken": sum(one.overtaken for day in self.days for one in day.outcomes),
            "invariants": self.counts(),
            "by_persona": {
                persona: {goal: {"reached": score.reached, "of": score.of} for goal, score in sorted(row.items())}
                for persona, row in sorted(table.items())
            },
            "breaches": [
                {"seed": seed, "rule": one.rule, "detail": one.detail, "said": one.said} for seed, one in self.breaches
            ],
            "missed": [
                {"seed": seed, "persona": one.persona, "goal": one.goal, "end": one.end, "said": one.lines}
                for seed, one in self.missed
            ],
            "broken": self.broken,
        }


def campaign(
    seed: int,
    days: int,
    after_day: Callable[[DayResult], None] = lambda _: None,
    plan: Plan = ORDINARY,
    workers: int = 1,
) -> Report:
    """Plays so many days, each on its own, beginning with the day of this seed; `workers` of them side by side."""
    report = Report(seed, plan=plan)
    for day in _played(range(seed, seed + days), plan, workers):
        report.days.append(day)
        after_day(day)
    return report


def _played(seeds: Sequence[int], plan: Plan, workers: int) -> Iterator[DayResult]:
    """The days in the order of their seeds, whoever plays them."""
    if workers == 1:
        yield from (_one(plan, seed) for seed in seeds)
        return
    with ProcessPoolExecutor(workers, get_context("spawn"), partial(configured, "console", level="error")) as pool:
        yield from pool.map(partial(_one, plan), seeds)


def _one(plan: Plan, seed: int) -> DayResult:
    with tempfile.TemporaryDirectory(prefix="frontdesk-day-") as folder:
        return asyncio.run(play(seed, Path(folder), plan))


def lines(report: Report) -> Iterator[str]:
    """The report for people."""
    whole = report.whole
    yield f"{len(report.days)} days from seed {report.seed}: {whole.reached} of {whole.of} reached ({whole.share:.1%})"
    yield from _table(report)
    replay = " --outages" if report.plan.outages else ""
    yield f"{report.promised} told to wait for the journal, {report.conflicts} of them in conflict at the end"
    yield from (f"{count:6}  {rule}" for rule, count in report.counts().items())
    for seed, breach in report.breaches:
        yield f"\nseed {seed}: {breach.rule.value}: {breach.detail}"
        yield from (f"    {line}" for line in breach.said)
        yield f"    replay: frontdesk simulate --seed {seed} --days 1{replay}"
    for seed, one in report.missed:
        yield f"not reached: seed {seed}, {one.persona}, {one.goal} ({one.end})"


def _table(report: Report) -> Iterator[str]:
    table = report.table()
    names = sorted(table)
    goals = sorted({goal for row in table.values() for goal in row})
    yield "".join([f"{'':28}", *(f"{name:>13}" for name in names)])
    for goal in goals:
        cells = (table[name].get(goal, Score()) for name in names)
        yield "".join([f"{goal:28}", *(f"{f'{one.reached}/{one.of}' if one.of else '-':>13}" for one in cells)])
