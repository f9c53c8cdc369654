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
from frontdesk.channels.messages import Address, Contact, Tap, Text
from frontdesk.dialogue.talk import Choice, Reply
from frontdesk.simulation.campaign import Report, campaign
from frontdesk.simulation.client import Client
from frontdesk.simulation.consent import Consent
from frontdesk.simulation.goals import Errand, Goal, Service
from frontdesk.simulation.houses import ONE, TWO, of_seed
from frontdesk.simulation.journal import Entry
from frontdesk.simulation.judge import Judge, Rule
from frontdesk.simulation.mischief import MOST_TRICKS, Mischief
from frontdesk.simulation.outcome import DayResult, Outcome
from frontdesk.simulation.personas import INJECTIONS, Persona, misspelt
from frontdesk.simulation.reading import moments
from frontdesk.yclients.models.attendance import Attendance

IRINA, BORIS = Phone("79000000001"), Phone("79000000002")
NOON, TOMORROW = datetime.fromisoformat("2026-11-23T12:00"), datetime.fromisoformat("2026-11-24T15:00")
CHAT = Address("whatsapp", "simulated", "001")


def entry(number=1, phone=IRINA, start=TOMORROW, **changes):
    plain = Entry(number, phone, 2401, (5101,), start, 3600, Attendance.WAITING, deleted=False, comment="")
    return replace(plain, **changes)


def somebody(errand=None, persona=Persona.CHATTY, seed=1):
    """A client whose number is proved."""
    chance = Random(seed)
    return Client(
        CHAT, IRINA, "Ирина", True, persona, errand or Errand(Goal.CANCEL_ONE), chance, Mischief(chance), frozenset()
    )


def judged(journal, *consents):
    """A judge of one client's day, over a journal that the test may change."""
    client = somebody()
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


def test_a_visit_that_is_written_to_a_time_long_begun_is_found():
    judge = judged({}, Consent("book", NOON - timedelta(hours=1)))
    assert changes(judge, [], [entry(start=NOON - timedelta(hours=1))]) == [Rule.PASSED]


@pytest.mark.parametrize(
    ("text", "true"),
    [
        ("Предстоящих записей на ваш номер не нахожу.", False),
        ("I find no coming appointments on your number.", False),
        ("Ваша запись: женская стрижка: завтра, во вторник 24 ноября, в 15:00.", True),
    ],
)
def test_whoever_is_expected_is_not_told_that_nothing_was_found(text, true):
    judge = judged({1: entry()})
    judge.said(CHAT, Reply(text), "key")
    assert [breach.rule for breach in judge.breaches] == ([] if true else [Rule.UNTRUE])


@pytest.mark.parametrize(("as_of", "true"), [("12:00", True), ("12:01", True), ("12:02", False)])
def test_a_list_that_says_as_of_when_is_held_against_that_minute(as_of, true):
    journal, clock = {1: entry()}, [NOON]
    client = somebody()
    judge = Judge({"001": client}, journal=lambda: dict(journal), now=lambda: clock[0], forced=set())
    judge.starts()
    journal[1] = GONE
    clock[0] = NOON + timedelta(minutes=1, seconds=30)
    judge.saw()
    clock[0] = NOON + timedelta(hours=1)
    said = "Вы записаны на женскую стрижку завтра, во вторник 24 ноября, в 15:00. Это по данным на"
    judge.said(CHAT, Reply(f"{said} {as_of}: журнал салона сейчас недоступен."), "key")
    judge.said(
        CHAT, Reply(f"You are booked for a haircut on Tuesday 24 November at 15:00. This is as of {as_of}."), "two"
    )
    assert [breach.rule for breach in judge.breaches] == ([] if true else [Rule.UNTRUE] * 2)


def test_a_booking_on_a_number_that_somebody_only_typed_is_held_against_their_own_yes():
    owner, other = somebody(), somebody()
    other.phone, other.claimed, other.consents = BORIS, {IRINA}, [Consent("book", TOMORROW)]
    judge = Judge({"001": owner, "002": other}, journal=dict, now=lambda: NOON, forced=set())
    judge.starts()
    assert changes(judge, [], [entry()]) == []
    assert changes(judge, [entry()], [GONE]) == [Rule.WITHOUT_YES]


def test_a_wish_on_a_list_that_waits_is_held_against_the_yes_of_whoever_made_it_on_that_number():
    owner, other = somebody(), somebody()
    other.phone, other.claimed = BORIS, {IRINA}
    judge = Judge({"001": owner, "002": other}, journal=dict, now=lambda: NOON, forced=set())
    judge.starts()
    listed = "Вы записаны на женскую стрижку завтра, во вторник 24 ноября, в 15:00 к Анне Соколовой"
    judge.said(CHAT, Reply(f"{listed} (заявка ждёт подтверждения)."), "nobody agreed")
    other.consents = [Consent("book", TOMORROW)]
    judge.said(CHAT, Reply(f"{listed} (заявка ждёт подтверждения)."), "agreed")
    judge.said(CHAT, Reply(f"{listed}."), "said to stand")
    assert [breach.rule for breach in judge.breaches] == [Rule.UNTRUE] * 2


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


def test_a_hostile_client_types_phones_forwards_contacts_and_guesses_ids():
    victim = entry(7, BORIS)
    tricks = [Mischief(Random(seed), [victim]).next([])[0] for seed in range(60)]
    assert Contact(BORIS, own=False) in tricks
    assert any(isinstance(one, Text) and BORIS in one.text for one in tricks)
    assert any(isinstance(one, Text) and one.text in INJECTIONS for one in tricks)
    assert {one.choice.split(":")[0] for one in tricks if isinstance(one, Tap) and ":7:" in one.choice} >= {
        "cancel",
        "move",
        "confirm",
    }


def test_a_bilingual_client_writes_in_both_languages():
    opened = {somebody(Errand(Goal.LIST), Persona.BILINGUAL, seed).opens(NOON)[0].text for seed in range(40)}
    assert {"Когда у меня запись?", "When is my appointment?"} <= opened


def test_whoever_wants_a_branch_takes_that_one_by_tap_number_or_name():
    choices = [
        Choice("branch:pick:1:1", "«Ясный день» на Берёзовой"),
        Choice("branch:pick:2:1", "«Ясный день» в Заречье"),
    ]
    said = set()
    for seed in range(40):
        errand = Errand(Goal.BOOK_AT_BRANCH, Service(5201, "Стрижка"), branch="«Ясный день» в Заречье")
        client = somebody(errand, Persona.HOSTILE, seed)
        client.mischief.played = MOST_TRICKS
        client.hears(Reply("В какой филиал?", tuple(choices)))
        said |= {one.choice if isinstance(one, Tap) else one.text for one in client.answers(NOON)}
    assert said == {"branch:pick:2:1", "2", "в Заречье"}


@pytest.mark.slow
def test_three_days_one_of_them_at_two_branches_break_no_rule():
    report = campaign(2, 3)
    assert [of_seed(seed) for seed in (2, 3, 4)] == [ONE, ONE, TWO]
    assert report.breaches == []
    assert report.whole.of > 20


@pytest.mark.slow
def test_days_played_side_by_side_are_the_same_days():
    assert campaign(6, 2, workers=2).as_json() == campaign(6, 2).as_json()


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
