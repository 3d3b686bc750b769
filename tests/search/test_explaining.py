"""Terms of the field that stand in a passage are explained in the reader's language."""

from __future__ import annotations

import pytest

from search.explaining import MOST, terms_in


@pytest.mark.parametrize(
    ("text", "language", "reader", "found", "equivalent"),
    [
        ("A registry lock protects banks.", "en", "fr", "registry lock", "verrou de registre"),
        ("The registrars met.", "en", "ru", "registrars", "регистратор"),
        ("Le registre a créé un verrou de registre.", "fr", "en", "verrou de registre", None),
        ("网络钓鱼的域名被暂停。", "zh", "fr", "网络钓鱼", "hameçonnage"),
        ("域名安全鎖保護銀行。", "zh", "fr", "域名安全鎖", "verrou de registre"),
        ("Список регистраторов велик.", "ru", "fr", "регистраторов", None),
        ("يكافح السجل والتصيد الاحتيالي.", "ar", "es", "والتصيد الاحتيالي", "phishing"),
    ],
)
def test_a_term_is_found_as_it_is_inflected_and_given_in_the_readers_language(
    text: str, language: str, reader: str, found: str, equivalent: str | None
) -> None:
    terms = {term.found: term for term in terms_in(text, language, reader)}
    assert found in terms
    assert terms[found].equivalent and terms[found].definition
    assert equivalent in (None, terms[found].equivalent)


def test_words_that_only_begin_alike_are_not_confused() -> None:
    found = {term.id for term in terms_in("The registrant paid the registrar.", "en", "fr")}
    assert "registrar" in found and "registry" not in found


def test_the_readers_own_language_and_unknown_ones_need_no_explanation() -> None:
    assert terms_in("A registry lock.", "en", "en") == ()
    assert terms_in("A registry lock.", "", "fr") == ()


def test_a_word_that_is_the_same_in_both_languages_is_left_out() -> None:
    assert all(term.equivalent != "anycast" for term in terms_in("Uses anycast.", "en", "fr"))


def test_few_terms_are_explained_in_the_order_of_the_text() -> None:
    text = "Phishing, spam, anycast, registry lock, zone file, name server, renewal, auction."
    terms = terms_in(text, "en", "ar")
    assert len(terms) == MOST
    assert [text.index(term.found) for term in terms] == sorted(
        text.index(term.found) for term in terms
    )
