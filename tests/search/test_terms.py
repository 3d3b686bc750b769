"""What a question names is found as it is written, and as the other languages call it."""

from __future__ import annotations

import pytest

from index.encoding import Encoder
from index.library import Library, StoredPassage
from search.dates import dates_in
from search.find import search
from search.forms import form, plain
from search.marks import marked_words
from search.ranking import prepare, rank
from search.terms import gains, term_spans, terms_of


def _passage(text: str, language: str) -> StoredPassage:
    return StoredPassage(1, "document", 1, 1, language, text, False)


@pytest.mark.parametrize(
    ("question", "language", "exact"),
    [
        (".tw", "", [".tw"]),
        ("谁推动.台灣的註冊?", "zh", [".台灣"]),
        ("كم عدد الأسماء تحت .السعودية", "ar", [".السعودية"]),
        ("what does RFC 8078 automate?", "en", ["RFC 8078"]),
        ("qui utilise TLD-OPS et ccNSO ?", "fr", ["TLD-OPS", "ccNSO"]),
        ("IPv6 в 2018 году", "ru", ["IPv6", "2018"]),
        ("what happened on 25 August 2013?", "en", ["25 August 2013"]),
        ("WHY DID THE PRICE OF NAMES FALL TWICE", "en", []),
        ("why did prices fall?", "en", []),
    ],
)
def test_codes_acronyms_numbers_and_dates_are_exact_terms(
    question: str, language: str, exact: list[str]
) -> None:
    assert [term.text for term in terms_of(question, language) if term.kind == "exact"] == exact


@pytest.mark.parametrize(
    ("text", "term", "stands"),
    [
        ("推动.tw域名", ".tw", True),
        ("write to info@example.tw", ".tw", False),
        ("тянется .twa", ".tw", False),
        ("RFC-8078 and RFC8078", "RFC 8078", True),
        ("RFC 80781", "RFC 8078", False),
        ("註冊局鎖定服務", "注册局锁定", True),
        ("Регистратуры и регистраторы", "регистратура", True),
        ("Регистраторы и реестры", "регистратура", False),
        ("registrars and registrants", "registry", False),
        ("two registries", "registry", True),
        ("as resoluções do comité", "resolução", True),
        ("والتصيد الاحتيالي", "التصيد الاحتيالي", True),
        ("لسجلات النطاقات", "سجل", True),
    ],
)
def test_a_term_stands_whole_with_the_endings_of_its_language(
    text: str, term: str, stands: bool
) -> None:
    made = form(term, inflected=not term.startswith((".", "RFC")))
    assert made is not None
    assert made.stands_in(plain(text), text) is stands


def test_a_short_acronym_is_no_word() -> None:
    (term,) = terms_of("DoT", "")
    assert term_spans("queries go over DoT", "en", [term]) == [(16, 19)]
    assert term_spans("the dot was missing", "en", [term]) == []


@pytest.mark.parametrize(
    ("question", "language", "text", "of_text", "found"),
    [
        ("registry lock", "en", "香港的註冊局鎖", "zh", "註冊局鎖"),
        ("註冊局鎖定", "zh", "un verrou de registre pour les banques", "fr", "verrou de registre"),
        ("phishing", "en", "борьба с фишингом", "ru", "фишингом"),
        ("hameçonnage", "fr", "مكافحة التصيد الاحتيالي", "ar", "التصيد الاحتيالي"),
        ("Côte d'Ivoire", "fr", "科特迪瓦的域名", "zh", "科特迪瓦"),
        ("TWNIC", "", "台灣網路資訊中心的報告", "zh", "台灣網路資訊中心"),
        ("2013年8月25日", "zh", "В ночь на 25 августа 2013 года", "ru", "25 августа 2013"),
        ("١٢ مايو ٢٠١٠", "ar", "on 12 May 2010", "en", "12 May 2010"),
    ],
)
def test_a_term_is_carried_over_and_marked_in_another_language(
    question: str, language: str, text: str, of_text: str, found: str
) -> None:
    terms = terms_of(question, language)
    assert found in [text[start:end] for start, end in term_spans(text, of_text, terms)]
    assert found in [text[a:b] for a, b in marked_words(text, question, of_text)]


def test_a_date_of_another_day_is_another_date() -> None:
    ((_, made),) = dates_in("25 august 2013")
    assert made.stands_in("am 25.8.2013", "")
    assert not made.stands_in("2013-08-26", "")
    assert not made.stands_in("125 august 2013", "")


def test_what_a_term_gains_is_the_same_in_every_language() -> None:
    passages = {
        1: _passage("The registry lock helped.", "en"),
        2: _passage("香港的註冊局鎖", "zh"),
        3: _passage("Un verrou de registre pour les banques", "fr"),
        4: _passage("The sky is blue.", "en"),
    }
    gained = gains(terms_of("registry lock", "en"), passages, "en")
    assert gained[1] == gained[2] == gained[3] > gained[4] == 0


def test_a_plain_word_of_the_own_language_is_no_name() -> None:
    passages = {n: _passage("rural schools learn", "en") for n in range(2)} | {
        n: _passage("о селе", "ru") for n in range(2, 40)
    }
    assert set(gains(terms_of("rural schools", "en"), passages, "en").values()) == {0}


def test_a_name_in_few_passages_of_any_language_is_found(seven: Library, encoder: Encoder) -> None:
    hit = search(seven, encoder, "DNSSEC").hits[0]
    assert hit.record.filename == "dnssec.md"
    assert "DNSSEC" in hit.passage.text[slice(*hit.sentence)]
    assert "DNSSEC" in [hit.passage.text[a:b] for a, b in hit.words]


@pytest.mark.parametrize(
    ("query", "filename"),
    [("registry lock", "lock.md"), ("續約率", "price.md"), ("тендер", "tender.md")],
)
def test_a_term_finds_what_another_language_calls_it(
    seven: Library, encoder: Encoder, query: str, filename: str
) -> None:
    hit = search(seven, encoder, query).hits[0]
    assert hit.record.filename == filename
    assert hit.words and hit.why == "both"


def test_by_meaning_alone_nothing_is_gained(seven: Library, encoder: Encoder) -> None:
    question = prepare(encoder, "registry lock")
    assert any(found.gained for found in rank(seven, encoder, question))
    assert not any(found.gained for found in rank(seven, encoder, question, by_words=False))


def test_a_passage_that_only_its_words_bring_says_so(seven: Library, encoder: Encoder) -> None:
    hits = search(seven, encoder, '"DNSSEC"').hits
    assert [hit.why for hit in hits] == ["words"]
