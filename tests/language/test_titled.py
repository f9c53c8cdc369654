"""A number that stands in a service's title is no time of day."""

from datetime import datetime, time

import pytest

from frontdesk.dialogue.intents import every_intent
from frontdesk.language.catalogue import Catalogue, ListedService
from frontdesk.language.understand import prepare, understand

NOON = datetime.fromisoformat("2026-11-21T12:00")
CATALOGUE = Catalogue((ListedService(1, "Окрашивание в один тон"), ListedService(2, "Массаж в 4 руки")), ())
EAR = prepare(("ru",), tuple(one.phrases for one in every_intent().values()), CATALOGUE)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("Запишите на окрашивание в один тон", None),
        ("Запишите на окрашивание в один тон завтра в 16:00", time(16)),
        ("Массаж в 4 руки 28 ноября в 15:30", time(15, 30)),
        ("Запишите завтра в один", time(13)),
        ("Массаж завтра в 4", time(16)),
    ],
)
def test_only_a_number_outside_the_title_is_a_time(text, at):
    readings = understand(text, EAR, NOON).readings
    assert (readings[0].start.time if readings and readings[0].start else None) == at
