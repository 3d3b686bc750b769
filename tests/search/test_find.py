"""A question finds the right passage, whatever language either is written in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.adding import add_file
from index.encoding import Encoder
from index.library import Filters, Library
from search.find import PER_DOCUMENT, search

QUESTIONS = [
    ("كيف بقي النطاق متاحا عندما انقطع الكابل البحري؟", "anycast.md"),
    ("哪个注册局为银行提供注册局锁?", "lock.md"),
    ("Who helped rural schools to build web sites?", "schools.md"),
    ("¿Cómo se cambió la clave de la zona firmada?", "dnssec.md"),
    ("Qu'est-il arrivé quand le prix a baissé de moitié ?", "price.md"),
    ("Как быстро останавливают фишинговые имена?", "abuse.md"),
    ("政府如何选择国家域名的运营者?", "tender.md"),
    ("Quem protege os nomes dos bancos contra o sequestro?", "lock.md"),
]


@pytest.mark.parametrize(("question", "filename"), QUESTIONS)
def test_the_right_case_comes_first_across_languages(
    seven: Library, encoder: Encoder, question: str, filename: str
) -> None:
    hits = search(seven, encoder, question).hits
    assert hits[0].record.filename == filename
    assert hits[0].passage.text[slice(*hits[0].sentence)].strip()


def test_scores_fall_from_hit_to_hit(seven: Library, encoder: Encoder) -> None:
    scores = [hit.score for hit in search(seven, encoder, "anycast").hits]
    assert scores == sorted(scores, reverse=True)


def test_the_limit_holds_and_one_document_does_not_fill_it(
    library: Library, encoder: Encoder, put: Callable[[str, str], Path]
) -> None:
    sections = "\n\n".join(
        f"## Part {n}\n\n" + f"The anycast cloud has a site number {n} that answers. " * 12
        for n in range(9)
    )
    assert add_file(library, encoder, put("many.md", f"# Sites\n\n{sections}")).status == "added"
    assert len(search(library, encoder, "anycast sites", limit=10).hits) == PER_DOCUMENT
    assert len(search(library, encoder, "anycast sites", limit=2).hits) == 2


def test_filters_leave_out_everything_else(seven: Library, encoder: Encoder) -> None:
    hits = search(seven, encoder, "domains", filters=Filters(languages=("ru", "ar"))).hits
    assert {hit.passage.language for hit in hits} == {"ru", "ar"}


def test_a_quoted_phrase_must_occur(seven: Library, encoder: Encoder) -> None:
    hits = search(seven, encoder, 'who has a "tasa de renovación"').hits
    assert [hit.record.filename for hit in hits] == ["price.md"]
    assert search(seven, encoder, '"never written anywhere"').hits == ()
    assert [hit.record.filename for hit in search(seven, encoder, "「農村學校」").hits] == [
        "schools.md"
    ]


def test_words_of_the_question_are_marked_and_said_to_be_found(
    seven: Library, encoder: Encoder
) -> None:
    hit = search(seven, encoder, "shared anycast cloud").hits[0]
    marked = {hit.passage.text[start:end].lower() for start, end in hit.words}
    assert {"shared", "anycast cloud"} <= marked
    assert hit.why == "both"
    assert search(seven, encoder, "облако anycast-узлов на острове").hits[0].record


@pytest.mark.parametrize("query", ["", "   ", "?!…", '""', "\x00", "🙂", "x" * 20_000])
def test_odd_questions_are_answered_without_fault(
    seven: Library, encoder: Encoder, query: str
) -> None:
    assert search(seven, encoder, query).language in ("", "en", "es", "fr", "pt")


def test_an_empty_library_gives_no_hits(library: Library, encoder: Encoder) -> None:
    assert search(library, encoder, "anything").hits == ()
