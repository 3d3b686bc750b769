"""A summary is quoted: three sentences of the document, word for word, in its order."""

from __future__ import annotations

import numpy as np

from index.encoding import Encoder
from index.library import DocumentVectors, Library
from index.summaries import SENTENCES, summarise
from ingest.document import Page, Passage
from ingest.sentences import split_sentences

LOCK = (
    "The registry opened a registry lock for banks in 2019. "
    "Is that enough? "
    "A change to a locked name needs two people and a telephone call. "
    "Lunch on the opening day was served in the garden behind the office. "
    "No locked name has been hijacked since the registry lock was introduced. "
    "Banks pay forty euros a year for the registry lock."
)


def summary_of(encoder: Encoder, passages: list[Passage], title: str = "") -> list[str]:
    pages = [Page(passage.page, passage.text) for passage in passages]
    quotes = summarise(passages, encoder.encode_passages(passages), pages, title)
    return [quote.text for quote in quotes]


def test_three_central_sentences_are_quoted_in_order(encoder: Encoder) -> None:
    chosen = summary_of(encoder, [Passage(1, LOCK, "en")])
    assert len(chosen) == SENTENCES
    assert all(sentence in LOCK for sentence in chosen)
    assert chosen == sorted(chosen, key=LOCK.index)
    assert not any("Lunch" in sentence or "?" in sentence for sentence in chosen)


def test_each_sentence_has_its_page(encoder: Encoder) -> None:
    passages = [
        Passage(2, "The registry lowered its price by half for the whole of one year.", "en"),
        Passage(5, "New registrations doubled while the lower price was in force.", "en"),
        Passage(9, "The renewal rate fell once the price had been raised again.", "en"),
    ]
    quotes = summarise(passages, encoder.encode_passages(passages))
    assert [quote.page for quote in quotes] == [2, 5, 9]


def test_headings_titles_tables_and_sources_are_not_quoted(encoder: Encoder) -> None:
    title = "How one registry lock protects the names of many banks."
    passages = [
        Passage(1, title, "en"),
        Passage(1, "Year | Locked names | Banks | Income of the registry in euros", "en"),
        Passage(1, LOCK, "en"),
        Passage(2, "1. https://example.org/lock on banks 2. https://example.org/more.", "en"),
    ]
    chosen = summary_of(encoder, passages, title)
    assert all(sentence in LOCK for sentence in chosen)


def test_the_same_sentence_is_quoted_once(encoder: Encoder) -> None:
    sentence = "The registry opened a registry lock for the banks of the country."
    other = "A change to a locked name needs two people and a telephone call."
    chosen = summary_of(encoder, [Passage(n, f"{sentence} {other}", "en") for n in (1, 2, 3)])
    assert chosen == [sentence, other]


def test_phrases_stand_in_where_slides_have_no_sentences(encoder: Encoder) -> None:
    slide = "Two people and a telephone call for every change of a locked name"
    passages = [Passage(1, "Registry lock", "en"), Passage(2, slide, "en")]
    assert summary_of(encoder, passages) == [slide]


def test_quotes_are_in_the_documents_own_language(encoder: Encoder) -> None:
    chinese = "注册局为农村学校免费提供域名和网站模板，三年里有四百所学校建立了自己的网站。"
    more = "教师接受了两天的培训，学生自己写文章并上传照片，学校之间互相评比。"
    passages = [
        Passage(1, chinese, "zh"),
        Passage(2, more, "zh"),
        Passage(3, "In short: schools in the countryside received names and templates.", "en"),
    ]
    assert summary_of(encoder, passages) == [chinese, more]


def test_of_nothing_there_is_no_summary() -> None:
    empty = DocumentVectors(np.zeros((0, 4), np.float32), (), np.zeros((0, 4), np.float32))
    assert summarise([], empty) == ()


def test_documents_that_were_added_have_quoted_summaries(seven: Library) -> None:
    for record in seven.records():
        assert 1 <= len(record.summary) <= SENTENCES
        pages = {page.number: page.text for page in seven.pages(record.document)}
        for quote in record.summary:
            assert "".join(quote.text.split()) in "".join(pages[quote.page].split())
            assert len(split_sentences(quote.text, record.language)) == 1
