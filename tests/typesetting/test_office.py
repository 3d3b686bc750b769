"""Presentations and Word documents are read back with python-pptx and python-docx."""

import io
import zipfile

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from pptx.util import Emu

from typesetting.body import Items, Span, Table
from typesetting.case import read_case
from typesetting.presentation import make_pptx
from typesetting.slides import BODY_HEIGHT, figure_height, plan
from typesetting.word_document import make_docx

from .conftest import HEADINGS, PARAGRAPHS, TITLES, CaseWriter

LANGUAGES = ["ar", "zh-Hans", "en"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_presentation_holds_every_section_its_table_chart_and_notes(
    write_case: CaseWriter, language: str
) -> None:
    deck = pptx.Presentation(io.BytesIO(make_pptx(read_case(write_case(language, "pptx")))))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[0] == TITLES["zh" if language == "zh-Hans" else language]
    assert {f"{HEADINGS[language]} {number}" for number in range(1, 8)} <= set(titles)
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    text = "\n".join(shape.text_frame.text for shape in shapes if shape.has_text_frame)
    assert PARAGRAPHS[language] in text.replace("\u200e", "")
    assert "https://example.org/report?id=7" in text
    assert any(shape.has_table for shape in shapes)
    chart = next(shape.chart for shape in shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [850, 1300]
    notes = [
        slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide
    ]
    assert HEADINGS[language] in notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_shape_reaches_beyond_its_slide(write_case: CaseWriter, language: str) -> None:
    deck = pptx.Presentation(io.BytesIO(make_pptx(read_case(write_case(language, "pptx")))))
    assert deck.slide_width and deck.slide_height
    for slide in deck.slides:
        for shape in slide.shapes:
            assert Emu(shape.left + shape.width) <= deck.slide_width
            assert Emu(shape.top + shape.height) <= deck.slide_height


def test_a_long_section_goes_on_to_another_slide_and_loses_nothing() -> None:
    said = (Span("A statement of about twelve words that takes up its place. " * 2),)
    slides = plan((Items(tuple((0, said) for _ in range(14))),), "Title")
    assert len(slides) > 1
    assert sum(len(slide.lines) for slide in slides) == 14
    assert all(slide.text_height <= BODY_HEIGHT for slide in slides)


def test_a_long_table_is_cut_and_its_head_repeated() -> None:
    cell = (Span("Some words of a cell"),)
    table = Table((cell, cell), tuple((cell, cell) for _ in range(40)))
    slides = plan((table,), "Title")
    figures = [slide.figure for slide in slides if isinstance(slide.figure, Table)]
    assert sum(len(figure.rows) for figure in figures) == 40
    assert all(figure.head == table.head for figure in figures)
    for slide in slides:
        assert slide.figure is not None
        assert figure_height(slide.figure, slide.table_size) <= BODY_HEIGHT


def test_arabic_slides_read_right_to_left(write_case: CaseWriter) -> None:
    deck = pptx.Presentation(io.BytesIO(make_pptx(read_case(write_case("ar", "pptx")))))
    body = deck.slides[1].placeholders[1].text_frame.paragraphs[0]
    assert body._p.pPr.get("rtl") == "1"
    assert body._p.pPr.get("algn") == "r"
    assert "\u200e.om" in body.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_document_has_headings_a_table_links_and_properties(
    write_case: CaseWriter, language: str
) -> None:
    document = docx.Document(io.BytesIO(make_docx(read_case(write_case(language, "docx")))))
    headings = [
        one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"
    ]
    assert [f"{HEADINGS[language]} {number}" for number in range(1, 8)] == headings[:7]
    assert PARAGRAPHS[language] in [one.text for one in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert {"63%", "1,300", "3,599"} & set(cells)
    assert document.core_properties.title == TITLES["zh" if language == "zh-Hans" else language]
    assert document.core_properties.language[:2] == language[:2]
    assert document.core_properties.created.date().isoformat() == "2026-11-25"
    links = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert "https://example.org/report?id=7" in links
    assert "PAGE" in document.sections[0].footer._element.xml


def test_arabic_paragraphs_of_a_word_document_are_bidirectional(write_case: CaseWriter) -> None:
    document = docx.Document(io.BytesIO(make_docx(read_case(write_case("ar", "docx")))))
    paragraph = next(one for one in document.paragraphs if one.text == PARAGRAPHS["ar"])
    assert list(paragraph._p.iter(qn("w:bidi")))
    directions = {run.text: run.font.rtl for run in paragraph.runs}
    assert directions[".om"] is None
    assert any(directions.values())


@pytest.mark.parametrize("kind", ["pptx", "docx"])
def test_office_files_are_the_same_to_the_byte(write_case: CaseWriter, kind: str) -> None:
    case = read_case(write_case("en", kind))
    make = make_pptx if kind == "pptx" else make_docx
    first = make(case)
    assert first == make(case)
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {entry.date_time[:3] for entry in package.infolist()} == {(2026, 11, 25)}
