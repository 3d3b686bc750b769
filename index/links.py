"""Which documents a person said are the same one, and which are not.

A link belongs to the two files' bytes, as corrections do: it holds when a document is read anew,
it is not seen while one of the two is away, and it waits for the same file to come back.
"""

from __future__ import annotations

import sqlite3

from index.errors import NotInLibrary, WrongValue
from index.library import LINKS, Link, Record
from ingest.errors import N_


def checked_link(document: Record, other: Record, kind: str) -> None:
    """Raise `WrongValue` where two documents cannot be linked so."""
    if kind not in LINKS:
        raise WrongValue(
            N_("There is no {what} {name}: use one of {known}."),
            what="link",
            name=f"“{kind}”",
            known=", ".join(LINKS),
        )
    if document.document == other.document:
        raise WrongValue(
            N_("{document} is one document: name two to say what they are to one another."),
            document=document.document,
        )


def put(connection: sqlite3.Connection, link: Link) -> None:
    """Write a link down in place of what was said of the two before."""
    first, second = sorted((link.document, link.other))
    newer = link.document if link.kind == "edition" else ""
    connection.execute(
        "INSERT OR REPLACE INTO links VALUES (?, ?, ?, ?, ?, ?)",
        (first, second, link.kind, newer, link.who, link.time),
    )


def take(connection: sqlite3.Connection, document: str, other: str) -> None:
    """Take back what was said of two documents.

    Raises
    ------
    NotInLibrary : nothing was.
    """
    taken = connection.execute(
        "DELETE FROM links WHERE document = ? AND other = ?", sorted((document, other))
    )
    if not taken.rowcount:
        raise NotInLibrary(
            N_("{document} and {other} are not linked: see `caselib show`."),
            document=document,
            other=other,
        )


def links(connection: sqlite3.Connection, document: str | None = None) -> list[Link]:
    """What was said of a document, or of all, the oldest first; both documents are here."""
    where = "1" if document is None else ":document = l.document OR :document = l.other"
    found = connection.execute(
        "SELECT l.document, l.other, l.kind, l.newer, l.who, l.time FROM links l "
        "JOIN documents a ON a.document = l.document JOIN documents b ON b.document = l.other "
        f"WHERE {where} ORDER BY l.time, l.document, l.other",
        {"document": document},
    )
    return [
        Link(second, first, kind, who, time)
        if newer == second
        else Link(first, second, kind, who, time)
        for first, second, kind, newer, who, time in found
    ]


def forget(connection: sqlite3.Connection, document: str) -> None:
    """Delete what was said of a document."""
    connection.execute("DELETE FROM links WHERE ? IN (document, other)", (document,))
