"""Every page opens in every language, on libraries that are whole, empty, lost or another's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.encoding import Encoder
from index.library import Library
from index.opening import open_library
from pages import texts
from tests.pages.conftest import Open, markup

PAGES = (
    "ask", "explore", "start", "library", "deposit", "about", "document", "deposited", "desk",
    "desk_document",
)  # fmt: skip


def _assert_whole(app: AppTest) -> None:
    assert not app.exception, [problem.value for problem in app.exception]
    assert not app.error, [problem.value for problem in app.error]


@pytest.mark.parametrize("language", texts.LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_every_language(
    open_page: Open, seven: Library, language: str, page: str
) -> None:
    params = {"document": seven.records()[0].document} if page == "document" else {}
    app = open_page(page, lang=language, **params)
    _assert_whole(app)
    assert "<h1" in markup(app)
    assert app.selectbox(key="lang").value == language


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_a_question_finds_passages_with_marks_in_every_language(
    open_page: Open, language: str
) -> None:
    app = open_page(lang=language, q="Who stops phishing names? تصيد")
    _assert_whole(app)
    drawn = markup(app)
    assert "<blockquote" in drawn and '<span class="nearest">' in drawn
    assert '<blockquote class="passage" dir="auto" lang="ar">' in drawn


@pytest.mark.parametrize("language", [code for code in texts.LANGUAGES if code != "en"])
def test_no_english_sentence_is_left_on_a_translated_page(
    open_page: Open, seven: Library, language: str
) -> None:
    for page in PAGES:
        params = {"document": seven.records()[0].document} if page == "document" else {}
        english, other = (
            open_page(page, lang="en", **params),
            open_page(page, lang=language, **params),
        )
        ours = set(re.findall(r">([A-Z][a-z]+(?: [a-z]+){2,}[^<]*)<", markup(english)))
        theirs = markup(other)
        texts_of_documents = " ".join(
            p.text for r in seven.records() for p in seven.pages(r.document)
        )
        left = [text for text in ours if text in theirs and text not in texts_of_documents]
        assert not left, f"{page}: {left}"


def test_a_document_is_opened_at_the_passage_that_was_found(
    open_page: Open, seven: Library
) -> None:
    record = next(r for r in seven.records() if r.filename == "price.md")
    passage = seven.passages_of(record.document)[0]
    app = open_page(
        "document", document=record.document, page="1", passage=str(passage.passage), q="precio"
    )
    _assert_whole(app)
    assert re.search(r'class="[^"]*found[^"]*"[^>]*>.*<mark>precio</mark>', markup(app))


def test_a_guessed_value_is_marked_as_a_guess_with_its_reason(
    open_page: Open, seven: Library
) -> None:
    drawn = markup(open_page("document", lang="fr", document=seven.records()[0].document))
    assert '<span class="guess">Supposé. ' in drawn


def test_a_document_that_is_gone_leads_to_the_list(open_page: Open) -> None:
    app = open_page("document", lang="es", document="0123456789abcdef")
    _assert_whole(app)
    assert "búsquelo en la lista" in app.info[0].value


def test_filters_narrow_what_is_found_and_listed(open_page: Open) -> None:
    app = open_page("library", languages="ru")
    assert app.session_state["languages"] == ["ru"]
    labels = [link.proto.label for link in app.get("page_link")]
    # Titles of documents are isolated from the text around them; the bar's names are not.
    listed = [label for label in labels if label.startswith("\u2068")]
    assert len(listed) == 1 and "Подпись зоны" in listed[0]
    app = open_page("ask", languages="ru", q="phishing")
    assert 'lang="ru"' in markup(app) and 'lang="ar"' not in markup(app)


def test_every_facet_can_be_chosen_with_its_counts(open_page: Open, seven: Library) -> None:
    counts = seven.facets()
    app = open_page("library")
    shown = {
        "languages": app.pills(key="languages").options,
        "kinds": app.pills(key="kinds").options,
        "formats": app.pills(key="formats").options,
        "topics": app.multiselect(key="topics").options,
        "from": app.selectbox(key="from").options,
    }
    assert "French (1)" in shown["languages"] and len(shown["languages"]) == 7
    assert shown["formats"] == ["Markdown (7)"]
    assert len(shown["topics"]) == len(counts["topic"]) > 1
    assert sum(counts["kind"].values()) == 7 and len(shown["kinds"]) == len(counts["kind"])


def test_counts_are_what_a_choice_would_give_under_the_other_filters(
    open_page: Open, seven: Library
) -> None:
    (topic, count), *_ = seven.facets()["topic"].items()
    app = open_page("library", topics=topic)
    listed = [link for link in app.get("page_link")][6:]
    assert len(listed) == count
    languages = app.pills(key="languages").options
    assert sum(option.endswith("(1)") for option in languages) == count
    assert sum(option.endswith("(0)") for option in languages) == 7 - count


def test_a_reader_is_told_that_the_best_evidence_is_in_another_language(open_page: Open) -> None:
    app = open_page("ask", lang="fr", q="Quel registre offre des sites aux écoles rurales ?")
    _assert_whole(app)
    assert "chinois" in app.info[0].value
    app.button(key="only-mine").click().run()
    _assert_whole(app)
    assert app.query_params["languages"] in ("fr", ["fr"])
    app = open_page("ask", lang="zh", q="Quel registre offre des sites aux écoles rurales ?")
    assert not app.info


def test_values_of_filters_that_are_not_in_the_library_are_dropped(open_page: Open) -> None:
    app = open_page("library", languages="xx", registries="<b>", formats="a/b", **{"from": "1e9"})
    _assert_whole(app)
    assert app.session_state["languages"] == [] and app.session_state["from"] is None


def test_nothing_found_says_what_to_do(open_page: Open) -> None:
    app = open_page("ask", lang="pt", q='"xyzzy plugh"')
    _assert_whole(app)
    assert app.info[0].value.startswith("Nada foi encontrado")


@pytest.mark.parametrize("page", PAGES)
def test_a_library_that_is_not_there_yet_is_an_empty_one(
    at_url: Callable[..., Open], tmp_path: Path, encoder: Encoder, page: str
) -> None:
    app = at_url(str(tmp_path / "none"))(page, lang="ru")
    _assert_whole(app)
    if page in ("ask", "library"):
        assert app.info[0].value.startswith("Библиотека пуста")
    assert not (tmp_path / "none").exists()


def test_a_library_that_cannot_be_read_is_one_sentence(
    at_url: Callable[..., Open], tmp_path: Path, encoder: Encoder
) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "library.sqlite3").write_bytes(b"not a database" * 1000)
    app = at_url(str(broken))("library", lang="fr")
    assert not app.exception
    assert "endommagée" in app.error[0].value


def test_a_library_of_another_model_says_so_in_the_readers_language(
    at_url: Callable[..., Open], tmp_path: Path, encoder: Encoder
) -> None:
    other = tmp_path / "other"
    open_library(str(other), replace(encoder.recipe, centring="another")).close()
    app = at_url(str(other))("deposit", lang="zh")
    assert not app.exception
    app.file_uploader(key="files").set_value([("a.md", b"# A\n\nText.", "text/markdown")])
    app.button(key="add").click().run()
    assert "caselib reembed" in app.error[0].value.replace("\\", "")
    assert "文库" in app.error[0].value


def test_the_library_can_be_checked(open_page: Open) -> None:
    app = open_page("about")
    app.button(key="check").click().run()
    _assert_whole(app)
    assert app.success[0].value == "The library is whole."


def test_a_question_is_written_to_the_link_with_the_language(open_page: Open) -> None:
    app = open_page("ask", lang="ar")
    app.text_input(key="q").set_value("anycast")
    app.button(key="search").click().run()
    _assert_whole(app)
    assert app.query_params["q"] == "anycast"
    assert app.query_params["lang"] == "ar"
    assert "<blockquote" in markup(app)


def test_an_example_is_asked_when_it_is_chosen(open_page: Open) -> None:
    app = open_page("ask", lang="zh")
    app.button(key="example-0").click().run()
    _assert_whole(app)
    assert "<blockquote" in markup(app)
    assert app.text_input(key="q").value
