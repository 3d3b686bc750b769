"""The reasons of guesses, as ingest gives them, are said in every language."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_document
from pages import texts
from pages.reasons import reason

CASES = Path(texts.__file__).resolve().parent.parent / "data" / "cases"
SOME = sorted(CASES.glob("*.md"))[::9]


@pytest.fixture(scope="module")
def reasons() -> set[str]:
    """The reasons that real documents give rise to."""
    return {guess.reason for path in SOME for guess in read_document(path).guesses.values()}


@pytest.mark.parametrize("language", [code for code in texts.LANGUAGES if code != "en"])
def test_reasons_of_real_documents_are_translated(reasons: set[str], language: str) -> None:
    assert len(reasons) > 10
    texts.use(language)
    try:
        left = [english for english in reasons if reason(english) == english]
    finally:
        texts.use("en")
    assert not left


@pytest.mark.parametrize("language", [code for code in texts.LANGUAGES if code != "en"])
def test_reasons_for_topics_authors_and_summaries_are_translated(language: str) -> None:
    texts.use(language)
    try:
        for english in (
            "legal: The nearest sentence is on page 2: “The court: a ruling.”.\n"
            "dns-abuse: The nearest sentence is on page 1: “Phishing fell.”.",
            "They are its most central sentences.",
            "The names stand under the title.",
            "The file states them; its first pages do not show them.",
            "It is the file's name: no page is read yet.",
        ):
            said = reason(english)
            assert said != english
            assert "sentence" not in said
            assert english.count("\n") == said.count("\n")
    finally:
        texts.use("en")


def test_english_reasons_stay_as_they_are() -> None:
    english = ".tw: The title names .tw. .台灣: The title names 台灣."
    assert reason(english).replace("\u200e", "") == english


def test_a_reason_that_is_not_known_is_shown_as_it_is() -> None:
    assert reason("Because.") == "Because."
