"""The SQL of documents, pages, passages and vectors: rows in, our types out."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from index import catalogue, narrowing
from index.library import DocumentVectors, Filters, Ids, StoredPassage, Vectors
from index.recipe import Recipe, mismatch
from index.relabelling import add_to_sums
from index.tokens import tokens
from index.vector_index import Selection
from ingest.document import Document, Page

Connection = sqlite3.Connection
_CHUNK = 4096
_MATCHES = 2000
"""Matches of words that are scored for one question (about 2 microseconds each); more only where
every word of it is common."""


@contextlib.contextmanager
def transaction(connection: Connection, kind: str = "DEFERRED") -> Iterator[None]:
    """One look at the library, or, where `kind` is IMMEDIATE, one change, whole or not at all."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version(connection: Connection) -> int:
    return int(connection.execute("SELECT value FROM library WHERE name = 'version'").fetchone()[0])


def remember(connection: Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO library VALUES (?, ?)", (name, value))


def remembered(connection: Connection, name: str) -> str:
    found = connection.execute("SELECT value FROM library WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


def recipe(connection: Connection) -> Recipe | None:
    """What the vectors were made with; None where there are none yet."""
    stored = remembered(connection, "recipe")
    return Recipe.from_json(stored) if stored else None


def agree(connection: Connection, asked: Recipe) -> None:
    """See that the library's vectors are still of a recipe.

    Raises
    ------
    LibraryMismatch : it was moved to another.
    """
    if remembered(connection, "recipe") != asked.to_json():
        raise mismatch(recipe(connection) or asked, asked)


def insert_document(
    connection: Connection,
    name: str,
    document: Document,
    size: int,
    added: str,
    number: int,
    vectors: DocumentVectors,
) -> None:
    """Write everything of a document; the caller holds the transaction `number`."""
    connection.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            document.sha256,
            document.filename,
            document.media_type,
            size,
            document.title,
            document.year,
            json.dumps(document.languages),
            json.dumps({field: guess.reason for field, guess in document.guesses.items()}),
            len(document.pages),
            len(document.passages),
            added,
            number,
            document.kind,
            bool(document.topics or document.summary),
            json.dumps(document.pictures),
        ),
    )
    _insert_text(connection, name, document, vectors)


def replace_document(
    connection: Connection, name: str, document: Document, number: int, vectors: DocumentVectors
) -> bool:
    """Put what was read anew in place of a document's text; the caller holds the transaction.

    Its identity, file, time and corrections stay.

    Returns
    -------
    False where there is no such document any more; then nothing was written.
    """
    _delete_passages(connection, name, number)
    connection.execute("DELETE FROM pages WHERE document = ?", (name,))
    changed = connection.execute(
        "UPDATE documents SET reasons = ?, page_count = ?, passage_count = ?, version = ?, "
        "described = ?, pictures = ? WHERE document = ?",
        (
            json.dumps({field: guess.reason for field, guess in document.guesses.items()}),
            len(document.pages),
            len(document.passages),
            number,
            bool(document.topics or document.summary),
            json.dumps(document.pictures),
            name,
        ),
    )
    if changed.rowcount:
        _insert_text(connection, name, document, vectors)
    return bool(changed.rowcount)


def _insert_text(
    connection: Connection, name: str, document: Document, vectors: DocumentVectors
) -> None:
    connection.executemany(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?)",
        [(name, page.number, page.heading, page.text, page.read_by_ocr) for page in document.pages],
    )
    _insert_passages(connection, name, document, vectors)
    add_to_sums(connection, [p.language for p in document.passages], vectors.passages, 1)
    catalogue.keep_guesses(connection, name, catalogue.values_of(document))


def _insert_passages(
    connection: Connection, name: str, document: Document, vectors: DocumentVectors
) -> None:
    at = 0
    for place, passage in enumerate(document.passages):
        spans = vectors.sentence_spans[place]
        number = connection.execute(
            "INSERT INTO passages (document, position, page, language, text, read_by_ocr) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (name, place + 1, passage.page, passage.language, passage.text, passage.read_by_ocr),
        ).lastrowid
        connection.execute(
            "INSERT INTO vectors VALUES (?, ?, ?, ?)",
            (
                number,
                *as_stored(vectors.passages[place], spans, vectors.sentences[at : at + len(spans)]),
            ),
        )
        connection.execute(
            "INSERT INTO words (rowid, tokens) VALUES (?, ?)",
            (number, " ".join(tokens(passage.text))),
        )
        at += len(spans)


def as_stored(
    vector: Vectors, spans: Sequence[tuple[int, int]], sentences: Vectors
) -> tuple[bytes, bytes, bytes]:
    """A passage's vector, its sentences' characters and their vectors."""
    return (
        vector.astype("<f2").tobytes(),
        np.array(spans, "<i4").tobytes(),
        sentences.astype("<f2").tobytes(),
    )


def delete_document(connection: Connection, name: str, number: int) -> None:
    """Take out everything of a document; the caller holds the transaction `number`."""
    _delete_passages(connection, name, number)
    connection.execute("DELETE FROM documents WHERE document = ?", (name,))


def _delete_passages(connection: Connection, name: str, number: int) -> None:
    found = passages(connection, "document = ?", (name,))
    _, kept = vectors(connection, [passage.passage for passage in found])
    for passage in found:
        connection.execute(
            "INSERT INTO words (words, rowid, tokens) VALUES ('delete', ?, ?)",
            (passage.passage, " ".join(tokens(passage.text))),
        )
        connection.execute("INSERT INTO removals VALUES (?, ?)", (number, passage.passage))
    if found:
        add_to_sums(
            connection,
            [passage.language for passage in found],
            kept,
            -1,
        )
    connection.execute("DELETE FROM passages WHERE document = ?", (name,))
    # FTS5 only marks words as deleted until segments are merged; here they shall be gone.
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def language_means(connection: Connection, enough: int) -> dict[str, Vectors]:
    found = connection.execute(
        "SELECT language, passages, total FROM language_sums WHERE passages >= ?", (enough,)
    )
    return {
        language: (np.frombuffer(total, "<f8") / count).astype(np.float32)
        for language, count, total in found
    }


def pages(connection: Connection, name: str) -> list[Page]:
    return [
        Page(number, text, heading, bool(by_ocr))
        for number, text, heading, by_ocr in connection.execute(
            "SELECT number, text, heading, read_by_ocr FROM pages WHERE document = ? "
            "ORDER BY number",
            (name,),
        )
    ]


def passages(connection: Connection, where: str, values: Sequence[Any]) -> list[StoredPassage]:
    return [
        StoredPassage(number, document, position, page, language, text, bool(by_ocr))
        for number, document, position, page, language, text, by_ocr in connection.execute(
            "SELECT passage, document, position, page, language, text, read_by_ocr "
            f"FROM passages WHERE {where}",
            values,
        )
    ]


def count(connection: Connection) -> int:
    """Passages of the library, without counting them."""
    return int(connection.execute("SELECT total(passages) FROM language_sums").fetchone()[0])


def vectors(connection: Connection, ids: Sequence[int] | Ids) -> tuple[Ids, Vectors]:
    """Those of some ids that are there, in their order, and their vectors."""
    found = connection.execute(
        "SELECT passage, vector FROM vectors WHERE passage IN (SELECT value FROM json_each(?))",
        (json.dumps([int(number) for number in ids]),),
    ).fetchall()
    places = {number: place for place, (number, _) in enumerate(found)}
    there = [int(number) for number in ids if int(number) in places]
    joined = np.frombuffer(b"".join(vector for _, vector in found), "<f2")
    stored = joined.reshape(len(found), -1) if found else joined.reshape(0, 0)
    return np.array(there, np.int64), stored[[places[number] for number in there]].astype("f4")


def some_vectors(connection: Connection, many: int) -> tuple[Ids, Vectors]:
    """About so many vectors from anywhere in the library, by chance but always the same ones."""
    first, last = connection.execute("SELECT min(passage), max(passage) FROM vectors").fetchone()
    drawn = np.random.default_rng(0).integers(first, last + 1, many)
    return vectors(connection, np.unique(drawn))


def sentences(
    connection: Connection, ids: Sequence[int], dimension: int
) -> dict[int, tuple[tuple[tuple[int, int], ...], Vectors]]:
    found = connection.execute(
        "SELECT passage, sentence_spans, sentences FROM vectors "
        "WHERE passage IN (SELECT value FROM json_each(?))",
        (json.dumps([int(number) for number in ids]),),
    ).fetchall()
    joined = np.frombuffer(b"".join(stored for *_, stored in found), "<f2").astype(np.float32)
    ends = np.cumsum([len(spans) // 8 for _, spans, _ in found], dtype=np.int64)
    parts = np.split(joined.reshape(-1, dimension), ends[:-1])
    return {
        number: (tuple(map(tuple, np.frombuffer(spans, "<i4").reshape(-1, 2).tolist())), part)
        for (number, spans, _), part in zip(found, parts, strict=bool(found))
    }


def vectors_after(
    connection: Connection, last: int, dimension: int
) -> Iterator[tuple[Ids, Vectors]]:
    """Vectors of the passages that came after one, in order, some thousand at a time."""
    cursor = connection.execute(
        "SELECT passage, vector FROM vectors WHERE passage > ? ORDER BY passage", (last,)
    )
    while chunk := cursor.fetchmany(_CHUNK):
        ids = np.array([passage for passage, _ in chunk], np.int64)
        joined = b"".join(vector for _, vector in chunk)
        yield ids, np.frombuffer(joined, "<f2").reshape(-1, dimension).astype(np.float32)


def removed_since(connection: Connection, number: int) -> Ids:
    found = connection.execute("SELECT passage FROM removals WHERE version > ?", (number,))
    return np.array([passage for (passage,) in found], np.int64)


def with_words(
    connection: Connection,
    asked: Sequence[str],
    limit: int,
    among: Selection | None,
    common_share: float,
) -> tuple[Ids, Vectors]:
    """BM25 (FTS5's, k1 1.2, b 0.75) over the rarer of the tokens asked.

    Parameters
    ----------
    among : passages that count; all if None.
    """
    rare = _rare(connection, asked, common_share)
    if not rare:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    found = connection.execute(
        "SELECT rowid, -rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?",
        (" OR ".join(f'"{token}"' for token in rare), limit if among is None else -1),
    ).fetchall()
    ids = np.array([number for number, _ in found], np.int64)
    scores = np.array([score for _, score in found], np.float32)
    if among is not None:
        ids, scores = ids[kept := among.holds(ids)][:limit], scores[kept][:limit]
    return ids, scores


def with_all_words(connection: Connection, asked: Sequence[str], filters: Filters) -> list[int]:
    if not asked:
        return []
    condition, values = narrowing.of_passages(filters)
    found = connection.execute(
        "SELECT p.passage FROM passages p "
        f"WHERE {condition} AND p.passage IN (SELECT rowid FROM words WHERE words MATCH ?)",
        (*values, " AND ".join('"' + token.replace('"', '""') + '"' for token in asked)),
    )
    return [number for (number,) in found]


def _rare(connection: Connection, asked: Sequence[str], common_share: float) -> list[str]:
    """The rarest tokens asked, as many as bring no more matches than can be scored; one always."""
    # A small library has no common words yet.
    most = int(max(common_share * count(connection), 50))
    few = min(most, _MATCHES)
    wanted = [token for token in dict.fromkeys(asked) if '"' not in token]
    held = {token: _held(connection, token, few) for token in wanted}
    rare = sorted((token for token in wanted if 0 < held[token] <= few), key=held.__getitem__)
    if rare:
        matches = np.cumsum([held[token] for token in rare])
        return [token for token, up_to in zip(rare, matches, strict=True) if up_to <= _MATCHES]
    common = [(_held(connection, token, most), token) for token in wanted if held[token] > few]
    rarest, token = min(common, default=(most + 1, ""))
    return [token] if rarest <= most else []


def _held(connection: Connection, token: str, most: int) -> int:
    """Passages that hold a token, counted up to one more than `most`."""
    (held,) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)",
        (f'"{token}"', most + 1),
    ).fetchone()
    return int(held)
