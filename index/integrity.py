"""The check of a SQLite library: every promise, verified from the bytes up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from index.files import FileStore, digest_of
from index.library import Finding
from ingest.errors import N_

_RESTORE = N_("Restore the library from a backup.")
_ADD_AGAIN = N_("Remove the document with `caselib remove` and add its file again.")


def check(connection: sqlite3.Connection, files: FileStore, dimension: int) -> Iterator[Finding]:
    """Findings in a library: the database, the files, the passages and their vectors."""
    message = _database_fault(connection)
    if message:
        damaged = N_("The database is damaged: {message}")
        yield Finding(damaged, _RESTORE, {"message": message})
        return
    for row in connection.execute("PRAGMA foreign_key_check"):
        lost = N_("A row of {table} belongs to nothing.")
        yield Finding(lost, _RESTORE, {"table": row[0]})
    try:
        connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError:
        yield Finding(N_("The full-text index is damaged."), _RESTORE)
    yield from _files(connection, files)
    yield from _passages(connection, dimension)


def _database_fault(connection: sqlite3.Connection) -> str:
    """What SQLite's own check finds first, `` where the database is whole."""
    try:
        for (message,) in connection.execute("PRAGMA integrity_check"):
            if message != "ok":
                return str(message)
    except sqlite3.DatabaseError as error:
        return str(error)
    return ""


def _files(connection: sqlite3.Connection, files: FileStore) -> Iterator[Finding]:
    for document, sha256, title in connection.execute(
        "SELECT document, sha256, title FROM documents"
    ):
        path = files.path(sha256)
        named = {"document": document, "title": title}
        if not path.is_file():
            yield Finding(N_("The file of {document} ({title}) is missing."), _ADD_AGAIN, named)
        elif digest_of(path) != sha256:
            yield Finding(N_("The file of {document} ({title}) has changed."), _ADD_AGAIN, named)
    for sha256 in strangers(connection, files):
        yield Finding(
            N_("The file {file} belongs to no document."),
            N_("Run `caselib check --mend`: it is deleted."),
            {"file": sha256[:16]},
        )


def strangers(connection: sqlite3.Connection, files: FileStore) -> list[str]:
    """Files that belong to no document: what a killed `add` leaves behind."""
    known = {sha256 for (sha256,) in connection.execute("SELECT sha256 FROM documents")}
    return [sha256 for sha256 in files.digests() if sha256 not in known]


def _passages(connection: sqlite3.Connection, dimension: int) -> Iterator[Finding]:
    for document, stated, found, complete in connection.execute(
        "SELECT d.document, d.passage_count, count(p.passage), "
        "total(length(v.vector) = 2 * ? AND length(v.sentence_spans) / 8 * 2 * ? "
        "= length(v.sentences)) "
        "FROM documents d LEFT JOIN passages p USING (document) "
        "LEFT JOIN vectors v USING (passage) "
        "GROUP BY d.document",
        (dimension, dimension),
    ):
        if stated != found or complete != found:
            missing = N_("Passages or vectors of {document} are missing.")
            yield Finding(missing, _ADD_AGAIN, {"document": document})
    for document, stated, found in connection.execute(
        "SELECT d.document, d.page_count, count(p.number) FROM documents d "
        "LEFT JOIN pages p USING (document) GROUP BY d.document"
    ):
        if stated != found:
            missing = N_("Pages of {document} are missing.")
            yield Finding(missing, _ADD_AGAIN, {"document": document})
