"""The catalogue's SQL: what is known of documents, what was guessed and what was corrected.

A found value is kept in `guesses`, a librarian's in `corrections`, and the one that holds in the
columns and tables that are read and searched.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, Final

from index.library import Correction, Described, Record, Supplied
from index.relabelling import relabel
from ingest.document import Document, Quote
from ingest.registry_list import registries

Connection = sqlite3.Connection

WITHDRAWN: Final = object()
"""In place of a correction's value: the guess holds again."""

_COLUMNS: Final = ("title", "year", "kind")
_LISTS: Final = {
    "authors": "author",
    "languages": "language",
    "registries": "registry",
    "regions": "region",
    "topics": "topic",
}
_EMPTY: Final = {"title": "", "year": None, "kind": ""}


def values_of(document: Document) -> dict[str, Any]:
    """What was found in a document, by field."""
    return {
        "title": document.title,
        "year": document.year,
        "kind": document.kind,
        "authors": document.authors,
        "languages": document.languages,
        "registries": document.registries,
        "topics": document.topics,
        "summary": [(quote.page, quote.text) for quote in document.summary],
    }


def keep_guesses(connection: Connection, name: str, values: Mapping[str, Any]) -> None:
    """Keep found values and let them hold, except where corrections do."""
    connection.executemany(
        "INSERT OR REPLACE INTO guesses VALUES (?, ?, ?)",
        [(name, field, _json(value)) for field, value in values.items()],
    )
    corrected = standing(connection, name)
    for field, value in values.items():
        if field not in corrected:
            hold(connection, name, field, value)
    for field, value in corrected.items():
        hold(connection, name, field, value)


def keep_description(connection: Connection, described: Described) -> None:
    """Keep what was found later about a document; what was found before stays."""
    name = described.document
    known = _guesses(connection, name)
    new = {field: value for field, value in described.values.items() if not known.get(field)}
    (kept,) = connection.execute(
        "SELECT reasons FROM documents WHERE document = ?", (name,)
    ).fetchone() or ("{}",)
    reasons = {field: why for field, why in described.reasons.items() if field in new}
    connection.execute(
        "UPDATE documents SET described = 1, reasons = ? WHERE document = ?",
        (json.dumps({**reasons, **json.loads(kept)}), name),
    )
    keep_guesses(connection, name, new)


def correct(connection: Connection, name: str, field: str, value: Any, who: str, time: str) -> None:
    """Write a correction down and let it hold; a value of None puts the guess back."""
    connection.execute(
        "INSERT INTO corrections (document, field, value, who, time) VALUES (?, ?, ?, ?, ?)",
        (name, field, None if value is WITHDRAWN else _json(value), who, time),
    )
    if value is WITHDRAWN:
        value = _guesses(connection, name).get(field, _EMPTY.get(field, ()))
        if field == "languages":
            relabel(connection, name, None)
        if field == "regions":
            value = _regions_of(connection, name)
    hold(connection, name, field, value)


def hold(connection: Connection, name: str, field: str, value: Any) -> None:
    """Make a value the one that is read and searched."""
    if field in _COLUMNS:
        connection.execute(f"UPDATE documents SET {field} = ? WHERE document = ?", (value, name))
    elif field == "summary":
        connection.execute("DELETE FROM summaries WHERE document = ?", (name,))
        connection.executemany(
            "INSERT INTO summaries VALUES (?, ?, ?, ?)",
            [(name, place, page, text) for place, (page, text) in enumerate(value)],
        )
    else:
        _hold_list(connection, name, field, value)


def _hold_list(connection: Connection, name: str, field: str, values: Sequence[str]) -> None:
    connection.execute(f"DELETE FROM {field} WHERE document = ?", (name,))
    connection.executemany(
        f"INSERT INTO {field} VALUES (?, ?, ?)",
        [(name, place, value) for place, value in enumerate(dict.fromkeys(values)) if value],
    )
    if field == "languages":
        connection.execute(
            "UPDATE documents SET languages = ? WHERE document = ?",
            (json.dumps(list(values)), name),
        )
        if "languages" in standing(connection, name):
            relabel(connection, name, values)
    if field == "registries" and "regions" not in standing(connection, name):
        _hold_list(connection, name, "regions", _regions_of(connection, name))


def _regions_of(connection: Connection, name: str) -> list[str]:
    """ICANN's regions of a document's registries, in their order."""
    found = connection.execute(
        "SELECT registry FROM registries WHERE document = ? ORDER BY position", (name,)
    )
    known = [registries()[code].region for (code,) in found if code in registries()]
    return list(dict.fromkeys(known))


def standing(connection: Connection, name: str) -> dict[str, Any]:
    """The corrections of a document that hold, by field."""
    found = connection.execute(
        "SELECT field, value FROM corrections WHERE document = ? ORDER BY number", (name,)
    )
    latest = dict(found.fetchall())
    return {field: json.loads(value) for field, value in latest.items() if value is not None}


def _guesses(connection: Connection, name: str) -> dict[str, Any]:
    found = connection.execute("SELECT field, value FROM guesses WHERE document = ?", (name,))
    return {field: json.loads(value) for field, value in found}


def corrections(connection: Connection, name: str) -> list[Correction]:
    """All corrections of a document, the oldest first."""
    guesses = _guesses(connection, name)
    found = connection.execute(
        "SELECT field, value, who, time FROM corrections WHERE document = ? ORDER BY number",
        (name,),
    )
    return [
        Correction(
            name,
            field,
            None if value is None else json.loads(value),
            who,
            time,
            guesses.get(field),
            withdrawn=value is None,
        )
        for field, value, who, time in found
    ]


def supply(connection: Connection, given: Supplied) -> None:
    """Write a title and summary in another language down."""
    connection.execute(
        "INSERT INTO translations (document, language, title, summary, who, time) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (given.document, given.language, given.title, given.summary, given.who, given.time),
    )


def supplied(connection: Connection, name: str) -> tuple[Supplied, ...]:
    """The titles and summaries of a document that hold, by language."""
    found = connection.execute(
        "SELECT document, language, title, summary, who, time, max(number) FROM translations "
        "WHERE document = ? GROUP BY language ORDER BY language",
        (name,),
    )
    return tuple(Supplied(*row) for *row, _ in found if row[2] or row[3])


def forget_corrections(connection: Connection, name: str) -> None:
    """Delete the corrections of a document, and what was supplied in other languages."""
    connection.execute("DELETE FROM corrections WHERE document = ?", (name,))
    connection.execute("DELETE FROM translations WHERE document = ?", (name,))


def undescribed(connection: Connection) -> list[str]:
    """Documents of which topics and summary are not known yet."""
    found = connection.execute(
        "SELECT document FROM documents WHERE described = 0 ORDER BY document"
    )
    return [document for (document,) in found]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _listed(table: str, column: str) -> str:
    """A subquery that gives a document's list as JSON, in order."""
    return (
        f"(SELECT json_group_array({column}) FROM (SELECT {column} FROM {table} t "
        "WHERE t.document = d.document ORDER BY position))"
    )


_RECORDS: Final = (
    "SELECT d.document, d.sha256, d.filename, d.media_type, d.size, d.title, d.year, "
    f"{_listed('registries', 'registry')}, "
    "d.languages, d.page_count, d.passage_count, d.added, d.reasons, "
    f"{_listed('topics', 'topic')}, d.kind, {_listed('authors', 'author')}, "
    "(SELECT json_group_array(json_array(page, text)) FROM (SELECT page, text FROM summaries s "
    " WHERE s.document = d.document ORDER BY position)), "
    f"{_listed('regions', 'region')}, "
    "(SELECT json_group_array(field) FROM (SELECT field, value, max(number) FROM corrections c "
    " WHERE c.document = d.document GROUP BY field) WHERE value IS NOT NULL), d.pictures "
    "FROM documents d"
)


def records(connection: Connection, where: str = "1", values: Sequence[Any] = ()) -> list[Record]:
    """Records of the documents `d` that a condition lets pass, newest first."""
    found = connection.execute(
        f"{_RECORDS} WHERE {where} ORDER BY d.added DESC, d.document", values
    )
    return [_record(row) for row in found]


def _record(row: Sequence[Any]) -> Record:
    document, sha256, filename, media_type, size, title, year, *further = row
    codes, languages, pages, passages, added, reasons, *described = further
    topics, kind, authors, summary, regions, corrected, pictures = described
    fields = tuple(json.loads(corrected))
    return Record(
        document,
        sha256,
        filename,
        media_type,
        size,
        title,
        year,
        tuple(json.loads(codes)),
        tuple(json.loads(languages)),
        pages,
        passages,
        added,
        {field: why for field, why in json.loads(reasons).items() if field not in fields},
        topics=tuple(json.loads(topics)),
        kind=kind,
        authors=tuple(json.loads(authors)),
        summary=tuple(Quote(page, text) for page, text in json.loads(summary)),
        regions=tuple(json.loads(regions)),
        corrected=fields,
        pictures=tuple(json.loads(pictures)),
    )
