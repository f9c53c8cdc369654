"""One emulator and one recorder for all; services are started on demand and kept by what they are set to."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from blackbox import postgres as servers
from blackbox import salon as salons
from blackbox.desk import Desk, Setting
from blackbox.graph import Graph
from blackbox.person import Person
from blackbox.postgres import Server
from blackbox.provider import COMMENT, Provider
from blackbox.road import Road
from blackbox.salon import FORBIDDING, MAIN, STRICT, Client, Crowd

SIDE_BY_SIDE = 3
"""Services that take turns, as each keeps to five calls a second and the tests would wait for that."""
THREE_DAYS_MINUTES = 3 * 24 * 60
SALONS = {"centre": MAIN, "forbidding": FORBIDDING, "strict": STRICT}


@dataclass
class Town:
    """The salon, its provider, Meta, and the clients."""

    folder: Path
    provider: Provider
    road: Road
    graph: Graph
    crowd: Crowd
    others: dict[str, Crowd]
    desks: list[Desk] = field(default_factory=list)

    def desk(
        self,
        *salons: str,
        by_road: bool = False,
        secrets: dict[str, str] | None = None,
        kind: type[Desk] = Desk,
        **tables: Any,
    ) -> Desk:
        """A service of its own; `by_road` it reaches the provider over the road that tests can close."""
        setting = Setting(
            self.road.url if by_road else self.provider.url,
            self.graph.url,
            {name: SALONS[name] for name in salons or ("centre",)},
            tables.get("cancel", {}),
            tables.get("service", {}),
            tables.get("policy", {}),
            **({"store": tables["store"]} if "store" in tables else {}),
        )
        started = kind(self.folder / f"desk-{len(self.desks)}", setting, **({"secrets": secrets} if secrets else {}))
        self.desks.append(started)
        return started

    def person(self, desk: Desk, client: Client | None = None, salon: str = "centre") -> Person:
        """This client, or one whom no test has had, with one appointment to come."""
        return Person(desk, self.graph, (client or self.crowd.take()).phone, salon)

    def appointments(self, person: Person) -> list[dict[str, Any]]:
        """What the provider has for them, soonest first."""
        own = [
            one
            for one in self.provider.records(SALONS[person.salon]).values()
            if one["client"]["phone"].lstrip("+") == person.phone
        ]
        return sorted(own, key=lambda one: one["date"])


@pytest.fixture(scope="session")
def _servers() -> Iterator[ExitStack]:
    """What services stand on: it ends after them."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="session")
def postgres(_servers: ExitStack) -> Server:
    return _servers.enter_context(servers.running())


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, _servers: ExitStack) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    crowd = Crowd()
    others = {"forbidding": Crowd({"one": 2}, company=FORBIDDING), "strict": Crowd({"one": 2}, company=STRICT)}
    file = salons.write(
        folder / "salon.toml",
        (MAIN, crowd, {}),
        (FORBIDDING, others["forbidding"], {"allow_delete_record": False}),
        (STRICT, others["strict"], {"delete_delay_minutes": THREE_DAYS_MINUTES}),
    )
    provider = Provider(folder / "emulator", file)
    graph, road = Graph(), Road(provider.url)
    built = Town(folder, provider, road, graph, crowd, others)
    yield built
    for desk in built.desks:
        desk.close()
    road.close()
    graph.close()
    provider.close()


@pytest.fixture(scope="session")
def _desks(town: Town) -> Iterator[Desk]:
    return cycle([town.desk() for _ in range(SIDE_BY_SIDE)])


@pytest.fixture
def desk(_desks: Iterator[Desk]) -> Desk:
    """The service as most salons set it: read back, then ask for a yes."""
    return next(_desks)


@pytest.fixture(scope="session")
def patient(town: Town) -> Desk:
    """A service that waits for the rest of a thought."""
    return town.desk(service={"quiet_ms": 2500})


@pytest.fixture(scope="session")
def mortal(town: Town) -> Desk:
    """A service that is killed and started again, over the road that tests can close."""
    return town.desk(by_road=True)


@pytest.fixture(scope="session")
def by_visit(town: Town) -> Desk:
    """A service that cancels by the visit, without a question, over the road that tests can close."""
    return town.desk(by_road=True, cancel={"confirm": False})


@pytest.fixture(autouse=True)
def _as_meta_and_the_provider_allow(town: Town) -> Iterator[None]:
    """Nothing that was sent breaks Meta's limits, nobody met a fault of ours, and no lever stays pulled."""
    complaints = len(town.graph.complaints)
    yield
    town.provider.faults()
    town.road.clear()
    assert town.graph.complaints[complaints:] == []


@pytest.fixture(autouse=True, scope="session")
def _nothing_secret_in_a_log(town: Town) -> Iterator[None]:
    yield
    secrets = [client.phone for client in town.crowd.clients]
    for one in town.desks:
        log = one.log()
        assert not [secret for secret in (*secrets, *one.process.secrets.values()) if secret in log]
        assert "Traceback" not in log


@pytest.fixture
def irina(town: Town, desk: Desk) -> Person:
    """A client with one appointment: tomorrow at three, a haircut at Anna's."""
    return town.person(desk)


@pytest.fixture
def client(town: Town, mortal: Desk) -> Person:
    """A client of the service that is killed."""
    return town.person(mortal)


@pytest.fixture
def appointment(town: Town, client: Person) -> int:
    """The id of the client's only appointment."""
    (mine,) = town.appointments(client)
    return int(mine["id"])


Cancelled = Callable[[int], bool]


@pytest.fixture
def is_cancelled(town: Town) -> Cancelled:
    """Whether the journal says that the client won't come, and why."""

    def cancelled(record_id: int) -> bool:
        record = town.provider.record(record_id)
        return record is not None and record["attendance"] == -1 and record["comment"].endswith(COMMENT)

    return cancelled
