"""The researcher's journey: the whole library in pictures, narrowed, then one case; and back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index.library import Record
from index.opening import open_library
from tests.browser.conftest import OpenPage

SIZES = [pytest.param(1280, id="desk"), pytest.param(360, id="phone")]


@pytest.fixture(scope="module")
def case(library_folder: Path) -> Record:
    """A case on a topic, its title in English."""
    library = open_library(str(library_folder), create=False)
    found = next(record for record in library.records() if record.filename == "anycast.md")
    library.close()
    assert found.topics
    return found


def _settle(page: Page) -> None:
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def _fits(page: Page, width: int) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= width)


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_a_topic_is_chosen_in_a_picture_all_follow_and_a_case_opens(
    open_page: OpenPage, case: Record, language: str, width: int
) -> None:
    page = open_page(f"/explore?lang={language}", width=width)
    points = page.locator(".plane a.point")
    expect(points).to_have_count(8)
    assert _fits(page, width)
    page.evaluate("window.stayed = true")
    page.locator(f"[data-name='row-{case.topics[0]}']").click()
    page.wait_for_url(re.compile(rf"topics={case.topics[0]}"))
    expect(page.locator(".plane .behind").first).to_be_attached()
    expect(page.locator(".marks a.mark")).to_have_count(1)
    assert page.evaluate("window.stayed") is True
    expect(page.locator(f"[data-name='point-{case.document}']")).to_be_visible()
    page.locator(".st-key-cases a", has_text=case.title).click()
    expect(page.locator("h1")).to_have_text(case.title)
    assert f"lang={language}" in page.url
    page.go_back()
    expect(page.locator(".marks a.mark")).to_have_count(1)
    page.locator(".marks a.mark").click()
    expect(page.locator(".plane .behind")).to_have_count(0)


def test_pictures_are_used_by_keyboard_and_keep_the_focus(
    open_page: OpenPage, case: Record
) -> None:
    page = open_page("/explore?lang=en")
    link = page.locator(f"[data-name='legend-{case.topics[0]}']")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("topics="))
    expect(page.locator(".marks a.mark")).to_have_count(1)
    _settle(page)
    expect(link).to_be_focused()


def test_the_map_keeps_its_west_on_the_left_in_arabic_and_the_table_is_mirrored(
    open_page: OpenPage,
) -> None:
    page = open_page("/explore?lang=ar")
    america = page.locator("[data-name='region-NA']").bounding_box()
    asia = page.locator("[data-name='region-AP']").bounding_box()
    assert america and asia and america["x"] < asia["x"]
    first = page.locator("[data-name='column-AF']").bounding_box()
    last = page.locator("[data-name='column-NA']").bounding_box()
    assert first and last and first["x"] > last["x"]


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_on_a_phone_the_pages_are_in_a_menu(open_page: OpenPage, language: str) -> None:
    page = open_page(f"/explore?lang={language}", width=360)
    expect(page.locator(".st-key-navigation")).to_be_hidden()
    page.locator(".menu summary").click()
    page.locator(".menu nav a[href^='start']").click()
    expect(page.locator("ol.tour > li")).to_have_count(6)
    expect(page.locator(".menu nav")).to_be_hidden()
    assert f"lang={language}" in page.url
    assert _fits(page, 360)


def test_what_a_registry_is_like_goes_along_to_other_pages(open_page: OpenPage) -> None:
    page = open_page("/start?lang=en&part=alike&mine=~non-profit~AF~~~")
    page.locator(".st-key-navigation a", has_text="Explore").click()
    expect(page.locator("h1")).to_have_text("Explore")
    assert "mine=" in page.url


def test_a_question_of_the_tour_is_asked(open_page: OpenPage) -> None:
    page = open_page("/start?lang=en")
    page.locator(".tour a[href^='./?']").first.click()
    page.wait_for_url(re.compile(r"[?&]q="))
    expect(page.locator("[class*=st-key-hit-]").first).to_be_visible()
