"""A case becomes a Word document: real headings, tables, links, properties, page numbers."""

import io
from typing import Any

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from typesetting.body import (
    Block,
    Chart,
    Heading,
    Inline,
    Items,
    Notes,
    Paragraph,
    Span,
    Table,
    direction,
    left_to_right_pieces,
)
from typesetting.case import Case
from typesetting.office_package import (
    ARABIC,
    EAST_ASIAN,
    LATIN,
    LOCALES,
    set_properties,
    with_fixed_dates,
)
from typesetting.wording import WORDINGS, chart_credit, facts, notice, number

_ACCENT = RGBColor(0x1D, 0x5C, 0x63)
_MUTED = RGBColor(0x5D, 0x68, 0x6C)
_LINE, _TINT = "C9D3D4", "EEF4F4"


def make_docx(case: Case) -> bytes:
    """Set a case as a Word document; the same case gives the same bytes."""
    document = docx.Document()
    _prepare(document, case)
    writer = _Writer(document, case)
    writer.opening()
    for block in case.body:
        writer.block(block)
    writer.sources()
    out = io.BytesIO()
    document.save(out)
    return with_fixed_dates(out.getvalue(), case.written)


def _prepare(document: Document, case: Case) -> None:
    set_properties(document.core_properties, case)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.4)
    for name, size, before, after in (
        ("Normal", 11, 0, 7), ("Title", 22, 4, 10), ("Heading 1", 14, 18, 6),
        ("Heading 2", 12, 12, 4), ("List Bullet", 11, 0, 4), ("List Number", 11, 0, 4),
        ("Quote", 11, 0, 7), ("Caption", 9, 8, 4),
    ):  # fmt: skip
        _style(document.styles[name], size, before, after, case)
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _page_number(document, case)


def _style(style: Any, size: int, before: int, after: int, case: Case) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    fonts.set(qn("w:eastAsia"), EAST_ASIAN.get(case.language, "Microsoft YaHei"))
    fonts.set(qn("w:cs"), ARABIC)
    _child(style.element.rPr, "w:szCs", str(size * 2))
    language = _child(style.element.rPr, "w:lang", LOCALES[case.language])
    if case.chinese:
        language.set(qn("w:val"), "en-GB")
        language.set(qn("w:eastAsia"), LOCALES[case.language])
    language.set(qn("w:bidi"), "ar-SA")
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(before), Pt(after)
    spacing.line_spacing = 1.05 if size > 12 else 1.2
    if style.name in ("Title", "Heading 1", "Heading 2"):
        style.font.color.rgb, style.font.bold, style.font.cs_bold = _ACCENT, True, True
        spacing.keep_with_next = True


def _child(parent: Any, tag: str, value: str) -> Any:
    found = parent.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        parent.append(found)
    found.set(qn("w:val"), value)
    return found


def _page_number(document: Document, case: Case) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size, run.font.color.rgb = Pt(8), _MUTED
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


class _Writer:
    """Writes blocks into a document, each paragraph in the case's direction."""

    def __init__(self, document: Document, case: Case) -> None:
        self.document, self.case = document, case
        self.words = WORDINGS[case.language]
        self.arabic = case.language == "ar"

    def opening(self) -> None:
        domains = " · ".join(f".{one}" for one in self.case.registries[:4])
        label = self.paragraph((Span(f"{self.words.case_study} · {domains}", bold=True),))
        self.paragraph((Span(self.case.title),), "Title")
        pairs = facts(self.case)
        table = self.document.add_table(len(pairs), 2)
        for row, (name, value) in zip(table.rows, pairs, strict=True):
            for cell, text in zip(row.cells, (name, value), strict=True):
                self.fill(cell.paragraphs[0], (Span(text),), size=9.5)
                cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            for run in row.cells[0].paragraphs[0].runs:
                run.font.color.rgb = _MUTED
        self.finish(table, (4.4, 11.0), lines=False)
        for run in label.runs:
            run.font.size, run.font.color.rgb = Pt(9.5), _MUTED
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def block(self, block: Block) -> None:
        match block:
            case Heading():
                self.paragraph(block.content, "Heading 1" if block.level <= 2 else "Heading 2")
            case Paragraph():
                self.paragraph(block.content)
            case Items():
                style = "List Number" if block.ordered else "List Bullet"
                for level, content in block.entries:
                    made = self.paragraph(content, style)
                    if level:
                        made.paragraph_format.left_indent = Cm(0.63 * (level + 1))
            case Table():
                self.table(block.head, block.rows)
            case Chart():
                self.chart(block)
            case Notes():
                for content in block.paragraphs:
                    self.paragraph(content, "Quote")

    def chart(self, chart: Chart) -> None:
        """A chart's figures as a table: Word would hold its drawing as a picture without text."""
        caption = self.paragraph((Span(chart.title, bold=True),), "Caption")
        caption.paragraph_format.keep_with_next = True
        rows = tuple(
            ((Span(label),), (Span(number(value, self.case.language)),))
            for label, value in zip(chart.labels, chart.values, strict=True)
        )
        self.table(((Span(""),), (Span(chart.unit),)), rows)
        self.paragraph((Span(chart_credit(chart, self.case)),), "Caption")

    def table(self, head: tuple[Inline, ...], rows: tuple[tuple[Inline, ...], ...]) -> None:
        table = self.document.add_table(1 + len(rows), len(head))
        for row, contents in zip(table.rows, (head, *rows), strict=True):
            for cell, content in zip(row.cells, contents, strict=False):
                self.fill(cell.paragraphs[0], content, size=9.5)
                cell.paragraphs[0].paragraph_format.space_after = Pt(3)
                cell.paragraphs[0].paragraph_format.space_before = Pt(3)
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.font.bold, run.font.color.rgb = True, _ACCENT
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), _TINT)
            cell._tc.get_or_add_tcPr().append(shade)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self.finish(table, None, lines=True)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def finish(self, table: Any, widths: tuple[float, ...] | None, *, lines: bool) -> None:
        properties = table._tbl.tblPr
        if self.arabic:
            properties.append(OxmlElement("w:bidiVisual"))
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "bottom", *(("insideH",) if lines else ())):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("color", _LINE)):
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
        properties.append(borders)
        table.autofit = widths is None
        for column, width in zip(table.columns, widths or (), strict=False):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def sources(self) -> None:
        self.paragraph((Span(self.words.sources),), "Heading 1")
        said = self.paragraph((Span(notice(self.case)),))
        for run in said.runs:
            run.font.size, run.font.color.rgb = Pt(9.5), _MUTED
        for place, source in enumerate(self.case.sources, 1):
            paragraph = self.paragraph((Span(f"{place}. {source.supports}"),))
            if self.arabic and direction(source.supports) == "ltr":
                self.left_to_right(paragraph)
            for run in paragraph.runs:
                run.font.size = Pt(9.5)
            paragraph.add_run().add_break()
            self.link(paragraph, source.url)

    def left_to_right(self, paragraph: WordParagraph) -> None:
        """Turn a paragraph of an Arabic document round, and keep it at the right margin."""
        for mark in (*paragraph._p.iter(qn("w:bidi")), *paragraph._p.iter(qn("w:rtl"))):
            parent: Any = mark.getparent()
            parent.remove(mark)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def link(self, paragraph: WordParagraph, url: str) -> None:
        """Add an address that opens on a click (ISO/IEC 29500-1, 17.16.22)."""
        link: Any = OxmlElement("w:hyperlink")
        link.set(
            qn("r:id"),
            paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
        )
        run = paragraph.add_run(url)
        run.font.size, run.font.color.rgb, run.font.underline = Pt(9), _ACCENT, True
        link.append(run._r)
        paragraph._p.append(link)

    def paragraph(self, content: Inline, style: str = "Normal") -> WordParagraph:
        made = self.document.add_paragraph(style=style)
        self.fill(made, content)
        return made

    def fill(self, paragraph: WordParagraph, content: Inline, size: float | None = None) -> None:
        if self.arabic:
            # First in w:pPr but for style and spacing, whose order python-docx keeps.
            properties: Any = paragraph._p.get_or_add_pPr()
            properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        for span in content:
            pieces = left_to_right_pieces(span.text) if self.arabic else ((span.text, False),)
            for text, ltr in pieces:
                run = paragraph.add_run(text)
                run.bold, run.italic = span.bold or None, span.italic or None
                if size:
                    run.font.size = Pt(size)
                    _child(run._r.get_or_add_rPr(), "w:szCs", str(round(size * 2)))
                if span.code:
                    run.font.name = "Consolas"
                if self.arabic and not ltr:
                    _right_to_left(run)


_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
    "w:pPrChange",
)  # fmt: skip


def _right_to_left(run: Run) -> None:
    """Say that a run reads right to left; bold and italic then need their own twins (17.3.2)."""
    if run.bold:
        run.font.cs_bold = True
    if run.italic:
        run.font.cs_italic = True
    run.font.rtl = True
