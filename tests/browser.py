"""Where the tests find Chromium. Run as a script, it installs one if there is none: `python tests/browser.py`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # The browser's own traffic: tests say that no page asks another site for anything, and mean it.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OUTSIDE_PATH = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
MISSING = (
    "The browser tests need Chromium, and there is none that runs. Install it (Debian: apt-get install chromium libatomic1; "
    "others: .venv/bin/playwright install chromium), or name yours: CHROMIUM=/path/to/chromium make test"
)


def flags() -> list[str]:
    """The options to start Chromium with. Its sandbox cannot run as root, so root, as in CI, goes without."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*FLAGS, "--no-sandbox"] if is_root else list(FLAGS)


@cache
def executable() -> str | None:
    """The first Chromium of this machine that runs, if Playwright can drive it; or None."""
    if not _version_of([sys.executable, "-m", "playwright", "--version"]):
        return None
    return next((path for path in _candidates() if _version(path)), None)


def install() -> bool:
    """Try to install Chromium: Debian's, where root may, or else Playwright's own.

    Returns:
        Whether there is one now.
    """
    for commands in _ways_to_install():
        if all(_succeeds(command) for command in commands):
            executable.cache_clear()
            if executable():
                return True
    return False


def main() -> str | None:
    """Say which Chromium the tests use.

    Returns:
        A sentence to end with if there is none and none can be installed.
    """
    if not executable() and ("CHROMIUM" in os.environ or not install()):
        return MISSING
    path = executable()
    assert path is not None
    print(f"Browser tests use {path} ({_version(path)})")  # noqa: T201 - for whoever runs it
    return None


def _candidates() -> Iterator[str]:
    if "CHROMIUM" in os.environ:  # who names one does not want another
        yield os.environ["CHROMIUM"]
        return
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from (path for path in OUTSIDE_PATH if Path(path).exists())
    yield from _playwright_own()


def _playwright_own() -> Iterator[str]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # slow to start: only when nothing else is left

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if Path(path).exists():
        yield path


def _version(path: str) -> str:
    """What a browser calls itself; nothing if it does not run, as the stand-ins that only point to an app store."""
    # On Windows, Chrome prints nothing and opens a window.
    return "on Windows" if os.name == "nt" else _version_of([path, "--version"])


def _version_of(command: list[str]) -> str:
    try:
        asked = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()


def _ways_to_install() -> Iterator[list[list[str]]]:
    if "--no-sandbox" in flags() and shutil.which("apt-get"):
        # Playwright's driver needs libatomic1; without a font, every letter is an empty box of the wrong width.
        packages = ["chromium", "fonts-liberation", "fonts-noto-color-emoji", "libatomic1"]
        yield [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def _succeeds(command: list[str]) -> bool:
    print("Installing Chromium:", " ".join(command), flush=True)  # noqa: T201 - for whoever runs it
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main())
