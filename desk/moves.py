"""Documents go between what is public and what is not, and a kill at any moment loses none.

What is to happen is written down first (`moving`). Then the document is added where it goes, then
removed where it was, and only then the new state stands. A move that was cut short is found by its
`moving` and done again from its beginning; each step does nothing where it has been done before,
for a document is the SHA-256 of its file.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from desk import queue
from desk.queue import Deposit, State
from desk.stores import Desk
from index.errors import NotInLibrary
from index.library import Library


def move(desk: Desk, document: str, was: State, to: State, **values: str) -> None:
    """Bring a document of the queue into a state, and to where documents in it stand.

    Parameters
    ----------
    was : the state that it is in.
    values : columns of the deposit that change with its state, such as the reason.

    Raises
    ------
    NotPossible : it is in another state by now.
    """
    with desk.database.alone():
        with desk.database.writing() as connection:
            queue.change(connection, document, was, moving=to, **values)
        deposit = queue.one(desk, "document = ?", (document,))
        assert deposit is not None
        try:
            _finish(desk, deposit)
        except BaseException:
            # It is still where it stood: the decision is taken back, unless it is half done.
            if to != "deleted" and not _has_arrived(desk, deposit):
                with desk.database.writing() as connection:
                    queue.change(connection, document, None, moving="")
            raise


def finish_moves(desk: Desk) -> int:
    """Do again what was cut short; how many moves that were."""
    begun = queue.moving(desk)
    if not begun:
        return 0
    with desk.database.alone():
        # Asked again: another process may have been at it, and is done now.
        begun = queue.moving(desk)
        for deposit in begun:
            _finish(desk, deposit)
    return len(begun)


def _has_arrived(desk: Desk, deposit: Deposit) -> bool:
    """Whether the document has arrived where its move leads."""
    target = desk.library if deposit.moving == "published" else desk.deposits
    return target.has(deposit.sha256) is not None


def _finish(desk: Desk, deposit: Deposit) -> None:
    if deposit.moving == "published":
        _carry(desk.deposits, desk.library, deposit)
    elif deposit.moving == "deleted":
        with contextlib.suppress(NotInLibrary):
            desk.deposits.remove(deposit.document, forget=True)
    else:
        _carry(desk.library, desk.deposits, deposit)
    with desk.database.writing() as connection:
        queue.change(connection, deposit.document, None, state=deposit.moving, moving="")


def _carry(source: Library, target: Library, deposit: Deposit) -> None:
    """Add a document there, then remove it here."""
    if source.has(deposit.sha256) is None:
        # It went before.
        target.record(deposit.document)
        return
    if target.has(deposit.sha256) is None:
        whole = source.whole(deposit.document)
        with tempfile.TemporaryDirectory(prefix="caselib-") as folder:
            file = Path(folder) / "file"
            file.write_bytes(source.file(deposit.document))
            target.add(whole.document, file, whole.vectors, whole.corrections)
    # What it is linked to waits here for it to come back; its corrections went with it.
    source.remove(deposit.document, forget=not source.links(deposit.document))
