"""The queries for exact terms are what their README says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.exact import fused, of_meaning, of_terms, read_queries
from search.forms import plain
from search.phrases import occurs

CASES = Path(__file__).parents[2] / "data" / "cases"


@pytest.fixture(scope="module")
def cases() -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for path in CASES.glob("*.md")}


def test_queries_of_both_kinds_stand_in_all_languages_and_both_chinese_scripts() -> None:
    queries = read_queries()
    assert len({asked["id"] for asked in queries}) == len(queries)
    for kind in ("exact", "carried", "meaning"):
        languages = Counter(asked["language"] for asked in queries if asked["kind"] == kind)
        assert set(languages) == {"ar", "en", "es", "fr", "pt", "ru", "zh"}, kind
        scripts = {
            asked["script"] for asked in queries if asked["kind"] == kind and "script" in asked
        }
        assert scripts == {"Hans", "Hant"}, kind


def test_what_must_stand_in_a_right_document_stands_there(cases: dict[str, str]) -> None:
    for asked in read_queries():
        assert set(asked["documents"]) <= set(cases), asked["id"]
        for name, words in asked.get("standing", {}).items():
            assert occurs(words, plain(cases[name])) or occurs(words, cases[name]), (
                asked["id"],
                name,
            )


def test_a_meaning_is_right_in_another_language_than_its_distractor(cases: dict[str, str]) -> None:
    def language(name: str) -> str:
        return cases[name].split("\nlanguage: ")[1][:2]

    for asked in read_queries():
        if asked["kind"] == "meaning":
            assert language(asked["distractor"]) == asked["language"], asked["id"]
            assert asked["language"] not in map(language, asked["documents"]), asked["id"]


def test_figures_by_hand() -> None:
    assert of_terms({"a", "b"}, ["a", *"cdefghijk", "b"]) == {"found": 0.5, "first": 1.0}
    assert of_meaning({"a"}, "d", ["d", "a"]) == {
        "recall@1": 0.0,
        "recall@10": 1.0,
        "MRR@10": 0.5,
        "distractor_above": 1.0,
    }
    assert fused([["a", "b"], ["b", "c"]])[0] == "b"
