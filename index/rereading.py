"""Pages that waited for OCR are read, from the file as it was deposited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from index.adding import Outcome
from index.describing import with_meaning
from index.encoding import Encoder
from index.library import Library, Record
from index.reading_ahead import OnReading
from index.topics import prototypes_of
from ingest.errors import CaselibError
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.ocr import can_read_scans, needs_ocr
from ingest.read import read_document


def waiting_documents(library: Library, names: Sequence[str] = ()) -> list[Record]:
    """The documents named, or all that wait for OCR, the oldest first.

    Raises
    ------
    NotInLibrary : one of the names is no document's.
    NeedsOCR : Tesseract is not installed.
    """
    if not can_read_scans():
        raise needs_ocr()
    if names:
        return list({found.document: found for found in map(library.record, names)}.values())
    return library.needing_ocr()[::-1]


def read_waiting(
    library: Library,
    encoder: Encoder,
    records: Sequence[Record],
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnReading | None = None,
) -> Iterator[Outcome]:
    """Read documents anew, with OCR, yielding the outcome of each as it is known.

    A document's pages, passages and vectors change in one transaction; its corrections stay. What
    goes wrong is in the outcome, and the document is as it was.

    Parameters
    ----------
    on_page : called with a document's title as its pages are read.
    """
    for record in records:
        name = record.title or record.filename
        try:
            yield _read_again(library, encoder, record, limits, on_page)
        except CaselibError as error:
            yield Outcome(name, "failed", record.document, record.title, error=error)


def _read_again(
    library: Library,
    encoder: Encoder,
    record: Record,
    limits: Limits,
    on_page: OnReading | None,
) -> Outcome:
    name = record.title or record.filename

    def page_read(page: int, of: int) -> None:
        if on_page is not None:
            on_page(name, page, of)

    with TemporaryDirectory(prefix="caselib-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(library.file(record.document))
        document = read_document(path, record.filename, limits, page_read)
    vectors = encoder.encode_passages(document.passages)
    document = with_meaning(document, vectors, prototypes_of(encoder))
    kept = library.replace(document, vectors)
    return Outcome(
        name,
        "read",
        kept.document,
        kept.title,
        kept.pages,
        kept.passages,
        kept.languages,
        pictures=kept.pictures,
    )
