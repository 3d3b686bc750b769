"""The app is served; on the first run the library is built from the starter documents."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from desk.accounts import make_first_code
from desk.opening import open_desk
from index.adding import Outcome, add_files, files_in
from index.encoding import default_encoder
from index.errors import LibraryUnavailable
from index.library import Library
from index.opening import open_library
from ingest.errors import CaselibError
from search.concept_space import concept_space

ROOT = Path(__file__).resolve().parent.parent
STARTER = ROOT / "data" / "starter"

_STATE = "starter"


def needs_starter(library: Library) -> bool:
    """Whether the starter documents have still to be added: a new library, or one cut short."""
    return library.remembered(_STATE) != "built" and (
        library.remembered(_STATE) == "building" or not library.records()
    )


def build_starter(
    library: Library, on_file: Callable[[int, int, Outcome | None], None]
) -> list[Outcome]:
    """Add the starter documents; what is there already is passed over.

    Parameters
    ----------
    on_file : called with the number of files done, of all files, and the last one's outcome.
    """
    library.remember(_STATE, "building")
    files = files_in([STARTER])
    encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
    outcomes = []
    on_file(0, len(files), None)
    for outcome in add_files(library, encoder, files):
        outcomes.append(outcome)
        on_file(len(outcomes), len(files), outcome)
    library.remember(_STATE, "built")
    return outcomes


def is_first_run(url: str) -> bool:
    """Whether there is no library at a URL yet."""
    try:
        open_library(url, create=False).close()
    except LibraryUnavailable:
        return True
    except CaselibError:
        return False
    return False


def open_for_serving(url: str) -> Library:
    """The library at a URL, made with the configured model if it is not there yet.

    What is learnt once of a model is learnt then, so that no reader waits for it.
    """
    if is_first_run(url):
        encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
        concept_space(encoder)
        return open_library(url, encoder.recipe)
    return open_library(url, create=False)


def first_code(library: Library) -> str:
    """A one-time code to set the administrator's password with; `` where there is one already."""
    return make_first_code(open_desk(library).database)


def free_port(wanted: int) -> int:
    """The port wanted, or another free one where it is taken."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    return wanted


def run_app(url: str, port: int, address: str) -> int:
    """Run Streamlit on the app until it is stopped; returns its exit code."""
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")),
        *("--server.port", str(port), "--server.address", address),
        *("--server.headless", "true", "--browser.gatherUsageStats", "false"),
    ]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "CASELIB_LIBRARY": url})
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        return 0
