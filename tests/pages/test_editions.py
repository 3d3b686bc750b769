"""A reader is led from a document to its other editions, and from an old hit to the newest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from index.adding import add_files
from index.encoding import Encoder
from index.opening import open_library
from pages import show, texts
from tests.conftest import TEXTS
from tests.pages.conftest import Open, pictures

OLD, NEW = "Anycast for a small island", "Anycast for a small island, revised"


@pytest.fixture
def open_page(tmp_path: Path, encoder: Encoder, at_url: Callable[[str], Open]) -> Open:
    old = tmp_path / "old.md"
    new = tmp_path / "new.md"
    old.write_text(TEXTS["anycast.md"])
    new.write_text(TEXTS["anycast.md"].replace(OLD, NEW))
    library = open_library(str(tmp_path / "library"), encoder.recipe)
    documents = [outcome.document for outcome in add_files(library, encoder, [old, new])]
    library.link(documents[1], documents[0], "edition", "Léa")
    library.close()
    opened = at_url(library.url)
    return lambda page, /, **params: opened(
        page, **{"document": documents[0], **params} if page == "document" else params
    )


def labels(app: AppTest) -> list[str]:
    assert not app.exception, [problem.value for problem in app.exception]
    return [element.proto.label for element in app.get("page_link")]


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_an_old_edition_leads_to_the_newer_one_in_every_language(
    open_page: Open, language: str
) -> None:
    texts.use(language)
    said = texts._("Newer edition: {title}").format(title=NEW)
    assert f">{said}</a>" in pictures(open_page("document", lang=language))
    expected = show.label(said)
    found = labels(open_page("ask", q="anycast cloud of an island", lang=language))
    assert sum(expected in label for label in found) == 1
