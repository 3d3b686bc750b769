"""A scan waits for OCR, is found by its title, and is read later; what was corrected stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.adding import add_file
from index.encoding import Encoder
from index.library import Filters, Library, Record
from index.opening import open_library
from index.rereading import read_waiting, waiting_documents
from index.tokens import tokens
from ingest.errors import NeedsOCR, UnreadableFile
from search.waiting import waiting_titled
from tests.index.letters import hashing_encoder
from tests.ingest import hard_files, scans


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Encoder:
    """The quick one; this shadows the product's own."""
    monkeypatch.setenv("CASELIB_MODELS", str(tmp_path / "models"))
    return hashing_encoder()


@pytest.fixture
def library(tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    opened = open_library(str(tmp_path / "library"), encoder.recipe)
    yield opened
    opened.close()


def waiting(library: Library, encoder: Encoder, path: Path) -> Record:
    """Add a file on a machine without Tesseract."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", "")
        outcome = add_file(library, encoder, path)
    assert outcome.status == "added", outcome.error
    return library.record(outcome.document)


@pytest.fixture
def scan(library: Library, encoder: Encoder, tmp_path: Path) -> Record:
    scans.require_tesseract("fra")
    pages: scans.Pages = [
        scans.picture(scans.TEXTS["fr"], "fr"),
        "The second page is a page of text, which says something in English.",
    ]
    return waiting(library, encoder, scans.scanned_pdf(tmp_path / "Bank_lock_2019.pdf", pages))


def test_a_scan_is_kept_and_named_among_those_that_need_ocr(
    library: Library, encoder: Encoder, tmp_path: Path
) -> None:
    path = hard_files.scan_pdf(tmp_path / "Cable_of_the_islands.pdf")
    record = waiting(library, encoder, path)
    assert record.needs_ocr and record.pictures == (1,)
    assert (record.passages, record.pages) == (0, 1)
    assert record.title == "Cable of the islands"
    assert [found.document for found in library.needing_ocr()] == [record.document]
    assert library.needing_ocr(Filters(first_year=1900, last_year=1901)) == []
    assert library.file(record.document) == path.read_bytes()
    assert not list(library.check())


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("islands cable", True),
        ("What happened to the cable of the islands?", True),
        ("registry lock", False),
        ("of the", False),
        ("", False),
    ],
)
def test_a_scan_that_waits_is_found_by_its_title(
    library: Library, encoder: Encoder, tmp_path: Path, query: str, found: bool
) -> None:
    waiting(library, encoder, hard_files.scan_pdf(tmp_path / "Cable_of_the_islands.pdf"))
    assert bool(waiting_titled(library, query)) is found


def test_chinese_and_arabic_titles_are_found_too(
    library: Library, encoder: Encoder, tmp_path: Path
) -> None:
    for name in ("偏鄉學校網站計畫.pdf", "مكافحة التصيد في النطاق.pdf"):
        path = hard_files.scan_pdf(tmp_path / name)
        path.write_bytes(path.read_bytes() + name.encode())
        waiting(library, encoder, path)
    assert [r.filename for r in waiting_titled(library, "学校网站")] == ["偏鄉學校網站計畫.pdf"]
    assert len(waiting_titled(library, "التصيد")) == 1


def test_a_scan_is_read_later_and_keeps_its_identity_and_its_corrections(
    library: Library, encoder: Encoder, scan: Record
) -> None:
    library.correct(scan.document, "title", "The lock of the banks", "ana")
    before = {passage.passage for passage in library.passages_of(scan.document)}
    assert scan.pictures == (1,)
    (outcome,) = read_waiting(library, encoder, waiting_documents(library))
    assert (outcome.status, outcome.document, outcome.pictures) == ("read", scan.document, ())
    record = library.record(scan.document)
    assert record.title == "The lock of the banks"
    assert record.corrected == ("title",)
    assert (record.added, record.sha256) == (scan.added, scan.sha256)
    assert record.languages[0] == "fr"
    assert not record.needs_ocr and not library.needing_ocr()
    assert [page.read_by_ocr for page in library.pages(scan.document)] == [True, False]
    passages = library.passages_of(scan.document)
    assert {passage.page for passage in passages if passage.read_by_ocr} == {1}
    assert not before & {passage.passage for passage in passages}
    found, _ = library.with_words(tokens("verrou pour les banques"), 5)
    assert passages[0].passage in found
    query = encoder.encode([passages[0].text], ["fr"], "passage")[0]
    near, _ = library.nearest(query, 5)
    assert near[0] == passages[0].passage
    assert not set(near.tolist()) & before
    assert not list(library.check())
    library.withdraw(scan.document, "title", "ana")
    assert library.record(scan.document).title != "The lock of the banks"


def test_an_index_that_was_built_before_forgets_the_old_passages(
    library: Library, encoder: Encoder, scan: Record
) -> None:
    query = encoder.encode(["a page of text"], ["en"], "passage")[0]
    (old,), _ = library.nearest(query, 1)
    list(read_waiting(library, encoder, [scan]))
    found, _ = library.nearest(query, 10)
    assert old not in found
    assert len(found) == library.record(scan.document).passages


def test_a_reading_that_fails_leaves_the_document_as_it_was(
    library: Library, encoder: Encoder, tmp_path: Path
) -> None:
    scans.require_tesseract()
    record = waiting(library, encoder, hard_files.scan_pdf(tmp_path / "Photographs.pdf"))
    (outcome,) = read_waiting(library, encoder, [record])
    assert outcome.status == "failed"
    assert isinstance(outcome.error, UnreadableFile)
    assert library.record(record.document) == record


def test_documents_that_are_named_are_read_once_each(
    library: Library, encoder: Encoder, scan: Record
) -> None:
    names = [scan.document, scan.document[:8]]
    assert [found.document for found in waiting_documents(library, names)] == [scan.document]


def test_without_tesseract_it_is_said_what_to_install(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NeedsOCR, match="tesseract-ocr"):
        waiting_documents(library)
