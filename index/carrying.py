"""A document goes from one library to another with all that was found and corrected of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import numpy as np

from index import catalogue, rows
from index.library import Correction, DocumentVectors, Record, Whole
from ingest.document import Document, Guess, Passage, Quote

Connection = sqlite3.Connection


def whole(connection: Connection, record: Record, dimension: int) -> Whole:
    """Everything of a document: what was found in it, its vectors and its corrections."""
    name = record.document
    passages = rows.passages(connection, "document = ? ORDER BY position", (name,))
    found_languages = dict(
        connection.execute(
            "SELECT passage, coalesce(found_language, language) FROM passages WHERE document = ?",
            (name,),
        ).fetchall()
    )
    numbers = [passage.passage for passage in passages]
    document = _as_found(
        connection,
        record,
        tuple(Passage(p.page, p.text, found_languages[p.passage], p.read_by_ocr) for p in passages),
    )
    vectors = _vectors(connection, numbers, dimension)
    return Whole(document, vectors, tuple(catalogue.corrections(connection, name)))


def take_corrections(connection: Connection, name: str, corrections: Sequence[Correction]) -> None:
    """Write down what was corrected elsewhere; the caller holds the transaction and adds it next.

    What this library knew of the document from before is told there as well, so it goes.
    """
    if not corrections:
        return
    catalogue.forget_corrections(connection, name)
    connection.executemany(
        "INSERT INTO corrections (document, field, value, who, time) VALUES (?, ?, ?, ?, ?)",
        [
            (
                name,
                one.field,
                None if one.withdrawn else json.dumps(one.value, ensure_ascii=False),
                one.who,
                one.time,
            )
            for one in corrections
        ],
    )


def _as_found(connection: Connection, record: Record, passages: tuple[Passage, ...]) -> Document:
    name = record.document
    found = {
        field: json.loads(value)
        for field, value in connection.execute(
            "SELECT field, value FROM guesses WHERE document = ?", (name,)
        )
    }
    (reasons,) = connection.execute(
        "SELECT reasons FROM documents WHERE document = ?", (name,)
    ).fetchone()
    return Document(
        sha256=record.sha256,
        filename=record.filename,
        media_type=record.media_type,
        title=found.get("title", ""),
        year=found.get("year"),
        registries=tuple(found.get("registries", ())),
        languages=tuple(found.get("languages", ())),
        pages=tuple(rows.pages(connection, name)),
        passages=passages,
        # Only the reasons are kept: the values stand in the fields.
        guesses={field: Guess("", reason) for field, reason in json.loads(reasons).items()},
        authors=tuple(found.get("authors", ())),
        kind=found.get("kind", ""),
        topics=tuple(found.get("topics", ())),
        summary=tuple(Quote(page, text) for page, text in found.get("summary", ())),
        pictures=record.pictures,
    )


def _vectors(connection: Connection, numbers: Sequence[int], dimension: int) -> DocumentVectors:
    """Vectors as they are kept: half precision, so that nothing is lost on the way."""
    if not numbers:
        none = np.zeros((0, dimension), np.float32)
        return DocumentVectors(none, (), none)
    _, vectors = rows.vectors(connection, numbers)
    sentences = rows.sentences(connection, numbers, dimension)
    return DocumentVectors(
        vectors,
        tuple(sentences[number][0] for number in numbers),
        np.concatenate([sentences[number][1] for number in numbers]),
    )
