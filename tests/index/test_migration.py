"""A library made before documents were described is described when it is first opened."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index import describing
from index.encoding import Encoder
from index.errors import LibraryUnavailable
from index.library import FIELDS, Filters, Library
from index.opening import open_library
from index.schema import STEPS
from index.sqlite_library import DATABASE, SQLiteLibrary
from index.tokens import tokens
from ingest.document import Page
from ingest.passages import split_into_passages
from tests.conftest import TEXTS

LANGUAGES = dict(zip(TEXTS, ("en", "fr", "zh", "ru", "es", "ar", "pt"), strict=True))


def make_step_1(folder: Path, encoder: Encoder) -> None:
    """A library as the first version of the schema kept it, of the seven cases of conftest."""
    folder.mkdir()
    connection = sqlite3.connect(folder / DATABASE)
    connection.executescript(STEPS[0])
    connection.execute("PRAGMA user_version = 1")
    connection.execute("INSERT INTO library VALUES ('recipe', ?)", (encoder.recipe.to_json(),))
    for number, (name, text) in enumerate(TEXTS.items(), 1):
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        stored = folder / "files" / sha256[:2] / sha256
        stored.parent.mkdir(parents=True, exist_ok=True)
        stored.write_text(text)
        title, body = text.removeprefix("# ").split("\n\n")
        _insert(connection, encoder, sha256, name, [Page(1, f"{title}\n\n{body}", title)], number)
    connection.execute("UPDATE library SET value = ? WHERE name = 'version'", (len(TEXTS),))
    connection.commit()
    connection.close()


def _insert(
    connection: sqlite3.Connection,
    encoder: Encoder,
    sha256: str,
    filename: str,
    pages: Sequence[Page],
    version: int,
) -> None:
    document, language = sha256[:16], LANGUAGES[filename]
    passages = split_into_passages(pages)
    vectors = encoder.encode_passages(passages)
    values = (
        *(document, sha256, filename, "text/markdown", 100, pages[0].heading, 2019),
        *(json.dumps([language]), json.dumps({"title": "It is the heading of the first page."})),
        *(len(pages), len(passages), "2026-11-01T00:00:00+00:00", version),
    )
    connection.execute("INSERT INTO documents VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", values)
    connection.executemany(
        "INSERT INTO registries VALUES (?, ?, ?)", [(document, 0, "tw"), (document, 1, "台灣")]
    )
    connection.executemany(
        "INSERT INTO pages VALUES (?, ?, ?, ?, 0)",
        [(document, page.number, page.heading, page.text) for page in pages],
    )
    at = 0
    for place, passage in enumerate(passages):
        spans = vectors.sentence_spans[place]
        number = connection.execute(
            "INSERT INTO passages (document, position, page, language, text, read_by_ocr) "
            "VALUES (?, ?, ?, ?, ?, 0)",
            (document, place + 1, passage.page, passage.language, passage.text),
        ).lastrowid
        own = vectors.sentences[at : at + len(spans)].astype("<f2").tobytes()
        connection.execute(
            "INSERT INTO vectors VALUES (?, ?, ?, ?)",
            (
                number,
                vectors.passages[place].astype("<f2").tobytes(),
                np.array(spans, "<i4").tobytes(),
                own,
            ),
        )
        connection.execute(
            "INSERT INTO words (rowid, tokens) VALUES (?, ?)",
            (number, " ".join(tokens(passage.text))),
        )
        at += len(spans)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("step-1") / "library"
    make_step_1(folder, encoder)
    return folder


@pytest.fixture
def old(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


def test_an_old_library_is_described_as_a_new_one_without_being_embedded(
    old: Path, seven: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def embed(*_: object) -> None:
        raise AssertionError("nothing is to be embedded")

    monkeypatch.setattr(Encoder, "encode", embed)
    library = open_library(str(old), create=False)
    new = {record.filename: record for record in seven.records()}
    assert len(library.records()) == len(TEXTS)
    for record in library.records():
        alike = new[record.filename]
        assert (record.topics, record.kind) == (alike.topics, "page")
        assert [quote.text for quote in record.summary] == [quote.text for quote in alike.summary]
        assert record.reasons["topics"] == alike.reasons["topics"]
        assert record.reasons["title"] == "It is the heading of the first page."
        assert (record.title, record.year, record.registries) == (alike.title, 2019, ("tw", "台灣"))
        assert (record.regions, record.territories) == (("AP",), ("TW",))
        assert record.languages == (LANGUAGES[record.filename],)
        assert record.corrected == ()
    assert library.undescribed() == []
    assert list(library.check()) == []
    library.close()


def test_filters_facets_and_corrections_work_on_an_old_library(old: Path) -> None:
    library = open_library(str(old), create=False)
    assert library.facets()["registry"] == {"tw": 7, "台灣": 7}
    assert library.facets()["language"] == dict.fromkeys(sorted(LANGUAGES.values()), 1)
    [record] = library.records(Filters(languages=("fr",)))
    values = {"title": "Other", "year": 2001, "registries": ["fr"], "languages": ["en"]}
    for field, value in values.items():
        library.correct(record.document, field, value, "librarian")
    for field in FIELDS:
        library.withdraw(record.document, field, "librarian")
    assert library.record(record.document) == record
    library.close()


def test_an_old_library_whose_model_is_not_here_opens_all_the_same(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(describing, "kept_prototypes", lambda recipe: None)
    monkeypatch.setenv("CASELIB_MODEL", "another-model")
    library = open_library(str(old), create=False)
    assert len(library.undescribed()) == len(TEXTS)
    assert all(record.regions == ("AP",) and not record.topics for record in library.records())
    library.close()
    monkeypatch.undo()
    again = open_library(str(old), create=False)
    assert again.undescribed() == []
    again.close()


def test_a_correction_made_before_it_was_described_holds(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = SQLiteLibrary(old, None)
    name = library.records()[0].document
    library.correct(name, "topics", ["legal"], "librarian")
    library.close()
    again = open_library(str(old), create=False)
    assert again.record(name).topics == ("legal",)
    assert again.withdraw(name, "topics", "librarian").topics != ("legal",)
    again.close()


def test_describing_that_is_cut_short_goes_on_at_the_next_opening(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(describing, "_AT_ONCE", 3)
    describe = SQLiteLibrary.describe
    calls = []

    def fail_later(self: SQLiteLibrary, found: Sequence[describing.Described]) -> None:
        calls.append(len(found))
        if len(calls) > 1:
            raise LibraryUnavailable("The disk is full.")
        describe(self, found)

    monkeypatch.setattr(SQLiteLibrary, "describe", fail_later)
    library = open_library(str(old), create=False)
    assert len(library.undescribed()) == len(TEXTS) - 3
    library.close()
    monkeypatch.undo()
    again = open_library(str(old), create=False)
    assert again.undescribed() == []
    again.close()
