"""The owner says who may sign in."""

import re

from desk_kit import PASSWORD, House

from frontdesk.store.users import Role

PEOPLE = "/desk/people"
LINK = re.compile(r"https://desk\.example(/desk/link/[\w-]+)")


def test_the_owner_adds_an_administrator_who_sets_a_password_by_the_link(house: House) -> None:
    shown = house.signed_in(Role.OWNER).submit(PEOPLE, name="Вера", role="administrator")
    link = LINK.search(shown.text)
    assert link
    browser = house.browser()
    browser.submit(link[1])
    browser.submit("/desk/password", password=PASSWORD, again=PASSWORD)
    assert house.browser().sign_in("вера").status_code == 303
    assert browser.get(PEOPLE).status_code == 403


def test_somebody_who_is_removed_is_signed_out_and_stays_out(house: House) -> None:
    owner, other = house.signed_in(Role.OWNER), house.browser()
    house.user("boris")
    other.sign_in("boris")
    owner.submit(f"{PEOPLE}/remove", page=PEOPLE, name="boris")
    assert other.get("/desk/conversations").status_code == 303
    assert house.browser().sign_in("boris").status_code == 401


def test_nobody_removes_themselves(house: House) -> None:
    owner = house.signed_in(Role.OWNER)
    owner.submit(f"{PEOPLE}/remove", page=PEOPLE, name="anna")
    assert owner.get(PEOPLE).status_code == 200


def test_a_name_twice_a_role_that_is_none_and_a_master_who_is_nobody_are_refused(house: House) -> None:
    owner = house.signed_in(Role.OWNER)
    for name, role in (("anna", "owner"), ("vera", "queen"), ("", "owner"), ("vera", "master")):
        assert owner.submit(PEOPLE, name=name, role=role).status_code == 422
