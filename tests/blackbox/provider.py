"""The emulator as a process, seen through its own levers."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from blackbox.processes import Process, http

Json = dict[str, Any]
ALLOWED = {"Authorization": "Bearer demo-partner, User demo-user", "Accept": "application/vnd.yclients.v2+json"}
CANCELLED = -1
COMMENT = "Отменено клиентом через WhatsApp"
EFFECT_AND_GATEWAY_PAGE = {"do": "status", "value": 504, "after": True, "method": "PUT", "times": 1}
"""The write takes effect and the gateway says that it timed out; no other fault of the tests answers with 504."""
OF_THE_SALON = {
    "GetCompany",
    "GetServices",
    "GetBookServices",
    "GetStaff",
    "GetOnlineSettings",
    "GetTimeslotSettings",
    "GetStaffSchedule",
}
OF_THE_COPY = "with_deleted=1"
"""Both are readings for the local copy, which go on beside every conversation and belong to none."""


class Provider:
    """`frontdesk emulator` over a salon's file."""

    def __init__(self, folder: Path, salon: Path) -> None:
        self._process = Process(folder, "emulator", "--port", "0", "--no-pace", "--salon", str(salon))
        self._http = http()
        self._process.start()
        self.url = self._process.address

    def close(self) -> None:
        self._http.close()
        self._process.stop()

    def record(self, record_id: int, company_id: int = 962302) -> Json | None:
        """The appointment as the provider shows it to anybody who may ask; None where it is gone."""
        answer = self._http.get(f"{self.url}/api/v1/record/{company_id}/{record_id}", headers=ALLOWED)
        return answer.json()["data"] if answer.is_success else None

    def edit(self, record_id: int, **fields: Any) -> None:
        """The salon itself changes an appointment."""
        answer = self._http.put(f"{self.url}/api/v1/record/962302/{record_id}", headers=ALLOWED, json=fields)
        assert answer.is_success, answer.text

    def state(self, company_id: int = 962302) -> Json:
        """One branch with everything in it."""
        state = self._http.get(f"{self.url}/_emulator/state", params={"company_id": company_id}).json()
        return state["companies"][0]

    def records(self, company_id: int = 962302) -> dict[int, Json]:
        return {one["id"]: one for one in self.state(company_id)["records"]}

    def journal(self, after: int = 0) -> list[Json]:
        """The requests after the one with this number, without readings for the local copy."""
        requests = self._http.get(f"{self.url}/_emulator/journal").json()["requests"]
        return [one for one in requests if one["number"] > after and not _is_for_the_copy(one)]

    def mark(self) -> int:
        """The number of the last request."""
        requests = self._http.get(f"{self.url}/_emulator/journal").json()["requests"]
        return requests[-1]["number"] if requests else 0

    def effects(self, record_id: int) -> list[Json]:
        """The requests that changed this appointment: written about it, and answered or lost after the effect."""
        return [
            one
            for one in self.journal()
            if one["method"] in {"PUT", "DELETE", "POST"}
            and one["path"].rstrip("/").endswith(f"/{record_id}")
            and (one["status"] in {*range(200, 300), 504} or one["fault"] in {"lose_reply", "truncate"})
        ]

    def writes(self, after: int) -> list[str]:
        """The changes that were tried after the request with this number, as `said` writes them."""
        return said([one for one in self.journal(after) if one["method"] in {"PUT", "DELETE"}])

    def faults(self, *rules: Json) -> None:
        """Puts these rules in force; none clears."""
        answer = self._http.post(f"{self.url}/_emulator/faults", json={"rules": list(rules)})
        assert answer.is_success, answer.text

    @contextmanager
    def switched(self, **switches: Any) -> Iterator[None]:
        """Another behaviour for a while."""
        before = self._http.get(f"{self.url}/_emulator/settings").json()
        self._http.post(f"{self.url}/_emulator/settings", json=switches).raise_for_status()
        try:
            yield
        finally:
            self._http.post(f"{self.url}/_emulator/settings", json=before).raise_for_status()


def _is_for_the_copy(request: Json) -> bool:
    return request["endpoint"] in OF_THE_SALON or OF_THE_COPY in request["query"]


def said(requests: list[Json]) -> list[str]:
    """Requests as a reader writes them: «GET /api/v1/record/1/2»."""
    return [f"{one['method']} {one['path']}" for one in requests]


def record_path(one: Json) -> str:
    """Where an appointment is read and edited."""
    return f"/api/v1/record/{one['company_id']}/{one['id']}"


def visit_path(one: Json) -> str:
    """Where it is edited as a part of its visit."""
    return f"/api/v1/visits/{one['visit_id']}/{one['id']}"
