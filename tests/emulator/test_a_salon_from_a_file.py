import pytest

from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.salons.file import BadSalonFileError

WHOLE = """
[[partners]]
token = "p"
[[users]]
name = "A"
login = "a"
password = "b"
token = "u"
[[companies]]
id = 5
title = "Мой салон"
time_zone = "Asia/Yekaterinburg"
[[companies.masters]]
id = 1
name = "Вера"
position = "Мастер"
week = { mon = "10:00-13:00, 14:00-18:00" }
[[companies.services]]
id = 2
category = "Руки"
title = "Маникюр"
price = 100
minutes = 60
masters = [1]
own = { "1" = { minutes = 45, price = 150 } }
[[companies.appointments]]
master = 1
services = [2]
day = 1
time = 15:00:00
"""


def world_of(text, tmp_path):
    path = tmp_path / "salon.toml"
    path.write_text(text, encoding="utf-8")
    return build_world(str(path))


def test_a_file_makes_a_salon(tmp_path):
    world = world_of(WHOLE, tmp_path)
    (one,) = world.appointments.of(5)
    assert one.start.weekday() == 0  # the master's next working day
    assert (one.length_s, one.services[0].cost) == (45 * 60, 150)
    assert world.companies[5].zone.key == "Asia/Yekaterinburg"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Asia/Yekaterinburg", "Asia/Nowhere"), "no time zone «Asia/Nowhere»"),
        (("10:00-13:00", "10:00-25:00"), "«25:00» is not a time of day"),
        (("10:00-13:00", "13:00-10:00"), "ends before it begins"),
        (("mon =", "monday ="), "no such weekdays"),
        (("masters = [1]", "masters = [7]"), "service «Маникюр» names master [7]"),
        (("services = [2]", "services = [9]"), "appointment 1 names service [9]"),
        (("minutes = 60", "minutes = 7"), "companies.0.services.0.minutes"),
        (('title = "Мой салон"', 'name = "Мой салон"'), "companies.0"),
        (("[[partners]]", "[[partners"), "salon.toml"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, change, said):
    with pytest.raises(BadSalonFileError, match=said.replace("[", r"\[")):
        world_of(WHOLE.replace(*change), tmp_path)


def test_a_file_that_is_not_there_is_told_with_the_ready_salons():
    with pytest.raises(BadSalonFileError, match="chain, demo, empty"):
        build_world("nowhere.toml")


@pytest.mark.parametrize("name", ["demo", "empty", "chain"])
def test_the_ready_salons_are_whole(name):
    assert build_world(name).companies
