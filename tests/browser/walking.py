"""A visitor of the desk who notices what a person would not: faults in the console, and requests to elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

from browser.conftest import AXE, ROOT

SCREENS = ROOT / "var" / "screens"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
GRAVE = {"serious", "critical"}


@dataclass
class Visitor:
    """One open page. `faults` is what must stay empty."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("load")

    def photographs(self, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png")

    def barriers(self) -> list[str]:
        """What keeps people with a keyboard or a screen reader out, as axe finds it."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{one['id']}: {one['help']} ({node['target']}: {node['failureSummary']})"
            for one in found["violations"]
            if one["impact"] in GRAVE
            for node in one["nodes"]
        ]

    def overflows(self) -> bool:
        """Whether the page is wider than the screen."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def watch(self) -> None:
        """Notes every fault from now on."""
        self.page.on("console", lambda said: self._note(said.type, said.text))
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("request", lambda request: self._elsewhere(request.url))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.faults.append(f"{kind}: {text}")

    def _elsewhere(self, url: str) -> None:
        if not url.startswith((self.address, "data:")):
            self.faults.append(f"a request to {url}")


@contextmanager
def visitor(chromium: Browser, address: str, screen: dict[str, int], theme: str, language: str) -> Iterator[Visitor]:
    """Somebody with this screen, whose system has these colours and this language."""
    context = chromium.new_context(viewport=screen, color_scheme=theme, locale=language)
    one = Visitor(context.new_page(), address)
    one.watch()
    yield one
    context.close()
