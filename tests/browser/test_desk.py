"""A depositor sends a document in, and a librarian lets it into the library."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from desk import decisions, queue
from desk.opening import open_desk
from desk.people import Person, Role
from index.opening import open_library
from tests.browser.conftest import OpenPage

SIZES = [pytest.param(1280, id="desk"), pytest.param(360, id="phone")]
LIBRARIAN = Person("ada@registry.example", Role.LIBRARIAN)


def _choose_licence(page: Page) -> None:
    page.locator(".st-key-licence button, .st-key-licence input").first.click()
    page.get_by_role("option", name="CC BY 4.0").click()
    page.locator(".st-key-may-share label").first.click()


@pytest.mark.parametrize("width", SIZES)
def test_two_files_are_deposited_approved_and_found(
    open_page: OpenPage, tmp_path: Path, library_folder: Path, width: int
) -> None:
    page = open_page("/deposit?lang=fr", width=width)
    good, empty = tmp_path / f"abeilles-{width}.md", tmp_path / "vide.pdf"
    good.write_text(f"# Abeilles {width}\n\nLe registre parraine des ruches sur son toit.")
    empty.write_bytes(b"")
    expect(page.get_by_text("Choisir des fichiers")).to_have_count(0)
    upload = page.locator("[data-testid=stFileUploaderDropzone] > span button p")
    assert (
        upload.evaluate("e => getComputedStyle(e, '::after').content") == '"Choisir des fichiers"'
    )
    page.locator("[data-testid=stFileUploaderDropzoneInput]").set_input_files([good, empty])
    expect(page.locator("[data-testid=stFileChip]")).to_have_count(2)
    page.locator(".st-key-add button").click()
    expect(page.get_by_text("Ce fichier est vide (0 octet).")).to_be_visible()
    title = page.locator(".st-key-d0-title input")
    expect(title).to_have_value(f"Abeilles {width}")
    page.reload()
    expect(title).to_have_value(f"Abeilles {width}")
    title.fill(f"Abeilles du toit {width}")
    _choose_licence(page)
    page.locator(".st-key-send button").click()
    expect(page.get_by_text("En attente d’un bibliothécaire")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"Abeilles du toit {width}")).to_be_visible()
    followed = page.url
    desk = open_desk(open_library(str(library_folder), create=False))
    assert good.name not in {record.filename for record in desk.library.records()}
    ((_deposit, record),) = queue.in_state(desk, LIBRARIAN, "waiting")
    page.goto(f"{followed.split('/deposited')[0]}/document?document={record.document}")
    expect(page.get_by_text("ruches")).to_have_count(0)
    decisions.approve(desk, LIBRARIAN, record.document)
    page.goto(followed)
    page.get_by_role("link", name="Le lire dans la bibliothèque").click()
    expect(page.locator("h1")).to_have_text(f"Abeilles du toit {width}")
