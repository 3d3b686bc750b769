"""Start here: each part opens by its link, in every language, and briefings can be taken along."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from index.library import Library
from pages import texts
from tests.pages.conftest import Open, markup, pictures


def _assert_whole(app: AppTest) -> None:
    assert not app.exception, app.exception
    assert not app.error, app.error


def _topic(library: Library) -> str:
    return next(record.topics[0] for record in library.records() if record.topics)


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_the_tour_takes_ten_minutes_and_asks_real_questions(open_page: Open, language: str) -> None:
    app = open_page("start", lang=language)
    _assert_whole(app)
    drawn = pictures(app)
    assert drawn.count("<h3>") == 6
    assert "./?lang" in drawn and "explore?" in drawn and f"lang={language}" in drawn


def test_a_briefing_quotes_and_links_and_can_be_taken_along(
    open_page: Open, seven: Library
) -> None:
    quoted = 0
    for topic in seven.facets()["topic"]:
        app = open_page("start", part="briefing", topic=topic)
        _assert_whole(app)
        drawn = pictures(app)
        assert "document=" in drawn
        assert len(app.get("download_button")) >= 1
        # One short case does not give every topic a sentence worth quoting.
        quoted += "<blockquote>" in drawn and "passage=" in drawn
    assert quoted


def test_without_a_topic_all_topics_are_offered(open_page: Open) -> None:
    for part in ("briefing", "whom"):
        app = open_page("start", part=part)
        _assert_whole(app)
        assert pictures(app).count("topic=") == 14


def test_a_term_is_found_and_leads_to_a_search(open_page: Open) -> None:
    app = open_page("start", lang="fr", part="glossary", term="registry lock")
    _assert_whole(app)
    assert "./?lang=fr&amp;q=verrou" in pictures(app).replace("%20", "+")


def test_what_a_registry_is_like_is_kept_in_the_link_and_forgotten(open_page: Open) -> None:
    app = open_page("start", part="alike", mine="~non-profit~AF~1~~own")
    _assert_whole(app)
    assert app.selectbox(key="mine-governance").value == "non-profit"
    assert app.selectbox(key="mine-region").value == "AF"
    assert "mine=" in pictures(app)
    app.button(key="forget").click().run()
    assert app.selectbox(key="mine-governance").value is None
    assert "mine" not in app.query_params


def test_what_is_said_of_a_registry_goes_into_the_link(open_page: Open) -> None:
    app = open_page("start", part="alike")
    app.selectbox(key="mine-governance").select("government")
    app.selectbox(key="mine-staff").select("0")
    app.button[0].click().run()
    _assert_whole(app)
    assert app.query_params["mine"] in ("~government~~~0~", ["~government~~~0~"])


@pytest.mark.parametrize("mine", ["<script>", "~x~y~z", "~" * 40, "tw~government~XX~9~9~no"])
def test_a_link_that_says_nonsense_of_a_registry_is_let_be(open_page: Open, mine: str) -> None:
    app = open_page("start", part="alike", mine=mine)
    _assert_whole(app)
    assert "<script" not in markup(app) + pictures(app)
