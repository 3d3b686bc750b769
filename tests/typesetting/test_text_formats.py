"""Web pages and Markdown."""

import pytest
from lxml import html

from typesetting.case import read_case
from typesetting.markdown import make_markdown
from typesetting.web_page import make_html

from .conftest import HEADINGS, PARAGRAPHS, TITLES, CaseWriter


@pytest.mark.parametrize("language", ["ar", "zh-Hans", "en"])
def test_a_web_page_is_semantic_and_loads_nothing(write_case: CaseWriter, language: str) -> None:
    page = make_html(read_case(write_case(language, "html"))).decode()
    tree = html.document_fromstring(page)
    assert tree.get("lang") == language
    assert tree.get("dir") == ("rtl" if language == "ar" else None)
    assert tree.findtext(".//title") == TITLES["zh" if language == "zh-Hans" else language]
    assert PARAGRAPHS[language] in [one.text_content() for one in tree.iter("p")]
    assert next(tree.iter("h2")).text_content() == f"{HEADINGS[language]} 1"
    assert tree.find(".//table/thead") is not None
    assert not tree.xpath("//script | //link | //img | //@src")
    assert "https://example.org/report?id=7" in tree.xpath("//footer//a/@href")


def test_text_of_a_case_is_never_markup(write_case: CaseWriter) -> None:
    body = "## A & B\n\n" + "It says 1 < 2 and `<script>alert(1)</script>` here. " * 60
    page = make_html(read_case(write_case("en", "html", body=body, title="<b>Bold</b>"))).decode()
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_markdown_shows_charts_as_tables_and_ends_with_sources(write_case: CaseWriter) -> None:
    text = make_markdown(read_case(write_case("en", "md"))).decode()
    assert text.startswith(f"# {TITLES['en']}\n")
    assert "| 2019 | 1,300 |" in text
    assert "```" not in text
    assert text.rstrip().endswith("2. The offer: <https://example.org/news>")
    assert "25 November 2026" in text
