"""PDFs are read back with what the library itself reads them with: pypdf, in plain mode."""

import io
import re
import unicodedata

import pypdf
import pypdfium2  # type: ignore[import-untyped]
import pytest

from typesetting.body import block_text
from typesetting.case import Case, read_case
from typesetting.pdf import column_widths, make_pdf, numeric_columns

from .conftest import HEADINGS, PARAGRAPHS, TITLES, CaseWriter

pytestmark = pytest.mark.usefixtures("noto")


def read_back(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return unicodedata.normalize("NFKC", "\n".join(page.extract_text() for page in pages))


def words_missing(case: Case, text: str) -> list[str]:
    source = "\n".join(block_text(block) for block in case.body)
    found = set(text.split())
    return [word for word in unicodedata.normalize("NFKC", source).split() if word not in found]


@pytest.mark.parametrize("kind", ["pdf", "pdf-two-column"])
def test_arabic_is_extracted_in_logical_order_with_plain_letters(
    write_case: CaseWriter, kind: str
) -> None:
    case = read_case(write_case("ar", kind))
    text = read_back(make_pdf(case))
    assert words_missing(case, text) == []
    flowing = " ".join(text.split())
    assert "ولا يُلغى مسجلاً إلا بطلب من الهيئة، كما تقول ICANN في وثيقة DNSSEC" in flowing
    assert "في عام 2019 (مقابل 850 في 2018)، أي بزيادة 53%." in flowing
    assert "عُمان، المشغّلة للنطاق .om ولنطاق .عمان (العربي)، مبادرةً" in flowing
    assert not re.search(r"[\ufb50-\ufdff\ufe70-\ufeff\u200e\u200f\u202a-\u202e]", text)


def test_cells_of_an_arabic_table_stay_apart(write_case: CaseWriter) -> None:
    text = read_back(make_pdf(read_case(write_case("ar", "pdf"))))
    assert "أسماء com.om 63%" in text
    assert "البند العدد" in text


def test_latin_text_in_an_arabic_document_keeps_its_brackets(write_case: CaseWriter) -> None:
    text = read_back(make_pdf(read_case(write_case("ar", "pdf"))))
    assert "Names (and fees) of 2019" in text
    assert "(CC BY 4.0)" in text


def test_chinese_is_extracted_whole_and_without_stray_spaces(write_case: CaseWriter) -> None:
    text = read_back(make_pdf(read_case(write_case("zh-Hans", "pdf"))))
    sentence = unicodedata.normalize("NFKC", PARAGRAPHS["zh-Hans"])
    assert sentence.replace(" ", "") in re.sub(r"\s", "", text)
    paragraphs = [line for line in text.splitlines() if "互联网络" in line and "•" not in line]
    assert paragraphs
    assert not any(re.search(r"[\u4e00-\u9fff] [\u4e00-\u9fff]", line) for line in paragraphs)


def test_two_columns_are_extracted_one_after_the_other(write_case: CaseWriter) -> None:
    case = read_case(write_case("en", "pdf-two-column"))
    text = " ".join(read_back(make_pdf(case)).split())
    assert words_missing(case, text) == []
    assert text.count(PARAGRAPHS["en"]) >= 7
    places = [text.index(f"{HEADINGS['en']} {number}") for number in range(1, 8)]
    assert places == sorted(places)


def test_ligatures_are_read_as_their_letters_by_both_readers(write_case: CaseWriter) -> None:
    pdf = make_pdf(read_case(write_case("en", "pdf")))
    pages = pypdfium2.PdfDocument(pdf)
    other = "\n".join(page.get_textpage().get_text_range() for page in pages)
    for text in (read_back(pdf), unicodedata.normalize("NFKC", other)):
        assert {"offices,", "first", "filings", "simplified,", "official", "confirmed"} <= set(
            text.split()
        )


@pytest.mark.parametrize("language", ["ar", "zh-Hans", "en"])
def test_pdf_names_title_language_and_date_of_writing(
    write_case: CaseWriter, language: str
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(make_pdf(read_case(write_case(language, "pdf")))))
    assert reader.metadata is not None
    assert reader.metadata.title == TITLES["zh" if language == "zh-Hans" else language]
    assert str(reader.metadata.creation_date).startswith("2026-11-25")
    root = reader.trailer["/Root"]
    assert root["/Lang"] in {"ar", "zh-CN", "en"}  # type: ignore[index]


def test_sources_are_links_and_fonts_are_embedded(write_case: CaseWriter) -> None:
    reader = pypdf.PdfReader(io.BytesIO(make_pdf(read_case(write_case("ar", "pdf")))))
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    ]
    assert "https://example.org/report?id=7" in links
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert "+" in font["/BaseFont"]


@pytest.mark.parametrize(("language", "kind"), [("ar", "pdf"), ("zh-Hans", "pdf-two-column")])
def test_the_same_case_gives_the_same_bytes(
    write_case: CaseWriter, language: str, kind: str
) -> None:
    case = read_case(write_case(language, kind))
    assert make_pdf(case) == make_pdf(case)


def test_reading_order_leaves_the_look_of_a_page_alone(
    write_case: CaseWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = read_case(write_case("ar", "pdf"))
    ordered = make_pdf(case)
    monkeypatch.setattr("typesetting.pdf.in_reading_order", lambda pdf, right_to_left: pdf)
    as_typst_wrote_it = make_pdf(case)
    assert ordered != as_typst_wrote_it
    for one, other in zip(
        pypdfium2.PdfDocument(ordered), pypdfium2.PdfDocument(as_typst_wrote_it), strict=True
    ):
        first, second = (page.render(scale=1).to_numpy().astype(int) for page in (one, other))
        assert abs(first - second).mean() < 0.05


def test_an_arabic_name_in_a_left_to_right_document_is_read_right(write_case: CaseWriter) -> None:
    body = "## Names\n\n" + "The name عُمان stands beside the code .om in the list. " * 40
    text = read_back(make_pdf(read_case(write_case("en", "pdf", body=body))))
    assert "name عُمان stands" in " ".join(text.split())


def test_columns_of_figures_are_told_from_columns_of_words(write_case: CaseWriter) -> None:
    case = read_case(write_case("en", "pdf"))
    table = next(block for block in case.body if type(block).__name__ == "Table")
    assert numeric_columns(table) == [False, True]  # type: ignore[arg-type]
    assert len(column_widths(table)) == 2  # type: ignore[arg-type]
