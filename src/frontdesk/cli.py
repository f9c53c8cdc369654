"""The command line. Exit code 0: fine; 1: something is broken, or was found broken; 2: wrong usage."""

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from cyclopts import App, CycloptsError
from rich.console import Console
from rich.progress import Progress

from frontdesk import drill_command, options
from frontdesk.booking.phones import typed_phone
from frontdesk.demo import demo_app
from frontdesk.desk.sign_in import first_link
from frontdesk.emulator.app import build
from frontdesk.emulator.registry import handlers
from frontdesk.emulator.salons.file import BadSalonFileError
from frontdesk.service import outbox, sync_command, understand_command, worker_command
from frontdesk.service.clock import SystemClock
from frontdesk.service.doctor import Instruments, examine
from frontdesk.service.findings import as_rows, as_text, is_broken
from frontdesk.service.logs import configured
from frontdesk.service.set_up import Ending, SettingsFile, set_up_of
from frontdesk.service.settings import SettingsError, load
from frontdesk.service.wiring import World, wire
from frontdesk.serving import FIRST_LINK, is_loopback, serve, serve_set_up, serve_worker
from frontdesk.simulation.campaign import campaign, lines
from frontdesk.simulation.outages import ORDINARY, WITH_OUTAGES
from frontdesk.store.database import BadStore
from frontdesk.terminal import DEMO_PHONE, Terminal, demo_terminal
from frontdesk.yclients import reference

BROKEN, WRONG_USAGE = 1, 2
LOOPBACK = "127.0.0.1"
DEMO_IS_OPEN = "Frontdesk's demo is open: {address}/chat, its desk: {address}/desk (Ctrl+C ends it)"
FAULTS_OF_THE_OWNER = (
    SettingsError,
    BadStore,
    BadSalonFileError,
    understand_command.UnderstandError,
    outbox.OutboxError,
    sync_command.SyncError,
    worker_command.WorkerError,
    OSError,
)

app = App(name="frontdesk", help="The front desk of a salon on YCLIENTS or Altegio.", version_flags=["--version"])
OUTBOX_HELP = "What waits to be written to the journal.\n\nExample: frontdesk outbox list --config frontdesk.toml"
waiting = App(name="outbox", help=OUTBOX_HELP)
app.command(waiting)


@app.command
def demo(*, host: options.Host = LOOPBACK, port: options.Port = 8080, drill: options.Drill = False) -> None:
    """Opens the demo: emulator, assistant, web chat and desk in one process.

    It lets whoever opens the page speak as anybody, so it refuses an address that others can reach.

    After --drill the desk shows what came of it; exit code 1 where one thing happened that never must.

    Example: frontdesk demo --port 8080
    """
    if not is_loopback(host):
        raise SystemExit(_wrong(f"the demo is for this machine alone: {host} is no loopback address"))
    log = configured("console")
    with tempfile.TemporaryDirectory(prefix="frontdesk-demo-") as folder:
        if drill:
            raise SystemExit(drill_command.play(Path(folder), host, port))
        demo_salon = demo_app(build("demo", pace=False), Path(folder), log)
        serve(demo_salon, host, port, DEMO_IS_OPEN)


@app.command
def run(*, config: options.Config | None = None, host: options.Host = LOOPBACK, port: options.Port = 8080) -> None:
    """Runs the real thing: webhooks, workers, pages.

    Where no --config is named and there is no frontdesk.toml here, the guided set-up opens first and writes it.

    Example: frontdesk run --config frontdesk.toml --host 127.0.0.1 --port 8080
    """
    path = config or options.SETTINGS_FILE
    if config is None and not path.exists():
        taken = serve_set_up(SettingsFile(path), host, port)
        if taken is None:
            return
        port = taken
    settings = load(path)
    log = configured(settings.service.log)
    set_up = set_up_of(SettingsFile(path), Instruments(), Ending())
    wired = wire(settings, World(clock=SystemClock(), log=log, set_up=set_up))
    first = asyncio.run(first_link(wired.desk))
    aside = FIRST_LINK.format(path=first) if first else ""
    serve(wired.app, host, port, "Frontdesk listens on {address}, its desk on {address}/desk", aside)


@app.command
def worker(
    *, config: options.Config = options.SETTINGS_FILE, host: options.Host = LOOPBACK, port: options.Port | None = None
) -> None:
    """Adds a worker beside `frontdesk run`, on this machine or another: PostgreSQL only.

    It answers, writes to the journal, sends and keeps the local copies. With --port it serves /healthz, /readyz and
    /metrics, and nothing else. What it had begun when it died is taken over by the others.

    Example: frontdesk worker --config frontdesk.toml --port 9101
    """
    settings = load(config)
    world = World(clock=SystemClock(), log=configured(settings.service.log))
    serve_worker(worker_command.worker_app(settings, world), host, port)


@app.command
def emulator(
    *,
    host: options.Host = LOOPBACK,
    port: options.Port = 8100,
    salon: options.EmulatedSalon = "demo",
    profile: options.Profile = "yclients",
    pace: options.Pace = True,
) -> None:
    """Serves the provider's API over a made-up salon, with state, a clock and faults of its own.

    Example: frontdesk emulator --port 8100 --salon demo --no-pace
    """
    provider = build(salon, profile, pace=pace)
    serve(provider, host, port, "The emulator listens on {address} (partner token demo-partner)")


@app.command
def chat(*, config: options.Config | None = None, phone: options.Phone = DEMO_PHONE) -> None:
    """Talks to the assistant in the terminal: about the demo salon, or the salons of a settings file.

    One line is one message; a number taps the choice it stands before.

    Example: frontdesk chat --phone 79000000001
    """
    owner = typed_phone(phone)
    if owner is None:
        raise SystemExit(_wrong(f"{phone!r} is no phone number; write it as 79000000001"))
    log = configured("console", level="warning")
    if config is not None:
        asyncio.run(Terminal(load(config), owner, log).talk())
        return
    with tempfile.TemporaryDirectory(prefix="frontdesk-chat-") as folder:
        asyncio.run(demo_terminal(Path(folder), owner, log).talk())


@app.command(name="understand")
def understand_lines(
    *, now: options.Now = None, salon: options.KnownSalon = "demo", explain: options.Explained = None
) -> None:
    """Reads JSON lines with texts, writes a JSON line with what each means; or explains one text.

    A line is {"id", "text", "now", "lang"?, "expecting"?}; --now stands in for a line's own.

    Example: frontdesk understand --now 2026-11-21T12:00:00 --explain "можно к Анне в субботу после обеда на маникюр?"
    """
    if explain is None and sys.stdin.isatty():
        raise SystemExit(_wrong('understand reads JSON lines from its input, or explains one text: --explain "..."'))
    understand_command.run(sys.stdin, sys.stdout, now=now, salon=salon, explain=explain)


@app.command(name="endpoints")
def list_endpoints(*, as_json: options.AsJson = False, as_markdown: options.AsMarkdown = False) -> None:
    """Lists every call of the provider's API: method, path, name, section, auth, and how the emulator answers it.

    Example: frontdesk endpoints --json
    """
    rows = reference.rows(handlers())
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif as_markdown:
        print(reference.page(rows))
    else:
        print("\n".join(f"{row['method']:6} {row['path']}  {row['name']} ({row['emulated']})" for row in rows))


@app.command
def doctor(*, config: options.Config = options.SETTINGS_FILE, as_json: options.AsJson = False) -> None:
    """Checks tokens, host, rights, webhooks, clock, database and messengers; says what is wrong and what to do.

    It only asks and changes nothing. Exit code 1 where something is broken; warnings are fine.

    Example: frontdesk doctor --config frontdesk.toml
    """
    terminal = Console(stderr=True)
    with terminal.status("examining the settings") as status:  # shown on a terminal only
        found = examine(config, Instruments(), lambda one: status.update(f"after {one.where}, {one.check}"))
    print(json.dumps(as_rows(found), ensure_ascii=False, indent=1) if as_json else as_text(found))
    if is_broken(found):
        raise SystemExit(BROKEN)


@app.command(name="sync")
def sync_salons(
    *, config: options.Config = options.SETTINGS_FILE, salon: options.OneSalon = None, as_json: options.AsJson = False
) -> None:
    """Fills the local copies of the salons anew: lists, schedules and the appointments of the coming 60 days.

    Exit code 1 where a salon could not be read.

    Example: frontdesk sync --config frontdesk.toml --salon centre
    """
    settings = load(config)
    world = World(clock=SystemClock(), log=configured(settings.service.log, level="warning"))
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bars = {key: progress.add_task(key, total=None) for key in settings.salon if salon in {None, key}}
        copied = sync_command.sync(
            settings, world, lambda key, page: progress.update(bars[key], completed=page.done, total=page.total), salon
        )
    rows = json.dumps(sync_command.as_rows(copied), ensure_ascii=False, indent=1)
    print(rows if as_json else sync_command.as_text(copied))
    if not sync_command.is_whole(copied):
        raise SystemExit(BROKEN)


@waiting.command(name="list")
def list_outbox(
    *, config: options.Config = options.SETTINGS_FILE, most: options.Most = 50, as_json: options.AsJson = False
) -> None:
    """Lists the commands that are not settled, the oldest first, with what stands in their way.

    Example: frontdesk outbox list --config frontdesk.toml --json
    """
    listing = outbox.listed(load(config).store.url, most)
    shown = json.dumps(outbox.as_rows(listing), ensure_ascii=False, indent=1)
    print(shown if as_json else outbox.as_text(listing))


@waiting.command(name="retry")
def retry_command(
    number: options.CommandNumber, /, *more: options.MoreNumbers, config: options.Config = options.SETTINGS_FILE
) -> None:
    """Tries commands at once instead of at their next try; of one whose reply was lost the journal is asked.

    Example: frontdesk outbox retry 17 18 --config frontdesk.toml
    """
    outbox.retry(load(config).store.url, (number, *more), SystemClock().now())
    print("due now")


@waiting.command(name="drop")
def drop_command(
    number: options.CommandNumber, /, *more: options.MoreNumbers, config: options.Config = options.SETTINGS_FILE
) -> None:
    """Gives commands up that have not left, or that the journal stands against; their clients are told.

    Example: frontdesk outbox drop 17 --config frontdesk.toml
    """
    outbox.drop(load(config).store.url, (number, *more), SystemClock().now())
    print("dropped; whoever asked is told")


@app.command
def simulate(
    *, seed: options.Seed = 1, days: options.Days = 7, outages: options.Outages = False, as_json: options.AsJson = False
) -> None:
    """Plays days at a salon: clients of every kind, a receptionist, a provider that fails, on a clock of their own.

    Exit code 1 where something that must never happen did; the seed that is printed plays that day again.

    Example: frontdesk simulate --seed 7 --days 3 --json
    """
    configured("console", level="error")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("days", total=days)
        report = campaign(seed, days, lambda _: progress.advance(bar), WITH_OUTAGES if outages else ORDINARY)
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if as_json else "\n".join(lines(report)))
    if report.broken:
        raise SystemExit(BROKEN)


def _wrong(message: str) -> int:
    print(f"frontdesk: {message}", file=sys.stderr)
    return WRONG_USAGE


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs a command. Errors are one clear line; `--debug` shows where they came from."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    command: Callable[..., object] = app
    try:
        command([one for one in given if one != "--debug"], exit_on_error=False, print_error=False)
    except CycloptsError as error:
        raise SystemExit(_wrong(f"{str(error).rstrip('.')}; see frontdesk --help")) from None
    except FAULTS_OF_THE_OWNER as fault:
        if debug:
            raise
        print(f"frontdesk: {fault}", file=sys.stderr)
        raise SystemExit(BROKEN) from None
    raise SystemExit(0)
