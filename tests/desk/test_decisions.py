"""A librarian decides, everything can be undone until it is deleted, and nobody else decides."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from desk import decisions, inspecting, linking, log, queue
from desk.errors import Incomplete, NotAllowed, NotPossible
from desk.people import Person, Role
from desk.stores import Desk
from index.errors import LibraryUnavailable, NotInLibrary, WrongValue
from tests.desk.conftest import DEPOSITOR, LIBRARIAN, NOBODY

Deposit = Callable[..., tuple[str, str]]
Act = Callable[[Desk, Person, str], Any]

ACTS: dict[str, Act] = {
    "approve": decisions.approve,
    "approve several": lambda desk, who, document: decisions.approve_all(desk, who, [document]),
    "reject": lambda desk, who, document: decisions.reject(desk, who, document, "No."),
    "unpublish": decisions.unpublish,
    "restore": decisions.restore,
    "delete": decisions.delete,
    "correct": lambda desk, who, document: decisions.correct(desk, who, document, "title", "X"),
    "put back": lambda desk, who, document: decisions.put_back(desk, who, document, "title"),
    "link": lambda desk, who, document: linking.link(desk, who, document, document, "twin"),
    "unlink": lambda desk, who, document: linking.unlink(desk, who, document, document),
    "look at a page": lambda desk, who, document: inspecting.picture(
        desk.library, who, desk.library.records()[0], 1
    ),
    "look at the file": lambda desk, who, document: inspecting.file_as_text(
        desk.library, who, desk.library.records()[0]
    ),
    "look for hidden text": lambda desk, who, document: inspecting.hidden_text(
        desk.library, who, desk.library.records()[0]
    ),
    "look at the queue": lambda desk, who, document: queue.in_state(desk, who, "waiting"),
    "count": lambda desk, who, document: queue.counts(desk, who),
    "find": queue.standing,
    "read who sent it": queue.by_document,
    "read the log": lambda desk, who, document: log.lines(desk.database, who),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    "person",
    [NOBODY, DEPOSITOR, Person("mallory@registry.example", Role.DEPOSITOR)],
    ids=["stranger", "depositor", "signed-in"],
)
def test_every_act_of_the_desk_is_refused_to_who_is_no_librarian(
    desk: Desk, deposited: Deposit, act: str, person: Person
) -> None:
    document, _ = deposited()
    public = desk.library.records()[0].document
    for one in (document, public, "0" * 16):
        with pytest.raises(NotAllowed):
            ACTS[act](desk, person, one)
    assert [record.document for record in desk.library.records()] == [public]
    assert [record.document for record in desk.deposits.records()] == [document]
    assert [line.act for line in log.lines(desk.database, LIBRARIAN)] == ["deposit"]


def test_a_rejected_document_is_kept_until_it_is_deleted(desk: Desk, deposited: Deposit) -> None:
    document, token = deposited()
    with pytest.raises(Incomplete):
        decisions.reject(desk, LIBRARIAN, document, " ")
    decisions.reject(desk, LIBRARIAN, document, "Not about a registry.")
    assert queue.counts(desk, LIBRARIAN)["rejected"] == 1
    with pytest.raises(NotPossible):
        decisions.approve(desk, LIBRARIAN, document)
    decisions.restore(desk, LIBRARIAN, document)
    ((deposit, record),) = queue.in_state(desk, LIBRARIAN, "waiting")
    assert (deposit.reason, record.document) == ("", document)
    decisions.reject(desk, LIBRARIAN, document, "Still not.")
    decisions.delete(desk, LIBRARIAN, document)
    assert not desk.deposits.records()
    with pytest.raises(NotInLibrary):
        desk.deposits.file(document)
    left = queue.by_token(desk, token)
    assert left is not None
    assert (left.state, left.contact, left.filename) == ("deleted", "", "")
    with pytest.raises(NotInLibrary):
        decisions.restore(desk, LIBRARIAN, document)


def test_a_public_document_is_withdrawn_and_restored_whole(desk: Desk, deposited: Deposit) -> None:
    document = desk.library.records()[0].document
    decisions.correct(desk, LIBRARIAN, document, "title", "An island")
    before, pages = desk.library.record(document), desk.library.pages(document)
    file = desk.library.file(document)
    decisions.unpublish(desk, LIBRARIAN, document, "Its author asked for it.")
    assert not desk.library.records() and not list(desk.library.check())
    ((deposit, _),) = queue.in_state(desk, LIBRARIAN, "withdrawn")
    assert deposit.reason == "Its author asked for it."
    decisions.correct(desk, LIBRARIAN, document, "year", 2018)
    restored = decisions.restore(desk, LIBRARIAN, document)
    assert (restored.title, restored.year) == ("An island", 2018)
    assert desk.library.pages(document) == pages
    assert desk.library.file(document) == file
    assert before.passages == restored.passages
    assert len(desk.library.corrections(document)) == 2
    decisions.unpublish(desk, LIBRARIAN, document)
    decisions.restore(desk, LIBRARIAN, document)
    assert len(desk.library.corrections(document)) == 2


def test_a_language_that_was_corrected_is_put_back_after_the_move(
    desk: Desk, deposited: Deposit
) -> None:
    document, _ = deposited()
    decisions.correct(desk, LIBRARIAN, document, "languages", ["fr"])
    decisions.approve(desk, LIBRARIAN, document)
    assert {passage.language for passage in desk.library.passages_of(document)} == {"fr"}
    decisions.put_back(desk, LIBRARIAN, document, "languages")
    assert {passage.language for passage in desk.library.passages_of(document)} == {"en"}


def test_a_year_corrected_to_none_stays_none(desk: Desk, deposited: Deposit) -> None:
    document, _ = deposited("# The tender of 2019\n\nThe registry tendered its backend.")
    assert desk.deposits.record(document).year == 2019
    decisions.correct(desk, LIBRARIAN, document, "year", None)
    assert decisions.approve(desk, LIBRARIAN, document).year is None


def test_several_are_approved_and_one_that_is_gone_stops_none(
    desk: Desk, deposited: Deposit
) -> None:
    first, _ = deposited()
    second, _ = deposited("# Second\n\nAnother case.", "second.md")
    done = decisions.approve_all(desk, LIBRARIAN, [first, "f" * 16, second])
    assert [isinstance(outcome, Exception) for _, outcome in done] == [False, True, False]
    assert len(desk.library.records()) == 3


def test_every_act_is_in_the_log_with_who_did_it(desk: Desk, deposited: Deposit) -> None:
    document, _ = deposited()
    decisions.correct(desk, LIBRARIAN, document, "title", "New title")
    decisions.approve(desk, LIBRARIAN, document)
    decisions.unpublish(desk, LIBRARIAN, document)
    decisions.restore(desk, LIBRARIAN, document)
    found = log.lines(desk.database, LIBRARIAN, document)
    assert [(line.act, line.who) for line in reversed(found)] == [
        ("deposit", "depositor"),
        *((act, LIBRARIAN.name) for act in ("correct", "approve", "unpublish", "restore")),
    ]
    assert found[3].details == {"field": "title", "before": "Zebra tender", "after": "New title"}
    assert log.lines(desk.database, LIBRARIAN, limit=2) == found[:2]
    assert log.lines(desk.database, LIBRARIAN, before=found[1].number) == found[2:]


def test_a_value_that_cannot_be_leaves_no_line(desk: Desk, deposited: Deposit) -> None:
    document, _ = deposited()
    with pytest.raises(WrongValue):
        decisions.correct(desk, LIBRARIAN, document, "year", 99)
    assert [line.act for line in log.lines(desk.database, LIBRARIAN)] == ["deposit"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET who = 'nobody'",
        "DELETE FROM log",
        "INSERT OR REPLACE INTO log VALUES (1, '', 'nobody', '', '', '', '{}')",
        "REPLACE INTO log VALUES (1, '', 'nobody', '', '', '', '{}')",
        "INSERT INTO log VALUES (1, '', 'x', '', '', '', '{}') "
        "ON CONFLICT (number) DO UPDATE SET who = 'nobody'",
    ],
)
def test_the_log_cannot_be_changed_or_cut(desk: Desk, deposited: Deposit, statement: str) -> None:
    deposited()
    before = log.lines(desk.database, LIBRARIAN)
    with (
        pytest.raises((sqlite3.IntegrityError, LibraryUnavailable), match="only grows"),
        desk.database.writing() as connection,
    ):
        connection.execute(statement)
    other = sqlite3.connect(desk.database.folder / "desk.sqlite3")
    with pytest.raises(sqlite3.IntegrityError, match="only grows"):
        other.execute(statement)
    other.close()
    assert log.lines(desk.database, LIBRARIAN) == before


def test_who_decides_second_is_told_that_it_has_changed(desk: Desk, deposited: Deposit) -> None:
    document, _ = deposited()
    with (
        pytest.raises(NotPossible, match="meanwhile"),
        desk.database.writing() as connection,
    ):
        connection.execute("UPDATE deposits SET state = 'rejected'")
        queue.change(connection, document, "waiting", state="published")


def test_an_act_that_fails_is_followed_by_a_line_that_says_so(
    desk: Desk, deposited: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _ = deposited()
    files = desk.library.files  # type: ignore[attr-defined]
    monkeypatch.setattr(files, "folder", desk.database.folder / "desk.sqlite3")
    with pytest.raises(LibraryUnavailable):
        decisions.approve(desk, LIBRARIAN, document)
    monkeypatch.undo()
    assert [line.act for line in log.lines(desk.database, LIBRARIAN)][:2] == ["failed", "approve"]
    assert queue.counts(desk, LIBRARIAN)["waiting"] == 1
    decisions.approve(desk, LIBRARIAN, document)
    assert desk.library.record(document)


def test_two_documents_are_linked_and_the_link_outlives_a_withdrawal(
    desk: Desk, deposited: Deposit
) -> None:
    document, _ = deposited()
    decisions.approve(desk, LIBRARIAN, document)
    other = next(r.document for r in desk.library.records() if r.document != document)
    linking.link(desk, LIBRARIAN, document, other, "edition")
    decisions.unpublish(desk, LIBRARIAN, document)
    assert not desk.library.links()
    decisions.restore(desk, LIBRARIAN, document)
    (link,) = desk.library.links(document)
    assert (link.other, link.kind, link.who) == (other, "edition", LIBRARIAN.name)
    linking.unlink(desk, LIBRARIAN, document, other)
    assert not desk.library.links()
    acts = [line.act for line in log.lines(desk.database, LIBRARIAN, document)]
    assert acts[0] == "unlink" and acts[3] == "link"


def test_a_link_to_what_is_not_public_is_refused(desk: Desk, deposited: Deposit) -> None:
    document, _ = deposited()
    public = desk.library.records()[0].document
    with pytest.raises(NotInLibrary):
        linking.link(desk, LIBRARIAN, document, public, "twin")
