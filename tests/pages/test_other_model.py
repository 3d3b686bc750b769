"""The app, started with another model than the library's, says so and what moves it over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from tests.pages.conftest import Open, markup


@pytest.fixture
def with_other_model(other_model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CASELIB_MODEL", str(other_model))
    yield
    st.cache_resource.clear()


def test_a_question_is_met_with_the_command_that_moves_the_library(
    with_other_model: None, open_page: Open
) -> None:
    app = open_page("ask", q="banques")
    assert not app.exception
    said = markup(app) + " ".join(str(element.value) for element in [*app.error, *app.warning])
    assert "caselib reembed" in said
