"""What tests share: the real framework, the built site on a server of its own, and a browser that watches its manners."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import browser
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from generator import reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.model import Framework

PROJECT = Path(__file__).resolve().parent.parent

ENGINE = os.environ.get("BALCONY_ENGINE") or "mkdocs"
"""Which engine builds the site that the tests open."""

settings.register_profile("usual", deadline=None, max_examples=100, print_blob=True)
settings.register_profile("long", parent=settings.get_profile("usual"), max_examples=2_000)
settings.load_profile("long" if os.environ.get("BALCONY_LONG") else "usual")


# The framework and the site


@pytest.fixture(scope="session")
def framework_folder() -> Path:
    """The folder of the real framework."""
    return PROJECT / "framework"


@pytest.fixture(scope="session")
def framework(framework_folder: Path) -> Framework:
    """The real framework. It is frozen, so that tests can share it."""
    return reading.framework(framework_folder)


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built strictly from the real framework and the real pages: by MkDocs, or by `make test ENGINE=`."""
    folder = tmp_path_factory.mktemp("built") / "site"
    command = [sys.executable, "-m", "generator", "build", "--strict", "--engine", ENGINE, "--site-dir", str(folder)]
    built = subprocess.run(
        command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    if built.returncode != 0:
        pytest.fail(
            f"`balcony build --strict --engine {ENGINE}` ended with status {built.returncode}:\n{built.stdout}",
            pytrace=False,
        )
    return folder


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve a folder until the tests end: `serve(folder)` gives its address, which ends with a slash."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(served(folder))


@pytest.fixture(scope="session")
def site_address(built_site: Path, serve: Callable[[Path], str]) -> str:
    """Where the built site is served, with a slash at the end: `page.goto(site_address + "assess/quick/")`."""
    return serve(built_site)


class _Handler(SimpleHTTPRequestHandler):
    """Serves files with the types that static hosts give them, whatever this machine thinks of them."""

    extensions_map = {  # noqa: RUF012 - as in the class that it extends
        **SimpleHTTPRequestHandler.extensions_map,
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".webmanifest": "application/manifest+json",
        ".xml": "application/xml",
    }

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as above
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that leave in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = _Handler) -> Iterator[str]:
    with _Server(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


# The browser


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium. Without one, tests fail: what nobody has looked at has not passed."""
    path = browser.executable()
    if path is None:
        pytest.fail(browser.MISSING, pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=browser.flags())
        yield started
        started.close()


@pytest.fixture
def faults() -> list[str]:
    """What the pages of this test did wrong. A test that provokes a fault looks at it here and then clears the list."""
    return []


@pytest.fixture
def open_page(chromium: Browser, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own: `open_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)`.

    Takes the options of Playwright's `Browser.new_context`. A test fails at its end if one of its pages, or a page that
    those opened, wrote an error to the console, threw an error, or asked another site for anything.
    """
    contexts: list[BrowserContext] = []

    def open_(**options: Any) -> Page:
        context = chromium.new_context(**options)
        contexts.append(context)
        _watch(context, faults)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()
    if faults:
        pytest.fail("The page misbehaved:\n" + "\n".join(faults), pytrace=False)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A fresh page, in a context of its own."""
    return open_page()


def _watch(context: BrowserContext, faults: list[str]) -> None:
    def look_at_message(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def look_at_request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in ("127.0.0.1", "localhost"):
            faults.append(f"request to another site: {request.url}")

    context.on("console", look_at_message)
    context.on("weberror", lambda error: faults.append(f"uncaught: {error.error}"))
    context.on("request", look_at_request)
