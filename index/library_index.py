"""A library's vector index, caught up with SQLite before each search."""

from __future__ import annotations

import contextlib
import ctypes
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index import narrowing, rows
from index.library import Filters, Finding, Ids, Vectors
from index.recipe import Recipe
from index.vector_index import EXACT_UP_TO, SAMPLE, Selection, VectorIndex
from ingest.errors import N_

_SELECTIONS = 16
"""Filters whose passages are remembered until the library changes."""


class LibraryIndex:
    """Passages by their vectors. Safe for threads; each call brings its thread's connection.

    Where a search needs what changed, it raises LibraryMismatch if the library was moved to another
    recipe.

    Parameters
    ----------
    folder : where the index is kept between two openings.
    recipe : what the library's vectors are made with.
    exact_up_to : passages up to which a search is exact.
    """

    def __init__(self, folder: Path, recipe: Recipe, exact_up_to: int = EXACT_UP_TO) -> None:
        self.folder = folder
        self.recipe = recipe
        self.exact_up_to = exact_up_to
        self._index: VectorIndex | None = None
        self._lock = threading.RLock()
        self._selections: OrderedDict[tuple[int, Filters], Selection] = OrderedDict()

    def nearest(
        self, connection: sqlite3.Connection, query: Vectors, limit: int, filters: Filters
    ) -> tuple[Ids, Vectors]:
        """The passages whose vectors score highest against a query vector, best first."""
        among = self.selection(connection, filters)
        with self._lock:
            index = self._current(connection)
            if index.exact:
                return index.search(query, limit, among)
            ids, _ = index.search(query, limit + limit // 4, among)
        # What the index keeps is rounded: the order is that of the vectors as they are stored.
        ids, vectors = rows.vectors(connection, ids)
        scores = vectors @ query if len(ids) else np.zeros(0, np.float32)
        best = np.argsort(-scores, kind="stable")[:limit]
        return ids[best], scores[best]

    def selection(self, connection: sqlite3.Connection, filters: Filters) -> Selection | None:
        """The passages that pass filters; None where there are none."""
        if not filters:
            return None
        key = (rows.version(connection), filters)
        with self._lock:
            if key in self._selections:
                self._selections.move_to_end(key)
                return self._selections[key]
        found = Selection(narrowing.matching(connection, filters))
        with self._lock:
            self._selections[key] = found
            while len(self._selections) > _SELECTIONS:
                self._selections.popitem(last=False)
        return found

    def check(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        """What is wrong with the index, or better made anew."""
        with self._lock:
            index = self._current(connection)
            held, outgrown = len(index), index.outgrown
        (kept,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
        anew = N_("Run `caselib check --mend`: the index is made anew from the library.")
        if held != kept:
            yield Finding(
                N_("The search index holds {held} passages, the library {kept}."),
                anew,
                {"held": held, "kept": kept},
            )
        elif outgrown:
            yield Finding(N_("The search index was made for a much smaller library."), anew)

    def renew(self, connection: sqlite3.Connection) -> None:
        """Make the index anew from the library and keep it."""
        with self._lock:
            with rows.transaction(connection):
                self._index = self._empty(connection)
                self._catch_up(connection, self._index)
            self._index.write(self.folder)

    def _current(self, connection: sqlite3.Connection) -> VectorIndex:
        """The index, caught up with the library; read or made when it is first needed."""
        if self._index is not None and self._index.version == rows.version(connection):
            return self._index
        with rows.transaction(connection):
            rows.agree(connection, self.recipe)
            index = self._index or VectorIndex.read(
                self.folder, self.recipe.dimension, self.exact_up_to, self.recipe.digest
            )
            if index is None or index.version > rows.version(connection):
                index = self._empty(connection)
            was_exact = index.exact
            self._catch_up(connection, index)
            if self._index is None:
                _give_back_memory()
            self._index = index
        # Written again only after it has grown by a tenth, so that an add costs the same in a
        # large library as in a small one; what is missing is read from SQLite at the next opening.
        grown = abs(len(index) - index.written) > max(200, index.written // 10)
        if grown or (was_exact and not index.exact):
            with contextlib.suppress(OSError):
                index.write(self.folder)
        return index

    def _empty(self, connection: sqlite3.Connection) -> VectorIndex:
        """An index to be filled; for a large library with lists learnt from all of it."""
        index = VectorIndex(
            self.recipe.dimension, exact_up_to=self.exact_up_to, recipe=self.recipe.digest
        )
        expected = rows.count(connection)
        if expected > self.exact_up_to:
            index.train(rows.some_vectors(connection, SAMPLE)[1], expected)
        return index

    def _catch_up(self, connection: sqlite3.Connection, index: VectorIndex) -> None:
        index.remove(rows.removed_since(connection, index.version))
        # Numbers are never given twice: what came since stands behind the last one known.
        for ids, vectors in rows.vectors_after(connection, index.last, self.recipe.dimension):
            index.add(ids, vectors)
        index.version = rows.version(connection)


def _give_back_memory() -> None:
    """Give the system back what lists left behind as they grew: .3 GB of a million (glibc)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
