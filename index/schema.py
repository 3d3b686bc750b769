"""The tables of a SQLite library, as numbered steps that are only ever added to."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from ingest.registry_list import registries

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
    # What is known of documents: found values in `guesses`, a librarian's in `corrections`, and in
    # the tables that are searched the value that holds.
    """
    ALTER TABLE documents ADD COLUMN kind TEXT NOT NULL DEFAULT '';
    ALTER TABLE documents ADD COLUMN described INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX documents_by_year ON documents (year, document);
    CREATE INDEX documents_by_kind ON documents (kind, document);
    CREATE INDEX documents_by_media_type ON documents (media_type, document);
    CREATE INDEX documents_to_describe ON documents (document) WHERE described = 0;
    ALTER TABLE passages ADD COLUMN found_language TEXT;
    CREATE INDEX passages_by_document ON passages (document, language);

    CREATE TABLE authors (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        author TEXT NOT NULL,
        PRIMARY KEY (document, position)
    ) WITHOUT ROWID;

    CREATE TABLE languages (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        language TEXT NOT NULL,
        PRIMARY KEY (document, position)
    ) WITHOUT ROWID;
    CREATE INDEX languages_by_code ON languages (language, document);

    CREATE TABLE topics (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        topic TEXT NOT NULL,
        PRIMARY KEY (document, position)
    ) WITHOUT ROWID;
    CREATE INDEX topics_by_name ON topics (topic, document);

    CREATE TABLE regions (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        region TEXT NOT NULL,
        PRIMARY KEY (document, position)
    ) WITHOUT ROWID;
    CREATE INDEX regions_by_code ON regions (region, document);

    CREATE TABLE summaries (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        position INTEGER NOT NULL,
        page INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (document, position)
    ) WITHOUT ROWID;

    CREATE TABLE guesses (
        document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (document, field)
    ) WITHOUT ROWID;

    CREATE TABLE corrections (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT,
        who TEXT NOT NULL,
        time TEXT NOT NULL
    );
    CREATE INDEX corrections_by_document ON corrections (document, field, number);

    INSERT INTO languages
        SELECT document, key, value FROM documents, json_each(languages) WHERE value <> '';
    INSERT OR IGNORE INTO regions
        SELECT document, min(position), region_of(registry) AS region FROM registries
        WHERE region <> '' GROUP BY document, region;
    INSERT INTO guesses SELECT document, 'title', json_quote(title) FROM documents;
    INSERT INTO guesses SELECT document, 'year', coalesce(year, 'null') FROM documents;
    INSERT INTO guesses SELECT document, 'languages', languages FROM documents;
    INSERT INTO guesses
        SELECT document, 'registries', json_group_array(registry)
        FROM (SELECT document, registry FROM registries ORDER BY document, position)
        GROUP BY document;
    """,
    """
    ALTER TABLE documents ADD COLUMN pictures TEXT NOT NULL DEFAULT '[]';
    CREATE INDEX documents_that_need_ocr ON documents (document) WHERE pictures <> '[]';
    """,
    # What people said of two documents, the lesser identifier first; of editions, which is newer.
    """
    CREATE TABLE links (
        document TEXT NOT NULL,
        other TEXT NOT NULL,
        kind TEXT NOT NULL,
        newer TEXT NOT NULL,
        who TEXT NOT NULL,
        time TEXT NOT NULL,
        PRIMARY KEY (document, other)
    ) WITHOUT ROWID;
    CREATE INDEX links_by_other ON links (other, document);
    """,
    # A librarian's title and summary in other languages: like corrections, they are only added to,
    # the last holds, and they wait for a document that was removed to come back.
    """
    CREATE TABLE translations (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        document TEXT NOT NULL,
        language TEXT NOT NULL,
        title TEXT NOT NULL,
        summary TEXT NOT NULL,
        who TEXT NOT NULL,
        time TEXT NOT NULL
    );
    CREATE INDEX translations_by_document ON translations (document, language, number);
    """,
)


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Run the steps that a library has not seen yet."""
    connection.create_function("region_of", 1, _region_of, deterministic=True)
    take_steps(connection, STEPS)


def take_steps(connection: sqlite3.Connection, steps: Sequence[str]) -> None:
    """Run the steps that a database has not seen yet, each in a transaction of its own."""
    while True:
        connection.execute("BEGIN IMMEDIATE")
        (seen,) = connection.execute("PRAGMA user_version").fetchone()
        if seen >= len(steps):
            connection.execute("ROLLBACK")
            return
        try:
            for statement in _statements(steps[seen]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {seen + 1}")
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _region_of(code: str) -> str:
    registry = registries().get(code)
    return registry.region if registry else ""


def _statements(step: str) -> list[str]:
    """Single statements: `executescript` would commit on its own before it begins."""
    found, buffered = [], ""
    for part in step.split(";"):
        buffered += part + ";"
        if sqlite3.complete_statement(buffered) and buffered.strip(" \n;"):
            found.append(buffered)
            buffered = ""
    return found
