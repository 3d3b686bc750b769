"""The default store: a folder with a SQLite file (the truth), the files, and a FAISS index.

Vectors are kept as float16. A document lands whole, in one transaction, after its file is on the
disk; the FAISS index is told afterwards and, when behind, catches up from the tables.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from index import carrying, catalogue, integrity, links, narrowing, rows
from index.correcting import checked, checked_field, checked_translation
from index.errors import LibraryDamaged, LibraryUnavailable, NotInLibrary
from index.files import FileStore
from index.library import (
    Added,
    Correction,
    Described,
    DocumentVectors,
    Filters,
    Finding,
    Ids,
    Link,
    Record,
    StoredPassage,
    Supplied,
    Vectors,
    Whole,
)
from index.library_index import LibraryIndex
from index.moving import SQLiteMove
from index.recipe import Recipe, mismatch
from index.schema import bring_up_to_date
from index.vector_index import EXACT_UP_TO
from ingest.document import Document, Page
from ingest.errors import N_

DATABASE = "library.sqlite3"
_INDEX = "index"
_BUSY_SECONDS = 60
_CACHE_KIB = 16_384
"""What a connection keeps of the file at most: the upper pages of a large library's tables."""
_ENOUGH_PASSAGES = 20
"""Passages of a language from which its mean says something about the library."""
_COMMON_SHARE = 0.05
"""A word in more than this share of the passages finds nothing and costs most."""


class SQLiteLibrary:
    """A library in a folder. Safe for threads and for several processes at once.

    Parameters
    ----------
    folder : made if it is not there.
    recipe : what new vectors are made with; None opens the library with the recipe it has.
    exact_up_to : passages up to which vectors are searched one by one.

    Raises
    ------
    LibraryUnavailable : the folder cannot be read or written.
    LibraryMismatch : the library was made with another recipe.
    LibraryDamaged : the folder's database is not one.
    """

    def __init__(self, folder: Path, recipe: Recipe | None, exact_up_to: int = EXACT_UP_TO) -> None:
        self.folder = folder.expanduser().resolve()
        self.url = str(self.folder)
        self._local = threading.local()
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._lock = threading.RLock()
        with self._failing_clearly():
            self.folder.mkdir(parents=True, exist_ok=True)
            self.files = FileStore(self.folder / "files")
            bring_up_to_date(self._connection())
            self.recipe = self._agree_on(recipe)
        self._index = LibraryIndex(self.folder / _INDEX, self.recipe, exact_up_to)

    # -- writing ----------------------------------------------------------------------------

    def add(
        self,
        document: Document,
        file: Path,
        vectors: DocumentVectors,
        corrections: Sequence[Correction] = (),
    ) -> Added:
        if (known := self.has(document.sha256)) is not None:
            return Added(known.document, duplicate=True)
        name = document.sha256[:16]
        with self._failing_clearly():
            size = self.files.put(document.sha256, file)
            try:
                with self._transaction() as (connection, version):
                    rows.agree(connection, self.recipe)
                    carrying.take_corrections(connection, name, corrections)
                    rows.insert_document(connection, name, document, size, _now(), version, vectors)
            except sqlite3.IntegrityError:
                # Another process was quicker with the same bytes.
                if (known := self.has(document.sha256)) is None:
                    raise
                return Added(known.document, duplicate=True)
            except BaseException:
                if self.has(document.sha256) is None:
                    self.files.discard(document.sha256)
                raise
        return Added(name, duplicate=False)

    def replace(self, document: Document, vectors: DocumentVectors) -> Record:
        name = document.sha256[:16]
        with self._failing_clearly(), self._transaction() as (connection, version):
            rows.agree(connection, self.recipe)
            if not rows.replace_document(connection, name, document, version, vectors):
                raise _not_here(name)
        return self.record(name)

    def remove(self, document: str, forget: bool = False) -> Record:
        record = self.record(document)
        with self._failing_clearly():
            with self._transaction() as (connection, version):
                rows.delete_document(connection, record.document, version)
                if forget:
                    catalogue.forget_corrections(connection, record.document)
                    links.forget(connection, record.document)
            self.files.discard(record.sha256)
            self._connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return record

    def correct(self, document: str, field: str, value: Any, who: str) -> Record:
        record = self.record(document)
        return self._correct(record, field, checked(self, record, field, value), who)

    def withdraw(self, document: str, field: str, who: str) -> Record:
        record = self.record(document)
        checked_field(field)
        return self._correct(record, field, catalogue.WITHDRAWN, who)

    def _correct(self, record: Record, field: str, value: Any, who: str) -> Record:
        with self._failing_clearly(), self._transaction() as (connection, _):
            catalogue.correct(connection, record.document, field, value, who, _now())
        return self.record(record.document)

    def link(self, document: str, other: str, kind: str, who: str) -> Link:
        one, two = self.record(document), self.record(other)
        links.checked_link(one, two, kind)
        made = Link(one.document, two.document, kind, who, _now())
        with self._failing_clearly(), self._transaction() as (connection, _):
            links.put(connection, made)
        return made

    def unlink(self, document: str, other: str) -> None:
        one, two = self.record(document).document, self.record(other).document
        with self._failing_clearly(), self._transaction() as (connection, _):
            links.take(connection, one, two)

    def supply(
        self, document: str, language: str, title: str, summary: str, who: str
    ) -> tuple[Supplied, ...]:
        name = self.record(document).document
        given = Supplied(
            name, language, *checked_translation(language, title, summary), who, _now()
        )
        with self._failing_clearly(), self._transaction() as (connection, _):
            catalogue.supply(connection, given)
        return self.supplied(name)

    def supplied(self, document: str) -> tuple[Supplied, ...]:
        with self._failing_clearly():
            return catalogue.supplied(self._connection(), document)

    def describe(self, found: Sequence[Described]) -> None:
        with self._failing_clearly(), self._transaction() as (connection, _):
            for described in found:
                catalogue.keep_description(connection, described)

    # -- the catalogue ----------------------------------------------------------------------

    def has(self, sha256: str) -> Record | None:
        return next(iter(catalogue.records(self._connection(), "d.sha256 = ?", (sha256,))), None)

    def record(self, document: str) -> Record:
        beginning = document.strip().lower()
        found = (
            catalogue.records(
                self._connection(),
                "d.document >= ? AND d.document < ?",
                (beginning, beginning + "g"),
            )
            if len(beginning) >= 6
            else []
        )
        if len(found) != 1:
            raise _not_here(document)
        return found[0]

    def whole(self, document: str) -> Whole:
        record = self.record(document)
        return carrying.whole(self._connection(), record, self.recipe.dimension)

    def records(self, filters: Filters = Filters()) -> list[Record]:
        return catalogue.records(self._connection(), *narrowing.of_documents(filters))

    def needing_ocr(self, filters: Filters = Filters()) -> list[Record]:
        where, values = narrowing.of_documents(filters)
        # Few documents have any: they are looked up, not all documents looked through.
        waiting = "d.document IN (SELECT document FROM documents WHERE pictures <> '[]')"
        return catalogue.records(self._connection(), f"{waiting} AND ({where})", values)

    def corrections(self, document: str) -> list[Correction]:
        return catalogue.corrections(self._connection(), self.record(document).document)

    def links(self, document: str | None = None) -> list[Link]:
        name = self.record(document).document if document is not None else None
        return links.links(self._connection(), name)

    def facets(self, filters: Filters = Filters()) -> dict[str, dict[str, int]]:
        return narrowing.facets(self._connection(), filters)

    def undescribed(self) -> list[str]:
        return catalogue.undescribed(self._connection())

    def pages(self, document: str) -> list[Page]:
        return rows.pages(self._connection(), self.record(document).document)

    def passages_of(self, document: str) -> list[StoredPassage]:
        return rows.passages(
            self._connection(), "document = ? ORDER BY position", (self.record(document).document,)
        )

    def passages(self, ids: Sequence[int]) -> dict[int, StoredPassage]:
        found = rows.passages(
            self._connection(),
            "passage IN (SELECT value FROM json_each(?))",
            (json.dumps([int(number) for number in ids]),),
        )
        return {passage.passage: passage for passage in found}

    def file(self, document: str) -> bytes:
        record = self.record(document)
        with self._failing_clearly():
            return self.files.get(record.sha256)

    def file_path(self, document: str) -> contextlib.AbstractContextManager[Path]:
        return contextlib.nullcontext(self.files.path(self.record(document).sha256))

    # -- searching --------------------------------------------------------------------------

    def nearest(
        self, query: Vectors, limit: int, filters: Filters = Filters()
    ) -> tuple[Ids, Vectors]:
        with self._unmixed():
            return self._index.nearest(self._connection(), query, limit, filters)

    def with_words(
        self, tokens: Sequence[str], limit: int, filters: Filters = Filters()
    ) -> tuple[Ids, Vectors]:
        connection = self._connection()
        among = self._index.selection(connection, filters)
        return rows.with_words(connection, tokens, limit, among, _COMMON_SHARE)

    def with_all_words(self, tokens: Sequence[str], filters: Filters = Filters()) -> list[int]:
        return rows.with_all_words(self._connection(), tokens, filters)

    def vectors_of(self, ids: Sequence[int]) -> Vectors:
        if not len(ids):
            return np.zeros((0, self.recipe.dimension), np.float32)
        with self._unmixed():
            return rows.vectors(self._connection(), ids)[1]

    def sentences_of(
        self, ids: Sequence[int]
    ) -> dict[int, tuple[tuple[tuple[int, int], ...], Vectors]]:
        with self._unmixed():
            return rows.sentences(self._connection(), ids, self.recipe.dimension)

    def language_means(self) -> dict[str, Vectors]:
        with self._unmixed():
            return rows.language_means(self._connection(), _ENOUGH_PASSAGES)

    def remember(self, name: str, value: str) -> None:
        with self._failing_clearly():
            rows.remember(self._connection(), f"fact {name}", value)

    def remembered(self, name: str) -> str:
        return rows.remembered(self._connection(), f"fact {name}")

    def version(self) -> int:
        return rows.version(self._connection())

    def move_to(self, recipe: Recipe) -> SQLiteMove:
        return SQLiteMove(self._connection(), recipe, self._failing_clearly)

    # -- keeping whole ----------------------------------------------------------------------

    def check(self) -> Iterator[Finding]:
        yield from integrity.check(self._connection(), self.files, self.recipe.dimension)
        yield from self._index.check(self._connection())

    def mend(self) -> None:
        with self._failing_clearly():
            self._index.renew(self._connection())
            for sha256 in integrity.strangers(self._connection(), self.files):
                self.files.discard(sha256)

    def close(self) -> None:
        with self._lock:
            for _, connection in self._connections:
                connection.close()
            self._connections.clear()
            self._local = threading.local()

    # -- inside -----------------------------------------------------------------------------

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(
                self.folder / DATABASE,
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = FULL")
            found.execute("PRAGMA foreign_keys = ON")
            found.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            # What is removed is overwritten, not only forgotten.
            found.execute("PRAGMA secure_delete = ON")
            self._local.connection = found
            with self._lock:
                ended = [one for one in self._connections if not one[0].is_alive()]
                for one in ended:
                    one[1].close()
                    self._connections.remove(one)
                self._connections.append((threading.current_thread(), found))
        return found

    @contextlib.contextmanager
    def _unmixed(self) -> Iterator[None]:
        """What is read within is of this recipe, or LibraryMismatch is raised: it was moved."""
        try:
            yield
        finally:
            rows.agree(self._connection(), self.recipe)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        """One transaction with its number; it lands whole or not at all."""
        connection = self._connection()
        with rows.transaction(connection, "IMMEDIATE"):
            version = rows.version(connection) + 1
            yield connection, version
            connection.execute("UPDATE library SET value = ? WHERE name = 'version'", (version,))

    @contextlib.contextmanager
    def _failing_clearly(self) -> Iterator[None]:
        """Faults of disk and database become one sentence each."""
        try:
            yield
        except (sqlite3.OperationalError, OSError) as error:
            raise LibraryUnavailable(*_sentence_for(error), **self._words_for(error)) from error
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise LibraryDamaged(
                N_("The library in {folder} is damaged: restore it from a backup."),
                folder=self.url,
            ) from error

    def _words_for(self, error: Exception) -> dict[str, str]:
        return {"folder": self.url, "reason": getattr(error, "strerror", None) or str(error)}

    def _agree_on(self, recipe: Recipe | None) -> Recipe:
        connection = self._connection()
        if (kept := rows.recipe(connection)) is not None:
            if recipe is not None and recipe != kept:
                raise mismatch(kept, recipe)
            return kept
        if recipe is None:
            raise LibraryUnavailable(
                N_("There is no library in {folder} yet: add a file to make one."),
                folder=self.url,
            )
        rows.remember(connection, "recipe", recipe.to_json())
        return recipe


def _not_here(document: str) -> NotInLibrary:
    return NotInLibrary(
        N_("There is no document {document} in this library: see `caselib list`."),
        document=document,
    )


def _sentence_for(error: Exception) -> tuple[str]:
    if isinstance(error, FileNotFoundError):
        return (N_("A file of the library in {folder} is missing: run `caselib check`."),)
    if "full" in str(error).lower() or getattr(error, "errno", None) == 28:
        return (N_("The disk is full: nothing was added. Free some space and try again."),)
    if "locked" in str(error):
        return (N_("Another process is writing to the library: try again in a minute."),)
    return (
        N_(
            "The library in {folder} cannot be read or written ({reason}): check that the folder "
            "exists and that you may write to it."
        ),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
