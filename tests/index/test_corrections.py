"""What a librarian says holds, whatever is found before and after."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.errors import NotInLibrary, WrongValue
from index.library import FIELDS, Described, Filters
from index.sqlite_library import SQLiteLibrary
from ingest.document import Document, Guess, Quote
from tests.index.test_sqlite_library import RECIPE, document_of, vectors_of

QUERY = np.ones(16, np.float32)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[SQLiteLibrary]:
    opened = SQLiteLibrary(tmp_path / "library", RECIPE)
    yield opened
    opened.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "deposit.txt"
    path.write_bytes(b"one")
    return path


def described(texts: dict[str, str] | None = None) -> Document:
    return dataclasses.replace(
        document_of(b"one", texts),
        authors=("Anna Grey",),
        kind="paper",
        topics=("legal", "policy"),
        summary=(Quote(1, "one"),),
        guesses={"title": Guess("Case one", "It is the heading."), "year": Guess("2019", "Said.")},
    )


def add(library: SQLiteLibrary, file: Path, document: Document) -> str:
    return library.add(document, file, vectors_of(document)).document


def test_what_is_described_comes_back(library: SQLiteLibrary, file: Path) -> None:
    record = library.record(add(library, file, described()))
    assert record.authors == ("Anna Grey",)
    assert (record.kind, record.topics) == ("paper", ("legal", "policy"))
    assert record.summary == (Quote(1, "one"),)
    assert (record.regions, record.territories) == (("AP", "EU"), ("TW", "FR"))
    assert record.corrected == ()
    assert record.reasons["title"] == "It is the heading."


VALUES: dict[str, tuple[Any, Any]] = {
    "title": ("  A  better title ", "A better title"),
    "authors": (["Bo White", "Anna Grey"], ("Bo White", "Anna Grey")),
    "year": (2021, 2021),
    "registries": (["TWNIC", ".台灣", "Бразилия"], ("tw", "台灣", "br")),
    "regions": (["na"], ("NA",)),
    "topics": (["Finanzas", "csr"], ("finance", "csr")),
    "kind": ("report", "report"),
    "languages": (["fr"], ("fr",)),
    "summary": ([(1, "one")], (Quote(1, "one"),)),
}


@pytest.mark.parametrize("field", FIELDS)
def test_each_field_can_be_corrected_and_the_guess_put_back(
    library: SQLiteLibrary, file: Path, field: str
) -> None:
    name = add(library, file, described())
    before = library.record(name)
    given, kept = VALUES[field]
    record = library.correct(name, field, given, "librarian")
    assert getattr(record, field) == kept
    assert record.corrected == (field,)
    assert field not in record.reasons
    assert library.record(name) == record
    [correction] = library.corrections(name)
    assert (correction.field, correction.who) == (field, "librarian")
    assert correction.time > "2026"
    assert library.withdraw(name, field, "librarian") == before
    assert [found.value is None for found in library.corrections(name)] == [False, True]
    assert list(library.check()) == []


EMPTY: dict[str, Any] = {"title": "", "year": None, "kind": "", **dict.fromkeys(FIELDS[1:2], ())}


@pytest.mark.parametrize("field", ["authors", "year", "registries", "topics", "kind", "summary"])
def test_a_librarian_may_say_that_there_is_none(
    library: SQLiteLibrary, file: Path, field: str
) -> None:
    name = add(library, file, described())
    record = library.correct(name, field, EMPTY.get(field, ()), "librarian")
    assert not getattr(record, field)
    assert record.corrected == (field,)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("colour", "red"),
        ("title", "x" * 1000),
        ("year", 1812),
        ("year", "2019"),
        ("registries", ["moon"]),
        ("registries", "tw"),
        ("regions", ["Europe"]),
        ("topics", ["gardening"]),
        ("kind", "poem"),
        ("languages", ["xx"]),
        ("summary", [(1, "two")]),
        ("summary", [(7, "one")]),
    ],
)
def test_a_wrong_value_is_one_sentence_and_changes_nothing(
    library: SQLiteLibrary, file: Path, field: str, value: object
) -> None:
    name = add(library, file, described())
    before = library.record(name)
    with pytest.raises(WrongValue, match=r"\."):
        library.correct(name, field, value, "librarian")
    assert library.record(name) == before
    assert library.corrections(name) == []


def test_an_unknown_document_cannot_be_corrected(library: SQLiteLibrary) -> None:
    with pytest.raises(NotInLibrary):
        library.correct("0123456789abcdef", "title", "x", "librarian")


def test_a_correction_holds_when_the_document_is_removed_and_comes_back(
    library: SQLiteLibrary, file: Path
) -> None:
    name = add(library, file, described())
    for field, (given, _) in VALUES.items():
        library.correct(name, field, given, "librarian")
    before = library.record(name)
    library.remove(name)
    assert add(library, file, described()) == name
    assert dataclasses.replace(library.record(name), added=before.added) == before
    assert list(library.check()) == []


def test_a_correction_holds_when_the_document_is_described_again(
    library: SQLiteLibrary, file: Path
) -> None:
    name = add(library, file, document_of(b"one"))
    assert library.undescribed() == [name]
    library.correct(name, "topics", ["csr"], "librarian")
    library.describe(
        [
            Described(
                name,
                {"topics": ["legal"], "kind": "report", "summary": [(1, "one")]},
                {"topics": "near", "kind": "long"},
            )
        ]
    )
    record = library.record(name)
    assert (record.topics, record.kind) == (("csr",), "report")
    assert record.reasons["kind"] == "long"
    assert "topics" not in record.reasons
    assert library.undescribed() == []
    assert library.withdraw(name, "topics", "librarian").topics == ("legal",)


def test_a_removed_document_is_forgotten_when_that_is_asked(
    library: SQLiteLibrary, file: Path
) -> None:
    name = add(library, file, described())
    library.correct(name, "title", "secret zebra", "librarian")
    library.remove(name, forget=True)
    library.close()
    folder = library.folder
    left = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"zebra" not in left


def test_corrected_values_are_what_a_search_is_narrowed_by(
    library: SQLiteLibrary, file: Path
) -> None:
    name = add(library, file, described())
    library.correct(name, "registries", ["br"], "librarian")
    library.correct(name, "year", 2005, "librarian")
    for filters, found in (
        (Filters(registries=("br",)), 1),
        (Filters(registries=("tw",)), 0),
        (Filters(regions=("LAC",)), 1),
        (Filters(regions=("AP",)), 0),
        (Filters(last_year=2006), 1),
        (Filters(first_year=2006), 0),
    ):
        assert len(library.nearest(QUERY, 5, filters)[0]) == found
        assert len(library.records(filters)) == found


def test_corrected_regions_stay_when_the_registries_change(
    library: SQLiteLibrary, file: Path
) -> None:
    name = add(library, file, described())
    library.correct(name, "regions", ["NA"], "librarian")
    assert library.correct(name, "registries", ["br"], "librarian").regions == ("NA",)
    assert library.withdraw(name, "regions", "librarian").regions == ("LAC",)


def test_passages_follow_a_corrected_language_and_come_back(
    library: SQLiteLibrary, file: Path
) -> None:
    name = add(library, file, described({"en": "Names.", "es": "Nomes do Brasil."}))
    library.correct(name, "languages", ["pt", "en"], "librarian")
    assert [passage.language for passage in library.passages_of(name)] == ["en", "pt"]
    assert len(library.nearest(QUERY, 5, Filters(languages=("pt",)))[0]) == 1
    assert library.facets()["language"] == {"en": 1, "pt": 1}
    library.withdraw(name, "languages", "librarian")
    assert [passage.language for passage in library.passages_of(name)] == ["en", "es"]
    assert library.record(name).languages == ("en", "es")


def test_sums_of_vectors_follow_a_corrected_language(
    library: SQLiteLibrary, tmp_path: Path
) -> None:
    for number in range(45):
        content = f"case {number}".encode()
        deposit = tmp_path / "deposit"
        deposit.write_bytes(content)
        document = document_of(content)
        name = add(library, deposit, document)
        if number % 2:
            library.correct(name, "languages", ["fr"], "librarian")
    means = library.language_means()
    for language in ("en", "fr"):
        ids = [
            passage.passage
            for record in library.records(Filters(languages=(language,)))
            for passage in library.passages_of(record.document)
        ]
        assert np.allclose(means[language], library.vectors_of(ids).mean(axis=0), atol=1e-3)
    library.remove(hashlib.sha256(b"case 1").hexdigest()[:16])
    assert list(library.check()) == []
