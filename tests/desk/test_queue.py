"""What is deposited waits, and is nowhere in the library until a librarian lets it in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desk import decisions, depositing, queue
from desk.errors import Incomplete, NotAllowed, NotPossible
from desk.settings import Settings
from desk.stores import Desk
from index.deposits import NamedFile
from index.encoding import Encoder
from index.errors import NotInLibrary, WrongValue
from index.library import Filters
from index.tokens import tokens
from search.find import search
from search.similar import similar
from tests.desk.conftest import DEPOSITOR, LIBRARIAN, NOBODY, PUBLIC, SECRET, Put

Deposit = Callable[..., tuple[str, str]]


@pytest.mark.parametrize("sent", [False, True])
def test_nothing_in_the_library_knows_of_a_deposit_before_it_is_approved(
    desk: Desk, letters: Encoder, deposited: Deposit, sent: bool
) -> None:
    before = desk.library.facets(), desk.library.version()
    document, _ = deposited(sent=sent)
    library = desk.library
    assert (library.facets(), library.version()) == before
    assert [record.filename for record in library.records()] == ["public.md"]
    assert not library.records(Filters(registries=("ke",)))
    for ask in (library.record, library.pages, library.passages_of, library.file, library.whole):
        with pytest.raises(NotInLibrary):
            ask(document)
    digest = desk.deposits.record(document).sha256
    assert library.has(digest) is None
    assert not library.files.path(digest).exists()  # type: ignore[attr-defined]
    assert not len(library.with_words(tokens("zebracorn"), 5)[0])
    hits = search(library, letters, "zebracorn backend tender").hits
    assert all(hit.record.filename == "public.md" for hit in hits)
    public = library.records()[0].document
    assert not similar(library, letters, public)
    assert not list(library.check())


def test_an_approved_deposit_is_found_with_all_that_was_corrected(
    desk: Desk, letters: Encoder, deposited: Deposit
) -> None:
    document, token = deposited(sent=False)
    depositing.correct(desk, DEPOSITOR, token, "title", "The tender of Kenya")
    depositing.correct(desk, DEPOSITOR, token, "year", 2020)
    depositing.send(desk, DEPOSITOR, token, "CC BY 4.0", True, Settings())
    decisions.correct(desk, LIBRARIAN, document, "topics", ["operations"])
    before, file = desk.deposits.record(document), desk.deposits.file(document)
    corrections = desk.deposits.corrections(document)
    vectors = desk.deposits.whole(document).vectors
    record = decisions.approve(desk, LIBRARIAN, document)
    assert (record.title, record.year, record.topics) == (
        "The tender of Kenya",
        2020,
        ("operations",),
    )
    assert record.registries == before.registries == ("ke",)
    assert desk.library.corrections(document) == corrections
    assert [one.who for one in corrections] == ["depositor", "depositor", LIBRARIAN.name]
    assert desk.library.file(document) == file == SECRET.encode()
    assert (desk.library.whole(document).vectors.passages == vectors.passages).all()
    assert (desk.library.whole(document).vectors.sentences == vectors.sentences).all()
    assert search(desk.library, letters, "zebracorn backend").hits[0].record.document == document
    assert not desk.deposits.records() and not list(desk.library.check())
    withdrawn = desk.library.withdraw(document, "title", LIBRARIAN.name)
    assert withdrawn.title == "Zebra tender" and "title" in withdrawn.reasons


def test_a_deposit_is_followed_by_its_link_alone(desk: Desk, deposited: Deposit) -> None:
    document, token = deposited()
    found = queue.by_token(desk, token)
    assert found is not None and (found.state, found.document) == ("waiting", document)
    assert len(token) >= 32
    assert queue.by_token(desk, document) is None
    assert queue.by_token(desk, "") is None
    with desk.database.reading() as connection:
        assert token not in str(connection.execute("SELECT * FROM deposits").fetchall())
    decisions.reject(desk, LIBRARIAN, document, "It is an advertisement.")
    found = queue.by_token(desk, token)
    assert found is not None and (found.state, found.reason) == (
        "rejected",
        "It is an advertisement.",
    )


def test_what_was_sent_cannot_be_changed_by_who_sent_it(desk: Desk, deposited: Deposit) -> None:
    _, token = deposited()
    with pytest.raises(NotPossible):
        depositing.correct(desk, DEPOSITOR, token, "title", "Another")
    with pytest.raises(NotPossible):
        depositing.send(desk, DEPOSITOR, token, "CC BY 4.0", True, Settings())
    depositing.discard(desk, token)
    found = queue.by_token(desk, token)
    assert found is not None and found.state == "waiting"


def test_licence_and_right_have_to_be_said(desk: Desk, deposited: Deposit) -> None:
    _, token = deposited(sent=False)
    with pytest.raises(Incomplete, match="licence"):
        depositing.send(desk, DEPOSITOR, token, "  ", True, Settings())
    with pytest.raises(Incomplete, match="may share"):
        depositing.send(desk, DEPOSITOR, token, "CC BY 4.0", False, Settings())
    assert queue.counts(desk, LIBRARIAN)["waiting"] == 0


def test_a_depositor_corrects_what_was_guessed_and_nothing_else(
    desk: Desk, deposited: Deposit
) -> None:
    _, token = deposited(sent=False)
    with pytest.raises(WrongValue):
        depositing.correct(desk, DEPOSITOR, token, "registries", ["nowhere"])
    with pytest.raises(NotPossible):
        depositing.correct(desk, DEPOSITOR, token, "summary", [])
    same = depositing.correct(desk, DEPOSITOR, token, "registries", ["ke"])
    assert not same.corrected


def test_the_same_file_again_is_known_and_gives_no_second_link(
    desk: Desk, letters: Encoder, deposited: Deposit, put: Put
) -> None:
    deposited()
    again = list(
        depositing.receive(desk, DEPOSITOR, letters, NamedFile(put("b.md", SECRET), "b.md"))
    )
    assert [(one.status, one.token) for one in again] == [("known", "")]
    public = list(
        depositing.receive(desk, DEPOSITOR, letters, NamedFile(put("c.md", PUBLIC), "c.md"))
    )
    assert [one.status for one in public] == ["public"]
    assert len(desk.deposits.records()) == 1


def test_a_deposit_begun_twice_belongs_to_who_began_last(desk: Desk, deposited: Deposit) -> None:
    _, first = deposited(sent=False)
    depositing.correct(desk, DEPOSITOR, first, "title", "Somebody's own words")
    _, second = deposited(sent=False)
    assert depositing.draft(desk, first) is None
    found = depositing.draft(desk, second)
    assert found is not None and found[1].title == "Zebra tender"


def test_what_is_not_sent_is_forgotten(desk: Desk, deposited: Deposit) -> None:
    _, token = deposited(sent=False)
    deposited("# Sent\n\nThis one was sent.", "sent.md")
    assert depositing.forget_unsent(desk) == 0
    assert depositing.forget_unsent(desk, days=-1) == 1
    assert queue.by_token(desk, token) is None
    assert [record.filename for record in desk.deposits.records()] == ["sent.md"]


def test_a_file_that_cannot_be_read_leaves_nothing(desk: Desk, letters: Encoder, put: Put) -> None:
    (received,) = depositing.receive(
        desk, DEPOSITOR, letters, NamedFile(put("empty.pdf", b""), "empty.pdf")
    )
    assert received.status == "failed" and "empty" in str(received.outcome.error)
    assert not desk.deposits.records()


def test_where_the_setting_says_so_a_deposit_is_public_at_once(
    desk: Desk, deposited: Deposit
) -> None:
    document, token = deposited(sent=False)
    state = depositing.send(
        desk, DEPOSITOR, token, "CC BY 4.0", True, Settings(direct=True), contact="me@x.example"
    )
    assert state == "published"
    assert desk.library.record(document).title == "Zebra tender"
    assert depositing.licence_of(desk, document) == "CC BY 4.0"


def test_a_full_queue_takes_no_more(
    desk: Desk, letters: Encoder, put: Put, deposited: Deposit, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposited()
    monkeypatch.setattr(depositing, "MOST_WAITING", 1)
    with pytest.raises(NotPossible, match="try again"):
        list(depositing.receive(desk, DEPOSITOR, letters, NamedFile(put("d.md", "# D"), "d.md")))


def test_who_may_not_deposit_gets_nothing_read(desk: Desk, letters: Encoder, put: Put) -> None:
    with pytest.raises(NotAllowed):
        list(depositing.receive(desk, NOBODY, letters, NamedFile(put("d.md", SECRET), "d.md")))
    assert not desk.deposits.records()


def test_the_folder_of_what_waits_is_its_owners_alone(desk: Desk) -> None:
    folder = desk.database.folder
    assert (folder / "deposits").stat().st_mode & 0o077 == 0
    assert (folder / "desk.sqlite3").stat().st_mode & 0o077 == 0
