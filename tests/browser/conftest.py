"""The real app in a real browser: Chromium drives what `streamlit run app.py` serves."""

from __future__ import annotations

import html
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from index.adding import add_file
from index.encoding import Encoder
from index.opening import open_library
from tests.conftest import TEXTS

ROOT = Path(__file__).resolve().parent.parent.parent
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
]
SECONDS_TO_START = 120
HOSTILE_TITLE = "Registries <img src=x onerror=alert(1)> [a](b) **c** :red[d] $x^2$ a -> b"

OpenPage = Callable[..., Page]


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark by which these tests are chosen or left out."""
    config.addinivalue_line("markers", "browser: drives the real app in Chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


def _chromium() -> str:
    found = os.environ.get("CASELIB_CHROMIUM") or next(
        (path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), ""
    )
    if not found:
        pytest.skip("Chromium is not installed: apt-get install chromium, or set CASELIB_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    path = _chromium()
    # The first search waits for the model, and machines that test are busy.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def library_folder(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A library of eight documents that the app may change; one has a hostile title."""
    folder = tmp_path_factory.mktemp("browser")
    library = open_library(str(folder / "library"), encoder.recipe)
    cases = {
        **TEXTS,
        "hostile.html": (
            f"<h1>{html.escape(HOSTILE_TITLE)}</h1><p>The registry wrote about takeovers "
            + html.escape(
                "</blockquote><h1>Injected</h1> <script>document.title = 'taken over'</script> "
                "<img src='https://evil.example/p.png'> and takeovers again.</p>"
            )
        ),
    }
    for name, text in cases.items():
        (folder / name).write_text(text, encoding="utf-8")
        assert add_file(library, encoder, folder / name).status == "added"
    library.close()
    return folder / "library"


class Server:
    """A running app.

    Parameters
    ----------
    options : of Streamlit, beside the port.
    """

    def __init__(
        self,
        library: Path,
        log: Path,
        options: Sequence[str] = (),
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = log
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [*command, f"--server.port={self.port}", *options],
                cwd=ROOT,
                env={**os.environ, "CASELIB_LIBRARY": str(library), **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2).close()
                return
            except OSError:
                time.sleep(0.2)
        raise AssertionError(f"The app did not start:\n{self.log.read_text()}")

    def stop(self) -> None:
        """Stop it with the processes that it started."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(library_folder: Path, browser: Browser) -> Iterator[Server]:
    """The app on a free port."""
    running = Server(library_folder, library_folder.parent / "app.log")
    try:
        running.wait()
        _first_question(running, browser)
        yield running
    finally:
        running.stop()


def _first_question(running: Server, browser: Browser) -> None:
    """Ask once and wait for the model, as long as a busy machine takes to load it."""
    page = browser.new_page()
    page.goto(f"{running.url}/?q=anycast")
    page.wait_for_selector("[class*=st-key-hit-]", timeout=1000 * SECONDS_TO_START)
    page.close()


@pytest.fixture
def open_page(server: Server, browser: Browser) -> Iterator[OpenPage]:
    """Opens the app as a reader would; fails where it asks another host, alerts or breaks."""
    contexts = []
    wrong: list[str] = []

    def open_at(path: str = "/", locale: str = "en-US", width: int = 1280) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, locale=locale, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("dialog", lambda dialog: wrong.append(f"alert: {dialog.message}"))
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda request: _check_host(request.url, server.url, wrong))
        page.goto(server.url + path)
        page.wait_for_selector(".st-key-content h1, .st-key-content [role=alert]", state="attached")
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert not wrong


def _check_host(url: str, own: str, wrong: list[str]) -> None:
    if url.startswith(("http", "ws")) and url.split("/")[2] != own.split("/")[2]:
        wrong.append(f"another host: {url}")
