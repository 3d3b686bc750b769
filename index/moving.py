"""A SQLite library's vectors by another recipe, made beside those that serve, then put in place.

They stand in a table of their own. Passages are numbered in the order in which they come and are
embedded in that order, so what is still to be embedded is what stands behind the last one there.
What is removed meanwhile goes from both tables; what is added comes behind the last.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Final

import numpy as np

from index import rows
from index.library import DocumentVectors, StoredPassage
from index.recipe import Recipe, mismatch

_NEXT: Final = "next_vectors"
"""Table of the vectors that are being made."""
_OLD: Final = "old_vectors"
"""Table of the vectors that have served, until it is empty."""
_LAST: Final = f"(SELECT coalesce(max(passage), 0) FROM {_NEXT})"
_TABLE: Final = """
    CREATE TABLE {name} (
        passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
        vector BLOB NOT NULL,
        sentence_spans BLOB NOT NULL,
        sentences BLOB NOT NULL
    )
"""
_FACT: Final = "next recipe"
_AT_ONCE = 500
_UNHURRIED = 3
"""Times that sums are made while others may write; then they wait for it."""

Sums = dict[str, tuple[int, bytes]]
"""For each language its passages and the sum of their vectors, as it is stored."""


class SQLiteMove:
    """The move of a SQLite library to another recipe; what was kept of it outlives the process.

    Parameters
    ----------
    connection : the calling thread's.
    recipe : that of the vectors that come.
    clearly : makes faults of disk and database one sentence each.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        recipe: Recipe,
        clearly: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._connection = connection
        self.recipe = recipe
        self._clearly = clearly
        self.clear()
        if not self.done and rows.remembered(connection, _FACT) != recipe.to_json():
            self._begin()

    @property
    def done(self) -> bool:
        """Whether the library has this recipe."""
        return rows.remembered(self._connection, "recipe") == self.recipe.to_json()

    def kept(self) -> int:
        """Passages whose vectors by the recipe are there."""
        return int(self._connection.execute(f"SELECT count(*) FROM {_NEXT}").fetchone()[0])

    def left(self) -> int:
        """Passages that are still to be embedded."""
        (count,) = self._connection.execute(
            f"SELECT count(*) FROM passages WHERE passage > {_LAST}"
        ).fetchone()
        return int(count)

    def following(self, limit: int) -> list[StoredPassage]:
        """The first passages that are still to be embedded."""
        return rows.passages(
            self._connection, f"passage > {_LAST} ORDER BY passage LIMIT ?", (limit,)
        )

    def keep(self, passages: Sequence[StoredPassage], vectors: DocumentVectors) -> None:
        """Keep the vectors of some passages; those that were removed meanwhile are passed over.

        Raises
        ------
        LibraryMismatch : another process has begun to move the library elsewhere.
        """
        with self._writing() as connection:
            self._still(connection)
            at = 0
            for place, passage in enumerate(passages):
                spans = vectors.sentence_spans[place]
                sentences = vectors.sentences[at : at + len(spans)]
                at += len(spans)
                connection.execute(
                    f"INSERT OR IGNORE INTO {_NEXT} SELECT passage, ?, ?, ? FROM passages "
                    "WHERE passage = ?",
                    (*rows.as_stored(vectors.passages[place], spans, sentences), passage.passage),
                )

    def finish(self) -> bool:
        """Put the new vectors in place of the old ones, in one transaction.

        Returns
        -------
        False where passages came meanwhile: they are embedded first.
        """
        connection = self._connection
        for attempt in range(_UNHURRIED + 1):
            with rows.transaction(connection):
                seen, sums = rows.version(connection), self._sums()
            with self._writing():
                self._still(connection)
                if self.left():
                    return False
                now = rows.version(connection)
                if now != seen and attempt < _UNHURRIED:
                    continue
                self._switch(sums if now == seen else self._sums(), now + 1)
                return True
        return False

    def clear(self) -> None:
        """Delete vectors that serve no longer, some at a time, so that nobody waits for it."""
        with self._clearly():
            self._empty(_OLD)
            if self.done:
                self._give_up()

    def _begin(self) -> None:
        self._give_up()
        with self._writing() as connection:
            connection.execute(_TABLE.format(name=_NEXT))
            rows.remember(connection, _FACT, self.recipe.to_json())

    def _give_up(self) -> None:
        """Leave nothing of another move; first of all the note that it can be gone on with."""
        with self._clearly():
            self._connection.execute("DELETE FROM library WHERE name = ?", (_FACT,))
            self._empty(_NEXT)

    def _empty(self, table: str) -> None:
        """Delete a table's rows in many short transactions, then the table."""
        is_there = "SELECT 1 FROM sqlite_master WHERE name = ?"
        if not self._connection.execute(is_there, (table,)).fetchone():
            return
        some = f"DELETE FROM {table} WHERE passage IN (SELECT passage FROM {table} LIMIT ?)"
        while self._connection.execute(some, (_AT_ONCE,)).rowcount:
            pass
        self._connection.execute(f"DROP TABLE IF EXISTS {table}")

    def _still(self, connection: sqlite3.Connection) -> None:
        under_way = rows.remembered(connection, _FACT)
        if under_way != self.recipe.to_json():
            other = under_way or rows.remembered(connection, "recipe")
            raise mismatch(Recipe.from_json(other), self.recipe)

    def _switch(self, sums: Sums, version: int) -> None:
        connection = self._connection
        connection.execute(f"ALTER TABLE vectors RENAME TO {_OLD}")
        connection.execute(f"ALTER TABLE {_NEXT} RENAME TO vectors")
        connection.execute("DELETE FROM language_sums")
        connection.executemany(
            "INSERT INTO language_sums VALUES (?, ?, ?)",
            [(language, *found) for language, found in sums.items()],
        )
        rows.remember(connection, "recipe", self.recipe.to_json())
        connection.execute("DELETE FROM library WHERE name = ?", (_FACT,))
        connection.execute("UPDATE library SET value = ? WHERE name = 'version'", (version,))

    def _sums(self) -> Sums:
        cursor = self._connection.execute(
            f"SELECT language, vector FROM {_NEXT} JOIN passages USING (passage)"
        )
        counts: dict[str, int] = defaultdict(int)
        totals: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
        while chunk := cursor.fetchmany(_AT_ONCE):
            groups: dict[str, list[bytes]] = defaultdict(list)
            for language, vector in chunk:
                groups[language].append(vector)
            for language, found in groups.items():
                vectors = np.frombuffer(b"".join(found), "<f2").reshape(len(found), -1)
                counts[language] += len(found)
                totals[language] = vectors.sum(axis=0, dtype=np.float64) + totals.get(language, 0)
        return {
            language: (count, totals[language].astype("<f8").tobytes())
            for language, count in counts.items()
        }

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._clearly(), rows.transaction(self._connection, "IMMEDIATE"):
            yield self._connection
