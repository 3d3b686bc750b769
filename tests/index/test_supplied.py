"""Titles and summaries in other languages, as librarians write them, are kept like corrections."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.adding import add_file
from index.encoding import Encoder
from index.errors import NotInLibrary, WrongValue
from index.library import Library

Put = Callable[[str, str | bytes], Path]
TEXT = "# Registry lock\n\nTwo people are asked before a locked name is changed."


@pytest.fixture
def document(library: Library, encoder: Encoder, put: Put) -> str:
    return add_file(library, encoder, put("lock.md", TEXT)).document


def _held(library: Library, document: str) -> list[tuple[str, str, str]]:
    return [(one.language, one.title, one.summary) for one in library.supplied(document)]


def test_the_last_one_of_each_language_holds(library: Library, document: str) -> None:
    library.supply(document, "fr", "Verrou", "", "Ana")
    library.supply(document, "ru", "Замок", "Два человека.", "Ana")
    library.supply(document, "fr", "Verrou de  registre", "Deux personnes.", "Ben")
    assert _held(library, document) == [
        ("fr", "Verrou de registre", "Deux personnes."),
        ("ru", "Замок", "Два человека."),
    ]
    assert library.supplied(document)[0].who == "Ben"


def test_an_empty_one_takes_it_back(library: Library, document: str) -> None:
    library.supply(document, "fr", "Verrou", "", "Ana")
    assert library.supply(document, "fr", "", "", "Ana") == ()


def test_it_waits_for_a_document_to_come_back_unless_it_is_forgotten(
    library: Library, encoder: Encoder, document: str, put: Put
) -> None:
    library.supply(document, "es", "Bloqueo", "", "Ana")
    library.remove(document)
    again = add_file(library, encoder, put("lock.md", TEXT)).document
    assert _held(library, again) == [("es", "Bloqueo", "")]
    library.remove(again, forget=True)
    assert library.supplied(again) == ()


@pytest.mark.parametrize(
    ("language", "title"), [("xx", "Title"), ("fr", "x" * 501), ("fr", "a\u202eb")]
)
def test_a_wrong_value_changes_nothing(
    library: Library, document: str, language: str, title: str
) -> None:
    with pytest.raises(WrongValue):
        library.supply(document, language, title, "", "Ana")
    assert library.supplied(document) == ()


def test_a_document_that_is_not_here_has_none(library: Library) -> None:
    with pytest.raises(NotInLibrary):
        library.supply("0123456789abcdef", "fr", "Titre", "", "Ana")
