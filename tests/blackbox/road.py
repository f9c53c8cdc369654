"""The road to the provider, with a gate that a test can close.

Everything passes unchanged, until a test asks for one request to be stopped before it arrives (to be let through
later, or never), or for one answer to be another. The emulator's own faults happen at the provider; these, on the way.
Readings for the local copy always pass: they go on beside every conversation, and no test means them.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx2

from blackbox.provider import OF_THE_COPY

LOOPBACK = "127.0.0.1"
Answer = tuple[int, Any]
HOP = {"host", "connection", "content-length", "transfer-encoding", "keep-alive", "accept-encoding"}


@dataclass
class Stop:
    """One request stopped on its way. `arrived`: it is here. `pass_on` lets it reach the provider, `drop` never."""

    method: str
    path: str
    arrived: threading.Event = field(default_factory=threading.Event)
    passed: threading.Event = field(default_factory=threading.Event)
    _decided: threading.Event = field(default_factory=threading.Event)
    _goes_on: bool = False

    def pass_on(self) -> None:
        """Lets it reach the provider, and returns when it has."""
        self._goes_on = True
        self._decided.set()
        assert self.passed.wait(timeout=30)

    def drop(self) -> None:
        self._decided.set()

    def decided(self) -> bool:
        self.arrived.set()
        self._decided.wait(timeout=60)
        return self._goes_on


@dataclass(frozen=True)
class Instead:
    """One answer changed: `change` is given the provider's own; with `unheard` the provider never sees the request."""

    method: str
    path: str
    change: Callable[[Answer], Answer]
    unheard: bool = False


class Road:
    """Listens on a free port of this machine and passes everything on."""

    def __init__(self, provider: str) -> None:
        self._client = httpx2.Client(base_url=provider, trust_env=False, timeout=60)
        self._rules: list[Stop | Instead] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((LOOPBACK, 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://{LOOPBACK}:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._client.close()

    def stop(self, method: str, path: str) -> Stop:
        """Stops the next request that fits, where it can be watched."""
        rule = Stop(method, path)
        self._add(rule)
        return rule

    def answers(self, method: str, path: str, status: int, said: Any) -> None:
        """The next request that fits is answered so, and the provider never sees it."""
        self._add(Instead(method, path, lambda _: (status, said), unheard=True))

    def changes(self, method: str, path: str, change: Callable[[Answer], Answer]) -> None:
        """The provider's answer to the next request that fits is changed on the way back."""
        self._add(Instead(method, path, change))

    def clear(self) -> None:
        with self._lock:
            rules, self._rules = self._rules, []
        for rule in rules:
            if isinstance(rule, Stop):
                rule.drop()

    def _add(self, rule: Stop | Instead) -> None:
        with self._lock:
            self._rules.append(rule)

    def _rule(self, method: str, target: str) -> Stop | Instead | None:
        path, _, query = target.partition("?")
        if OF_THE_COPY in query:
            return None
        with self._lock:
            for rule in self._rules:
                if rule.method == method and fnmatchcase(path, rule.path):
                    self._rules.remove(rule)
                    return rule
        return None

    def carry(self, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes] | None:
        """The answer to one request; None where it got lost."""
        rule = self._rule(method, path)
        if isinstance(rule, Stop):
            if not rule.decided():
                return None
            answer = self._client.request(method, path, headers=headers, content=body)
            rule.passed.set()
            return answer.status_code, answer.content
        if isinstance(rule, Instead):
            own = (0, None) if rule.unheard else self._heard(method, path, headers, body)
            status, said = rule.change(own)
            return status, json.dumps(said).encode()
        answer = self._client.request(method, path, headers=headers, content=body)
        return answer.status_code, answer.content

    def _heard(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        answer = self._client.request(method, path, headers=headers, content=body)
        return answer.status_code, answer.json()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        road = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def _pass(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
                try:
                    answer = road.carry(self.command, self.path, headers, body)
                except httpx2.HTTPError:
                    answer = None
                if answer is None:
                    self.close_connection = True
                    return
                status, said = answer
                head = f"HTTP/1.1 {status} .\r\ncontent-type: application/json\r\ncontent-length: {len(said)}\r\n\r\n"
                try:
                    self.wfile.write(head.encode() + said)
                except OSError:
                    self.close_connection = True  # whoever asked was killed meanwhile

            do_GET = do_POST = do_PUT = do_DELETE = _pass  # noqa: N815 - the names that http.server looks for

            def log_message(self, *_: object) -> None:
                """Nothing is printed."""

        return Handler
