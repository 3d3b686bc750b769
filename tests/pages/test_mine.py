"""What the reader said of their registry puts cases of registries alike first, and says why."""

from __future__ import annotations

import pytest

from index.library import Record
from pages import mine, texts
from search.profiles import Profile, alike


def _record(name: str, code: str) -> Record:
    return Record(
        *(name, name, f"{name}.pdf", "application/pdf", 1, name, 2020, (code,), ("en",)), 1, 1, ""
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "\u200e.cm\u200e: run by government, like yours"),
        ("zh", "\u200e.cm\u200e：与您的注册局一样由政府运营"),
    ],
)
def test_reasons_are_said_in_the_readers_language(language: str, expected: str) -> None:
    texts.use(language)
    try:
        reasons = alike(Profile(governance="government"), _record("one", "cm"))
        assert mine.sentences(reasons).startswith(expected)
    finally:
        texts.use("en")


def test_nothing_said_leaves_the_order_as_it_was() -> None:
    scored = [(_record("one", "tw"), 0.9), (_record("two", "cm"), 0.8)]
    assert mine.in_order(scored) == [(0, ()), (1, ())]
