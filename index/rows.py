"""All SQL of the SQLite library: rows in, our types out."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from index.library import DocumentVectors, Filters, Ids, Record, StoredPassage, Vectors
from index.tokens import tokens
from ingest.document import Document, Page

Connection = sqlite3.Connection
_CHUNK = 4096


def version(connection: Connection) -> int:
    return int(connection.execute("SELECT value FROM library WHERE name = 'version'").fetchone()[0])


def remember(connection: Connection, name: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO library VALUES (?, ?)", (name, value))


def remembered(connection: Connection, name: str) -> str:
    found = connection.execute("SELECT value FROM library WHERE name = ?", (name,)).fetchone()
    return str(found[0]) if found else ""


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
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        ),
    )
    connection.executemany(
        "INSERT INTO registries VALUES (?, ?, ?)",
        [(name, place, registry) for place, registry in enumerate(document.registries)],
    )
    connection.executemany(
        "INSERT INTO pages VALUES (?, ?, ?, ?, ?)",
        [(name, page.number, page.heading, page.text, page.read_by_ocr) for page in document.pages],
    )
    _insert_passages(connection, name, document, vectors)
    _add_to_sums(connection, [p.language for p in document.passages], vectors.passages, 1)


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
                vectors.passages[place].astype("<f2").tobytes(),
                np.array(spans, "<i4").tobytes(),
                vectors.sentences[at : at + len(spans)].astype("<f2").tobytes(),
            ),
        )
        connection.execute(
            "INSERT INTO words (rowid, tokens) VALUES (?, ?)",
            (number, " ".join(tokens(passage.text))),
        )
        at += len(spans)


def delete_document(connection: Connection, name: str, number: int) -> None:
    """Take out everything of a document; the caller holds the transaction `number`."""
    found = passages(connection, "document = ?", (name,))
    kept = vectors(connection, [passage.passage for passage in found])
    for passage in found:
        connection.execute(
            "INSERT INTO words (words, rowid, tokens) VALUES ('delete', ?, ?)",
            (passage.passage, " ".join(tokens(passage.text))),
        )
        connection.execute("INSERT INTO removals VALUES (?, ?)", (number, passage.passage))
    if found:
        _add_to_sums(
            connection,
            [passage.language for passage in found],
            np.stack([kept[passage.passage] for passage in found]),
            -1,
        )
    connection.execute("DELETE FROM documents WHERE document = ?", (name,))
    # FTS5 only marks words as deleted until segments are merged; here they shall be gone.
    connection.execute("INSERT INTO words (words) VALUES ('optimize')")


def _add_to_sums(
    connection: Connection, languages: Sequence[str], added: Vectors, sign: int
) -> None:
    """Keep each language's sum of vectors, so that its mean costs nothing to know."""
    by_language: dict[str, list[int]] = defaultdict(list)
    for row, language in enumerate(languages):
        by_language[language].append(row)
    stored = added.astype("<f2").astype(np.float64)
    for language, places in by_language.items():
        kept = connection.execute(
            "SELECT passages, total FROM language_sums WHERE language = ?", (language,)
        ).fetchone()
        count, total = (kept[0], np.frombuffer(kept[1], "<f8")) if kept else (0, 0.0)
        total = total + sign * stored[places].sum(axis=0)
        connection.execute(
            "INSERT OR REPLACE INTO language_sums VALUES (?, ?, ?)",
            (language, count + sign * len(places), np.asarray(total, "<f8").tobytes()),
        )


def language_means(connection: Connection, enough: int) -> dict[str, Vectors]:
    found = connection.execute(
        "SELECT language, passages, total FROM language_sums WHERE passages >= ?", (enough,)
    )
    return {
        language: (np.frombuffer(total, "<f8") / count).astype(np.float32)
        for language, count, total in found
    }


def records(connection: Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Record]:
    found = connection.execute(
        "SELECT d.document, d.sha256, d.filename, d.media_type, d.size, d.title, d.year, "
        "(SELECT json_group_array(registry) FROM (SELECT registry FROM registries r "
        " WHERE r.document = d.document ORDER BY position)), "
        "d.languages, d.page_count, d.passage_count, d.added, d.reasons "
        f"FROM documents d WHERE {where} ORDER BY d.added DESC, d.document",
        values,
    )
    return [_record(row) for row in found]


def _record(row: Sequence[Any]) -> Record:
    *described, registries, languages, pages, passages, added, reasons = row
    document, sha256, filename, media_type, size, title, year = described
    return Record(
        document,
        sha256,
        filename,
        media_type,
        size,
        title,
        year,
        tuple(json.loads(registries)),
        tuple(json.loads(languages)),
        pages,
        passages,
        added,
        json.loads(reasons),
    )


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


def vectors(connection: Connection, ids: Sequence[int]) -> dict[int, Vectors]:
    return {
        number: np.frombuffer(vector, "<f2").astype(np.float32)
        for number, vector in connection.execute(
            "SELECT passage, vector FROM vectors WHERE passage IN (SELECT value FROM json_each(?))",
            (json.dumps([int(number) for number in ids]),),
        )
    }


def sentences(
    connection: Connection, ids: Sequence[int], dimension: int
) -> dict[int, tuple[tuple[tuple[int, int], ...], Vectors]]:
    found = connection.execute(
        "SELECT passage, sentence_spans, sentences FROM vectors "
        "WHERE passage IN (SELECT value FROM json_each(?))",
        (json.dumps([int(number) for number in ids]),),
    )
    return {
        number: (
            tuple((int(a), int(b)) for a, b in np.frombuffer(spans, "<i4").reshape(-1, 2)),
            np.frombuffer(stored, "<f2").reshape(-1, dimension).astype(np.float32),
        )
        for number, spans, stored in found
    }


def vectors_since(
    connection: Connection, number: int, dimension: int
) -> Iterator[tuple[Ids, Vectors]]:
    """Vectors of the documents that came after a transaction, some thousand at a time."""
    cursor = connection.execute(
        "SELECT v.passage, v.vector FROM documents d JOIN passages p USING (document) "
        "JOIN vectors v USING (passage) WHERE d.version > ?"
        if number
        else "SELECT passage, vector FROM vectors WHERE ? = 0",
        (number,),
    )
    while chunk := cursor.fetchmany(_CHUNK):
        ids = np.array([passage for passage, _ in chunk], np.int64)
        joined = b"".join(vector for _, vector in chunk)
        yield ids, np.frombuffer(joined, "<f2").reshape(-1, dimension).astype(np.float32)


def removed_since(connection: Connection, number: int) -> Ids:
    found = connection.execute("SELECT passage FROM removals WHERE version > ?", (number,))
    return np.array([passage for (passage,) in found], np.int64)


def matching(connection: Connection, filters: Filters) -> Ids:
    """Numbers of all passages that pass the filters."""
    condition, values = _condition(filters)
    found = connection.execute(
        f"SELECT p.passage FROM passages p JOIN documents d USING (document) WHERE {condition}",
        values,
    )
    return np.fromiter((passage for (passage,) in found), np.int64)


def _condition(filters: Filters) -> tuple[str, list[Any]]:
    conditions: list[str] = ["1"]
    values: list[Any] = []
    for column, wanted in (
        ("p.language", filters.languages),
        ("d.media_type", filters.media_types),
    ):
        if wanted:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(wanted))
    if filters.registries:
        conditions.append(
            "d.document IN (SELECT document FROM registries "
            "WHERE registry IN (SELECT value FROM json_each(?)))"
        )
        values.append(json.dumps(filters.registries))
    if filters.first_year is not None:
        conditions.append("d.year >= ?")
        values.append(filters.first_year)
    if filters.last_year is not None:
        conditions.append("d.year <= ?")
        values.append(filters.last_year)
    return " AND ".join(conditions), values


def with_words(
    connection: Connection,
    asked: Sequence[str],
    limit: int,
    filters: Filters,
    common_share: float,
) -> tuple[Ids, Vectors]:
    """BM25 (FTS5's, k1 1.2, b 0.75) over the rarer of the tokens asked."""
    rare = _rare(connection, asked, common_share)
    if not rare:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    condition, values = _condition(filters)
    narrowed = (
        "AND words.rowid IN (SELECT p.passage FROM passages p "
        f"JOIN documents d USING (document) WHERE {condition})"
        if filters
        else ""
    )
    found = connection.execute(
        f"SELECT rowid, -rank FROM words WHERE words MATCH ? {narrowed} ORDER BY rank LIMIT ?",
        (
            " OR ".join(f'"{token}"' for token in rare),
            *(values if filters else ()),
            limit,
        ),
    ).fetchall()
    return (
        np.array([number for number, _ in found], np.int64),
        np.array([score for _, score in found], np.float32),
    )


def with_all_words(connection: Connection, asked: Sequence[str], filters: Filters) -> list[int]:
    if not asked:
        return []
    condition, values = _condition(filters)
    found = connection.execute(
        "SELECT p.passage FROM passages p JOIN documents d USING (document) "
        f"WHERE {condition} AND p.passage IN (SELECT rowid FROM words WHERE words MATCH ?)",
        (*values, " AND ".join('"' + token.replace('"', '""') + '"' for token in asked)),
    )
    return [number for (number,) in found]


def _rare(connection: Connection, asked: Sequence[str], common_share: float) -> list[str]:
    wanted = [token for token in dict.fromkeys(asked) if '"' not in token]
    (total,) = connection.execute("SELECT count(*) FROM passages").fetchone()
    counts = dict(
        connection.execute(
            "SELECT term, doc FROM vocabulary WHERE term IN (SELECT value FROM json_each(?))",
            (json.dumps(wanted),),
        ).fetchall()
    )
    # A small library has no common words yet.
    most = max(common_share * total, 50)
    return [token for token in wanted if 0 < counts.get(token, 0) <= most]
