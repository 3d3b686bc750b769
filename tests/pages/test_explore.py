"""Explore: every picture narrows every other, says the same as a table, and shows only text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from streamlit.testing.v1 import AppTest

from index.adding import add_file
from index.encoding import Encoder
from index.library import Library
from index.topics import topics
from pages import picture, show, world_map
from tests.pages.conftest import Open, markup, pictures


def _assert_whole(app: AppTest) -> None:
    assert not app.exception, app.exception
    assert not app.error, app.error


def test_all_pictures_are_drawn_each_with_a_table(open_page: Open, seven: Library) -> None:
    app = open_page("explore")
    _assert_whole(app)
    drawn = pictures(app)
    for name in ("world", "matrix", "years", "plane", "legend"):
        assert f'class="{name}"' in drawn
    assert [expander.label for expander in app.expander].count("As a table") == 3
    assert drawn.count("<caption") >= 4
    for record in seven.records():
        assert f"document={record.document}" in drawn


def test_a_choice_narrows_all_pictures_and_can_be_taken_back(
    open_page: Open, seven: Library
) -> None:
    topic = next(record.topics[0] for record in seven.records() if record.topics)
    of_it = [record for record in seven.records() if topic in record.topics]
    app = open_page("explore", topics=topic)
    _assert_whole(app)
    assert f"{len(of_it)} of 7 cases" in markup(app)
    drawn = pictures(app)
    assert drawn.count('point behind"') == 7 - len(of_it)
    assert "Remove the filter" in drawn
    app.button(key="clear-choices").click().run()
    assert "7 cases" in markup(app)


def test_a_gap_names_the_nearest_case(open_page: Open, seven: Library) -> None:
    topic = next(iter(topics()))
    app = open_page("explore", topics=topic, regions="NA")
    _assert_whole(app)
    assert "Nothing from North America on" in pictures(app)


@pytest.mark.parametrize(
    "params",
    [
        {"topics": "nonsense", "regions": "XX", "registries": "<b>", "told": "abc"},
        {"told": "9" * 40},
        {"compare": "nothing", "beside": "XX", "on": "nonsense"},
    ],
    ids=["no such values", "a long number", "nothing to compare"],
)
def test_links_with_values_that_do_not_exist_are_let_be(
    open_page: Open, params: dict[str, str]
) -> None:
    app = open_page("explore", **params)
    _assert_whole(app)
    assert "<b>" not in re.sub(r"<b>[0-9]+</b>", "", pictures(app))


def test_cases_stand_side_by_side_quoted_and_linked(open_page: Open, seven: Library) -> None:
    record = next(one for one in seven.records() if one.filename == "anycast.md")
    app = open_page("explore", compare=record.document)
    _assert_whole(app)
    drawn = pictures(app)
    table = drawn[drawn.index('class="columns"') :]
    assert "The problem" in table and "Governance" in table
    assert re.search(r"<blockquote>.*href=\"document\?[^\"]*passage=", table)


def test_an_empty_library_says_so(at_url: Callable[[str], Open], library: Library) -> None:
    app = at_url(library.url)("explore")
    _assert_whole(app)
    assert "empty" in app.info[0].value


def test_hostile_titles_are_text_in_every_picture(
    at_url: Callable[[str], Open],
    library: Library,
    encoder: Encoder,
    put: Callable[[str, str | bytes], Path],
) -> None:
    title = "Taken <img src=x onerror=alert(1)> \" onmouseover='alert(2)' \u202egnol"
    text = f"# {title}\n\nIn 2011 the registry lowered the price and new names doubled in 2012."
    assert add_file(library, encoder, put("hostile.md", text)).status == "added"
    record = library.records()[0]
    app = at_url(library.url)("explore", compare=record.document)
    _assert_whole(app)
    drawn = html.fromstring(f"<div>{pictures(app)}</div>")
    assert not drawn.xpath("//img | //script | //@*[starts-with(name(), 'on')]")
    assert "\u202e" not in pictures(app)


def test_what_a_picture_is_made_of_is_escaped() -> None:
    made = picture.element("a", show.escape("<b>"), title='" onload="x', data_name="a&b")
    assert made == '<a title="&quot; onload=&quot;x" data-name="a&amp;b">&lt;b&gt;</a>'


def test_the_map_shows_small_islands_within_its_frame() -> None:
    for longitude, latitude in [(179.2, -8.5), (-63.1, 18.2), (-172.0, -9.2), (167.0, -0.5)]:
        x, y = world_map.place(longitude, latitude)
        assert 0 <= x <= world_map.WIDTH and 0 <= y <= world_map.height()


def test_the_map_keeps_west_on_the_left_and_north_above() -> None:
    brazil, japan = world_map.place(-47.9, -15.8), world_map.place(139.7, 35.7)
    assert brazil[0] < japan[0] and brazil[1] > japan[1]
