"""A depositor sends a document in, and a librarian lets it into the library."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from desk import accounts, decisions, depositing, log, queue
from desk.opening import open_desk
from desk.people import Person, Role
from desk.settings import Settings
from index.deposits import NamedFile
from index.encoding import Encoder
from index.opening import open_library
from tests.browser.conftest import OpenPage, Server

SIZES = [pytest.param(1280, id="desk"), pytest.param(360, id="phone")]
LIBRARIAN = Person("ada@registry.example", Role.LIBRARIAN)


Deposited = Callable[[str], str]


@pytest.fixture
def deposited(library_folder: Path, encoder: Encoder, tmp_path: Path) -> Deposited:
    """Sends a text in as a stranger would; gives its document."""

    def deposit(text: str) -> str:
        desk = open_desk(open_library(str(library_folder), create=False))
        path = tmp_path / "case.md"
        path.write_text(text, encoding="utf-8")
        person = Person("", Role.DEPOSITOR)
        (received,) = depositing.receive(desk, person, encoder, NamedFile(path, "case.md"))
        depositing.send(desk, person, received.token, "CC BY 4.0", True, Settings())
        return received.outcome.document

    return deposit


def _choose_licence(page: Page) -> None:
    choice = page.get_by_role("option", name="CC BY 4.0")
    for _ in range(5):
        page.locator(".st-key-licence button, .st-key-licence input").first.click()
        # Leaving a field that was typed in draws the page anew, which may close the list.
        with contextlib.suppress(TimeoutError):
            choice.click(timeout=4000)
            break
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
    expect(page.get_by_text("Ce fichier est vide (0 octet).").first).to_be_visible()
    title = page.locator(".st-key-d0-title input")
    expect(title).to_have_value(f"Abeilles {width}", timeout=120_000)
    page.reload()
    expect(title).to_have_value(f"Abeilles {width}")
    title.fill(f"Abeilles du toit {width}")
    _keep(page, f"understood-{width}")
    _choose_licence(page)
    page.locator(".st-key-send button").click()
    expect(page.get_by_text("En attente d’un bibliothécaire")).to_be_visible()
    page.reload()
    expect(page.get_by_text(f"Abeilles du toit {width}")).to_be_visible()
    _keep(page, f"deposited-{width}")
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


PASSWORD = "a long password of ours"


def _first_password(library_folder: Path) -> str:
    desk = open_desk(open_library(str(library_folder), create=False))
    return accounts.make_first_code(desk.database)


def _sign_in(page: Page, library_folder: Path) -> None:
    """Sign in, with the one-time code where no password is set yet."""
    code = _first_password(library_folder)
    page.reload()
    box = page.locator("input[name=password]")
    expect(box).to_be_visible()
    if code:
        page.locator("input[name=code]").fill(code)
    box.fill(PASSWORD)
    page.locator(".plain-form button").click()
    expect(page.locator(".st-key-account")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "width"),
    [
        pytest.param("en", 1280, id="en-desk"),
        pytest.param("ar", 360, id="ar-phone"),
        pytest.param("zh", 1280, id="zh-desk"),
    ],
)
def test_a_librarian_signs_in_rejects_restores_approves_and_signs_out(
    open_page: OpenPage, deposited: Deposited, library_folder: Path, language: str, width: int
) -> None:
    document = deposited(f"# Desk {language} {width}\n\nThe registry of Kenya tried {language}.")
    page = open_page(f"/desk?lang={language}", width=width)
    expect(page.get_by_text(f"Desk {language} {width}")).to_have_count(0)
    _sign_in(page, library_folder)
    assert f"lang={language}" in page.url
    _keep(page, f"queue-{language}")
    page.reload()
    expect(page.locator(".st-key-account")).to_be_visible()
    page.get_by_role("link", name=f"Desk {language} {width}").click()
    expect(page.locator("h1")).to_have_text(f"Desk {language} {width}")
    assert f"document={document}" in page.url
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    _keep(page, f"case-{language}")
    page.locator(".st-key-reject-box button").first.click()
    page.locator(".st-key-reject-reason textarea").fill("No case.")
    page.locator(".st-key-reject button").click()
    page.locator(".st-key-restore button").click()
    page.locator(".st-key-approve button").click()
    expect(page.locator(".st-key-unpublish-box")).to_be_visible()
    desk = open_desk(open_library(str(library_folder), create=False))
    assert desk.library.record(document)
    acts = [line.act for line in log.lines(desk.database, LIBRARIAN, document)]
    assert acts == ["approve", "restore", "reject", "deposit"]
    page.go_back()
    page.locator(".st-key-account button").click()
    expect(page.locator(".st-key-q")).to_be_visible()
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    assert "caselib_session" not in cookies
    page.goto(page.url.split("?")[0].rstrip("/") + f"/desk-document?document={document}")
    expect(page.locator("input[name=password]")).to_be_visible()


def test_a_wrong_password_and_another_site_are_refused(
    open_page: OpenPage, server: Server, library_folder: Path
) -> None:
    page = open_page("/desk?lang=en")
    _sign_in(page, library_folder)
    (cookie,) = [c for c in page.context.cookies() if c["name"] == "caselib_session"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    assert "caselib_session" not in page.evaluate("document.cookie")
    page = open_page("/desk?lang=en")
    page.locator("input[name=password]").fill("not the password")
    page.locator(".plain-form button").click()
    expect(page.get_by_text("The password is wrong.")).to_be_visible()
    for headers in ({}, {"origin": "https://evil.example"}):
        answer = page.request.post(
            f"{server.url}/account/sign-in", form={"password": PASSWORD}, headers=headers
        )
        assert answer.status == 403


def _keep(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("CASELIB_SCREENSHOTS"):
        page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
