"""`frontdesk run` as a process, with its settings file and its database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import httpx2

from blackbox import graph, webhooks
from blackbox.database import Database, SharedDatabase
from blackbox.processes import Process, http, is_ready
from blackbox.waiting import until

VERIFY_TOKEN = "verify-token-0123456789"
HOOK_SECRET = "hook-secret-9876543210"
SECRETS = {
    "SALON_PARTNER_TOKEN": "demo-partner",
    "SALON_USER_TOKEN": "demo-user",
    "META_ACCESS_TOKEN": graph.TOKEN,
    "META_APP_SECRET": webhooks.APP_SECRET,
    "META_VERIFY_TOKEN": VERIFY_TOKEN,
    "SALON_WEBHOOK_SECRET": HOOK_SECRET,
}


@dataclass(frozen=True)
class Setting:
    """What a service is set to. `salons` leads from the name of a branch to its number at the provider.

    Each branch has a WhatsApp number of its own, `number(salon)`.
    """

    provider: str
    graph: str
    salons: Mapping[str, int]
    cancel: Mapping[str, Any]
    service: Mapping[str, Any]
    policy: Mapping[str, Any]
    store: str = "sqlite:///frontdesk.db"

    def file(self) -> str:
        tables: dict[str, Mapping[str, Any]] = {
            "store": {"url": self.store},
            "service": {"quiet_ms": 0, "log": "json"} | self.service,
            "cancel": self.cancel,
            "policy": self.policy,
        }
        for name, company in self.salons.items():
            tables[f"salon.{name}"] = {
                "base_url": self.provider,
                "company_id": company,
                "partner_token": "env:SALON_PARTNER_TOKEN",
                "user_token": "env:SALON_USER_TOKEN",
                "webhook_secret": "env:SALON_WEBHOOK_SECRET",
            }
            tables[f"whatsapp.{name}"] = {
                "salons": [name],
                "graph_url": self.graph,
                "phone_number_id": number(name),
                "access_token": "env:META_ACCESS_TOKEN",
                "app_secret": "env:META_APP_SECRET",
                "verify_token": "env:META_VERIFY_TOKEN",
            }
        return "\n\n".join(_table(name, fields) for name, fields in tables.items()) + "\n"


def number(salon: str) -> str:
    """Meta's id of a branch's WhatsApp number: the same wherever the branch is served."""
    return str(100_000 + sum(letter * 31**at for at, letter in enumerate(salon.encode())) % 900_000)


def _table(name: str, fields: Mapping[str, Any]) -> str:
    return "\n".join((f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in fields.items())))


class Desk:
    """The service under test; Meta's side of its webhook is `post`."""

    def __init__(self, folder: Path, setting: Setting, secrets: Mapping[str, str] = SECRETS) -> None:
        folder.mkdir(parents=True)
        (folder / "frontdesk.toml").write_text(setting.file(), encoding="utf-8")
        self.setting = setting
        arguments = ("run", "--config", "frontdesk.toml", "--port", "0")
        self.process = Process(folder, *arguments, secrets=secrets)
        on_sqlite = setting.store.startswith("sqlite")
        self.database = Database(folder / "frontdesk.db") if on_sqlite else SharedDatabase(setting.store)
        self.http = http()
        self._salons = len(setting.salons)
        self.start()

    def start(self) -> None:
        """Starts it, and waits until it has read its salons (or found that it can't)."""
        wanted = self._salons_read() + self._salons
        self.process.start()
        is_ready(self.http, self.process.address)
        until(lambda: self._salons_read() >= wanted, "the reading of the salons")

    def _salons_read(self) -> int:
        log = self.process.log()
        return log.count("salon found") + log.count("this salon's journal can't be read")

    def kill(self) -> None:
        self.process.kill()

    def strike(self, chance: Random) -> None:
        """Kills the service, and of its workers, where it has any, whom chance wills."""
        del chance
        self.kill()

    def restart(self) -> None:
        """SIGKILL and a new start at once."""
        self.kill()
        self.start()

    def close(self) -> None:
        self.process.stop()
        self.http.close()

    def log(self) -> str:
        """All that was logged here so far."""
        return self.process.log()

    def post(self, raw: bytes, signature: str | None = None) -> httpx2.Response:
        """Meta calls the webhook; without a signature of one's own it is Meta's."""
        signed = {"x-hub-signature-256": webhooks.signature(raw) if signature is None else signature}
        return self.http.post(
            f"{self.process.address}/webhooks/whatsapp",
            content=raw,
            headers={"content-type": "application/json", **{name: said for name, said in signed.items() if said}},
        )

    def log_of(self, event: str) -> list[dict[str, object]]:
        """The log's events that begin so."""
        return [line for line in self.process.events() if str(line["event"]).startswith(event)]
