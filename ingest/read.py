"""The one way in: a deposited file becomes a Document, or a sentence that says why not."""

import hashlib
from dataclasses import replace
from pathlib import Path

from ingest.describe import describe
from ingest.document import Document, FileText
from ingest.errors import N_, NeedsConversion, UnreadableFile
from ingest.formats import check_size
from ingest.legacy import read_legacy
from ingest.limits import DEFAULT_LIMITS, Limits, OnPage
from ingest.names import safe_filename
from ingest.ocr import read_scans, without_text
from ingest.passages import split_into_passages
from ingest.sandbox import read_in_sandbox
from ingest.titles import title_of_name


def read_file(
    path: Path,
    filename: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnPage | None = None,
    password: str | None = None,
) -> FileText:
    """Read what a file says, in a process of its own with limits on time and memory.

    Parameters
    ----------
    path : the file.
    filename : name it was deposited under, where that is another than the path's.
    on_page : called with the number of each page as it is read, and the number of pages.
    password : opens a file protected with one.

    Returns
    -------
    Its text. Pages that are pictures are read by OCR where Tesseract is installed; those that
    still need it are named in `pictures`.

    Raises
    ------
    UnreadableFile : it cannot become a document; its sentence says why and what to do.
    """
    name = safe_filename(filename if filename is not None else path.name)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(N_("There is no file {name}."), name=name) from error
    if not path.is_file():
        raise UnreadableFile(N_("{name} is not a file."), name=name)
    check_size(size, limits)
    try:
        text = read_in_sandbox(path, name, limits, password, on_page)
        text = read_scans(path, name, text, limits, password, on_page)
    except NeedsConversion as needed:
        text = read_legacy(path, needed, limits, on_page)
    if not text.pictures and not any(page.text or page.heading for page in text.pages):
        raise without_text()
    return text


def read_document(
    path: Path,
    filename: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnPage | None = None,
    password: str | None = None,
) -> Document:
    """Read a file and find out what the document is; parameters and errors as for `read_file`."""
    name = safe_filename(filename if filename is not None else path.name)
    text = read_file(path, name, limits, on_page, password)
    passages = split_into_passages(text.pages)
    found = describe(text, passages)
    if text.pictures and not passages and not found.title:
        title = title_of_name(name)
        found = replace(found, title=title.value, guesses={**found.guesses, "title": title})
    return Document(
        sha256=file_digest(path),
        filename=name,
        media_type=text.media_type,
        title=found.title,
        year=found.year,
        registries=found.registries,
        languages=found.languages,
        pages=text.pages,
        passages=passages,
        guesses=found.guesses,
        authors=found.authors,
        kind=found.kind,
        pictures=text.pictures,
    )


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal: the identity of its document."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
