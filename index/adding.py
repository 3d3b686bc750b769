"""Files go into the library one by one; a bad one does not stop the others.

They are read ahead, and the passages of several small ones are embedded together, but each document
is kept in a transaction of its own, as soon as it can be.
"""

from __future__ import annotations

import functools
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType, TracebackType
from typing import Any, TypeVar

from index.deposits import Deposit, Source, deposits_of
from index.describing import with_meaning
from index.encoding import Encoder
from index.library import DocumentVectors, Library, Record
from index.reading_ahead import OnReading, Read, ReadingAhead, read_deposit
from index.topics import prototypes_of
from ingest.document import Document
from ingest.errors import CaselibError
from ingest.limits import DEFAULT_LIMITS, Limits, OnPage

SUFFIXES = frozenset(
    ".pdf .pptx .docx .html .htm .xhtml .md .markdown .txt .odt .odp .epub .doc .ppt .zip".split()
)
"""Endings that a folder is searched for; a file that is named itself is tried whatever it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Attributes
    ----------
    file : its name: a path, a link, or `archive.zip/member.pdf`.
    status : `added`, `read` (its pages that waited for OCR), `duplicate` (its bytes are here
        already) or `failed`.
    error : why it failed.
    pictures : numbers of its pages that wait for OCR.
    """

    file: str
    status: str
    document: str = ""
    title: str = ""
    pages: int = 0
    passages: int = 0
    languages: tuple[str, ...] = ()
    error: CaselibError | None = None
    pictures: tuple[int, ...] = ()


@dataclass(slots=True)
class Times:
    """Seconds that were spent on each step; reading goes on beside the others.

    Attributes
    ----------
    reading : in the reading thread and its process.
    waiting : for a file to be read, with nothing to embed.
    embedding : texts into vectors, topics and summaries.
    keeping : writing to the library.
    """

    reading: float = 0.0
    waiting: float = 0.0
    embedding: float = 0.0
    keeping: float = 0.0


PASSAGES_AT_ONCE = 64
"""Passages that are embedded together, if the files that were read meanwhile have as many."""

_S = TypeVar("_S", Path, Source)


def files_in(paths: Iterable[_S]) -> list[_S]:
    """The files and links named, and the files in the folders named whose ending is one we read."""
    found: list[Any] = []
    for path in paths:
        if isinstance(path, Path) and path.is_dir():
            found += sorted(
                inside
                for inside in path.rglob("*")
                if inside.suffix.lower() in SUFFIXES
                and inside.is_file()
                and not any(part.startswith(".") for part in inside.relative_to(path).parts)
            )
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def add_file(
    library: Library,
    encoder: Encoder,
    path: Path,
    filename: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnPage | None = None,
    on_embedding: Callable[[Document], None] | None = None,
) -> Outcome:
    """Read, embed and keep one file. What goes wrong is in the outcome, not raised.

    Parameters
    ----------
    filename : the name that it was deposited under, where that is another than the path's.
    on_page : called while it is read.
    on_embedding : called once it is read and its passages are about to be embedded.
    """
    read = read_deposit(
        library, Deposit(filename or str(path), filename or path.name, path), limits, on_page
    )
    if read.document is not None and on_embedding is not None:
        on_embedding(read.document)
    (outcome,) = _keep_all(library, encoder, [read], Times())
    return outcome


def add_source(
    library: Library,
    encoder: Encoder,
    source: Source,
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnReading | None = None,
    on_embedding: Callable[[str, Document], None] | None = None,
    loopback_port: int | None = None,
) -> Iterator[Outcome]:
    """Add a file, the documents in an archive, or what a link leads to, all in this thread.

    Parameters
    ----------
    on_page : called while a file is read, with its name.
    on_embedding : called with a file's name once it is read.
    loopback_port : a port of this machine that links may lead to, for tests.
    """
    with TemporaryDirectory(prefix="caselib-") as folder:
        for deposit in deposits_of(source, Path(folder), limits, loopback_port):
            told = functools.partial(on_page, deposit.name) if on_page is not None else None
            read = read_deposit(library, deposit, limits, told)
            if read.document is not None and on_embedding is not None:
                on_embedding(deposit.name, read.document)
            yield from _keep_all(library, encoder, [read], Times())


def add_files(
    library: Library,
    encoder: Encoder,
    sources: Iterable[Source],
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnReading | None = None,
    on_embedding: Callable[[Sequence[Document]], None] | None = None,
    times: Times | None = None,
    loopback_port: int | None = None,
) -> Iterator[Outcome]:
    """Add files, folders, archives and links, yielding the outcome of each file as it is known.

    What was yielded as added is in the library whole, whatever happens afterwards; what is there
    already is neither read nor embedded again. Ctrl+C comes through between two batches, or while
    one is embedded.

    Parameters
    ----------
    on_page : called in another thread as pages are read.
    on_embedding : called with the documents whose passages are about to be embedded.
    times : where the time that each step takes is added up.
    loopback_port : a port of this machine that links may lead to, for tests.
    """
    times = times if times is not None else Times()
    with ReadingAhead(library, files_in(sources), limits, on_page, loopback_port) as reading:
        while True:
            started = time.perf_counter()
            batch = reading.batch(PASSAGES_AT_ONCE)
            times.waiting += time.perf_counter() - started
            if not batch:
                return
            if on_embedding is not None:
                on_embedding([read.document for read in batch if read.document is not None])
            yield from _keep_all(library, encoder, batch, times)


def _keep_all(
    library: Library, encoder: Encoder, batch: Sequence[Read], times: Times
) -> Iterator[Outcome]:
    """Embed what was read together and keep it document by document."""
    started = time.perf_counter()
    documents = [read.document for read in batch if read.document is not None]
    embedded: Iterator[tuple[Document, DocumentVectors]] = iter(())
    failure: CaselibError | None = None
    try:
        embedded = iter(_embedded(encoder, documents))
    except CaselibError as error:
        failure = error
    times.embedding += time.perf_counter() - started
    with _Uninterrupted() as uninterrupted:
        for read in batch:
            times.reading += read.seconds
            started = time.perf_counter()
            if read.document is None:
                outcome = _without_document(library, encoder, read)
            elif failure is not None:
                outcome = Outcome(read.deposit.name, "failed", error=failure)
            else:
                outcome = _kept(library, read.deposit, *next(embedded))
            times.keeping += time.perf_counter() - started
            read.deposit.discard()
            yield outcome
    uninterrupted.raise_if_asked()


def _embedded(
    encoder: Encoder, documents: Sequence[Document]
) -> list[tuple[Document, DocumentVectors]]:
    """Documents with their vectors, topics and summaries; their passages are embedded together."""
    if not documents:
        return []
    passages = [passage for document in documents for passage in document.passages]
    together = encoder.encode_passages(passages)
    prototypes = prototypes_of(encoder)
    found = []
    first = first_sentence = 0
    for document in documents:
        last = first + len(document.passages)
        spans = together.sentence_spans[first:last]
        last_sentence = first_sentence + sum(map(len, spans))
        vectors = DocumentVectors(
            together.passages[first:last], spans, together.sentences[first_sentence:last_sentence]
        )
        found.append((with_meaning(document, vectors, prototypes), vectors))
        first, first_sentence = last, last_sentence
    return found


def _kept(
    library: Library, deposit: Deposit, document: Document, vectors: DocumentVectors
) -> Outcome:
    try:
        added = library.add(document, deposit.path, vectors)
    except CaselibError as error:
        return Outcome(deposit.name, "failed", error=error)
    return Outcome(
        deposit.name,
        "duplicate" if added.duplicate else "added",
        added.document,
        document.title,
        len(document.pages),
        len(document.passages),
        document.languages,
        pictures=document.pictures,
    )


def _without_document(library: Library, encoder: Encoder, read: Read) -> Outcome:
    """The outcome of a file that failed, or whose bytes were met before."""
    name = read.deposit.name
    if read.error is not None:
        return Outcome(name, "failed", error=read.error)
    again = read if read.known is not None else read_deposit(library, read.deposit)
    if again.known is not None:
        return _duplicate(name, again.known)
    if again.document is None:
        return Outcome(name, "failed", error=again.error)
    # The same bytes came before in this run, and could not be kept.
    return _kept(library, read.deposit, *_embedded(encoder, [again.document])[0])


def _duplicate(name: str, known: Record) -> Outcome:
    return Outcome(
        name,
        "duplicate",
        known.document,
        known.title,
        known.pages,
        known.passages,
        known.languages,
        pictures=known.pictures,
    )


class _Uninterrupted:
    """Holds Ctrl+C back until what has been embedded is kept, which takes a moment."""

    def __init__(self) -> None:
        self._asked = False
        self._before: Any = None
        self._holds = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> _Uninterrupted:
        if self._holds:
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._holds:
            signal.signal(signal.SIGINT, self._before or signal.default_int_handler)

    def _note(self, number: int, frame: FrameType | None) -> None:
        self._asked = True

    def raise_if_asked(self) -> None:
        """Let the interrupt through that came meanwhile."""
        if self._asked:
            raise KeyboardInterrupt
