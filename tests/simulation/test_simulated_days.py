"""A small part of the long campaign, and proof that the judge can find what it looks for."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from frontdesk.booking.ids import Phone
from frontdesk.channels.messages import Address
from frontdesk.dialogue.talk import Choice, Reply
from frontdesk.simulation.campaign import Report, campaign
from frontdesk.simulation.client import Client
from frontdesk.simulation.consent import Consent
from frontdesk.simulation.goals import Errand, Goal
from frontdesk.simulation.journal import Entry
from frontdesk.simulation.judge import Judge, Rule
from frontdesk.simulation.mischief import Mischief
from frontdesk.simulation.outcome import DayResult, Outcome
from frontdesk.simulation.personas import Persona, misspelt
from frontdesk.simulation.reading import moments
from frontdesk.yclients.models.attendance import Attendance

IRINA, BORIS = Phone("79000000001"), Phone("79000000002")
NOON, TOMORROW = datetime.fromisoformat("2026-11-23T12:00"), datetime.fromisoformat("2026-11-24T15:00")
CHAT = Address("whatsapp", "simulated", "001")


def entry(number=1, phone=IRINA, start=TOMORROW, **changes):
    plain = Entry(number, phone, 2401, (5101,), start, 3600, Attendance.WAITING, deleted=False, comment="")
    return replace(plain, **changes)


def judged(journal, *consents):
    """A judge of one client's day, over a journal that the test may change."""
    client = Client(
        CHAT, IRINA, "Ирина", True, Persona.CHATTY, Errand(Goal.CANCEL_ONE), Random(1), Mischief(Random(1)), frozenset()
    )
    client.consents += consents
    judge = Judge({"001": client}, journal=lambda: journal, now=lambda: NOON, forced=set())
    judge.starts()
    return judge


def changes(judge, before, after):
    judge.changed({one.id: one for one in before}, {one.id: one for one in after})
    return [breach.rule for breach in judge.breaches]


GONE = entry(attendance=Attendance.NO_SHOW)


@pytest.mark.parametrize(
    ("consents", "before", "after", "rules"),
    [
        ([Consent("cancel", TOMORROW)], [entry()], [GONE], []),
        ([], [entry()], [GONE], [Rule.WITHOUT_YES]),
        ([Consent("cancel", TOMORROW + timedelta(days=1))], [entry()], [GONE], [Rule.WRONG_APPOINTMENT]),
        ([Consent("move", TOMORROW)], [entry()], [GONE], [Rule.WITHOUT_YES]),
        ([Consent("book", TOMORROW)], [], [entry()], []),
        ([], [], [entry()], [Rule.WITHOUT_YES]),
        ([Consent("cancel", TOMORROW)], [entry(phone=BORIS)], [entry(phone=BORIS, deleted=True)], [Rule.OTHERS]),
        ([Consent("book", TOMORROW)], [entry(7, BORIS)], [entry(7, BORIS), entry(8)], [Rule.DOUBLE_BOOKING]),
        ([], [entry()], [entry(comment="rewritten")], [Rule.WITHOUT_YES]),
    ],
)
def test_a_change_without_a_fitting_yes_is_found(consents, before, after, rules):
    judge = judged({one.id: one for one in before}, *consents)
    assert changes(judge, before, after) == rules


def test_one_yes_books_once():
    judge = judged({}, Consent("book", TOMORROW))
    second = entry(2, master=2402)
    judge.changed({}, {1: entry()})
    assert changes(judge, [entry()], [entry(), second]) == [Rule.WITHOUT_YES]


@pytest.mark.parametrize(
    ("text", "standing", "true"),
    [
        ("Отменила женскую стрижку завтра, во вторник 24 ноября, в 15:00 у Анны Соколовой.", False, True),
        ("Отменила женскую стрижку завтра, во вторник 24 ноября, в 15:00 у Анны Соколовой.", True, False),
        ("Записала вас на женскую стрижку завтра, во вторник 24 ноября, в 15:00 к Анне Соколовой.", True, True),
        ("Записала вас на женскую стрижку завтра, во вторник 24 ноября, в 16:00 к Анне Соколовой.", True, False),
        ("Ваша запись: женская стрижка: завтра, во вторник 24 ноября, в 15:00, у Анны Соколовой.", False, False),
        ("Отменить женскую стрижку завтра, во вторник 24 ноября, в 15:00 у Анны Соколовой?", True, True),
    ],
)
def test_a_statement_is_held_against_the_journal(text, standing, true):
    judge = judged({1: entry() if standing else GONE})
    judge.said(CHAT, Reply(text), "key")
    assert [breach.rule for breach in judge.breaches] == ([] if true else [Rule.UNTRUE])


def test_what_belongs_to_somebody_else_is_not_shown():
    judge = judged({7: entry(7, BORIS)})
    judge.said(CHAT, Reply("Какую отменить?", (Choice("cancel:pick:7:1", "вт 24 ноя, 15:00"),)), "one")
    judge.said(CHAT, Reply(f"Пишет {BORIS}"), "two")
    assert [breach.rule for breach in judge.breaches] == [Rule.OTHERS, Rule.OTHERS]


def test_a_message_that_is_sent_twice_is_found():
    judge = judged({})
    for _ in range(2):
        judge.said(CHAT, Reply("Здравствуйте!"), "key")
    assert [breach.rule for breach in judge.breaches] == [Rule.SEVERAL_MESSAGES]


def test_a_moment_is_read_as_it_is_written():
    assert moments("с 31 декабря, в 10:00 на пятницу 1 января 2027 года, в 09:30", NOON) == [
        datetime.fromisoformat("2026-12-31T10:00"),
        datetime.fromisoformat("2027-01-01T09:30"),
    ]


def test_too_few_reached_breaks_a_campaign():
    def report(missed):
        outcomes = [Outcome("chatty", "list", n >= missed, False, "told", ()) for n in range(100)]
        return Report(1, [DayResult(1, outcomes, [], 0)])

    assert not report(5).broken
    assert report(6).broken


def test_misspelling_keeps_times():
    assert all("15:30" in misspelt(Random(seed), "Запишите на завтра в 15:30!") for seed in range(50))


@pytest.mark.slow
def test_three_days_break_no_rule():
    report = campaign(1, 3)
    assert report.breaches == []
    assert report.whole.of > 20


@pytest.mark.slow
def test_a_seed_plays_the_same_day_in_another_process():
    def played(hash_seed):
        command = [sys.executable, "-m", "frontdesk", "simulate", "--seed", "5", "--days", "1", "--json"]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONHASHSEED": hash_seed}
        )
        return json.loads(done.stdout), done.returncode

    (first, code), (second, _) = played("1"), played("2")
    assert code == 0
    assert first == second
