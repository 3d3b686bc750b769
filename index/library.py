"""The Library seam: what a store of documents, passages and vectors promises.

`open_library` in `index/opening.py` chooses the store by the library's URL alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.recipe import Recipe
from ingest.document import Document, Page

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DocumentVectors:
    """The vectors of one document, in the order of its passages.

    Attributes
    ----------
    passages : (passages, dimension).
    sentence_spans : for each passage the (start, end) characters of its sentences.
    sentences : (all sentences, dimension), passage by passage.
    """

    passages: Vectors
    sentence_spans: tuple[tuple[tuple[int, int], ...], ...]
    sentences: Vectors


@dataclass(frozen=True, slots=True)
class Record:
    """A document as the catalogue knows it, without its pages and passages."""

    document: str
    sha256: str
    filename: str
    media_type: str
    size: int
    title: str
    year: int | None
    registries: tuple[str, ...]
    languages: tuple[str, ...]
    pages: int
    passages: int
    added: str
    reasons: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The document's own language, `` where it cannot be told."""
        return self.languages[0] if self.languages else ""


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with where it stands.

    Attributes
    ----------
    passage : its number in the whole library; never given twice.
    position : its place in the document, from 1.
    """

    passage: int
    document: str
    position: int
    page: int
    language: str
    text: str
    read_by_ocr: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is narrowed to; an empty field narrows nothing."""

    languages: tuple[str, ...] = ()
    registries: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document: kept, or there already under the same bytes."""

    document: str
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found wrong, and what mends it."""

    what: str
    mend: str


class Library(Protocol):
    """A store of documents. Every method may be called from any thread."""

    url: str
    recipe: Recipe

    def add(self, document: Document, file: Path, vectors: DocumentVectors) -> Added:
        """Keep a document whole, in one transaction, with the file's bytes.

        Raises
        ------
        LibraryUnavailable : nothing could be written; the library is as it was.
        """
        ...

    def remove(self, document: str) -> Record:
        """Take a document out with its file, passages, vectors and words.

        Raises
        ------
        NotInLibrary : no such document.
        """
        ...

    def has(self, sha256: str) -> Record | None:
        """The document of these bytes, if it is here."""
        ...

    def record(self, document: str) -> Record:
        """Look a document up by its identifier or an unambiguous beginning of it.

        Raises
        ------
        NotInLibrary : no such document.
        """
        ...

    def records(self) -> list[Record]:
        """All documents, newest first."""
        ...

    def pages(self, document: str) -> list[Page]:
        """The pages of a document, in order."""
        ...

    def passages_of(self, document: str) -> list[StoredPassage]:
        """The passages of a document, in order."""
        ...

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        """Passages by number; numbers that are gone are left out."""
        ...

    def file(self, document: str) -> bytes:
        """The file as it was deposited."""
        ...

    def nearest(
        self, query: Vectors, limit: int, filters: Filters = Filters()
    ) -> tuple[Ids, Vectors]:
        """The passages whose vectors score highest against a query vector, best first.

        Parameters
        ----------
        query : (dimension,).
        """
        ...

    def with_words(
        self, tokens: Sequence[str], limit: int, filters: Filters = Filters()
    ) -> tuple[Ids, Vectors]:
        """Passages by BM25 over tokens (`index.tokens`), best first; score 0 and up."""
        ...

    def with_all_words(self, tokens: Sequence[str], filters: Filters = Filters()) -> list[int]:
        """Numbers of all passages that hold every one of the tokens."""
        ...

    def vectors_of(self, ids: Sequence[int]) -> Vectors:
        """Passage vectors by number, (len(ids), dimension)."""
        ...

    def sentences_of(
        self, ids: Sequence[int]
    ) -> dict[int, tuple[tuple[tuple[int, int], ...], Vectors]]:
        """For each passage its sentences' character spans and vectors."""
        ...

    def language_means(self) -> dict[str, Vectors]:
        """Mean passage vector of each language that has enough passages to tell."""
        ...

    def remember(self, name: str, value: str) -> None:
        """Keep a small fact about the library itself."""
        ...

    def remembered(self, name: str) -> str:
        """A fact that was kept, `` where there is none."""
        ...

    def version(self) -> int:
        """Number of the last transaction: grows with every change."""
        ...

    def check(self) -> Iterator[Finding]:
        """Verify the library from end to end; nothing found means whole."""
        ...

    def mend(self) -> None:
        """Make the search index anew and delete files that belong to no document."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
