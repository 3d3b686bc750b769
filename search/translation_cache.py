"""Translations made before, in a small SQLite file of the user's cache: bounded, and never missed.

Where it cannot be read or written, everything is translated anew.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import platformdirs

MOST: Final = 20_000
"""Translations that are kept; the longest unused go first."""
_SECONDS: Final = 2.0
_log = logging.getLogger("caselib.search")


def path() -> Path:
    """Where they are kept."""
    return platformdirs.user_cache_path("caselib") / "translations.sqlite3"


def find(key: str) -> str | None:
    """The translation of that key; None where there is none."""
    try:
        with _opened() as connection:
            row = connection.execute(
                "UPDATE translations SET used = ? WHERE key = ? RETURNING text", (time.time(), key)
            ).fetchone()
            connection.commit()
            return str(row[0]) if row else None
    except (sqlite3.Error, OSError) as error:
        _log.warning("Translations cannot be looked up: %s", error)
        return None


def keep(key: str, text: str) -> None:
    """Keep a translation, and let go of those that were not used for longest."""
    try:
        with _opened() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO translations VALUES (?, ?, ?)", (key, text, time.time())
            )
            connection.execute(
                "DELETE FROM translations WHERE key IN "
                "(SELECT key FROM translations ORDER BY used DESC LIMIT -1 OFFSET ?)",
                (MOST,),
            )
            connection.commit()
    except (sqlite3.Error, OSError) as error:
        _log.warning("A translation cannot be kept: %s", error)


@contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    path().parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path(), timeout=_SECONDS)) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS translations "
            "(key TEXT PRIMARY KEY, text TEXT NOT NULL, used REAL NOT NULL) WITHOUT ROWID"
        )
        connection.execute("CREATE INDEX IF NOT EXISTS by_use ON translations (used)")
        yield connection
