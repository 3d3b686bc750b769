"""What a person said that two documents are to one another holds, whatever happens to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import NotInLibrary, WrongValue
from index.sqlite_library import SQLiteLibrary
from tests.index.test_sqlite_library import RECIPE, document_of, vectors_of

WHO = "Léa"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SQLiteLibrary]:
    opened = SQLiteLibrary(tmp_path / "library", RECIPE)
    yield opened
    opened.close()


def add(library: SQLiteLibrary, content: bytes) -> str:
    file = library.folder / "deposit.txt"
    file.write_bytes(content)
    document = document_of(content)
    return library.add(document, file, vectors_of(document)).document


def said(library: SQLiteLibrary, document: str | None = None) -> list[tuple[str, str, str]]:
    return [(link.document, link.other, link.kind) for link in library.links(document)]


def test_a_link_is_seen_from_both_sides_with_who_said_so(library: SQLiteLibrary) -> None:
    old, new, else_ = (add(library, content) for content in (b"old", b"new", b"else"))
    made = library.link(new, old, "edition", WHO)
    assert (made.who, made.time[:2]) == (WHO, "20")
    assert library.links(old) == library.links(new) == library.links() == [made]
    assert library.links(else_) == []


def test_of_two_editions_the_newer_one_comes_first_whatever_they_are_called(
    library: SQLiteLibrary,
) -> None:
    one, other = add(library, b"one"), add(library, b"other")
    for newer, older in ((one, other), (other, one)):
        library.link(newer, older, "edition", WHO)
        assert said(library) == [(newer, older, "edition")]


def test_what_is_said_last_of_two_documents_holds_alone(library: SQLiteLibrary) -> None:
    one, other = add(library, b"one"), add(library, b"other")
    library.link(one, other, "translation", WHO)
    library.link(other, one, "different", WHO)
    assert [kind for _, _, kind in said(library)] == ["different"]


def test_a_link_is_taken_back_from_either_side(library: SQLiteLibrary) -> None:
    one, other = add(library, b"one"), add(library, b"other")
    library.link(one, other, "twin", WHO)
    library.unlink(other, one)
    assert library.links() == []
    with pytest.raises(NotInLibrary, match="not linked"):
        library.unlink(one, other)


def test_a_link_waits_while_one_of_its_documents_is_away(library: SQLiteLibrary) -> None:
    one, other = add(library, b"one"), add(library, b"other")
    made = library.link(one, other, "twin", WHO)
    library.remove(other)
    assert library.links() == library.links(one) == []
    assert add(library, b"other") == other
    assert library.links(one) == [made]


def test_a_document_that_is_removed_and_forgotten_takes_its_links_along(
    library: SQLiteLibrary,
) -> None:
    one, other = add(library, b"one"), add(library, b"other")
    library.link(one, other, "twin", WHO)
    library.remove(other, forget=True)
    add(library, b"other")
    assert library.links() == []


def test_a_link_holds_when_a_document_is_read_anew(library: SQLiteLibrary) -> None:
    one, other = add(library, b"one"), add(library, b"other")
    made = library.link(one, other, "twin", WHO)
    again = document_of(b"one", {"en": "read by another reader"})
    library.replace(again, vectors_of(again))
    assert library.links(one) == [made]


def test_links_are_there_when_the_library_is_opened_again(library: SQLiteLibrary) -> None:
    made = library.link(add(library, b"one"), add(library, b"other"), "translation", WHO)
    library.close()
    assert SQLiteLibrary(library.folder, RECIPE).links() == [made]


def test_what_cannot_be_linked_is_refused(library: SQLiteLibrary) -> None:
    one, other = add(library, b"one"), add(library, b"other")
    with pytest.raises(WrongValue, match="“cousin”"):
        library.link(one, other, "cousin", WHO)
    with pytest.raises(WrongValue, match="one document"):
        library.link(one, one, "twin", WHO)
    with pytest.raises(NotInLibrary):
        library.link(one, "0123456789", "twin", WHO)
    assert library.links() == []
