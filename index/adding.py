"""Files go into the library one by one; a bad one does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.encoding import Encoder
from index.library import Library
from ingest.document import Document
from ingest.errors import CaselibError
from ingest.limits import Limits, OnPage
from ingest.read import file_digest, read_document

SUFFIXES = frozenset(
    ".pdf .pptx .docx .html .htm .xhtml .md .markdown .txt .odt .odp .epub .doc .ppt".split()
)
"""Endings that a folder is searched for; a file that is named itself is tried whatever it is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Attributes
    ----------
    status : `added`, `duplicate` (its bytes are here already) or `failed`.
    error : why it failed.
    """

    file: str
    status: str
    document: str = ""
    title: str = ""
    pages: int = 0
    passages: int = 0
    languages: tuple[str, ...] = ()
    error: CaselibError | None = None


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those in the folders named whose ending is one we read, in order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
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
    limits: Limits = Limits(),
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
    name = filename or str(path)
    try:
        known = library.has(file_digest(path)) if path.is_file() else None
        if known is not None:
            return Outcome(
                name,
                "duplicate",
                known.document,
                known.title,
                known.pages,
                known.passages,
                known.languages,
            )
        document = read_document(path, filename, limits, on_page)
        if on_embedding is not None:
            on_embedding(document)
        added = library.add(document, path, encoder.encode_passages(document.passages))
    except CaselibError as error:
        return Outcome(name, "failed", error=error)
    return Outcome(
        name,
        "duplicate" if added.duplicate else "added",
        added.document,
        document.title,
        len(document.pages),
        len(document.passages),
        document.languages,
    )


def add_files(library: Library, encoder: Encoder, paths: Iterable[Path]) -> Iterator[Outcome]:
    """Add files and folders, yielding the outcome of each file as it is known."""
    for path in files_in(paths):
        yield add_file(library, encoder, path)
