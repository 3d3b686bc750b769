"""An answer is quoted from the library with its source, or the library is said not to say."""

from __future__ import annotations

import pytest

from index.encoding import Encoder
from index.library import Library
from search import answers
from search.answers import ask


@pytest.mark.parametrize(
    ("question", "filename", "quoted"),
    [
        ("How many schools built their own web sites?", "schools.md", "四百所"),
        ("¿Cuándo se cortó el cable submarino?", "anycast.md", "2019"),
        ("Combien de temps dure le contrat de l'opérateur ?", "tender.md", "dez anos"),
        ("Где хранятся ключи зоны?", "dnssec.md", "в двух городах"),
        ("كم شخصا يلزم لتعديل اسم مقفل؟", "lock.md", "deux personnes"),
    ],
)
def test_the_sentence_that_answers_is_quoted_from_another_language(
    seven: Library, encoder: Encoder, question: str, filename: str, quoted: str
) -> None:
    given = ask(seven, encoder, question, threshold=0.2)
    first = [quotation for quotation in given.quotations[:3] if quoted in quotation.text]
    assert first
    assert first[0].record.filename == filename
    assert first[0].text in first[0].passage.text


def test_quotations_come_best_first_and_none_twice(seven: Library, encoder: Encoder) -> None:
    given = ask(seven, encoder, "What did the registry do against phishing?", threshold=0.1)
    scores = [quotation.score for quotation in given.quotations]
    assert scores == sorted(scores, reverse=True)
    assert len({quotation.text for quotation in given.quotations}) == len(scores) <= 6


@pytest.mark.parametrize(
    "question",
    [
        "How long do I boil an egg?",
        "Кто выиграл чемпионат мира по хоккею?",
        "وصفة خبز بالزعتر",
        "asdf qwer zxcv",
        "这首诗是谁写的?",
    ],
)
def test_what_the_library_does_not_hold_is_not_answered(
    seven: Library, encoder: Encoder, question: str
) -> None:
    given = ask(seven, encoder, question)
    assert given.abstained
    assert given.reason == answers.NOTHING_NEAR
    assert given.nearest


def test_another_registry_than_the_one_asked_about_is_less_sure(
    seven: Library, encoder: Encoder
) -> None:
    plain = ask(seven, encoder, "How did the registry stop phishing names?")
    other = ask(seven, encoder, "How did the registry of Iceland stop phishing names?")
    assert other.confidence < plain.confidence


def test_an_empty_library_says_so(library: Library, encoder: Encoder) -> None:
    given = ask(library, encoder, "How is phishing fought?")
    assert given.abstained
    assert given.reason == answers.EMPTY


def test_nothing_asked_is_nothing_answered(seven: Library, encoder: Encoder) -> None:
    assert ask(seven, encoder, "   ").reason == answers.NO_QUESTION
