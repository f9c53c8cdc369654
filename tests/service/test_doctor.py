"""The doctor asks the provider, and says of what is wrong what to do about it."""

import httpx2
import pytest
from clinic_kit import COMPANY, Clinic

from frontdesk.emulator.faults import Rule
from frontdesk.service.findings import State, as_text, is_broken
from frontdesk.service.witness import MOST_CALLS

GATEWAY_TIMEOUT = Rule(do="status", value=504)


def test_of_a_fine_set_up_there_is_nothing_to_say(clinic: Clinic) -> None:
    found = clinic.examined()
    assert {one.state for one in found} == {State.OK}
    assert {one.cure for one in found} == {""}
    assert not is_broken(found)
    checks = {one.check for one in found}
    assert {"host", "partner token", "user token", "rights", "clock", "time zone", "pace"} <= checks
    assert as_text(found).endswith(f"{len(found)} ok, 0 warning, 0 broken")


def test_it_only_asks_and_asks_little(clinic: Clinic) -> None:
    clinic.examined()
    assert len(clinic.provider.methods) <= MOST_CALLS
    written = [path for method, path in clinic.provider.methods if method != "GET"]
    assert written == [f"/api/v1/company/{COMPANY}/clients/search"]
    assert not (clinic.folder / "frontdesk.db").exists()


def test_an_unknown_partner_token_is_the_partner_id_that_the_provider_misses(clinic: Clinic) -> None:
    clinic.salon["partner_token"] = '"bf7s9d2k4m8q"'
    fault = clinic.only_fault()
    assert (fault.state, fault.where, fault.check) == (State.BROKEN, "salon.centre", "partner token")
    assert "unknown to the provider or not activated" in fault.seen
    assert "«Не указан идентификатор партнера»" in fault.seen
    assert "partner_token" in fault.cure


def test_no_partner_token_at_all(clinic: Clinic) -> None:
    clinic.salon["partner_token"] = '""'
    fault = clinic.only_fault()
    assert (fault.check, fault.seen) == ("partner token", "no partner token reaches the provider")
    assert clinic.provider.methods == []


def test_a_user_token_that_ended(clinic: Clinic) -> None:
    clinic.salon["user_token"] = '"ended-user-token"'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "user token")
    assert "«Необходима авторизация»" in fault.seen


def test_an_address_that_redirects_to_another_host(clinic: Clinic) -> None:
    clinic.salon["base_url"] = '"https://www.example.com"'
    clinic.provider.instead = lambda _: httpx2.Response(301, headers={"location": "https://shop.example.org/"})
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert fault.seen == "www.example.com is not the API's host: it redirects to shop.example.org"
    assert "https://api.yclients.com" in fault.cure


def test_an_address_that_is_a_web_page(clinic: Clinic) -> None:
    clinic.provider.instead = lambda _: httpx2.Response(200, html="<html>Онлайн-запись</html>")
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "media type")
    assert "answers with text/html instead of JSON" in fault.seen


def test_an_address_with_the_path_of_the_api_in_it(clinic: Clinic) -> None:
    clinic.salon["base_url"] = '"https://api.yclients.com/api/v1"'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert "without a path" in fault.cure


@pytest.mark.parametrize("address", ["api.yclients.com", "http://salon:port", "https://", "ftp://api.yclients.com"])
def test_an_address_that_is_none(clinic: Clinic, address: str) -> None:
    clinic.salon["base_url"] = f'"{address}"'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert "base_url is no address" in fault.seen
    assert clinic.provider.methods == []


def test_a_host_that_does_not_answer(clinic: Clinic) -> None:
    clinic.emulator.faults.replace([Rule(do="refuse")])
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert "no answer from the provider" in fault.seen


def test_a_provider_that_fails_is_not_the_salons_fault(clinic: Clinic) -> None:
    clinic.emulator.faults.replace([GATEWAY_TIMEOUT])
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "provider")
    assert "Nothing to mend here" in fault.cure


def test_a_salon_that_does_not_exist(clinic: Clinic) -> None:
    clinic.salon["company_id"] = 5
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "salon")
    assert "no salon with company_id 5" in fault.seen


def test_a_salon_that_is_not_connected_to_the_application(clinic: Clinic) -> None:
    clinic.emulator.world.partners["demo-partner"].company_ids = frozenset()
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "salon")
    assert "is not connected to the application" in fault.seen


def test_each_salon_is_examined_on_its_own(clinic: Clinic) -> None:
    clinic.more = '\n[salon.north]\ncompany_id = 7\npartner_token = "demo-partner"\nuser_token = "demo-user"\n'
    fault = clinic.only_fault()
    assert (fault.where, fault.check) == ("salon.north", "salon")
