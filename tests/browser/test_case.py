"""A case in a browser: found in another language, read on the page itself, beside those like it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from index.adding import add_file
from index.encoding import Encoder
from index.opening import open_library
from ingest.legacy import find_office
from tests.browser.conftest import ROOT, SECONDS_TO_START, Server

STARTER = ROOT / "data" / "starter"
CASES = (
    "tr-ddos-2015.pdf",
    "za-central-registry.pdf",
    "it-epp-migration.pdf",
    "cm-price-campaign-2020.pptx",
    "ke-renewal-price-test.pdf",
    "cr-second-level-and-price-cut.html",
)
QUESTION = "كيف انتقل سجل وطني من البريد الإلكتروني إلى EPP؟"

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A library of some starter cases, most of them PDFs."""
    folder = tmp_path_factory.mktemp("cases") / "library"
    library = open_library(str(folder), encoder.recipe)
    for name in CASES:
        assert add_file(library, encoder, STARTER / name).status == "added"
    library.close()
    return folder


@pytest.fixture(scope="module")
def running(cases: Path, browser: Browser) -> Iterator[Server]:
    """The app on these cases."""
    server = Server(cases, cases.parent / "app.log")
    try:
        server.wait()
        page = browser.new_page()
        page.set_default_timeout(1000 * SECONDS_TO_START)
        page.goto(f"{server.url}/?q=EPP")
        page.wait_for_selector("[class*=st-key-hit-]")
        page.close()
        yield server
    finally:
        server.stop()


@pytest.fixture
def reader(running: Server, browser: Browser) -> Iterator[Open]:
    """Opens the app in a browser of its own, with what it keeps."""
    contexts = []

    def open_at(path: str, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(running.url + path)
        page.wait_for_selector(".st-key-content h1", state="attached")
        return page

    yield open_at
    for context in contexts:
        context.close()


def _document(cases: Path, name: str) -> str:
    library = open_library(str(cases), create=False)
    try:
        return next(one.document for one in library.records() if one.filename == name)
    finally:
        library.close()


def _fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def _drawn(page: Page) -> None:
    """Wait until the picture of the page is there."""
    page.wait_for_function(
        "() => { const img = document.querySelector('.sheet img');"
        "return img && img.complete && img.naturalWidth > 0; }"
    )


@pytest.mark.parametrize("width", [pytest.param(1280, id="desk"), pytest.param(360, id="phone")])
def test_a_newcomer_reads_the_found_passage_on_the_page_and_goes_on(
    reader: Open, width: int
) -> None:
    page = reader("/?lang=ar", width)
    page.locator(".st-key-q input").fill(QUESTION)
    page.locator(".st-key-q input").press("Enter")
    hit = page.locator("[class*=st-key-hit-] a").filter(has_text=re.compile("EPP")).first
    hit.click()
    _drawn(page)
    marks = page.locator(".sheet .marked")
    expect(marks.first).to_be_in_viewport()
    sheet, mark = page.locator(".sheet").bounding_box(), marks.first.bounding_box()
    assert sheet and mark and sheet["x"] <= mark["x"] <= sheet["x"] + sheet["width"]
    assert _fits(page)
    case = page.url
    assert {"document", "page", "passage"} <= set(re.findall(r"[?&](\w+)=", case))
    similar = page.locator("[class*=st-key-to-similar-] a").first
    title = re.sub("[\u2060\u2068\u2069]", "", similar.inner_text())
    assert page.locator("[class*=st-key-similar-] blockquote").count() >= 2
    similar.click()
    expect(page.locator("h1.heading")).to_have_text(title)
    page.go_back()
    expect(page).to_have_url(case)
    expect(marks.first).to_be_visible()
    page.go_back()
    expect(page.locator(".st-key-q input")).to_have_value(QUESTION)


def test_pages_are_turned_and_each_has_its_address(reader: Open, cases: Path) -> None:
    page = reader(f"/document?lang=en&document={_document(cases, CASES[1])}")
    _drawn(page)
    expect(page.locator(".st-key-previous button")).to_be_disabled()
    page.locator(".st-key-next button").press("Enter")
    expect(page.locator(".sheet")).to_have_id("page-2")
    assert "page=2" in page.url
    page.get_by_label("Page", exact=True).fill("1")
    page.keyboard.press("Enter")
    expect(page.locator(".sheet")).to_have_id("page-1")
    page.go_back()
    expect(page.locator(".sheet")).to_have_id("page-2")
    page.reload()
    expect(page.locator(".sheet")).to_have_id("page-2")


def test_the_text_can_be_read_in_place_of_the_picture(reader: Open, cases: Path) -> None:
    page = reader(f"/document?lang=en&document={_document(cases, CASES[1])}")
    expect(page.locator(".sheet img")).to_have_attribute("alt", re.compile("its text stands below"))
    page.get_by_text("Text of this page").click()
    expect(page.locator("section.page").last).to_contain_text(
        "UniForum SA had run co.za since 1995"
    )
    page.locator(".st-key-view button").filter(has_text="Text").click()
    expect(page.locator(".sheet")).to_have_count(0)
    assert "view=text" in page.url
    expect(page.locator("section.page").last).to_contain_text(
        "UniForum SA had run co.za since 1995"
    )


def test_a_sentence_of_the_summary_leads_to_its_place(reader: Open, cases: Path) -> None:
    page = reader(f"/document?lang=en&document={_document(cases, CASES[2])}")
    expect(page.locator("[class*=st-key-said-] blockquote")).to_have_count(3)
    page.locator("[class*=st-key-said-] a").last.click()
    expect(page.locator(".sheet .marked").first).to_be_in_viewport()


def test_a_case_is_cited_in_three_formats(reader: Open, cases: Path) -> None:
    document = _document(cases, CASES[1])
    page = reader(f"/document?lang=en&document={document}")
    page.locator(".st-key-cite button").click()
    expect(page.get_by_test_id("stCode")).to_contain_text(f"document?document={document}")
    for kind, begin in (("bib", "@"), ("ris", "TY  - ")):
        with page.expect_download() as download:
            page.locator(f".st-key-cite-{kind} button").click()
        assert download.value.suggested_filename.endswith(f".{kind}")
        assert Path(download.value.path()).read_text("utf-8").startswith(begin)


def test_pictures_are_of_documents_in_the_library_alone(
    reader: Open, running: Server, cases: Path
) -> None:
    page = reader("/?lang=en")
    document = _document(cases, CASES[1])

    def status(path: str) -> int:
        return page.request.get(f"{running.url}/picture/{path}").status

    good = page.request.get(f"{running.url}/picture/{document}/1/800")
    assert good.status == 200 and good.headers["content-type"] == "image/webp"
    assert "immutable" in good.headers["cache-control"]
    for path in (
        f"{document}/99/800", f"{document}/0/800", f"{document}/1/801", "0123456789abcdef/1/800",
        "..%2F..%2Fetc%2Fpasswd/1/800", f"{_document(cases, CASES[5])}/1/800",
    ):  # fmt: skip
        assert status(path) in (400, 404), path


def test_questions_are_kept_in_this_browser_asked_again_and_forgotten(reader: Open) -> None:
    hostile = "<img src=x onerror=alert(1)> prices"
    page = reader("/?lang=en")
    told: list[str] = []
    page.on("dialog", lambda dialog: told.append(dialog.message))
    for question in ("EPP", hostile):
        page.locator(".st-key-q input").fill(question)
        page.locator(".st-key-q input").press("Enter")
        page.wait_for_selector("[class*=st-key-hit-]")
        page.wait_for_function(
            "asked => (localStorage.getItem('caselib.questions') || '').includes(asked)",
            arg=question[:3],
        )
    page.goto(page.url.split("?")[0] + "?lang=en")
    listed = page.locator(".history li")
    expect(listed).to_have_text([hostile, "EPP"])
    listed.last.get_by_role("button").click()
    expect(page.locator(".st-key-q input")).to_have_value("EPP")
    page.go_back()
    page.locator(".history .forget").click()
    expect(listed).to_have_count(0)
    page.reload()
    page.wait_for_selector(".st-key-examples")
    assert page.evaluate("localStorage.getItem('caselib.questions')") is None
    assert not told


def test_both_sides_are_shown_where_cases_differ_and_whom_to_ask(reader: Open) -> None:
    page = reader("/?lang=en&q=Did+lowering+prices+raise+registrations%3F")
    expect(page.get_by_text("Cases differ on this")).to_be_visible()
    sides = page.locator("[class*=st-key-side-]")
    expect(sides).to_have_count(2)
    for side in (sides.first, sides.last):
        expect(side.locator("blockquote").first).to_be_visible()
        expect(side.locator("a").first).to_be_visible()
    page.locator(".st-key-whom summary").click()
    expect(page.locator("[class*=st-key-whom-] .entry").first).to_contain_text("(Kenya)")


def test_a_page_is_there_before_its_picture_is(reader: Open, cases: Path) -> None:
    page = reader("/?lang=en")
    held: list[Request] = []
    page.route("**/picture/**", lambda route: held.append(route.request))
    page.goto(page.url.split("?")[0] + f"document?lang=en&document={_document(cases, CASES[1])}")
    expect(page.locator("h1.heading")).to_be_visible()
    page.get_by_text("Text of this page").click()
    expect(page.locator("section.page").last).to_contain_text(
        "UniForum SA had run co.za since 1995"
    )
    assert held
    page.unroute_all(behavior="ignoreErrors")


def test_slides_are_shown_as_pictures_where_libreoffice_prints_them(
    reader: Open, cases: Path
) -> None:
    if find_office() is None:
        pytest.skip("LibreOffice is not installed")
    page = reader(f"/document?lang=en&document={_document(cases, CASES[3])}&page=2")
    expect(page.locator(".sheet, section.page").first).to_be_visible()
    expect(page.locator(".sheet")).to_have_id("page-2", timeout=120_000)
    _drawn(page)
