"""The salon's voice, rules, switches and texts, as its people change them."""

from dataclasses import replace

import pytest
from desk_kit import Browser, House
from starlette.applications import Starlette
from test_audit import deeds

from frontdesk.booking.policy import Pick
from frontdesk.desk.app import desk_routes
from frontdesk.dialogue.voice import Phrasebook, Tone, Voice
from frontdesk.store import salon_wishes
from frontdesk.store.salon_wishes import PolicyWishes, Switches
from frontdesk.store.users import Role

SETTINGS, TEXTS = "/desk/settings", "/desk/settings/texts"
HELLO, MORE = "Здравствуйте, {name}!", "Что-нибудь ещё?"
BOOK = Phrasebook({"en": {HELLO: "Hello, {name}!", MORE: "Anything else?"}})
HOSTILE = '"><script>alert(1)</script>'


def browser(house: House, role: Role = Role.ADMINISTRATOR) -> Browser:
    house.user(role=role)
    one = Browser(Starlette(routes=desk_routes(replace(house.desk(), book=BOOK))))
    one.sign_in()
    return one


def submit(one: Browser, path: str, **fields: str) -> int:
    return one.submit(path, page=SETTINGS, **fields).status_code


def test_the_voice_is_kept_and_noted(house: House) -> None:
    assert submit(browser(house), f"{SETTINGS}/voice", tone="friendly", name=" Ася ", signature="Ваш салон") == 303
    assert house.reads(salon_wishes.read).voice == Voice(Tone.FRIENDLY, "Ася", "Ваш салон")
    assert house.reads(deeds) == [("Anna", "Манера речи изменена", "")]


@pytest.mark.parametrize(
    "fields", [{"tone": "rude"}, {"tone": "formal", "name": "я" * 41}, {"tone": "formal", "name": "а\u202eб"}]
)
def test_a_voice_that_can_not_be_is_refused_and_nothing_changes(house: House, fields: dict[str, str]) -> None:
    assert submit(browser(house), f"{SETTINGS}/voice", **fields) == 422
    assert house.reads(salon_wishes.read).voice == Voice()
    assert house.reads(deeds) == []


def test_the_rules_are_kept_in_hours_and_what_is_empty_stays_as_it_is(house: House) -> None:
    assert submit(browser(house), f"{SETTINGS}/policy", may_cancel="yes", cancel_hours="1,5", pick="ask") == 303
    assert house.reads(salon_wishes.read).policy == PolicyWishes(may_cancel=True, cancel_notice_s=5400, pick=Pick.ASK)


@pytest.mark.parametrize("hours", ["-1", "soon", "nan", "inf", "721", "1e9"])
def test_hours_that_make_no_sense_are_refused_and_stay_in_the_form(house: House, hours: str) -> None:
    one = browser(house)
    answer = one.submit(f"{SETTINGS}/policy", page=SETTINGS, cancel_hours=hours)
    assert answer.status_code == 422
    assert f'value="{hours}"' in answer.text
    assert house.reads(salon_wishes.read).policy == PolicyWishes()


def test_a_messenger_is_silenced_and_everything_goes_to_one_chat(house: House) -> None:
    fields = {"answers telegram:main": "on", "test_account": "whatsapp:main", "test_user": "+7 900 000 00 01"}
    assert submit(browser(house), f"{SETTINGS}/switches", **fields) == 303
    kept = Switches(frozenset({"whatsapp:main"}), proactive=False, test_to="whatsapp:main:79000000001")
    assert house.reads(salon_wishes.read).switches == kept


@pytest.mark.parametrize(
    ("account", "user"), [("web:site", "1"), ("whatsapp:main", ""), ("whatsapp:main", "anna"), ("telegram:main", "1:2")]
)
def test_a_test_chat_that_can_not_be_is_refused(house: House, account: str, user: str) -> None:
    assert submit(browser(house), f"{SETTINGS}/switches", test_account=account, test_user=user) == 422
    assert house.reads(salon_wishes.read).switches == Switches()


def test_every_page_says_that_test_mode_is_on(house: House) -> None:
    house.user()
    wishes = replace(salon_wishes.Wishes(), switches=Switches(test_to="telegram:main:1"))
    one = Browser(Starlette(routes=desk_routes(replace(house.desk(), wishes=lambda: wishes))))
    one.sign_in()
    assert "Тестовый режим" in one.get("/desk/conversations").text


def test_a_text_of_the_salon_is_kept_found_and_put_back(house: House) -> None:
    one = browser(house)
    assert one.submit(TEXTS, key=HELLO, text="Привет, {name}!", **{"in": "ru"}).status_code == 303
    assert house.reads(salon_wishes.own_texts) == {"ru": {HELLO: "Привет, {name}!"}}
    own = one.get(f"{TEXTS}?own=1").text
    assert "Привет, {name}!" in own
    assert MORE not in own
    one.submit(f"{TEXTS}/reset", page=TEXTS, key=HELLO, **{"in": "ru"})
    assert house.reads(salon_wishes.own_texts) == {}
    assert [what for _, what, _ in house.reads(deeds)] == ["Свой текст сохранён", "Наш текст возвращён"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Привет!", "Не хватает: {name}"),
        ("{name} {price}", "вместо {price}"),
        ("{name", "скобка"),
        (" ", "Текст пуст"),
        ("{name}" + "а" * 1000, "1006 знаков"),
        ("{name}\u202e", "невидимый знак"),
        ("{name.__class__}{name}", "{name.__class__}"),
    ],
)
def test_a_text_that_can_not_be_said_comes_back_with_the_reason(house: House, text: str, says: str) -> None:
    answer = browser(house).submit(TEXTS, key=HELLO, text=text, **{"in": "ru"})
    assert answer.status_code == 422
    assert says in answer.text
    assert house.reads(salon_wishes.own_texts) == {}


def test_hostile_text_shows_as_text(house: House) -> None:
    one = browser(house)
    one.submit(f"{SETTINGS}/voice", page=SETTINGS, tone="formal", name=HOSTILE[:40], signature=HOSTILE)
    one.submit(TEXTS, key=MORE, text=HOSTILE, **{"in": "ru"})
    for path in (SETTINGS, TEXTS, f"{TEXTS}?search=%22%3E%3Cscript%3E"):
        assert "<script>alert" not in one.get(path).text


def test_a_master_sees_and_changes_nothing_and_a_forged_form_neither(house: House) -> None:
    one = browser(house, Role.MASTER)
    assert [one.get(path).status_code for path in (SETTINGS, TEXTS)] == [403, 403]
    for path in (f"{SETTINGS}/voice", f"{SETTINGS}/switches", f"{SETTINGS}/policy", TEXTS, f"{TEXTS}/reset"):
        assert one.post(path, {"form_token": "0" * 64}).status_code == 403
    assert house.reads(salon_wishes.read) == salon_wishes.Wishes()


def test_a_form_of_another_page_changes_nothing(house: House) -> None:
    one = browser(house)
    assert one.post(f"{SETTINGS}/voice", {"form_token": "0" * 64, "tone": "friendly"}).status_code == 403
    assert house.reads(salon_wishes.read).voice == Voice()
