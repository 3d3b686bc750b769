"""The tables of a SQLite library, as numbered steps that are only ever added to."""

from __future__ import annotations

import sqlite3

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE library (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    INSERT INTO library VALUES ('version', '0');

    CREATE TABLE documents (
        document TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        filename TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        title TEXT NOT NULL,
        year INTEGER,
        languages TEXT NOT NULL,
        reasons TEXT NOT NULL,
        page_count INTEGER NOT NULL,
        passage_count INTEGER NOT NULL,
        added TEXT NOT NULL,
        version INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX documents_by_time ON documents (added DESC, document);

    CREATE TABLE registries (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        registry TEXT NOT NULL,
        PRIMARY KEY (document, position)
    ) WITHOUT ROWID;
    CREATE INDEX registries_by_code ON registries (registry, document);

    CREATE TABLE pages (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        number INTEGER NOT NULL,
        heading TEXT NOT NULL,
        text TEXT NOT NULL,
        read_by_ocr INTEGER NOT NULL,
        PRIMARY KEY (document, number)
    ) WITHOUT ROWID;

    CREATE TABLE passages (
        passage INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        page INTEGER NOT NULL,
        language TEXT NOT NULL,
        text TEXT NOT NULL,
        read_by_ocr INTEGER NOT NULL,
        UNIQUE (document, position)
    );
    CREATE INDEX passages_by_language ON passages (language, passage);

    CREATE TABLE vectors (
        passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
        vector BLOB NOT NULL,
        sentence_spans BLOB NOT NULL,
        sentences BLOB NOT NULL
    );

    CREATE TABLE language_sums (
        language TEXT PRIMARY KEY, passages INTEGER NOT NULL, total BLOB NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE removals (version INTEGER NOT NULL, passage INTEGER NOT NULL);
    CREATE INDEX removals_by_version ON removals (version);

    CREATE VIRTUAL TABLE words USING fts5 (
        tokens, content = '',
        tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
    );
    CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
    """,
)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Run the steps that a library has not seen yet, each in a transaction of its own."""
    while True:
        connection.execute("BEGIN IMMEDIATE")
        (seen,) = connection.execute("PRAGMA user_version").fetchone()
        if seen >= len(STEPS):
            connection.execute("ROLLBACK")
            return
        try:
            for statement in _statements(STEPS[seen]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {seen + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _statements(step: str) -> list[str]:
    """Single statements: `executescript` would commit on its own before it begins."""
    found, buffered = [], ""
    for part in step.split(";"):
        buffered += part + ";"
        if sqlite3.complete_statement(buffered) and buffered.strip(" \n;"):
            found.append(buffered)
            buffered = ""
    return found
