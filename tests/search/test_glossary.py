"""A term is found by any of its names, in any language, and explained in the reader's."""

from __future__ import annotations

import pytest

from search.glossary import find_terms, terms

LANGUAGES = ("ar", "en", "es", "fr", "pt", "ru", "zh")


def test_every_term_has_a_name_and_a_definition_in_each_language() -> None:
    for term in terms():
        assert all(term.name(language) and term.definitions[language] for language in LANGUAGES)


@pytest.mark.parametrize("words", ["registry lock", "verrou de registre", "注册局锁定"])
def test_a_word_in_any_language_finds_its_term(words: str) -> None:
    assert "registry-lock" in [term.id for term in find_terms(words, "ar")]


def test_terms_that_begin_with_the_words_come_first() -> None:
    found = find_terms("phish", "en")
    assert any(name.startswith("phish") for name in found[0].names["en"])


def test_no_words_list_all_terms_of_a_topic() -> None:
    assert len(find_terms("", "en")) == len(terms())
    assert {term.topic for term in find_terms("", "ru", "csr")} == {"csr"}
    assert find_terms("qwxz", "en") == []
