"""The process that reads untrusted files: `python -m ingest.worker`, started by `ingest.sandbox`.

It loads the readers once, cuts itself off from the network and then, for each request on its
standard input, forks a process with limits that reads one file and ends. A fork costs some
milliseconds, and nothing of a file lives on in the process that reads the next.
"""

import ctypes
import gc
import json
import math
import os
import resource
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

from ingest.errors import N_, CaselibError, UnreadableFile
from ingest.limits import Limits, Reading, broke_its_reader, out_of_memory
from ingest.messages import (
    encode,
    error_message,
    file_text_message,
    recognised_message,
    view_message,
)
from ingest.page_view import AskedView, view_page
from ingest.readers import read_untrusted
from ingest.scanned_page import read_scanned_page
from ingest.tesseract import ScannedPage

OUT = 1
# Exit statuses by which the sandbox tells why a file was not read.
CRASHED = 70
OUT_OF_TIME = 71

_CLONE_NEWNET = 0x40000000
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG = 1
_PR_SET_NO_NEW_PRIVS = 38


def main() -> int:
    """Serve requests until standard input ends or a file takes its process down."""
    _shut_off_network()
    gc.collect()
    gc.freeze()
    _send({"ready": os.getpid()})
    for line in sys.stdin.buffer:
        status = _read_in_fork(json.loads(line))
        if status:
            return status
    return 0


def _send(message: dict[str, Any]) -> None:
    content = memoryview(encode(message))
    while content:
        content = content[os.write(OUT, content) :]


def _shut_off_network() -> None:
    """Leave the network by a namespace of our own where that is permitted, else close sockets."""
    libc = ctypes.CDLL(None, use_errno=True)
    prctl = getattr(libc, "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    unshare = getattr(libc, "unshare", None)
    if unshare is not None:
        flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWNET | _CLONE_NEWUSER
        if unshare(flags) == 0:
            return

    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("the network is shut off while a file is read")

    socket.socket = refuse  # type: ignore[assignment, misc]
    socket.create_connection = refuse


def _read_in_fork(request: dict[str, Any]) -> int:
    child = os.fork()
    if child == 0:
        status = CRASHED
        try:
            status = _read(request)
        finally:
            os._exit(status)
    _, waited = os.waitpid(child, 0)
    if os.WIFSIGNALED(waited):
        return OUT_OF_TIME if os.WTERMSIG(waited) == signal.SIGXCPU else CRASHED
    return os.WEXITSTATUS(waited)


def _read(request: dict[str, Any]) -> int:
    limits = Limits(**request["limits"])
    _apply(limits)
    reading = Reading(
        filename=request["filename"],
        limits=limits,
        password=request["password"],
        on_page=_Progress(limits),
    )
    try:
        _send(_answer(request, reading))
    except CaselibError as error:
        _send(error_message(error))
    except MemoryError:
        # What was read so far is let go before anything is written.
        _send(error_message(out_of_memory(limits)))
    except RecursionError:
        _send(error_message(UnreadableFile(N_("This file is nested too deeply to be read."))))
    except Exception:
        # A library let an error through that no reader knows; the file is what brought it about.
        _send(error_message(broke_its_reader()))
    return 0


def _answer(request: dict[str, Any], reading: Reading) -> dict[str, Any]:
    path = Path(request["path"])
    if "scan" in request:
        return recognised_message(read_scanned_page(path, ScannedPage(**request["scan"]), reading))
    if "view" in request:
        return view_message(view_page(path, AskedView(**request["view"]), reading))
    return file_text_message(read_untrusted(path, reading))


def _apply(limits: Limits) -> None:
    """Bound this process: memory, processor time, no files written, no core dump."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    seconds = math.ceil(limits.seconds)
    most = seconds + math.ceil(limits.seconds_per_page * limits.pages)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, most + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class _Progress:
    """Tells the sandbox of each page, and gives this process time by the page."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.known = False

    def __call__(self, page: int, of: int) -> None:
        if not self.known:
            self.known = True
            pages = min(of, self.limits.pages)
            seconds = math.ceil(self.limits.seconds + self.limits.seconds_per_page * pages)
            _, most = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (min(seconds, most), most))
        _send({"page": page, "of": of})


if __name__ == "__main__":
    sys.exit(main())
