"""The log: who did what to which document, and when. It only grows."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from desk.database import Database, now
from desk.people import Person, Role, require

ACTS: Final = (
    "deposit", "approve", "publish", "reject", "unpublish", "restore", "delete", "correct",
    "put back", "link", "unlink", "password", "failed",
)  # fmt: skip
"""What can stand in it; `publish` is a deposit that a setting lets through without a librarian."""

DEPOSITOR: Final = "depositor"
"""Who a deposit is from where nobody is signed in: no name, no address."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act.

    Attributes
    ----------
    who : the account's name; an act is written down before it is done, and one that then could
        not be done is followed by a line `failed`.
    title : of the document, as it was then.
    details : such as the reason of a rejection, or a field with its value before and after.
    """

    number: int
    time: str
    who: str
    act: str
    document: str
    title: str
    details: dict[str, Any] = field(default_factory=dict)


def write(
    database: Database, who: str, act: str, document: str = "", title: str = "", **details: Any
) -> None:
    """Add a line."""
    assert act in ACTS
    with database.writing() as connection:
        connection.execute(
            "INSERT INTO log (time, who, act, document, title, details) VALUES (?, ?, ?, ?, ?, ?)",
            (now(), who, act, document, title, json.dumps(details, ensure_ascii=False)),
        )


@contextlib.contextmanager
def written(
    database: Database, who: str, act: str, document: str, title: str, **details: Any
) -> Iterator[None]:
    """Write an act down, then do it; what then went wrong is written down as well."""
    write(database, who, act, document, title, **details)
    try:
        yield
    except Exception as error:
        write(database, who, "failed", document, title, what=act, error=str(error))
        raise


def lines(
    database: Database, person: Person, document: str = "", limit: int = 100, before: int = 0
) -> list[Line]:
    """Lines of the log, the newest first.

    Parameters
    ----------
    document : of this one only.
    before : only lines with a smaller number, to turn to older ones.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    """
    require(person, Role.LIBRARIAN)
    with database.reading() as connection:
        found = connection.execute(
            "SELECT number, time, who, act, document, title, details FROM log "
            "WHERE (? = '' OR document = ?) AND (? = 0 OR number < ?) "
            "ORDER BY number DESC LIMIT ?",
            (document, document, before, before, limit),
        ).fetchall()
    return [
        Line(number, time, who, act, about, title, json.loads(details))
        for number, time, who, act, about, title, details in found
    ]
