"""What a librarian says that two public documents are to one another."""

from __future__ import annotations

from desk import log
from desk.people import Person, Role, require
from desk.stores import Desk
from index.library import Link


def link(desk: Desk, person: Person, document: str, other: str, kind: str) -> Link:
    """Say what two documents are to one another; both must be public.

    Parameters
    ----------
    document : of two editions the newer one.
    kind : one of `index.library.LINKS`.

    Raises
    ------
    NotAllowed : `person` is no librarian.
    NotInLibrary, WrongValue : as for `Library.link`.
    """
    require(person, Role.LIBRARIAN)
    one, two = desk.library.record(document), desk.library.record(other)
    with log.written(
        desk.database,
        person.name,
        "link",
        one.document,
        one.title or one.filename,
        kind=kind,
        other=two.document,
        title_of_other=two.title or two.filename,
    ):
        return desk.library.link(one.document, two.document, kind, person.name)


def unlink(desk: Desk, person: Person, document: str, other: str) -> None:
    """Take back what was said of two documents. Errors as for `link`."""
    require(person, Role.LIBRARIAN)
    one, two = desk.library.record(document), desk.library.record(other)
    title = one.title or one.filename
    with log.written(desk.database, person.name, "unlink", one.document, title, other=two.document):
        desk.library.unlink(one.document, two.document)
