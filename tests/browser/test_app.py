"""What people do with the app, in a browser, on a desk and on a phone."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from pages import texts
from tests.browser.conftest import HOSTILE_TITLE, OpenPage, Server

SIZES = [pytest.param(1280, id="desk"), pytest.param(360, id="phone")]


def _ask(page: Page, question: str) -> None:
    box = page.locator(".st-key-q input")
    box.fill(question)
    box.press("Enter")
    page.wait_for_url(re.compile(r"[?&]q="))
    _wait_for_hits(page)


def _wait_for_hits(page: Page) -> None:
    """Wait until hits are shown and what stood there before them is gone."""
    expect(page.locator("[class*=st-key-hit-]").first).to_be_visible()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    expect(page.locator(".st-key-examples")).to_have_count(0)


def _choose_language(page: Page, name: str) -> None:
    page.locator(".st-key-lang button, .st-key-lang input").first.click()
    page.get_by_role("option", name=name).click()


def _fits(page: Page) -> bool:
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return bool(wide <= 0)


@pytest.mark.parametrize("width", SIZES)
def test_a_newcomer_asks_in_arabic_and_opens_a_chinese_page(
    open_page: OpenPage, width: int
) -> None:
    page = open_page("/", locale="ar-EG", width=width)
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("h1")).to_have_text("ماذا تعلّمت السجلات الأخرى؟")
    assert _fits(page)
    _ask(page, "من ساعد مدارس الأرياف على إنشاء مواقعها؟")
    first = page.locator("[class*=st-key-hit-]").first
    expect(first.locator("blockquote")).to_have_attribute("lang", "zh-Hans")
    assert _fits(page)
    first.locator("a").first.click()
    expect(page.locator("section.page .found").last).to_contain_text("农村学校")
    expect(page.locator("h1")).to_have_text("校园网站计划")
    expect(page.locator("section.page h2").first).to_have_text("الصفحة 1")
    assert "lang=ar" in page.url and "document=" in page.url
    assert _fits(page)


def test_the_language_is_switched_and_stays_in_the_link(open_page: OpenPage) -> None:
    page = open_page("/library")
    expect(page.locator("h1")).to_have_text("Library")
    _choose_language(page, "العربية")
    expect(page.locator("h1")).to_have_text("المكتبة")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert "lang=ar" in page.url
    page.locator(".st-key-navigation a", has_text="حول").click()
    expect(page.locator("h1")).to_have_text("حول هذه المكتبة")
    assert "lang=ar" in page.url
    brand, language = page.locator(".brand"), page.locator(".st-key-lang")
    mirrored = brand.bounding_box(), language.bounding_box()
    assert mirrored[0] and mirrored[1] and mirrored[0]["x"] > mirrored[1]["x"]
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Library")
    expect(page.locator("html")).to_have_attribute("dir", "ltr")


def test_the_back_button_goes_through_questions_and_pages(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    _ask(page, "anycast")
    page.locator(".st-key-q input").fill("registry lock for banks")
    page.locator(".st-key-search button").click()
    expect(page.locator("[class*=st-key-hit-] blockquote").first).to_contain_text("banques")
    page.locator("[class*=st-key-hit-] a").first.click()
    expect(page.locator("section.page").first).to_be_visible()
    page.go_back()
    expect(page.locator(".st-key-q input")).to_have_value("registry lock for banks")
    page.go_back()
    expect(page.locator(".st-key-q input")).to_have_value("anycast")
    expect(page.locator("[class*=st-key-hit-] a").first).to_contain_text("Anycast")
    page.go_back()
    expect(page.locator(".st-key-examples")).to_be_visible()
    page.go_forward()
    expect(page.locator(".st-key-q input")).to_have_value("anycast")


def test_a_link_that_was_sent_shows_the_same_results(open_page: OpenPage) -> None:
    page = open_page("/?lang=es&q=phishing&languages=ar&languages=ru", locale="de-DE")
    expect(page.locator("[class*=st-key-hit-] blockquote").first).to_be_visible()
    shown = page.locator("blockquote").evaluate_all("all => all.map(one => one.lang)")
    assert set(shown) <= {"ar", "ru"} and shown
    expect(page.locator("[data-testid=stExpander] summary").first).to_contain_text(
        "Filtros: 1 activo"
    )


def test_a_first_visitor_with_a_link_sees_the_page_in_its_frame(
    browser: Browser, library_folder: Path, tmp_path: Path
) -> None:
    fresh = Server(library_folder, tmp_path / "app.log")
    try:
        fresh.wait()
        page = browser.new_page()
        page.goto(f"{fresh.url}/library?lang=ru")
        expect(page.locator(".brand")).to_have_text("Библиотека кейсов ccTLD", timeout=60_000)
        expect(page.locator("h1")).to_have_text("Библиотека")
        fresh.stop()
        expect(page.get_by_role("dialog")).to_be_visible(timeout=60_000)
        said = page.get_by_role("dialog").evaluate("e => getComputedStyle(e, '::after').content")
        assert "Сервер недоступен" in said
        page.close()
    finally:
        fresh.stop()


def test_hostile_text_is_shown_and_does_nothing(open_page: OpenPage) -> None:
    page = open_page(f"/?lang=en&q={quote('takeovers <b>')}")
    link = page.locator("[class*=st-key-hit-] a").filter(has_text="onerror")
    shown = re.sub("[\u2060\u2068\u2069]", "", link.inner_text())
    assert shown == HOSTILE_TITLE
    link.click()
    expect(page.locator("section.page").first).to_be_visible()
    assert page.locator("h1").all_inner_texts() == [HOSTILE_TITLE]
    expect(page.locator("section.page").first).to_contain_text("<h1>Injected</h1>")
    assert page.locator(".st-key-content :is(img, script[src], iframe)").count() == 0
    assert page.title() != "taken over"


def test_a_file_is_downloaded_as_it_was_deposited(open_page: OpenPage, server: Server) -> None:
    page = open_page("/?lang=en&q=anycast")
    page.locator("[class*=st-key-hit-] a").first.click()
    with page.expect_download() as download:
        page.locator(".st-key-download button").click()
    assert download.value.suggested_filename == "anycast.md"
    assert Path(download.value.path()).read_text("utf-8").startswith("# Anycast for a small island")


def test_the_keyboard_alone_asks_and_opens_a_document(open_page: OpenPage) -> None:
    page = open_page("/?lang=en")
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.st-key-q') !== null"):
            break
    page.keyboard.type("anycast")
    page.keyboard.press("Enter")
    _wait_for_hits(page)
    for _step in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[class*=st-key-hit-]') !== null"):
            break
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("section.page").first).to_be_visible()


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast_and_pages_fit_a_phone(
    open_page: OpenPage, language: str, scheme: str
) -> None:
    page = open_page(f"/?lang={language}&q=anycast", width=360)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    expect(page.locator("[class*=st-key-hit-]").first).to_be_visible()
    assert _fits(page)
    page.wait_for_timeout(300)
    low = page.evaluate(_CONTRAST)
    assert not low
    for path in ("library", "deposit", "about"):
        page.goto(page.url.split("?")[0].rstrip("/") + f"/{path}?lang={language}")
        page.wait_for_selector(".st-key-content h1")
        assert _fits(page), path
        page.goto(page.url.split("/" + path)[0] + "/")


# Texts whose contrast with what is behind them is under 4.5 (WCAG 2.2, 1.4.3).
_CONTRAST = """
() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b].map((value) => value / 255)
    .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba(getComputedStyle(document.querySelector('.stApp')).backgroundColor);
  };
  const low = [];
  const TEXTS = 'p, a, li, span, mark, h1, h2, blockquote, label';
  for (const element of document.querySelectorAll(TEXTS)) {
    const own = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    const box = element.getBoundingClientRect();
    if (!own || !box.width || element.closest('.hidden, [data-testid=stSkipToContent]')) continue;
    const style = getComputedStyle(element);
    if (style.visibility === 'hidden' || parseFloat(style.fontSize) === 0) continue;
    const [a, b] = [luminance(rgba(style.color)), luminance(behind(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(`${ratio.toFixed(2)} ${element.textContent.slice(0, 40)}`);
  }
  return low;
}
"""
