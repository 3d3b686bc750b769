"""A small library of starter cases about prices, for what is drawn from several documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.adding import add_files
from index.encoding import Encoder
from index.library import Library
from index.opening import open_library

STARTER = Path(__file__).parents[2] / "data" / "starter"
CASES = (
    "cm-price-campaign-2020.pptx",
    "cr-second-level-and-price-cut.html",
    "ke-renewal-price-test.pdf",
    "ng-price-and-registrar-tiers.pptx",
    "tw-free-first-year-new-companies.html",
    "uz-registrar-competition.docx",
    "vn-low-fee-zones-for-people-and-start-ups.pptx",
)
"""In three regions and five languages; in two the names rose after a cut, in two they did not."""


@pytest.fixture(scope="session")
def priced(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """A library of seven cases about prices; not to be changed."""
    opened = open_library(str(tmp_path_factory.mktemp("priced") / "library"), encoder.recipe)
    outcomes = list(add_files(opened, encoder, [STARTER / name for name in CASES]))
    assert all(outcome.status == "added" for outcome in outcomes), outcomes
    yield opened
    opened.close()
