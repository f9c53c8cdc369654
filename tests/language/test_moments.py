from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.language.heard import Certainty, Expecting, Moment, PartOfDay, Reading, Relation, Shift
from frontdesk.language.hours import OpeningHours
from frontdesk.language.lexicon import load
from frontdesk.language.moments import Moments, read_moments
from frontdesk.language.moments.vocabulary import vocabulary
from frontdesk.language.normalise import LONGEST, normalise

FOLDER = Path(__file__).parents[1] / "corpus"
TUESDAY_NOON = datetime.fromisoformat("2026-11-24T12:00")  # salon-local, without a zone
NINE_TO_NINE = OpeningHours(time(9), time(21))
LANGUAGES = ("ru", "en", "uk", "de")


def heard(text: str, language: str = "ru", now: datetime = TUESDAY_NOON, **more) -> Moments:
    return read_moments(normalise(text), load(language), now, more.pop("hours", NINE_TO_NINE), **more)


def best(text: str, language: str = "ru", **more) -> Moment:
    start = heard(text, language, **more).readings[0].start
    assert start is not None
    return start


def said(moment: Moment | None) -> str:
    if moment is None:
        return ""
    parts = (moment.date and moment.date.isoformat(), moment.time and moment.time.strftime("%H:%M"))
    return " ".join(part for part in parts if part) or "?"


def line(reading: Reading) -> str:
    end = f" .. {said(reading.end)}".replace(".. ?", "..") if reading.end else " .." if reading.open_end else ""
    return f"{said(reading.start)}{end}".strip()


def meaning(moments: Moments) -> str:
    """How the corpora write what was heard: readings best first, the part of the day after @, a wish after ^."""
    words = [" | ".join(map(line, moments.readings)) or "-"]
    if moments.part_of_day:
        words.append(f"@{moments.part_of_day}")
    if moments.shift:
        words.append(f"^{moments.shift.relation}" + (f" {moments.shift.by_s}" if moments.shift.by_s else ""))
    return " ".join(words)


def corpus(language: str) -> list[tuple[str, str, str]]:
    lines = (FOLDER / f"dates_{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition(" => ") for line in lines if line.strip() and not line.startswith("#")]
    return [(language, phrase, expected) for phrase, _, expected in pairs]


@pytest.mark.parametrize(
    ("language", "phrase", "expected"), [row for each in LANGUAGES for row in corpus(each)], ids=str
)
def test_a_phrase_means_what_the_corpus_says(language, phrase, expected):
    assert meaning(heard(phrase, language)) == expected


def test_a_day_that_was_not_said_stays_unknown_and_only_hints_at_the_nearest():
    moment = best("в 15:00")
    assert (moment.date, moment.nearest, moment.time) == (None, date(2026, 11, 24), time(15))


def test_a_lone_hour_that_is_past_today_hints_at_tomorrow():
    assert best("в 10:00").nearest == date(2026, 11, 25)


def test_the_time_of_a_day_counted_from_now_stays_unknown_and_only_hints_at_the_present_one():
    moment = best("через неделю")
    assert (moment.time, moment.carried) == (None, time(12))


def test_the_following_friday_is_two_readings_and_so_is_this_one():
    for phrase in ("в следующую пятницу", "в эту пятницу"):
        days = {reading.start.date for reading in heard(phrase).readings if reading.start}
        assert len(days) == 2, phrase


def test_the_hours_from_one_to_seven_follow_the_opening_hours():
    night_bar = OpeningHours(time(0), time(6))
    assert best("в три").time == time(15)
    assert best("в три", hours=night_bar).time == time(3)


def test_opening_hours_may_differ_by_weekday():
    hours = OpeningHours(time(9), time(21), {5: (time(7), time(12))})
    assert best("в пятницу в 7", hours=hours).time == time(19)
    assert best("в субботу в 7", hours=hours).time == time(7)


def test_an_hour_that_was_moved_to_the_afternoon_is_implied_and_a_written_one_certain():
    assert best("в три").time_certainty is Certainty.IMPLIED
    assert best("в 15:00").time_certainty is Certainty.CERTAIN
    assert best("в три дня").time_certainty is Certainty.CERTAIN


def test_a_relative_day_is_certain_and_a_date_without_a_year_implied():
    assert best("завтра").date_certainty is Certainty.CERTAIN
    assert best("15 марта").date_certainty is Certainty.IMPLIED
    assert best("15 марта 2027").date_certainty is Certainty.CERTAIN


def test_a_lone_number_is_an_hour_only_if_a_time_was_asked_for():
    assert not heard("15").readings
    assert best("15", expecting=Expecting.TIME).time == time(15)
    assert best("3", expecting=Expecting.TIME).time == time(15)


def test_a_lone_number_is_a_day_of_the_month_only_if_a_day_was_asked_for():
    assert best("15", expecting=Expecting.DATE).date == date(2026, 12, 15)
    assert best("на 28", expecting=Expecting.DATE).date == date(2026, 11, 28)
    assert best("завтра", expecting=Expecting.DATE).date == date(2026, 11, 25)
    assert not heard("28").readings


def test_a_day_that_people_mean_differently_is_worth_a_question():
    scores = [reading.score for reading in heard("в следующую пятницу").readings]
    assert scores[0] - scores[1] < 0.15


def test_a_time_that_is_past_today_is_not_offered():
    moment = best("сегодня в 10:30")
    assert (moment.date, moment.time) == (date(2026, 11, 24), None)


def test_a_past_day_is_told_by_its_rule_and_never_leads_another():
    readings = heard("была вчера, хочу в пятницу").readings
    assert readings[0].start is not None
    assert readings[0].start.date == date(2026, 11, 27)
    assert "past" in readings[-1].rules


def test_a_wish_carries_its_distance_in_seconds():
    assert heard("на полчаса позже").shift == Shift(Relation.LATER, 1800)
    assert heard("как в прошлый раз").shift == Shift(Relation.AS_LAST_TIME)


def test_the_part_of_the_day_is_heard_beside_an_hour_too():
    assert heard("завтра в 7 вечера").part_of_day is PartOfDay.EVENING


def test_the_spans_cover_the_words_about_time_and_nothing_else():
    text = normalise("к Саше на маникюр в субботу в 15:00, телефон 89161234567")
    spans = read_moments(text, load("ru"), TUESDAY_NOON).spans
    assert [text[start:end] for start, end in spans] == ["в субботу", "в 15:00"]


def test_the_rules_that_fired_are_named():
    assert heard("в полтретьего").why == ("half before",)


def test_a_now_outside_the_calendar_is_refused_with_a_reason():
    with pytest.raises(ValueError, match="between 1900 and 8999"):
        heard("завтра", now=datetime.fromisoformat("1899-12-31"))


PIECES = st.sampled_from(
    [
        *(word for language in LANGUAGES for word in sorted(vocabulary(load(language)).entries)),
        *("15", "15.03", "15:30", "10-12", "0", "31", "2026", "-", ",", ".", "+", "%", "го", "99:99", "\n", "№"),
    ]
)
MESSAGES = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map(" ".join))
NOWS = st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-12-31"))


@given(MESSAGES, st.sampled_from(LANGUAGES), NOWS, st.sampled_from([None, *Expecting]))
def test_no_message_breaks_it_and_no_reading_is_silently_past(text, language, now, expecting):
    plain = normalise(text)
    moments = read_moments(plain, load(language), now, NINE_TO_NINE, expecting)
    for start, end in moments.spans:
        assert 0 <= start < end <= len(plain)
    for reading in moments.readings:
        assert 0 < reading.score <= 1
        if reading.start and reading.start.date and "past" not in reading.rules:
            assert reading.start.date >= now.date()
            at = reading.start.time
            minute = now.time().replace(second=0, microsecond=0)
            assert reading.start.date > now.date() or at is None or at >= minute


@given(st.integers(0, 23), st.sampled_from(["00", "05", "15", "30", "45", "59"]))
def test_every_written_time_is_read_as_written_or_twelve_hours_on(hour, minute):
    found = best(f"завтра в {hour}:{minute}").time
    assert found is not None
    assert (found.hour - hour) % 12 == 0
    assert found.minute == int(minute)


@given(st.dates(date(2026, 11, 24), date(2027, 11, 23)))
def test_every_day_of_the_coming_year_is_read_from_its_number_and_month(day):
    months = load("ru").tables["dates"]["month"]
    genitive = {5: "мая", 3: "марта", 8: "августа"}.get(day.month)
    stem = months[str(day.month)][0].partition("{")[0]
    name = genitive or stem + "я"
    assert best(f"{day.day} {name}").date == day
    assert best(f"{day:%d.%m}").date == day
    assert best(f"{day:%d.%m.%Y}").date == day


@given(st.text(alphabet="1234567890.,:-/+ ()", max_size=LONGEST))
def test_of_digits_and_signs_alone_each_time_that_is_read_is_one_that_can_be_booked(text):
    for reading in heard(text).readings:
        assert 0 < reading.score <= 1
        assert reading.start or reading.end
        assert all(moment.date or moment.time for moment in (reading.start, reading.end) if moment)
