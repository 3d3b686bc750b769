"""A deposit from the file to the queue: read, corrected by who deposits it, sent, followed.

What was read stands among what is not public from the first moment on. Its token, which only who
deposited it has, is what opens it to corrections until it is sent, and to a look at it afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from desk import log, moves, queue
from desk.errors import Incomplete, NotPossible
from desk.people import Person, Role, require
from desk.queue import Deposit, State
from desk.settings import Settings
from desk.stores import Desk
from index.adding import Outcome, add_source
from index.deposits import NamedFile, Source
from index.encoding import Encoder
from index.library import Record
from index.reading_ahead import OnReading
from ingest.document import Document
from ingest.errors import N_
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.read import file_digest

LICENCES: Final = (
    "CC BY 4.0",
    "CC BY-SA 4.0",
    "CC BY-NC 4.0",
    "CC BY-ND 4.0",
    "CC BY-NC-SA 4.0",
    "CC BY-NC-ND 4.0",
    "CC0 1.0",
    "Public domain",
    "All rights reserved",
)
"""What is offered; the last stands for a document that may be shown here and no more is granted."""

MOST_WAITING: Final = 1000
"""Deposits that wait, sent or not; more are not taken, so that nobody can fill the disk."""
LONGEST_TEXT: Final = 2000
_UNSENT_DAYS: Final = 2
"""A deposit that was not sent by then is forgotten."""
CORRECTABLE: Final = ("title", "registries", "topics", "languages", "year", "authors", "kind")
"""Fields that who deposits a document may correct."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file that somebody deposits.

    Attributes
    ----------
    status : `read`, with a token; `public`, the library has it; `known`, it was deposited before
        and is not public; `failed`, with the outcome's error.
    """

    status: Literal["read", "public", "known", "failed"]
    outcome: Outcome
    token: str = ""


def receive(
    desk: Desk,
    person: Person,
    encoder: Encoder,
    source: Source,
    limits: Limits = DEFAULT_LIMITS,
    on_page: OnReading | None = None,
    on_embedding: Callable[[str, Document], None] | None = None,
    loopback_port: int | None = None,
) -> Iterator[Received]:
    """Read a file, the documents in an archive, or what a link leads to.

    Nothing of them is public. What goes wrong with one of them is in its outcome, not raised.

    Parameters
    ----------
    on_page, on_embedding, loopback_port : as for `index.adding.add_source`.

    Raises
    ------
    NotAllowed : `person` may not deposit.
    NotPossible : too many deposits wait.
    """
    require(person, Role.DEPOSITOR)
    forget_unsent(desk)
    _check_room(desk)
    if isinstance(source, NamedFile) and (known := desk.library.has(file_digest(source.path))):
        yield Received("public", _outcome_of(source.filename, known))
        return
    outcomes = add_source(
        desk.deposits, encoder, source, limits, on_page, on_embedding, loopback_port
    )
    for outcome in outcomes:
        yield _received(desk, person, outcome, source)


def _received(desk: Desk, person: Person, outcome: Outcome, source: Source) -> Received:
    if outcome.status == "failed":
        return Received("failed", outcome)
    record = desk.deposits.record(outcome.document)
    if (known := desk.library.has(record.sha256)) is not None:
        before = queue.one(desk, "document = ?", (record.document,))
        if before is None or before.state == "draft":
            desk.deposits.remove(record.document, forget=True)
        return Received("public", _outcome_of(outcome.file, known))
    token = queue.new_token()
    with desk.database.writing() as connection:
        before = queue.one(desk, "document = ?", (record.document,))
        if before is not None and before.state not in ("draft", "deleted"):
            return Received("known", outcome)
        queue.enter(
            connection,
            record,
            "draft",
            token=queue.digest_of_token(token),
            depositor=person.name,
            source=source if isinstance(source, str) else "",
        )
    if before is not None and before.state == "draft":
        # Begun before, perhaps by somebody else: what they said of it is not this person's.
        for field in record.corrected:
            desk.deposits.withdraw(record.document, field, log.DEPOSITOR)
    return Received("read", outcome, token)


def draft(desk: Desk, token: str) -> tuple[Deposit, Record] | None:
    """A deposit that can still be corrected and sent, with what was understood of it."""
    deposit = queue.by_token(desk, token)
    if deposit is None or deposit.state != "draft":
        return None
    record = desk.deposits.has(deposit.sha256)
    return None if record is None else (deposit, record)


def correct(desk: Desk, person: Person, token: str, field: str, value: Any) -> Record:
    """Put the depositor's value in place of a guess, as long as the deposit was not sent.

    Raises
    ------
    NotAllowed : `person` may not deposit.
    NotPossible : it was sent, or there is no such deposit, or not such a field.
    WrongValue : the field cannot have that value.
    """
    record = _unsent(desk, person, token)
    if field not in CORRECTABLE:
        raise NotPossible(N_("Only a librarian can change this."))
    if (
        tuple(value) == getattr(record, field)
        if isinstance(value, list)
        else (value == getattr(record, field))
    ):
        return record
    return desk.deposits.correct(record.document, field, value, person.name or log.DEPOSITOR)


def send(
    desk: Desk,
    person: Person,
    token: str,
    licence: str,
    may_share: bool,
    settings: Settings,
    contact: str = "",
    remark: str = "",
) -> State:
    """Send a deposit to the librarian, or publish it where the installation does so directly.

    Parameters
    ----------
    licence : one of `LICENCES`, or another in the depositor's words.
    may_share : they say that they may share it here.

    Returns
    -------
    `waiting` or `published`.

    Raises
    ------
    NotAllowed, NotPossible : as for `correct`.
    Incomplete : licence or right is missing, or a text is too long.
    """
    record = _unsent(desk, person, token)
    if not licence.strip():
        raise Incomplete(N_("Say under which licence the document may be shown."))
    if may_share is not True:
        raise Incomplete(N_("Say that you may share the document, or do not send it."))
    for text in (licence, contact, remark):
        if len(text) > LONGEST_TEXT:
            raise Incomplete(N_("Write at most {most} letters."), most=LONGEST_TEXT)
    values = {"licence": licence.strip(), "contact": contact.strip(), "remark": remark.strip()}
    who, title = person.name or log.DEPOSITOR, record.title or record.filename
    act = "publish" if settings.direct else "deposit"
    with log.written(desk.database, who, act, record.document, title, licence=licence.strip()):
        if settings.direct:
            moves.move(desk, record.document, "draft", "published", **values)
            return "published"
        with desk.database.writing() as connection:
            queue.change(connection, record.document, "draft", state="waiting", **values)
    return "waiting"


def discard(desk: Desk, token: str) -> None:
    """Forget a deposit that was not sent; whoever has its token may."""
    if (found := draft(desk, token)) is not None:
        _forget(desk, found[0])


def forget_unsent(desk: Desk, days: float = _UNSENT_DAYS) -> int:
    """Forget deposits that were read and not sent for some days; how many."""
    since = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    with desk.database.reading() as connection:
        known = {name for (name,) in connection.execute("SELECT document FROM deposits")}
        old = [
            name
            for (name,) in connection.execute(
                "SELECT document FROM deposits WHERE state = 'draft' AND changed < ?", (since,)
            )
        ]
    for name in old:
        if (deposit := queue.one(desk, "document = ?", (name,))) is not None:
            _forget(desk, deposit)
    # Read by a process that was killed before the deposit was written down.
    strays = [
        record
        for record in desk.deposits.records()
        if record.document not in known and record.added < since
    ]
    for record in strays:
        desk.deposits.remove(record.document, forget=True)
    return len(old) + len(strays)


def licence_of(desk: Desk, document: str) -> str:
    """The licence under which a public document may be shown; `` where none was said."""
    found = queue.one(desk, "document = ? AND state = 'published'", (document,))
    return found.licence if found else ""


def _unsent(desk: Desk, person: Person, token: str) -> Record:
    require(person, Role.DEPOSITOR)
    if (found := draft(desk, token)) is None:
        raise NotPossible(N_("This deposit was sent already, or its link is wrong."))
    return found[1]


def _forget(desk: Desk, deposit: Deposit) -> None:
    with desk.database.alone():
        with desk.database.writing() as connection:
            gone = connection.execute(
                "DELETE FROM deposits WHERE document = ? AND state = 'draft' AND moving = ''",
                (deposit.document,),
            )
        if gone.rowcount and desk.deposits.has(deposit.sha256) is not None:
            desk.deposits.remove(deposit.document, forget=True)


def _check_room(desk: Desk) -> None:
    with desk.database.reading() as connection:
        (waiting,) = connection.execute(
            "SELECT count(*) FROM deposits WHERE state IN ('draft', 'waiting')"
        ).fetchone()
    if waiting >= MOST_WAITING:
        raise NotPossible(
            N_("{count} deposits wait for a librarian: try again when some are decided."),
            count=waiting,
        )


def _outcome_of(name: str, known: Record) -> Outcome:
    return Outcome(
        name, "duplicate", known.document, known.title, known.pages, known.passages, known.languages
    )
