"""The Library seam: what a store of documents, passages and vectors promises.

`open_library` in `index/opening.py` chooses the store by the library's URL alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from index.recipe import Recipe
from ingest.document import Document, Page, Quote
from ingest.registry_list import registries

if TYPE_CHECKING:
    from index.reembedding import Move

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]

FACETS: Final = ("language", "topic", "registry", "region", "year", "kind", "format")
"""What documents are counted by."""
FIELDS: Final = (
    "title", "authors", "year", "registries", "regions", "topics", "kind", "languages", "summary",
)  # fmt: skip
"""What a librarian can correct."""
LINKS: Final = ("twin", "edition", "translation", "different")
"""What a person can say that two documents are to one another."""


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
    """A document as the catalogue knows it, without its pages and passages.

    Attributes
    ----------
    registries : ccTLDs without the dot; `languages` : most of its text first.
    reasons : by field, why its value was guessed; fields that were corrected have none.
    topics : entries of data/topics; kind : one of `ingest.kinds.KINDS`.
    authors : as printed.
    summary : sentences quoted from it, in its order.
    regions : ICANN's, by the registries unless they were corrected.
    corrected : names of the fields whose value is a librarian's.
    pictures : numbers of the pages that are pictures and wait for OCR.
    """

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
    topics: tuple[str, ...] = ()
    kind: str = ""
    authors: tuple[str, ...] = ()
    summary: tuple[Quote, ...] = ()
    regions: tuple[str, ...] = ()
    corrected: tuple[str, ...] = ()
    pictures: tuple[int, ...] = ()

    @property
    def needs_ocr(self) -> bool:
        """Whether pages of it could not be read yet (`caselib ocr`)."""
        return bool(self.pictures)

    @property
    def territories(self) -> tuple[str, ...]:
        """ISO 3166 codes of the countries and territories of its registries."""
        known = (registries()[code] for code in self.registries if code in registries())
        return tuple(dict.fromkeys(found.territory for found in known if found.territory))

    @property
    def language(self) -> str:
        """The document's own language, `` where it cannot be told."""
        return self.languages[0] if self.languages else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a librarian made of one field of a document.

    Attributes
    ----------
    value : the value that holds; None where there is none, or where the guess was put back.
    who, time : by whom, and when (ISO 8601, UTC).
    found : the value that was found in the document itself.
    withdrawn : the guess was put back.
    """

    document: str
    field: str
    value: Any
    who: str
    time: str
    found: Any
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything of a document but its file, as another library takes it over.

    Attributes
    ----------
    document : with the values that were found in it, whatever has been corrected.
    corrections : all that were made, the oldest first.
    """

    document: Document
    vectors: DocumentVectors
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """What a person said two documents are to one another.

    Attributes
    ----------
    kind : `twin`, the same document in other bytes; `edition`, `document` is the newer one and
        `other` the older; `translation`; `different`, not the same, however alike.
    who, time : by whom, and when (ISO 8601, UTC).
    """

    document: str
    other: str
    kind: str
    who: str
    time: str


@dataclass(frozen=True, slots=True)
class Supplied:
    """A document's title and summary in another language, as a librarian wrote them.

    Attributes
    ----------
    title, summary : `` where the librarian gave none.
    who, time : by whom, and when (ISO 8601, UTC).
    """

    document: str
    language: str
    title: str
    summary: str
    who: str
    time: str


@dataclass(frozen=True, slots=True)
class Described:
    """What was found about a document that is here already.

    Attributes
    ----------
    values : by field, as in `Record`; a field that was found before is left as it is.
    reasons : by field, why.
    """

    document: str
    values: dict[str, Any]
    reasons: dict[str, str]


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
    """What a search is narrowed to; an empty field narrows nothing.

    Several values of a field are alternatives; of several fields all must hold.

    Attributes
    ----------
    languages : of the passage.
    registries : ccTLDs; an ASCII one finds its registry's internationalised ones too.
    """

    languages: tuple[str, ...] = ()
    registries: tuple[str, ...] = ()
    media_types: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document: kept, or there already under the same bytes."""

    document: str
    duplicate: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found wrong, and what mends it.

    Attributes
    ----------
    template, mending : the two sentences in English, to be translated and filled in with `values`.
    """

    template: str
    mending: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """What is wrong, in English."""
        return self.template.format(**self.values)

    @property
    def mend(self) -> str:
        """What mends it, in English."""
        return self.mending.format(**self.values)


class Library(Protocol):
    """A store of documents. Every method may be called from any thread."""

    url: str
    recipe: Recipe

    def add(
        self,
        document: Document,
        file: Path,
        vectors: DocumentVectors,
        corrections: Sequence[Correction] = (),
    ) -> Added:
        """Keep a document whole, in one transaction, with the file's bytes.

        Parameters
        ----------
        corrections : made of it in another library, in which it stood until now.

        Raises
        ------
        LibraryUnavailable : nothing could be written; the library is as it was.
        """
        ...

    def replace(self, document: Document, vectors: DocumentVectors) -> Record:
        """Put what was read anew from a document's file in place of what was read before.

        Pages, passages, vectors and guesses change in one transaction; its identity, its file, the
        time it was added and its corrections stay.

        Raises
        ------
        NotInLibrary : the document of these bytes is not here any more.
        """
        ...

    def remove(self, document: str, forget: bool = False) -> Record:
        """Take a document out with its file, passages, vectors and words.

        Parameters
        ----------
        forget : its corrections and links too, which wait otherwise for the same file to come back.

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

    def whole(self, document: str) -> Whole:
        """Everything of a document but its file.

        Raises
        ------
        NotInLibrary : no such document.
        """
        ...

    def records(self, filters: Filters = Filters()) -> list[Record]:
        """The documents that pass the filters, newest first."""
        ...

    def needing_ocr(self, filters: Filters = Filters()) -> list[Record]:
        """The documents with pages that wait for OCR, newest first."""
        ...

    def correct(self, document: str, field: str, value: Any, who: str) -> Record:
        """Put a librarian's value in place of the guess; it holds whatever is found later.

        It stays when the document is read, described or embedded again, and when it is removed
        and comes back.

        Parameters
        ----------
        field : one of `FIELDS`.
        value : of the type that `Record` has for it; sequences for its tuples, pairs of page and
            text for the summary, names for registries and topics. An empty one says that there
            is none.
        who : the librarian.

        Raises
        ------
        NotInLibrary : no such document.
        WrongValue : the field cannot have that value; the sentence says what it can.
        """
        ...

    def withdraw(self, document: str, field: str, who: str) -> Record:
        """Put the guess back in place of a correction; errors as for `correct`."""
        ...

    def corrections(self, document: str) -> list[Correction]:
        """All corrections of a document, the oldest first."""
        ...

    def link(self, document: str, other: str, kind: str, who: str) -> Link:
        """Say what two documents are to one another, in place of what was said before.

        It holds when a document is read anew, and when it is removed and comes back.

        Parameters
        ----------
        document : of two editions the newer one.
        kind : one of `LINKS`.
        who : the person who says so.

        Raises
        ------
        NotInLibrary : no such document.
        WrongValue : no such kind, or both are the same document.
        """
        ...

    def unlink(self, document: str, other: str) -> None:
        """Take back what was said of two documents.

        Raises
        ------
        NotInLibrary : no such document, or nothing was said.
        """
        ...

    def links(self, document: str | None = None) -> list[Link]:
        """What was said of a document, or of all, the oldest first; both documents are here.

        Raises
        ------
        NotInLibrary : no such document.
        """
        ...

    def supply(
        self, document: str, language: str, title: str, summary: str, who: str
    ) -> tuple[Supplied, ...]:
        """Keep a title and a summary in another language; both empty takes them back.

        They stay when the document is read anew, and when it is removed and comes back.

        Parameters
        ----------
        language : one of `ingest.languages.LANGUAGES`.
        who : the librarian.

        Raises
        ------
        NotInLibrary : no such document.
        WrongValue : there is no such language, or a text is too long or no plain text.
        """
        ...

    def supplied(self, document: str) -> tuple[Supplied, ...]:
        """The titles and summaries in other languages that hold, by language."""
        ...

    def facets(self, filters: Filters = Filters()) -> dict[str, dict[str, int]]:
        """Documents counted by each value of each of `FACETS`, most first and years newest first.

        Each facet is counted under the filters of the others, so that its counts are what choosing
        one of its values gives. A document that has several values counts for each.
        """
        ...

    def undescribed(self) -> list[str]:
        """Documents that were added before topics and summaries were found."""
        ...

    def describe(self, found: Sequence[Described]) -> None:
        """Keep what was found about documents that are here; corrections hold on."""
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

    def file_path(self, document: str) -> AbstractContextManager[Path]:
        """The file as it was deposited, at a path to be read from as long as it is held."""
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

    def move_to(self, recipe: Recipe) -> Move:
        """Begin, or go on with, moving all vectors over to another recipe (`index.reembedding`)."""
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
