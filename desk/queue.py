"""The queue: what was deposited, and how far it has come."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from desk.database import now
from desk.errors import NotPossible
from desk.people import Person, Role, require
from desk.stores import Desk
from index.errors import NotInLibrary
from index.library import Library, Record
from ingest.errors import N_

State = Literal["draft", "waiting", "published", "rejected", "withdrawn", "deleted"]
STATES: Final[tuple[State, ...]] = (
    "draft",
    "waiting",
    "published",
    "rejected",
    "withdrawn",
    "deleted",
)
"""`draft`: read, and not sent yet; `withdrawn`: was public, and is not any more."""

_COLUMNS: Final = (
    "document, sha256, filename, state, moving, licence, contact, remark, depositor, source, "
    "reason, deposited, changed"
)


@dataclass(frozen=True, slots=True)
class Deposit:
    """A document that came by the deposit page, or that left the library by the desk.

    Attributes
    ----------
    moving : the state that it is on its way to; `` nearly always.
    licence : an entry of `desk.depositing.LICENCES`, or the depositor's own words.
    contact, remark : what the depositor wrote to the librarian; never public.
    depositor : the account that it came from, `` where nobody was signed in.
    source : the link or archive that it was in.
    reason : why it was rejected.
    deposited, changed : ISO 8601, UTC.
    """

    document: str
    sha256: str
    filename: str
    state: State
    moving: str
    licence: str
    contact: str
    remark: str
    depositor: str
    source: str
    reason: str
    deposited: str
    changed: str


def by_token(desk: Desk, token: str) -> Deposit | None:
    """The deposit that a link leads to; whoever has the link may see how it stands."""
    return one(desk, "token = ?", (digest_of_token(token),)) if token else None


def by_document(desk: Desk, person: Person, document: str) -> Deposit | None:
    """The deposit of a document, by its whole identifier.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    """
    require(person, Role.LIBRARIAN)
    return one(desk, "document = ?", (document,))


def in_state(desk: Desk, person: Person, state: State) -> list[tuple[Deposit, Record]]:
    """Deposits in a state with what is known of them, the one that waits longest first.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    """
    require(person, Role.LIBRARIAN)
    found = _all(desk, "state = ? ORDER BY changed, document", (state,))
    kept = {record.document: record for record in _library_of(desk, state).records()}
    return [(one, kept[one.document]) for one in found if one.document in kept]


def counts(desk: Desk, person: Person) -> dict[State, int]:
    """How many deposits are in each state.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    """
    require(person, Role.LIBRARIAN)
    with desk.database.reading() as connection:
        found = dict(
            connection.execute("SELECT state, count(*) FROM deposits GROUP BY state").fetchall()
        )
    return {state: found.get(state, 0) for state in STATES}


def standing(desk: Desk, person: Person, document: str) -> tuple[Library, Record, State]:
    """Where a document stands, by its identifier or an unambiguous beginning of it.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    NotInLibrary : it is neither public nor at the desk.
    """
    require(person, Role.LIBRARIAN)
    try:
        return desk.library, desk.library.record(document), "published"
    except NotInLibrary:
        record = desk.deposits.record(document)
    found = one(desk, "document = ?", (record.document,))
    if found is None:
        raise NotInLibrary(
            N_("There is no document {document} in this library: see `caselib list`."),
            document=document,
        )
    return desk.deposits, record, found.state


def record_of(desk: Desk, deposit: Deposit) -> Record | None:
    """What is known of a deposited document, wherever it stands; None where it is deleted."""
    return _library_of(desk, deposit.state).has(deposit.sha256)


def _library_of(desk: Desk, state: State) -> Library:
    return desk.library if state == "published" else desk.deposits


# -- what depositing and decisions write --------------------------------------------------


def one(desk: Desk, where: str, values: Sequence[Any]) -> Deposit | None:
    """The deposit that a condition of ours finds."""
    return next(iter(_all(desk, where, values)), None)


def _all(desk: Desk, where: str, values: Sequence[Any]) -> list[Deposit]:
    with desk.database.reading() as connection:
        found = connection.execute(f"SELECT {_COLUMNS} FROM deposits WHERE {where}", values)
        return [Deposit(*row) for row in found.fetchall()]


def moving(desk: Desk) -> list[Deposit]:
    """Deposits whose move was begun and not ended."""
    return _all(desk, "moving <> ''", ())


def change(
    connection: sqlite3.Connection, document: str, was: State | None, **values: str | None
) -> None:
    """Change columns of a deposit; the caller holds the transaction.

    Parameters
    ----------
    was : the state that it must still be in, at rest; None where it is on its way.

    Raises
    ------
    NotPossible : somebody else was quicker.
    """
    stated = {**values, "changed": now()}
    changed = connection.execute(
        f"UPDATE deposits SET {', '.join(f'{name} = ?' for name in stated)} "
        "WHERE document = ? AND (? IS NULL OR (state = ? AND moving = ''))",
        (*stated.values(), document, was, was),
    )
    if not changed.rowcount:
        raise NotPossible(N_("This document has changed meanwhile: look at it again, then decide."))


def enter(connection: sqlite3.Connection, record: Record, state: State, **values: str) -> None:
    """Write a document into the queue, in place of what stood there of it before."""
    time = now()
    stated = {
        "document": record.document,
        "sha256": record.sha256,
        "filename": record.filename,
        "state": state,
        "deposited": time,
        "changed": time,
        **values,
    }
    connection.execute("DELETE FROM deposits WHERE document = ?", (record.document,))
    connection.execute(
        f"INSERT INTO deposits ({', '.join(stated)}) VALUES ({', '.join('?' * len(stated))})",
        tuple(stated.values()),
    )


def new_token() -> str:
    """What nobody can guess: 192 bits, as they stand in a link."""
    return secrets.token_urlsafe(24)


def digest_of_token(token: str) -> str:
    """What is kept of a token; who reads the tables cannot follow a depositor's link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
