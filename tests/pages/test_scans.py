"""What OCR read is marked as such, what waits for it is found by its title, and a link is added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.adding import add_file
from index.encoding import Encoder
from index.library import Library
from tests.ingest import scans
from tests.pages.conftest import Open, markup


def add_scan(library: Library, encoder: Encoder, path: Path) -> str:
    page = scans.picture(scans.TEXTS["es"], "es")
    outcome = add_file(library, encoder, scans.scanned_pdf(path, [page]))
    assert outcome.status == "added", outcome.error
    return outcome.document


def test_passages_and_pages_that_ocr_read_say_so(
    at_url: Callable[..., Open], library: Library, encoder: Encoder, tmp_path: Path
) -> None:
    scans.require_tesseract("spa")
    document = add_scan(library, encoder, tmp_path / "precio.pdf")
    open_page = at_url(library.url)
    for app in (open_page(q="half the price of domains"), open_page("document", document=document)):
        assert not app.exception
        assert "Read by text recognition" in markup(app)


def test_a_scan_that_waits_is_shown_by_its_title(
    at_url: Callable[..., Open],
    library: Library,
    encoder: Encoder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("PATH", "")
        document = add_scan(library, encoder, tmp_path / "Cable_of_the_islands.pdf")
    open_page = at_url(library.url)
    said = "1 page is a picture and waits for text recognition."
    found = open_page(q="cable of the islands")
    assert not found.exception
    assert said in markup(found)
    assert said in markup(open_page("library"))
    assert open_page("document", document=document).info[0].value == said


def test_a_link_into_the_private_network_is_refused_in_the_app(
    at_url: Callable[..., Open], library: Library
) -> None:
    app = at_url(library.url)("deposit", lang="en")
    app.text_area(key="links").set_value("localhost/secret.pdf")
    app.button(key="add").click().run()
    assert not app.exception
    assert "not on the public internet" in app.error[0].value.replace("\\", "")
    assert not library.records()


def test_neither_file_nor_link_is_asked_for(at_url: Callable[..., Open], library: Library) -> None:
    app = at_url(library.url)("deposit", lang="en")
    app.button(key="add").click().run()
    assert app.info[0].value == "Choose a file or give a link first."
