"""A briefing on paper: its frame translated, what is quoted shown as text and nothing else."""

from __future__ import annotations

import io
import json
import sys

import pytest
from pypdf import PdfReader

from caselib.brief_pdf import PDFUnavailable, as_pdf
from caselib.briefs import as_json, as_markdown, escaped
from index.library import Record, StoredPassage
from search.answers import Quotation
from search.briefings import Briefing
from search.contacts import Asked, Contact

HOSTILE = (
    "A [link](https://bad.example) & <script>alert(1)</script> *bold* `code` \u202egnp\n"
    "# not a heading $x$ www.bad.example."
)
FRENCH = {"What the problem is": "Quel est le problème", "p. {page}": "page {page}"}


def record(number: int, title: str, code: str, language: str = "en") -> Record:
    name = f"{number:016x}"
    return Record(
        *(name, name * 4, f"{number}.pdf", "application/pdf", 1, title, 2020),
        *((code,), (language,), 2, 3, "2026-01-01T00:00:00+00:00"),
    )


def quotation(of: Record, text: str, page: int = 1) -> Quotation:
    passage = StoredPassage(1, of.document, 1, page, of.language, text, False)
    return Quotation(of, passage, (0, len(text)), 1.0)


def briefing(language: str = "en", text: str = "Names were stolen.") -> Briefing:
    one, two = record(1, "How it *began*", "tw"), record(2, "كيف انتهى", "eg", "ar")
    contact = Contact("a@nic.tw", quotation(one, "write to a@nic.tw", 2).passage)
    return Briefing(
        *("security", "AP", "", language),
        problem=(quotation(one, text),),
        cases=(
            (quotation(two, "وقّع السجل المنطقة في 2011."), quotation(two, "لم يحدث شيء بعدها.", 2)),
        ),
        disagreements=(),
        by_region=(("AP", quotation(one, "Two of three were recovered.")),),
        by_kind=(("non-profit", quotation(one, "A lock was introduced.")),),
        start=(one,),
        whom=(Asked("tw", "TWNIC", (one,), ("en",), (contact,)),),
        documents=2,
        registries=2,
        periods={one.document: (2018, 2020)},
    )


def test_every_line_has_its_source_and_each_source_its_number() -> None:
    page = as_markdown(briefing())
    assert "# Security · Asia, Australia and the Pacific" in page
    assert "Names were stolen.\u2069” ([1], p. 1)" in page
    assert "(Taiwan), 2018–2020" in page
    assert "([2], p. 2, Arabic)" in page
    assert "contact given there: \u2068a\\@nic.tw\u2069 (p. 2)" in page
    assert page.index("## Sources") > page.index("## Whom to ask")
    assert "1. **\u2068How it \\*began\\*\u2069** (" in page


def test_the_frame_is_translated_and_what_is_quoted_is_not() -> None:
    page = as_markdown(briefing("fr"), lambda text: FRENCH.get(text, text))
    assert "## Quel est le problème" in page and "# Sécurité" in page
    assert "«\u202f\u2068Names were stolen.\u2069\u202f» ([1], page 1, anglais)" in page


def test_a_right_to_left_page_keeps_its_direction() -> None:
    assert "- **\u200f\u200e.tw\u200e (تايوان)، 2018–2020**" in as_markdown(briefing("ar"))


def test_what_a_document_says_is_never_markup() -> None:
    page = as_markdown(briefing(text=HOSTILE))
    assert "\u202e" not in page and "[link](" not in page and "<script>" not in page
    assert "\n# not" not in page and "\\*bold\\*" in page and "\\`code\\`" in page
    assert "https://" not in page and "www.bad" not in page
    assert escaped("a_b") == "a\\_b"


def test_an_empty_briefing_says_so() -> None:
    empty = Briefing(
        *("security", "", "", "en", (), (), (), (), (), (), ()), documents=0, registries=0
    )
    page = as_markdown(empty)
    assert page == "# Security\n\nThe library holds no document on this topic yet.\n"


def test_the_json_names_document_page_and_language_of_every_sentence() -> None:
    said = json.loads(json.dumps(as_json(briefing())))
    assert said["topic"] == "security" and said["region"] == "AP" and said["registry"] is None
    assert said["problem"][0]["page"] == 1 and said["problem"][0]["language"] == "en"
    assert said["cases"][0]["outcome"]["text"] == "لم يحدث شيء بعدها."
    assert said["by_region"][0]["region"] == "AP"
    assert said["start"][0]["tells_of"] == [2018, 2020]
    assert said["whom_to_ask"][0]["contacts"][0]["address"] == "a@nic.tw"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_pdf_is_one_page_that_says_the_same(language: str) -> None:
    pytest.importorskip("typst")
    try:
        made = as_pdf(briefing(language, text=HOSTILE))
    except PDFUnavailable as error:
        pytest.skip(str(error))
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) == 1
    assert "<script>alert(1)</script>" in pages[0].extract_text()


def test_without_typst_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PDFUnavailable, match="pip install typst"):
        as_pdf(briefing())
