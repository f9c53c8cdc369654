"""Three hundred conversations through an outage, and the sight of one that goes wrong."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from frontdesk.simulation.campaign import Report
from frontdesk.simulation.drill import MUST_BE_NONE, drill, summary
from frontdesk.simulation.judge import Breach, Rule
from frontdesk.simulation.outages import DRILL, ORDINARY, Away, at, of_plan
from frontdesk.simulation.outcome import DayResult

MORNING = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
EVENING = MORNING + timedelta(hours=DRILL.writing_hours)


def test_every_rule_is_in_the_summary() -> None:
    assert {rule for rules in MUST_BE_NONE.values() for rule in rules} == set(Rule)


def test_what_is_lost_is_told() -> None:
    report = Report(1, [DayResult(1, [], [Breach(Rule.LOST, "nothing more was said")], 0, 3, 1, 2)], DRILL)
    first, *rest = summary(report)
    assert first == "promised 3, done 2, conflicts 1, lost 1, done twice 0, out of order 0, untrue 0, others 0"
    assert rest == ["lost: nothing more was said"]
    assert report.broken


def test_the_outage_of_the_drill_begins_and_ends_in_the_middle_in_every_way() -> None:
    outages = of_plan(DRILL, Random(1), MORNING)
    assert {one.how for one in outages} == set(Away)
    assert MORNING < outages[0].begins < outages[-1].ends < EVENING
    assert at(outages, MORNING) is None
    assert at(outages, outages[0].begins) is Away.REFUSING
    assert at(outages, outages[-1].ends) is None


def test_an_ordinary_day_has_no_outage() -> None:
    assert of_plan(ORDINARY, Random(1), MORNING) == ()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_three_hundred_conversations_through_an_outage_end_as_people_were_told(tmp_path) -> None:
    report, _, _ = asyncio.run(drill(1, tmp_path, lambda _: None))
    assert report.breaches == []
    (day,) = report.days
    assert len(day.outcomes) == DRILL.clients
    assert day.promised > 50
    assert day.done > 150
