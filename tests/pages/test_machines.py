"""What a machine wrote or translated stands beside what is quoted, marked, and never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.library import Library
from tests import endpoints
from tests.pages.conftest import Open, markup

QUESTION = "How many schools built their own web sites?"


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("CASELIB_MODELS", str(Path.home() / ".cache" / "caselib" / "models"))
    monkeypatch.delenv("CASELIB_LLM_URL", raising=False)
    yield


def _opened(open_page: Open, monkeypatch: pytest.MonkeyPatch, url: str, **params: str) -> AppTest:
    monkeypatch.setenv("CASELIB_LLM_URL", url)
    app = open_page("ask", q=params.pop("q", QUESTION), **params)
    assert not app.exception, [problem.value for problem in app.exception]
    return app


def _notes(app: AppTest) -> str:
    return re.sub("<[^>]+>", " ", markup(app))


def _right(prompt: str) -> str:
    """A right sentence with the number that its passage has in a prompt."""
    number = re.findall(r"\[(\d+)\] [^\[]*四百所", prompt)[0]
    return f"Four hundred schools built their own web sites in three years [{number}]."


def test_without_a_model_nothing_is_said_of_one(open_page: Open) -> None:
    app = open_page("ask", q=QUESTION, lang="fr")
    assert "modèle de langue" not in _notes(app)
    assert not [button for button in app.button if str(button.key).startswith("translate-")]


def test_the_written_answer_stands_first_with_its_source_and_the_quoted_one_below(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoints.endpoint(endpoints.obeying(_right)) as (url, asked):
        app = _opened(open_page, monkeypatch, url)
        app.run()
    drawn = markup(app)
    assert 'class="written"' in drawn
    assert drawn.index('class="written"') < drawn.index("<blockquote")
    assert len(asked) == 1, "a second run of the page asks no second time"
    assert any(
        "[1]" in link.proto.label or "\\[" in link.proto.label for link in app.get("page_link")
    )


def test_markup_in_what_a_model_says_is_never_markup(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (
        "<img src=x onerror=alert(1)>Four hundred schools built sites [1].\n"
        "[Click](https://evil.example) for four hundred schools [1].\n"
        "**Four hundred schools** built their `own` web sites & pages in three years [1]."
    )
    with endpoints.endpoint(endpoints.saying(said)) as (url, _):
        drawn = markup(
            _opened(
                open_page,
                monkeypatch,
                url,
            )
        )
    assert "<img" not in drawn and "evil.example" not in drawn and "<a " not in drawn


@pytest.mark.parametrize("status", [401, 500])
def test_a_model_that_fails_leaves_the_quoted_answer_and_a_note(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with endpoints.endpoint(endpoints.failing(status)) as (url, _):
        app = _opened(open_page, monkeypatch, url, lang="fr")
    assert "<blockquote" in markup(app)
    assert "Le modèle de langue" in _notes(app)


def test_a_passage_is_translated_when_it_is_asked_for_and_marked(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def behave(handler: endpoints.Handler, request: endpoints.Request) -> None:
        translating = "translator" in request["messages"][0]["content"]
        said = "Aucun nom verrouillé n'a été détourné." if translating else "NONE"
        endpoints.saying(said)(handler, request)

    with endpoints.endpoint(behave) as (url, _):
        app = _opened(open_page, monkeypatch, url, lang="fr")
        keys = [str(b.key) for b in app.button if str(b.key).startswith("translate-")]
        assert keys, "passages in other languages are offered to be translated"
        app.button(key=keys[0]).click().run()
        assert not app.exception
    # What the server says is no translation of that passage, and so it is not shown as one.
    assert "n'a pas pu être traduit" in _notes(app).replace("’", "'").replace("&#x27;", "'")


def test_terms_are_explained_in_the_readers_language(open_page: Open) -> None:
    drawn = markup(open_page("ask", lang="en", q="verrou de registre des banques"))
    assert re.search(r'<li title="[^"]+"><bdi lang="fr">verrou de registre</bdi> = <bdi>', drawn)


def test_a_librarians_title_is_shown_in_the_readers_language(
    open_page: Open, seven: Library
) -> None:
    record = next(one for one in seven.records() if one.filename == "lock.md")
    seven.supply(record.document, "en", "Locking <names>", "Two people and a call.", "Ana")
    try:
        drawn = _notes(open_page("document", lang="en", document=record.document))
        assert "Locking &lt;names&gt; – Two people and a call." in drawn
    finally:
        seven.supply(record.document, "en", "", "", "Ana")


def test_the_about_page_says_how_a_translator_is_had(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Argos Translate" in _notes(open_page("about", lang="ru"))
    monkeypatch.setenv("CASELIB_LLM_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("CASELIB_LLM_MODEL", "some-model")
    said = _notes(open_page("about", lang="ru"))
    assert "some-model" in said and "Argos Translate с моделями" not in said
