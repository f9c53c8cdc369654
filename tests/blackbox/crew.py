"""`frontdesk run` and two `frontdesk worker` on one PostgreSQL database, killed and started together or in part."""

from pathlib import Path
from random import Random

from blackbox.desk import SECRETS, Desk, Setting
from blackbox.processes import Process

WORKERS = 2


class Crew(Desk):
    """The service and its workers."""

    def __init__(self, folder: Path, setting: Setting) -> None:
        self._workers: list[Process] = []
        self._dead: set[int] = set()
        super().__init__(folder, setting)
        for number in range(WORKERS):
            own = folder / f"worker-{number}"
            own.mkdir()
            (own / "frontdesk.toml").write_text(setting.file(), encoding="utf-8")
            self._workers.append(Process(own, "worker", "--config", "frontdesk.toml", secrets=SECRETS))
            self._dead.add(number)
        self._start_workers()

    def start(self) -> None:
        super().start()
        self._start_workers()

    def _start_workers(self) -> None:
        for number in sorted(self._dead):
            self._workers[number].start()
        self._dead.clear()

    def kill(self) -> None:
        super().kill()
        for number in sorted(set(range(len(self._workers))) - self._dead):
            self._kill_worker(number)

    def _kill_worker(self, number: int) -> None:
        self._workers[number].kill()
        self._dead.add(number)

    def strike(self, chance: Random) -> None:
        super().kill()
        for number in range(WORKERS):
            if chance.random() < 1 / 2:
                self._kill_worker(number)

    def close(self) -> None:
        for worker in self._workers:
            worker.stop()
            assert "Traceback" not in worker.log()
        super().close()
