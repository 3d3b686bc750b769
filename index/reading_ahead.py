"""Files are read in a thread of its own while those before them are embedded and kept."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from index.deposits import Deposit, Source, deposits_of
from index.library import Library, Record
from ingest.document import Document
from ingest.errors import CaselibError
from ingest.limits import DEFAULT_LIMITS, Limits, OnPage
from ingest.read import file_digest, read_document

AHEAD = 16
"""Documents that are read before the first of them is embedded, at most."""
_PATIENCE = 10.0
"""Seconds to wait for a thread that was told to stop."""

OnReading = Callable[[str, int, int], None]
"""Called with a file's name, the number of the page being read and the number of pages."""


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, or why it was not.

    Attributes
    ----------
    known : the document that the library has of these bytes.
    document, error : what it became; None both where `known`, or where the same bytes were read
        before in the same run and are not in the library yet.
    seconds : that it took.
    """

    deposit: Deposit
    known: Record | None = None
    document: Document | None = None
    error: CaselibError | None = None
    seconds: float = 0.0


class _Stopped(BaseException):
    """Nobody waits for what is being read; no Exception, so that no reader takes it for a fault."""


def read_deposit(
    library: Library,
    deposit: Deposit,
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnPage | None = None,
    seen: set[str] | None = None,
) -> Read:
    """Read a file, unless the library has it.

    Parameters
    ----------
    seen : digests of the files that were read before; this one's is put among them.
    """
    started = time.perf_counter()
    try:
        if deposit.error is not None:
            raise deposit.error
        if deposit.path.is_file():
            digest = file_digest(deposit.path)
            known = library.has(digest)
            if known is not None or (seen is not None and digest in seen):
                return Read(deposit, known=known)
            if seen is not None:
                seen.add(digest)
        document = read_document(deposit.path, deposit.filename, limits, on_page)
    except CaselibError as error:
        return Read(deposit, error=error, seconds=time.perf_counter() - started)
    return Read(deposit, document=document, seconds=time.perf_counter() - started)


class ReadingAhead:
    """Reads sources in a thread; `with` bounds its life.

    Parameters
    ----------
    library : asked which files it has already.
    on_page : called in that thread.
    loopback_port : a port of this machine that links may lead to, for tests.
    """

    def __init__(
        self,
        library: Library,
        sources: Iterable[Source],
        limits: Limits = DEFAULT_LIMITS,
        on_page: OnReading | None = None,
        loopback_port: int | None = None,
    ) -> None:
        self._library = library
        self._sources = sources
        self._limits = limits
        self._on_page = on_page
        self._loopback_port = loopback_port
        self._read: queue.Queue[Read | BaseException | None] = queue.Queue(AHEAD)
        self._stop = threading.Event()
        self._ended = False
        self._folder = TemporaryDirectory(prefix="caselib-", ignore_cleanup_errors=True)
        self._thread = threading.Thread(target=self._work, name="reading ahead", daemon=True)

    def __enter__(self) -> ReadingAhead:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join(_PATIENCE)
        self._folder.cleanup()

    def batch(self, passages: int) -> list[Read]:
        """What was read meanwhile, waiting for one file at least; empty when all are done.

        Parameters
        ----------
        passages : how many the files of a batch should have together, if as many are there.
        """
        found: list[Read] = []
        count = 0
        while not self._ended and count < passages:
            try:
                one = self._read.get(block=not found)
            except queue.Empty:
                break
            if isinstance(one, BaseException):
                raise one
            if one is None:
                self._ended = True
                break
            found.append(one)
            count += len(one.document.passages) if one.document is not None else 0
        return found

    def _work(self) -> None:
        try:
            seen: set[str] = set()
            folder = Path(self._folder.name)
            for source in self._sources:
                for deposit in deposits_of(source, folder, self._limits, self._loopback_port):
                    on_page = self._page_of(deposit)
                    self._put(read_deposit(self._library, deposit, self._limits, on_page, seen))
            self._put(None)
        except _Stopped:
            return
        except BaseException as error:
            self._put(error)

    def _page_of(self, deposit: Deposit) -> OnPage:
        def on_page(page: int, of: int) -> None:
            if self._stop.is_set():
                raise _Stopped
            if self._on_page is not None:
                self._on_page(deposit.name, page, of)

        return on_page

    def _put(self, one: Read | BaseException | None) -> None:
        while not self._stop.is_set():
            try:
                self._read.put(one, timeout=0.1)
            except queue.Full:
                continue
            return
        if not isinstance(one, BaseException):
            raise _Stopped
