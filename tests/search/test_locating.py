"""A quoted sentence is found again in its passage."""

from __future__ import annotations

from index.library import StoredPassage
from search.locating import passage_of


def _passage(number: int, page: int, text: str) -> StoredPassage:
    return StoredPassage(number, "d", number, page, "en", text, False)


def test_the_passage_is_the_one_on_the_page_that_holds_the_sentence() -> None:
    said = "Names were cheap.\nThey did not last."
    passages = [_passage(1, 1, said), _passage(2, 2, "Other words."), _passage(3, 2, said)]
    assert passage_of(passages, 2, "cheap. They did  not last.") == 3
    assert passage_of(passages, 3, "They did not last.") == 0
    assert passage_of([], 1, "They did not last.") == 0
