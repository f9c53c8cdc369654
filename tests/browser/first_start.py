"""`frontdesk run` in an empty folder, beside an emulator and what answers in the messengers' place."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from blackbox.processes import Process
from blackbox.waiting import until

LINK = re.compile(r"/desk/link/[\w-]+")
BOT, NUMBER, MAX = "424242:right-token", "meta-right-token", "max-right-token"
KNOWN: dict[str, Any] = {
    f"/bot{BOT}/getMe": {"ok": True, "result": {"username": "clear_day_bot"}},
    f"/bot{BOT}/getWebhookInfo": {"ok": True, "result": {"url": "", "pending_update_count": 0}},
}
BY_TOKEN: dict[tuple[str, str], Any] = {
    (f"Bearer {NUMBER}", "/100500"): {"id": "100500", "verified_name": "Ясный день", "quality_rating": "GREEN"},
    (MAX, "/me"): {"name": "Ясный день"},
    (MAX, "/subscriptions"): {"subscriptions": []},
}
REFUSALS = {
    "/bot": (401, {"ok": False, "description": "Unauthorized"}),
    "/100500": (401, {"error": {"code": 190, "message": "Invalid OAuth access token"}}),
    "/me": (401, {"message": "Invalid access_token"}),
}


class _Messengers(BaseHTTPRequestHandler):
    """Telegram, Meta and MAX as far as the doctor asks them."""

    def do_GET(self) -> None:
        status, said = self._answer(self.path.partition("?")[0])
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self, path: str) -> tuple[int, Any]:
        found = KNOWN.get(path) or BY_TOKEN.get((self.headers.get("authorization", ""), path))
        if found is not None:
            return 200, found
        return next((answer for start, answer in REFUSALS.items() if path.startswith(start)), (404, {}))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives it
        """The test's own output is enough."""


@contextmanager
def messengers() -> Iterator[str]:
    """Their address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Messengers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass(frozen=True)
class FirstStart:
    """What is to be set up, and the addresses to enter."""

    address: str
    link: str
    provider: str
    messengers: str
    folder: Path

    def written(self) -> str:
        """The settings file as it lies there."""
        return (self.folder / "frontdesk.toml").read_text(encoding="utf-8")


@contextmanager
def first_start(folder: Path) -> Iterator[FirstStart]:
    """Everything started; the link is the one that the start prints for the owner."""
    provider = Process(folder / "emulator", "emulator", "--port", "0", "--no-pace")
    service = Process(folder / "salon", "run", "--port", "0")
    provider.start()
    with messengers() as address:
        service.start()
        until(lambda: LINK.search(service.log()), "the owner's link")
        found = LINK.search(service.log())
        assert found is not None
        yield FirstStart(service.address, found[0], provider.address, address, service.folder)
        service.stop()
    provider.stop()
