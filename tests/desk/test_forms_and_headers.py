"""What every answer carries, and which forms are taken."""

import re

import pytest
from desk_kit import House

from frontdesk.desk.page import every_page
from frontdesk.store.users import Role

CONVERSATIONS = "/desk/conversations"

NUMBER = re.compile(r"{\w+:number}")


@pytest.mark.parametrize("path", ["/desk/sign-in", CONVERSATIONS, "/desk/nowhere", "/desk/conversations/999", "/desk"])
def test_every_answer_carries_the_headers_that_keep_other_sites_out(house: House, path: str) -> None:
    headers = house.signed_in().get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"]


def test_the_session_is_a_cookie_that_scripts_and_other_sites_never_get(house: House) -> None:
    house.user()
    (cookie,) = [one for one in house.browser().sign_in().headers.get_list("set-cookie") if "desk_session" in one]
    assert {"HttpOnly", "SameSite=strict", "Secure", "Path=/"} <= {part.strip() for part in cookie.split(";")}


def test_without_https_a_cookie_is_not_secure_and_no_strict_transport_is_asked_for(house: House) -> None:
    answer = house.browser(base="http://127.0.0.1:8080").get("/desk/sign-in")
    assert "Secure" not in answer.headers["set-cookie"]
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize("path", ["/desk/sign-out", "/desk/look", "/desk/password"])
def test_a_form_that_this_desk_did_not_give_out_is_refused(house: House, path: str) -> None:
    browser = house.signed_in()
    for token in ("", "0" * 64, house.browser().form_token("/desk/sign-in")):
        assert browser.post(path, {"form_token": token}).status_code == 403
    assert browser.get(CONVERSATIONS).status_code == 200


def test_a_forged_sign_in_form_is_refused_too(house: House) -> None:
    house.user()
    assert house.browser().post("/desk/sign-in", {"name": "anna", "password": "x"}).status_code == 403


def test_a_form_that_another_site_sends_is_refused_even_with_the_token(house: House) -> None:
    browser = house.signed_in()
    token = browser.form_token(CONVERSATIONS)
    for site in ("cross-site", "same-site"):
        assert browser.post("/desk/look", {"form_token": token}, sec_fetch_site=site).status_code == 403
    assert browser.post("/desk/look", {"form_token": token}, sec_fetch_site="same-origin").status_code == 303


def test_htmx_sends_the_token_as_a_header(house: House) -> None:
    browser = house.signed_in()
    token = browser.form_token(CONVERSATIONS)
    assert browser.post("/desk/look", {}, x_form_token=token).status_code == 303


def test_a_form_larger_than_any_of_ours_is_refused(house: House) -> None:
    browser = house.signed_in()
    token = browser.form_token(CONVERSATIONS)
    assert browser.post("/desk/look", {"form_token": token, "back": "x" * 100_000}).status_code == 413
    many = {f"field {number}": "" for number in range(400)}
    assert browser.post("/desk/look", {"form_token": token} | many).status_code == 413


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "/desk\\..//evil", "", "/other"]
)
def test_a_form_never_sends_the_browser_to_another_site(house: House, back: str) -> None:
    answer = house.signed_in().submit("/desk/look", page=CONVERSATIONS, back=back, theme="dark")
    assert answer.headers["location"] == "/desk"


def test_the_colours_and_the_language_that_were_chosen_stay(house: House) -> None:
    browser = house.signed_in()
    browser.submit("/desk/look", page=CONVERSATIONS, back=CONVERSATIONS, theme="dark")
    browser.submit("/desk/look", page=CONVERSATIONS, language="en")
    page = browser.get(CONVERSATIONS).text
    assert '<html lang="en" data-theme="dark">' in page
    assert "Conversations" in page


@pytest.mark.parametrize(
    ("accepted", "language"), [("en-US,en;q=0.9", "en"), ("de,ru;q=0.5,en;q=0.1", "ru"), ("fr", "ru"), ("", "ru")]
)
def test_the_browsers_own_language_is_taken_where_none_was_chosen(house: House, accepted: str, language: str) -> None:
    assert f'<html lang="{language}"' in house.browser().get("/desk/sign-in", accept_language=accepted).text


@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.path)
def test_a_master_is_kept_out_of_the_pages_of_others(house: House, page) -> None:
    browser = house.signed_in(Role.MASTER)
    if Role.MASTER in page.roles or not page.is_shown(house.desk()):
        pytest.skip("a page for masters, or of the demo alone")
    for route in page.routes:
        path = page.path + NUMBER.sub("1", route.path)
        answer = browser.get(path) if route.method == "GET" else browser.post(path)
        assert answer.status_code == 403
        assert f'href="{page.path}"' not in answer.text


TOO_LONG = "0" * 5_000 + "1"
"""More digits than Python reads as a number."""


@pytest.mark.parametrize("page", ["conversations/{}", "outbox/{}/times", "appointments/centre/{}"])
def test_a_number_of_thousands_of_digits_leads_nowhere(house: House, page: str) -> None:
    path = f"/desk/{page.format(TOO_LONG)}"
    assert house.signed_in().get(path).status_code == 404
    assert house.browser().get(path).status_code == 404


def test_a_query_of_thousands_of_digits_says_no_number(house: House) -> None:
    browser = house.signed_in()
    assert browser.get(f"/desk/conversations?before={TOO_LONG}&open={TOO_LONG}").status_code == 200
    assert browser.get(f"/desk/audit?appointment={TOO_LONG}").status_code == 422


def test_an_address_that_leads_nowhere_says_so_kindly(house: House) -> None:
    answer = house.signed_in().get("/desk/nowhere/at/all")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.text
    assert "Возможно, ссылка устарела." in answer.text
