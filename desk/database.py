"""What the desk knows beside the libraries: deposits, the log, sessions and tries, in SQLite.

The log only grows: the database itself refuses to change or to delete a line of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from index.errors import LibraryUnavailable
from index.rows import transaction
from index.schema import take_steps
from ingest.errors import N_

NAME: Final = "desk.sqlite3"
_BUSY_SECONDS: Final = 60

_STEPS: Final = (
    """
    CREATE TABLE deposits (
        document TEXT PRIMARY KEY,
        sha256 TEXT NOT NULL,
        filename TEXT NOT NULL,
        token TEXT UNIQUE,
        state TEXT NOT NULL,
        moving TEXT NOT NULL DEFAULT '',
        licence TEXT NOT NULL DEFAULT '',
        contact TEXT NOT NULL DEFAULT '',
        remark TEXT NOT NULL DEFAULT '',
        depositor TEXT NOT NULL DEFAULT '',
        source TEXT NOT NULL DEFAULT '',
        reason TEXT NOT NULL DEFAULT '',
        deposited TEXT NOT NULL,
        changed TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX deposits_by_state ON deposits (state, changed);
    CREATE INDEX deposits_moving ON deposits (document) WHERE moving <> '';

    CREATE TABLE log (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        time TEXT NOT NULL,
        who TEXT NOT NULL,
        act TEXT NOT NULL,
        document TEXT NOT NULL,
        title TEXT NOT NULL,
        details TEXT NOT NULL
    );
    CREATE INDEX log_by_document ON log (document, number);
    CREATE TRIGGER log_is_not_changed BEFORE UPDATE ON log
        BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
    CREATE TRIGGER log_is_not_deleted BEFORE DELETE ON log
        BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
    CREATE TRIGGER log_is_not_replaced BEFORE INSERT ON log
        WHEN EXISTS (SELECT 1 FROM log WHERE number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;

    CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE sessions (
        session TEXT PRIMARY KEY, account TEXT NOT NULL, began INTEGER NOT NULL,
        used INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE tries (time REAL NOT NULL, address TEXT NOT NULL);
    CREATE INDEX tries_by_time ON tries (time);
    """,
)
"""Steps that are only ever added to."""


class Database:
    """The desk's own tables. Safe for threads and for several processes at once.

    Parameters
    ----------
    folder : of the library; it must be there.

    Raises
    ------
    LibraryUnavailable : the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()
        with self._failing_clearly():
            _made(folder / NAME)
            take_steps(self._connection(), _STEPS)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection of this thread, to look something up."""
        with self._failing_clearly():
            yield self._connection()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; it lands whole or not at all."""
        with self._failing_clearly():
            connection = self._connection()
            with transaction(connection, "IMMEDIATE"):
                yield connection

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Moves of documents come one after another, over all processes."""
        with self._failing_clearly():
            descriptor = os.open(self.folder / "desk.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def close(self) -> None:
        """Close this thread's connection; those of other threads close with them."""
        found = getattr(self._local, "connection", None)
        if found is not None:
            found.close()
            del self._local.connection

    def _connection(self) -> sqlite3.Connection:
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = sqlite3.connect(self.folder / NAME, timeout=_BUSY_SECONDS, isolation_level=None)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = FULL")
            found.execute("PRAGMA secure_delete = ON")
            # `INSERT OR REPLACE` asks the triggers too.
            found.execute("PRAGMA recursive_triggers = ON")
            self._local.connection = found
        return found

    @contextlib.contextmanager
    def _failing_clearly(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, OSError) as error:
            if isinstance(error, sqlite3.IntegrityError):
                raise
            raise LibraryUnavailable(
                N_(
                    "The library in {folder} cannot be read or written ({reason}): check that the "
                    "folder exists and that you may write to it."
                ),
                folder=str(self.folder),
                reason=str(error),
            ) from error


def now() -> str:
    """The time, as the tables hold it: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _made(path: Path) -> None:
    """Make the file for its owner alone: it holds contacts and digests of secrets.

    A file that is there is not touched: closing it would drop the locks that this process has on it
    (SQLite, How To Corrupt An SQLite Database File, 2.2).
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
