"""The way into the desk of a service that was just set up, as its owner walks it."""

import re

import httpx2

from blackbox.desk import Desk

TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')
LINK = re.compile(r"(http://[\w.:]+)(/desk/link/[\w-]+)")
NAME, PASSWORD = "Ольга", "the owner's own words"


def submit(browser: httpx2.Client, page: str, to: str, **fields: str) -> httpx2.Response:
    token = TOKEN.search(browser.get(page).text)
    assert token
    return browser.post(to, data={"form_token": token[1], **fields})


def test_the_first_start_prints_a_link_by_which_the_owner_says_a_name_and_sets_the_password(desk: Desk) -> None:
    found = LINK.search(desk.process.log())
    assert found
    with httpx2.Client(trust_env=False, timeout=30, base_url=found[1], follow_redirects=True) as browser:
        assert "Новый пароль" in submit(browser, found[2], found[2]).text
        opened = submit(browser, "/desk/password", "/desk/password", name=NAME, password=PASSWORD, again=PASSWORD)
        assert str(opened.url).endswith("/desk")
    with httpx2.Client(trust_env=False, timeout=30, base_url=found[1], follow_redirects=True) as another:
        assert submit(another, found[2], found[2]).status_code == httpx2.codes.GONE
        opened = submit(another, "/desk/sign-in", "/desk/sign-in", name=NAME, password=PASSWORD)
        assert str(opened.url).endswith("/desk")


def test_the_desk_of_a_running_service_opens_to_nobody_by_itself(desk: Desk) -> None:
    answer = desk.http.get(f"{desk.process.address}/desk/conversations")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")
    assert desk.http.get(f"{desk.process.address}/chat").status_code == httpx2.codes.NOT_FOUND
