"""Untrusted files are read in other processes, kept warm, with limits on what they may use."""

import atexit
import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

from ingest.document import FileText
from ingest.errors import CaselibError, UnreadableFile
from ingest.limits import Limits, OnPage, broke_its_reader, out_of_time, out_of_time_for_scan
from ingest.messages import error_of, file_text_of, recognised_of, request, view_of
from ingest.page_view import AskedView, PageView
from ingest.tesseract import Recognised, ScannedPage

OUT_OF_TIME = 71
START_SECONDS = 60.0
READ_BYTES = 1 << 20
KEPT_WORKERS = max(1, min(4, os.cpu_count() or 1))
# All that a reading process is told of its surroundings; passwords and keys stay behind.
KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR", "HOME")

_Answer = TypeVar("_Answer", FileText, Recognised, PageView)

_idle: list["_Worker"] = []
_lock = threading.Lock()


class _Broken(Exception):
    """The worker ended, or said what it cannot say."""


class _Late(Exception):
    """The worker took longer than it may."""


class _Worker:
    """A running `python -m ingest.worker` and the pipes to it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "ingest.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )
        self.rest = b""
        self.owner = os.getpid()
        try:
            self.receive(time.monotonic() + START_SECONDS)
        except (_Broken, _Late) as error:
            self.stop()
            # No fault of the file: an installation that lacks a library, or a machine at its limit.
            raise RuntimeError(f"the reading process does not start: {_why_not()}") from error

    def send(self, line: bytes) -> None:
        stdin = _pipe(self.process.stdin)
        try:
            stdin.write(line)
            stdin.flush()
        except OSError as error:
            raise _Broken from error

    def receive(self, deadline: float) -> dict[str, Any]:
        """Give the next message; raises _Late after the deadline, _Broken when there is none."""
        pipe = _pipe(self.process.stdout).fileno()
        pieces = [self.rest]
        while b"\n" not in pieces[-1]:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                raise _Late
            piece = os.read(pipe, READ_BYTES)
            if not piece:
                raise _Broken
            pieces.append(piece)
        line, _, self.rest = b"".join(pieces).partition(b"\n")
        try:
            message = json.loads(line)
        except ValueError as error:
            raise _Broken from error
        if not isinstance(message, dict):
            raise _Broken
        return message

    def stop(self) -> int:
        """End the worker and what it started; give its exit status."""
        if self.process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                # It may be about to say why it ends.
                _pipe(self.process.stdin).close()
                self.process.wait(0.2)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, 9)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                _pipe(pipe).close()
        return self.process.wait()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None, "workers are started with both pipes"
    return pipe


def _why_not() -> str:
    """Say what an import of the worker says."""
    trial = subprocess.run(
        [sys.executable, "-P", "-c", "import ingest.worker"],
        env=_environment(),
        capture_output=True,
        timeout=START_SECONDS,
        text=True,
        check=False,
    )
    return trial.stderr.strip()[-500:] or "no reason given"


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    folders = [str(Path(__file__).resolve().parent.parent), os.environ.get("PYTHONPATH", "")]
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, folders))}


@contextlib.contextmanager
def _worker() -> Iterator[_Worker]:
    """Lend a worker to one thread; one that fails is ended, the others are kept warm."""
    with _lock:
        while _idle and _idle[-1].owner != os.getpid():
            # Inherited by a fork: the parent's, not ours.
            _idle.pop()
        worker = _idle.pop() if _idle else None
    if worker is None or worker.process.poll() is not None:
        worker = _Worker()
    try:
        yield worker
    except BaseException:
        worker.stop()
        raise
    with _lock:
        if len(_idle) < KEPT_WORKERS:
            _idle.append(worker)
            return
    worker.stop()


def read_in_sandbox(
    path: Path,
    filename: str,
    limits: Limits,
    password: str | None = None,
    on_page: OnPage | None = None,
) -> FileText:
    """Read a file in a process with limits on memory, time, pages and unpacked size.

    Parameters
    ----------
    on_page : called in this process with a page's number and the number of pages.

    Raises
    ------
    UnreadableFile : whatever went wrong, as one sentence.
    """
    started = time.monotonic()
    return _asked(
        request(str(path.resolve()), filename, limits, password),
        lambda worker: _file_text(worker, started, limits, on_page),
        out_of_time(limits),
    )


def read_scan_in_sandbox(
    path: Path, filename: str, limits: Limits, scan: ScannedPage, password: str | None = None
) -> Recognised:
    """Read one page by OCR in a process with limits on memory and time (`seconds_per_scan`).

    Raises
    ------
    UnreadableFile : whatever went wrong, as one sentence.
    """
    deadline = time.monotonic() + limits.seconds_per_scan
    return _asked(
        request(str(path.resolve()), filename, limits, password, scan),
        lambda worker: _one(worker, deadline, recognised_of),
        out_of_time_for_scan(limits),
    )


def view_in_sandbox(path: Path, filename: str, limits: Limits, view: AskedView) -> PageView:
    """Look at one page of a PDF in a process with limits on memory and time (`seconds`).

    Raises
    ------
    UnreadableFile : whatever went wrong, as one sentence.
    """
    deadline = time.monotonic() + limits.seconds
    return _asked(
        request(str(path.resolve()), filename, limits, None, view=view),
        lambda worker: _one(worker, deadline, view_of),
        out_of_time(limits),
    )


def _asked(
    line: bytes, answer: Callable[[_Worker], _Answer | CaselibError], late: UnreadableFile
) -> _Answer:
    """Ask a worker and give its answer; an error that it answers with is raised."""
    status = 0
    try:
        with _worker() as worker:
            try:
                worker.send(line)
                outcome = answer(worker)
            except _Broken:
                status = worker.stop()
                raise
    except _Late as error:
        raise late from error
    except _Broken as error:
        raise late if status == OUT_OF_TIME else broke_its_reader() from error
    if isinstance(outcome, CaselibError):
        raise outcome
    return outcome


def _one(
    worker: _Worker, deadline: float, of: Callable[[dict[str, Any]], _Answer]
) -> _Answer | CaselibError:
    """The one message that a worker answers with, read by `of`."""
    message = worker.receive(deadline)
    try:
        return error_of(message) if "error" in message else of(message)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _Broken from error


def _file_text(
    worker: _Worker, started: float, limits: Limits, on_page: OnPage | None
) -> FileText | CaselibError:
    deadline = started + limits.seconds
    while True:
        message = worker.receive(deadline)
        try:
            if "error" in message:
                return error_of(message)
            if "file" in message:
                return file_text_of(message)
            page, of = int(message["page"]), int(message["of"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _Broken from error
        allowed = limits.seconds + limits.seconds_per_page * min(of, limits.pages)
        deadline = started + allowed
        if on_page is not None:
            on_page(page, of)


def stop_workers() -> None:
    """End all idle workers; the next file starts a new one."""
    with _lock:
        workers, _idle[:] = list(_idle), []
    for worker in workers:
        if worker.owner == os.getpid():
            worker.stop()


atexit.register(stop_workers)
