"""`frontdesk run` and two `frontdesk worker` on one PostgreSQL database, killed and started together or in part.

Each reaches the provider over a road of its own, so a test sees who works on what, and kills that one in the middle.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from blackbox.desk import SECRETS, Desk, Setting
from blackbox.processes import Process
from blackbox.road import Road
from blackbox.waiting import until

WORKERS = 2


@dataclass(frozen=True)
class Member:
    """One process, and its way to the provider."""

    process: Process
    road: Road


class Crew(Desk):
    """The service and its workers; `start` brings back who is dead."""

    def __init__(self, folder: Path, setting: Setting, secrets: Mapping[str, str] = SECRETS) -> None:
        self.members: list[Member] = []
        own = Road(setting.provider)
        super().__init__(folder, replace(setting, provider=own.url), secrets)
        workers = (self._worker(folder / f"worker-{number}", setting, secrets) for number in range(WORKERS))
        self.members = [Member(self.process, own), *workers]
        self.start()

    def _worker(self, folder: Path, setting: Setting, secrets: Mapping[str, str]) -> Member:
        road = Road(setting.provider)
        folder.mkdir()
        (folder / "frontdesk.toml").write_text(replace(setting, provider=road.url).file(), encoding="utf-8")
        return Member(Process(folder, "worker", "--config", "frontdesk.toml", secrets=secrets), road)

    def start(self) -> None:
        if not self.process.runs:
            super().start()
        for member in self.members:
            if not member.process.runs:
                member.process.start()

    def kill(self) -> None:
        for member in self.members:
            if member.process.runs:
                member.process.kill()

    def strike(self, chance: Random) -> None:
        self.process.kill()
        for member in self.members[1:]:
            if chance.random() < 1 / 2:
                member.process.kill()

    @contextmanager
    def killing_whoever_sends(self, method: str, path: str) -> Iterator[None]:
        """What happens within makes one of them send this request; it is killed before the provider has seen it."""
        stops = [(member, member.road.stop(method, path)) for member in self.members if member.process.runs]
        yield
        until(lambda: any(stop.arrived.is_set() for _, stop in stops), f"somebody who sends {method} {path}")
        next(member for member, stop in stops if stop.arrived.is_set()).process.kill()
        for member in self.members:
            member.road.clear()

    def log(self) -> str:
        return "".join(member.process.log() for member in self.members)

    def close(self) -> None:
        for member in self.members[1:]:
            member.process.stop()
        super().close()
        for member in self.members:
            member.road.close()
