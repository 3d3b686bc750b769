"""What a librarian decides. Each act is told who acts, refuses who may not, and is in the log."""

from __future__ import annotations

from typing import Any

from desk import log, moves, queue
from desk.errors import Incomplete, NotPossible
from desk.people import Person, Role, require
from desk.queue import State
from desk.stores import Desk
from index.correcting import checked, checked_field
from index.library import Record
from ingest.document import Quote
from ingest.errors import N_, CaselibError

LONGEST_REASON = 2000


def approve(desk: Desk, person: Person, document: str) -> Record:
    """Make a document public that waits, with all that was corrected.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    NotInLibrary : no such document.
    NotPossible : it does not wait.
    """
    record, was = _in(desk, person, document, "waiting")
    _move(desk, person, "approve", record, was, "published")
    return desk.library.record(record.document)


def approve_all(
    desk: Desk, person: Person, documents: list[str]
) -> list[tuple[str, Record | CaselibError]]:
    """Approve several; one that fails does not stop the others. Errors as for `approve`."""
    require(person, Role.LIBRARIAN)
    done: list[tuple[str, Record | CaselibError]] = []
    for document in documents:
        try:
            done.append((document, approve(desk, person, document)))
        except CaselibError as error:
            done.append((document, error))
    return done


def reject(desk: Desk, person: Person, document: str, reason: str) -> Record:
    """Refuse a document that waits; it is kept, with the reason, until it is deleted.

    Raises
    ------
    Incomplete : there is no reason; others as for `approve`.
    """
    require(person, Role.LIBRARIAN)
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise Incomplete(
            N_("Say in at most {most} letters why it is rejected: the depositor reads it."),
            most=LONGEST_REASON,
        )
    record, was = _in(desk, person, document, "waiting")
    with log.written(
        desk.database, person.name, "reject", record.document, _title(record), reason=said
    ):
        _set(desk, record, was, "rejected", reason=said)
    return record


def unpublish(desk: Desk, person: Person, document: str, reason: str = "") -> Record:
    """Take a public document out of the library, back to the desk. Errors as for `approve`."""
    record, was = _in(desk, person, document, "published")
    if queue.one(desk, "document = ?", (record.document,)) is None:
        # It came by the command line, or with the library.
        with desk.database.writing() as connection:
            queue.enter(connection, record, "published", deposited=record.added)
    _move(desk, person, "unpublish", record, was, "withdrawn", reason=reason.strip())
    return desk.deposits.record(record.document)


def restore(desk: Desk, person: Person, document: str) -> Record:
    """Undo: a withdrawn document is public again, a rejected one waits again.

    Errors as for `approve`.
    """
    record, was = _in(desk, person, document, "withdrawn", "rejected")
    if was == "withdrawn":
        _move(desk, person, "restore", record, was, "published", reason="")
        return desk.library.record(record.document)
    with log.written(desk.database, person.name, "restore", record.document, _title(record)):
        _set(desk, record, was, "waiting", reason="")
    return record


def delete(desk: Desk, person: Person, document: str) -> Record:
    """Delete a rejected or withdrawn document for good, and whom it came from.

    Its link then says that it was deleted. Errors as for `approve`.
    """
    record, was = _in(desk, person, document, "rejected", "withdrawn")
    with log.written(desk.database, person.name, "delete", record.document, _title(record)):
        moves.move(desk, record.document, was, "deleted", contact="", remark="", filename="")
    return record


def correct(desk: Desk, person: Person, document: str, field: str, value: Any) -> Record:
    """Put a librarian's value in place of a guess, in a document that is public or at the desk.

    Raises
    ------
    NotAllowed, NotInLibrary : as for `approve`.
    WrongValue : as for `Library.correct`.
    """
    library, record, _ = queue.standing(desk, person, document)
    checked(library, record, field, value)
    before = _plain(getattr(record, field))
    with log.written(
        desk.database,
        person.name,
        "correct",
        record.document,
        _title(record),
        field=field,
        before=before,
        after=_plain(value),
    ):
        return library.correct(record.document, field, value, person.name)


def put_back(desk: Desk, person: Person, document: str, field: str) -> Record:
    """Let the guess hold again in place of a correction. Errors as for `correct`."""
    library, record, _ = queue.standing(desk, person, document)
    with log.written(
        desk.database,
        person.name,
        "put back",
        record.document,
        _title(record),
        field=checked_field(field),
        before=_plain(getattr(record, field)),
    ):
        return library.withdraw(record.document, field, person.name)


def _in(desk: Desk, person: Person, document: str, *states: State) -> tuple[Record, State]:
    """The document, where it is in one of some states, and that state."""
    _, record, state = queue.standing(desk, person, document)
    if state in states:
        return record, state
    raise NotPossible(
        N_("{title} is {state}, so this cannot be done with it."),
        title=f"“{_title(record)}”",
        state=STATES[state],
    )


STATES: dict[State, str] = {
    "draft": N_("not sent yet"),
    "waiting": N_("waiting"),
    "published": N_("public"),
    "rejected": N_("rejected"),
    "withdrawn": N_("withdrawn"),
    "deleted": N_("deleted"),
}
"""States as words within a sentence."""


def _move(
    desk: Desk, person: Person, act: str, record: Record, was: State, to: State, **values: str
) -> None:
    with log.written(desk.database, person.name, act, record.document, _title(record), **values):
        moves.move(desk, record.document, was, to, **values)


def _set(desk: Desk, record: Record, was: State, state: State, **values: str) -> None:
    with desk.database.writing() as connection:
        queue.change(connection, record.document, was, state=state, **values)


def _title(record: Record) -> str:
    return record.title or record.filename


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Quote):
        return [value.page, value.text]
    return value
