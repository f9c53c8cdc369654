import io
import json
from datetime import datetime

import pytest

from frontdesk.service.understand_command import UnderstandError, read_salon, run

NOW = datetime(2026, 11, 21, 12)  # noqa: DTZ001 - salon-local


def answers(*lines, now=NOW, salon="demo"):
    out = io.StringIO()
    run([line if isinstance(line, str) else json.dumps(line) for line in lines], out, now, salon)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_line_is_answered_in_order_with_every_field_of_the_contract():
    first, second = answers({"id": "a", "text": "Запишите к Анне на маникюр"}, {"id": "b", "text": "Отмените запись"})
    assert (first["id"], first["intent"]) == ("a", "book")
    assert first["staff"][0]["name"] == "Анна Сергеевна Волкова"
    assert first["services"][0]["title"] == "Маникюр"
    assert (second["id"], second["intent"]) == ("b", "cancel")
    assert list(first) == [
        "id", "lang", "intent", "confidence", "intents", "start", "end", "readings", "part_of_day", "services", "staff",
        "choice", "phone", "why",
    ]  # fmt: skip


def test_a_line_s_own_now_is_used_where_none_is_given():
    (answer,) = answers({"id": 1, "text": "завтра в 15:00", "now": "2026-11-21T12:00:00"}, now=None)
    assert answer["start"] == {"date": "2026-11-22", "time": "15:00"}


def test_what_the_dialogue_expects_decides_between_readings():
    (answer,) = answers({"id": 1, "text": "второй", "expecting": "choice"})
    assert answer["choice"] == 2


def test_the_language_of_a_line_is_taken_as_given():
    (answer,) = answers({"id": 1, "text": "ok", "lang": "de"})
    assert answer["lang"] == "de"


def test_empty_lines_are_passed_over():
    assert answers("", "\n") == []


def test_an_empty_message_is_heard_as_nothing():
    (answer,) = answers({"id": 1, "text": ""})
    assert (answer["intent"], answer["confidence"], answer["start"]) == ("other", 0.0, None)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"text"',
        '{"id": 1}',
        '{"text": 5}',
        '{"text": "да", "expecting": "weather"}',
        '{"text": "да", "now": "x"}',
    ],
)
def test_a_line_that_cannot_be_read_is_named_by_its_number(line):
    with pytest.raises(UnderstandError, match="line 1"):
        answers(line, now=None)


def test_a_salon_file_that_is_not_there_is_told_with_what_to_do():
    with pytest.raises(UnderstandError, match="give a JSON file"):
        read_salon("/nowhere/salon.json")


def test_a_salon_file_that_is_no_salon_is_told_where_to_look(tmp_path):
    path = tmp_path / "salon.json"
    path.write_text('{"services": [{"title": "Маникюр"}]}', encoding="utf-8")
    with pytest.raises(UnderstandError, match=r"docs/languages\.md"):
        read_salon(str(path))


def test_a_salon_of_ones_own_has_its_own_services(tmp_path):
    path = tmp_path / "salon.json"
    path.write_text(
        json.dumps({"services": [{"id": 7, "title": "Плетение кос", "synonyms": ["Дреды"]}]}), encoding="utf-8"
    )
    (answer,) = answers({"id": 1, "text": "хочу дреды"}, salon=str(path))
    assert [service["id"] for service in answer["services"]] == [7]


def test_a_phrase_is_explained_with_its_rules():
    out = io.StringIO()
    run([], out, NOW, explain="да, отмените стрижку завтра")
    told = out.getvalue()
    assert "cancel" in told
    assert "relative day" in told
    assert "cancel: отмените стрижку" in told
