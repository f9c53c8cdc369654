"""Who comes in, and who does not."""

import asyncio
import re
from datetime import timedelta

import pytest
from desk_kit import HASHED, PASSWORD, House
from sqlalchemy import func, select

from frontdesk.channels.messages import Address
from frontdesk.desk.sign_in import first_link
from frontdesk.store import masters, sessions, users
from frontdesk.store.desk_tables import sessions as session_rows
from frontdesk.store.desk_tables import sign_in_tries
from frontdesk.store.tables import replies
from frontdesk.store.users import Role

CONVERSATIONS = "/desk/conversations"


def test_a_name_and_its_password_open_the_desk(house: House) -> None:
    browser = house.signed_in()
    assert browser.get("/desk").status_code == 200
    assert browser.get(CONVERSATIONS).status_code == 200


def test_nobody_sees_a_page_without_signing_in(house: House) -> None:
    for path in (CONVERSATIONS, f"{CONVERSATIONS}/1", f"{CONVERSATIONS}/list", "/desk", "/desk/password"):
        assert house.browser().get(path).status_code == 303


def test_a_part_of_a_page_asked_for_without_a_session_leads_to_the_sign_in_page(house: House) -> None:
    answer = house.browser().get(f"{CONVERSATIONS}/list", hx_request="true")
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/desk/sign-in")


@pytest.mark.parametrize(("name", "password"), [("anna", "wrong"), ("nobody", PASSWORD), ("", ""), ("anna", "")])
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(house: House, name: str, password: str) -> None:
    house.user()
    answer = house.browser().sign_in(name, password)
    assert answer.status_code == 401
    assert "Имя или пароль не подходят." in answer.text


def test_a_user_who_has_no_password_is_not_let_in_by_any(house: House) -> None:
    house.user(has_password=False)
    assert house.browser().sign_in(password="nobody").status_code == 401


def test_of_a_thousand_tries_at_a_name_ten_are_looked_at_and_the_right_password_comes_too_late(house: House) -> None:
    house.user()
    browsers = [house.browser(address=f"198.51.{number}.1") for number in range(50)]
    answers = [one.sign_in(password=f"guess {n}").status_code for n in range(20) for one in browsers]
    assert (len(answers), answers.count(401), answers.count(429)) == (1000, 10, 990)
    assert house.browser().sign_in().status_code == 429


def test_an_address_that_guesses_names_is_shut_out_and_others_are_not(house: House) -> None:
    house.user()
    guessing = house.browser(address="203.0.113.9")
    answers = [guessing.sign_in(f"name {number}").status_code for number in range(40)]
    assert (answers.count(401), answers.count(429)) == (30, 10)
    assert house.browser().sign_in().status_code == 303


def test_the_addresses_of_one_network_of_ipv6_count_as_one(house: House) -> None:
    answers = [house.browser(address=f"2001:db8::{n:x}").sign_in(f"name {n}").status_code for n in range(1, 40)]
    assert answers.count(401) == 30


def test_addresses_of_ipv4_written_as_ipv6_count_each_for_itself(house: House) -> None:
    house.user()
    guessing = house.browser(address="::ffff:203.0.113.9")
    assert [guessing.sign_in(f"name {number}").status_code for number in range(40)].count(429) == 10
    assert house.browser(address="::ffff:203.0.113.10").sign_in().status_code == 303


def test_a_quarter_of_an_hour_later_one_may_try_again(house: House) -> None:
    house.user()
    for _ in range(11):
        answer = house.browser().sign_in(password="wrong")
    assert answer.status_code == 429
    house.clock.forward(timedelta(minutes=16))
    assert house.browser().sign_in().status_code == 303


def test_tries_of_the_past_do_not_pile_up(house: House) -> None:
    house.browser().sign_in("one")
    house.clock.forward(timedelta(hours=1))
    house.browser().sign_in("two")
    assert (
        house.reads(lambda connection: connection.execute(select(func.count()).select_from(sign_in_tries)).scalar())
        == 2
    )


def test_a_session_that_was_ended_opens_nothing_when_it_is_replayed(house: House) -> None:
    browser = house.signed_in()
    stolen = house.browser()
    stolen.cookies = dict(browser.cookies)
    assert stolen.get(CONVERSATIONS).status_code == 200
    browser.submit("/desk/sign-out", page=CONVERSATIONS)
    for one in (browser, stolen):
        assert one.get(CONVERSATIONS).status_code == 303


def test_signing_in_again_gives_a_new_session_and_ends_the_one_before(house: House) -> None:
    browser = house.signed_in()
    before = house.browser()
    before.cookies = dict(browser.cookies)
    browser.sign_in()
    assert browser.cookies["desk_session"] != before.cookies["desk_session"]
    assert before.get(CONVERSATIONS).status_code == 303


def test_a_session_planted_before_signing_in_is_not_taken_over(house: House) -> None:
    house.user()
    browser = house.browser()
    browser.cookies["desk_session"] = "planted"
    browser.sign_in()
    assert browser.cookies["desk_session"] != "planted"


def test_a_cookie_is_good_in_its_own_browser_alone(house: House) -> None:
    browser = house.signed_in()
    other = house.browser(agent="another browser")
    other.cookies = dict(browser.cookies)
    assert other.get(CONVERSATIONS).status_code == 303


def test_a_session_ends_after_a_week(house: House) -> None:
    browser = house.signed_in()
    house.clock.forward(timedelta(days=7))
    assert browser.get(CONVERSATIONS).status_code == 303


def test_the_database_holds_neither_a_token_nor_a_password(house: House, tmp_path) -> None:
    browser = house.signed_in()
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("desk.db*"))
    assert browser.cookies["desk_session"].encode() not in kept
    assert PASSWORD.encode() not in kept
    assert HASHED.startswith("$argon2id$")


def test_a_user_has_at_most_ten_sessions(house: House) -> None:
    first = house.signed_in()
    for _ in range(10):
        house.clock.forward(timedelta(seconds=1))
        house.browser().sign_in()
    counted = select(func.count()).select_from(session_rows)
    assert house.reads(lambda connection: connection.execute(counted).scalar()) == 10
    assert first.get(CONVERSATIONS).status_code == 303


def test_the_first_owner_comes_in_by_a_link_and_sets_the_password(house: House) -> None:
    link = asyncio.run(first_link(house.desk()))
    browser = house.browser()
    assert link is not None
    assert browser.get(link).status_code == 200
    assert browser.submit(link).headers["location"] == "/desk/password"
    assert browser.submit("/desk/password", name="Мария", password=PASSWORD, again=PASSWORD).status_code == 303
    assert browser.get(CONVERSATIONS).status_code == 200
    assert house.browser().sign_in("мария").status_code == 303
    assert asyncio.run(first_link(house.desk())) is None


def test_the_first_owner_says_a_name_and_everybody_else_keeps_theirs(house: House) -> None:
    link = asyncio.run(first_link(house.desk()))
    owner = house.browser()
    owner.submit(str(link))
    nameless = owner.submit("/desk/password", name="  ", password=PASSWORD, again=PASSWORD)
    assert (nameless.status_code, "Назовите себя" in nameless.text) == (422, True)
    owner.submit("/desk/password", name="Мария", password=PASSWORD, again=PASSWORD)
    assert "Мария" in owner.get(CONVERSATIONS).text
    assert "Owner" not in owner.get(CONVERSATIONS).text
    again = f"{PASSWORD}!"
    assert owner.submit("/desk/password", name="Ольга", old=PASSWORD, password=again, again=again).status_code == 303
    assert house.browser().sign_in("мария", again).status_code == 303


def test_looking_at_a_link_does_not_use_it_up_but_using_it_does(house: House) -> None:
    link = asyncio.run(first_link(house.desk()))
    assert link is not None
    assert house.browser(agent="TelegramBot").get(link).status_code == 200
    assert house.browser().submit(link).status_code == 303
    assert house.browser().submit(link).status_code == 410


def test_a_link_works_for_a_quarter_of_an_hour(house: House) -> None:
    link = asyncio.run(first_link(house.desk()))
    assert link is not None
    house.clock.forward(timedelta(minutes=15))
    assert house.browser().submit(link).status_code == 410


def test_a_master_who_registered_in_telegram_gets_a_link_there_and_nobody_else_does(house: House) -> None:
    master = house.user("olga", Role.MASTER, has_password=False)

    def registered(connection) -> None:
        at = masters.listener_at(connection, Address("telegram", "main", "5550001"))
        masters.invite(connection, "centre", masters.Master(master.master, "Ольга"), "code", house.clock.now())
        masters.register(connection, "code", at.chat, house.clock.now())

    house.writes(registered)
    for name in ("olga", "nobody"):
        assert "ссылка уже там" in house.browser().submit("/desk/sign-in/link", "/desk/sign-in", name=name).text
    (sent,) = house.reads(lambda connection: connection.execute(select(replies.c.content)).scalars().all())
    link = sent.split("https://desk.example")[1].split('"')[0]
    assert house.browser().submit(link).headers["location"] == "/desk/password"


@pytest.mark.parametrize(
    ("fields", "advice"),
    [
        ({"password": "short", "again": "short"}, "Нужно от 10 до 200 знаков."),
        ({"password": PASSWORD + "!", "again": PASSWORD}, "Пароли не совпадают."),
        ({"old": "wrong", "password": PASSWORD, "again": PASSWORD}, "Прежний пароль не подходит."),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_its_reason(house: House, fields, advice: str) -> None:
    answer = house.signed_in().submit("/desk/password", **{"old": PASSWORD} | fields)
    assert (answer.status_code, advice in answer.text) == (422, True)


def test_a_new_password_ends_every_other_session(house: House) -> None:
    browser, other = house.signed_in(), house.browser()
    other.sign_in()
    new = "quite another password"
    assert browser.submit("/desk/password", old=PASSWORD, password=new, again=new).status_code == 303
    assert other.get(CONVERSATIONS).status_code == 303
    assert browser.get(CONVERSATIONS).status_code == 200
    assert house.browser().sign_in(password=new).status_code == 303


def test_two_users_cannot_have_one_name(house: House) -> None:
    house.user("Anna ")
    with pytest.raises(users.NameTaken):
        house.user("anna")


def test_the_demo_lets_in_whoever_comes_from_this_machine_and_nobody_by_another_name(house: House) -> None:
    house.opens_as = "Вера"
    for base in ("http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"):
        assert house.browser(base=base).get(CONVERSATIONS).status_code == 200
    assert house.browser(base="http://rebound.example").get(CONVERSATIONS).status_code == 303


def test_rows_of_tries_are_bounded(house: House) -> None:
    """Whoever has a thousand addresses must not fill the disk."""

    def work(connection) -> int:
        for number in range(30):
            sessions.try_in(connection, sessions.Caller(f"n{number}", f"a{number}"), house.clock.now(), most=20)
        return connection.execute(select(func.count()).select_from(sign_in_tries)).scalar_one()

    assert house.writes(work) == 20


def test_a_chat_is_tied_by_a_code_that_is_shown_once_to_whoever_is_signed_in(house: House) -> None:
    assert house.browser().get("/desk/telegram").headers["location"] == "/desk"
    browser = house.signed_in()
    assert "Ваш чат пока не известен" in browser.get("/desk/telegram").text
    shown = browser.submit("/desk/telegram").text
    assert re.search(r"<code>desk_token-\d+</code>", shown)
    assert "desk_token" not in browser.get("/desk/telegram").text
