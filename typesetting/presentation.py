"""A case becomes a presentation: 16:9, native tables and charts, notes, sources at the end."""

import io
import math
from typing import Any

import pptx
from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.util import Inches, Pt

from typesetting.body import Chart, Inline, Span, Table, direction, left_to_right_pieces
from typesetting.case import Case, Source
from typesetting.office_package import (
    ARABIC,
    EAST_ASIAN,
    LATIN,
    LOCALES,
    set_properties,
    with_fixed_dates,
)
from typesetting.slides import BODY_WIDTH, Line, Slide, plan, row_height, table_widths
from typesetting.wording import WORDINGS, chart_credit, countries, notice


def _colour(digits: str) -> RGBColor:
    return RGBColor.from_string(digits)  # type: ignore[no-any-return, no-untyped-call]


_ACCENT = _colour("1D5C63")
_INK = _colour("1C2426")
_MUTED = _colour("5D686C")
_TINT = _colour("EEF4F4")
_WHITE = _colour("FFFFFF")
_LEFT, _TOP = 0.8, 1.65
_TITLE_SLIDE, _TITLE_AND_TEXT, _TITLE_ONLY = 0, 1, 5
_SOURCES_ON_A_SLIDE = 7


def make_pptx(case: Case) -> bytes:
    """Set a case as a presentation; the same case gives the same bytes."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)
    set_properties(deck.core_properties, case)
    writer = _Writer(deck, case)
    writer.opening()
    for slide in plan(case.body, case.title):
        writer.slide(slide)
    writer.sources()
    out = io.BytesIO()
    deck.save(out)
    return with_fixed_dates(out.getvalue(), case.written)


class _Writer:
    """Adds slides to a deck, each paragraph in the case's direction and language."""

    def __init__(self, deck: Presentation, case: Case) -> None:
        self.deck, self.case = deck, case
        self.words = WORDINGS[case.language]
        self.arabic = case.language == "ar"

    def opening(self) -> None:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[_TITLE_SLIDE])
        self.band(slide, 0, 0, 13.333, 7.5, _ACCENT)
        domains = " · ".join(f".{one}" for one in self.case.registries[:6])
        title, below = slide.shapes.title, slide.placeholders[1]
        self.place(title, _LEFT, 1.9, BODY_WIDTH, 2.5)
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        size = 40 if len(self.case.title) < (28 if self.case.chinese else 60) else 34
        self.fill(title.text_frame.paragraphs[0], (Span(self.case.title, True),), size, _WHITE)
        self.place(below, _LEFT, 4.6, BODY_WIDTH, 1.9)
        separator = self.words.separator
        said = (
            separator.join(self.case.organisations),
            " · ".join((domains, *countries(self.case)[:4], self.case.year.replace("-", "–"))),
        )
        for text in said:
            paragraph = below.text_frame.paragraphs[0]
            if paragraph.runs:
                paragraph = below.text_frame.add_paragraph()
            self.fill(paragraph, (Span(text),), 20, _TINT)
            paragraph.space_after = Pt(6)
        self.box(slide, 0.7, 0.5, (Span(self.words.case_study, True),), 16, _TINT)
        title._element.getparent().append(title._element)
        below._element.getparent().append(below._element)

    def slide(self, plan: Slide) -> None:
        slide = self.titled(plan.title, _TITLE_AND_TEXT if plan.lines else _TITLE_ONLY)
        top = _TOP
        if plan.lines:
            height = plan.text_height + 0.1 if plan.figure else 5.1
            self.place(slide.placeholders[1], _LEFT, top, BODY_WIDTH, height)
            self.lines(slide.placeholders[1].text_frame, plan)
            top += height + 0.1
        if isinstance(plan.figure, Table):
            self.table(slide, plan.figure, top, plan.table_size)
        elif plan.figure:
            self.chart(slide, plan.figure, top)
        if plan.notes:
            frame = slide.notes_slide.notes_text_frame
            for place, content in enumerate(plan.notes):
                paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
                self.fill(paragraph, content, 12, _INK)

    def titled(self, content: Inline, layout: int) -> Any:
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[layout])
        self.band(slide, _LEFT + (BODY_WIDTH - 0.9 if self.arabic else 0), 1.42, 0.9, 0.05, _ACCENT)
        title = slide.shapes.title
        self.place(title, _LEFT, 0.4, BODY_WIDTH, 0.95)
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        length = sum(len(span.text) for span in content) * (1.9 if self.case.chinese else 1)
        size = 28 if length <= 58 else 24 if length <= 125 else 20
        self.fill(title.text_frame.paragraphs[0], content, size, _ACCENT, bold=True)
        self.number(slide)
        return slide

    def number(self, slide: Any) -> None:
        number = (Span(str(len(self.deck.slides))),)
        paragraph = self.box(slide, 6.95, 0.35, number, 11, _MUTED)
        paragraph.alignment = PP_ALIGN.LEFT if self.arabic else PP_ALIGN.RIGHT

    def lines(self, frame: Any, plan: Slide) -> None:
        for place, line in enumerate(plan.lines):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            self.fill(paragraph, line.content, plan.text_size, _INK)
            paragraph.space_after = Pt(plan.text_size * 0.5)
            self.bullet(paragraph, line)

    def bullet(self, paragraph: Any, line: Line) -> None:
        properties = paragraph._p.get_or_add_pPr()
        indent = Inches(0.35) if line.level is not None else 0
        properties.set("marL", str(indent * ((line.level or 0) + 1)))
        properties.set("indent", str(-indent))
        if line.level is None:
            etree.SubElement(properties, qn("a:buNone"))
            return
        colour = etree.SubElement(etree.SubElement(properties, qn("a:buClr")), qn("a:srgbClr"))
        colour.set("val", str(_ACCENT))
        etree.SubElement(properties, qn("a:buFont")).set("typeface", "Arial")
        if line.number is None:
            etree.SubElement(properties, qn("a:buChar")).set("char", "•")
        else:
            numbered = etree.SubElement(properties, qn("a:buAutoNum"))
            numbered.set("type", "arabicPeriod")

    def table(self, slide: Any, table: Table, top: float, size: int) -> None:
        widths = table_widths(table)
        rows = (table.head, *table.rows)
        heights = [row_height(row, widths, size) for row in rows]
        place = map(Inches, (_LEFT, top, BODY_WIDTH, sum(heights)))
        frame = slide.shapes.add_table(len(rows), len(widths), *place)
        made = frame.table
        if self.arabic:
            made._tbl.tblPr.set("rtl", "1")
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Inches(width)
        for place_, (contents, height) in enumerate(zip(rows, heights, strict=True)):
            made.rows[place_].height = Inches(height)
            for cell, content in zip(made.rows[place_].cells, contents, strict=False):
                head = place_ == 0
                colour = _WHITE if head else _INK
                self.fill(cell.text_frame.paragraphs[0], content, size, colour, bold=head)
                cell.fill.solid()
                cell.fill.fore_color.rgb = _ACCENT if head else (_WHITE, _TINT)[place_ % 2]
                cell.vertical_anchor = MSO_ANCHOR.MIDDLE

    def chart(self, slide: Any, chart: Chart, top: float) -> None:
        data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
        data.categories = chart.labels
        data.add_series(chart.unit or chart.title, chart.values)
        kind = XL_CHART_TYPE.COLUMN_CLUSTERED if chart.kind == "bar" else XL_CHART_TYPE.LINE_MARKERS
        place = map(Inches, (_LEFT, top, BODY_WIDTH, 6.55 - top))
        made = slide.shapes.add_chart(kind, *place, data).chart
        made.has_legend = False
        made.has_title = True
        unit = f" ({chart.unit})" if chart.unit else ""
        title = made.chart_title.text_frame.paragraphs[0]
        self.fill(title, (Span(chart.title + unit, True),), 16, _INK)
        title.alignment = PP_ALIGN.CENTER
        made.font.size, made.font.color.rgb = Pt(14), _INK
        plot = made.plots[0]
        plot.has_data_labels = True
        whole = all(value == int(value) for value in chart.values)
        plot.data_labels.number_format = "#,##0" if whole else "#,##0.0#"
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.font.size = Pt(14)
        series = plot.series[0]
        if chart.kind == "bar":
            plot.gap_width = 60
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = _ACCENT
            plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        else:
            series.smooth = False
            series.format.line.color.rgb, series.format.line.width = _ACCENT, Pt(2.5)
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = _ACCENT
            plot.data_labels.position = XL_LABEL_POSITION.ABOVE
        made.value_axis.visible = False
        made.value_axis.minimum_scale = 0
        made.value_axis.has_major_gridlines = False
        made.category_axis.format.line.color.rgb = _MUTED
        self.box(slide, 6.55, 0.35, (Span(chart_credit(chart, self.case)),), 11, _MUTED)

    def sources(self) -> None:
        listed = list(enumerate(self.case.sources, 1))
        share = math.ceil(len(listed) / math.ceil(len(listed) / _SOURCES_ON_A_SLIDE))
        for start in range(0, len(listed), share):
            slide = self.titled((Span(self.words.sources),), _TITLE_AND_TEXT)
            top = _TOP
            if start == 0:
                self.box(slide, top, 0.6, (Span(notice(self.case)),), 12, _MUTED)
                top += 0.65
            body = slide.placeholders[1]
            self.place(body, _LEFT, top, BODY_WIDTH, 6.8 - top)
            for number, source in listed[start : start + share]:
                paragraph = body.text_frame.paragraphs[0]
                if paragraph.runs:
                    paragraph = body.text_frame.add_paragraph()
                self.source(paragraph, number, source)

    def source(self, paragraph: Any, number: int, source: Source) -> None:
        reads_left_to_right = direction(source.supports) == "ltr"
        self.fill(paragraph, (Span(f"{number}. {source.supports}"),), 13, _INK)
        if self.arabic and reads_left_to_right:
            paragraph._p.get_or_add_pPr().set("rtl", "0")
        self.bullet(paragraph, Line((), None))
        paragraph.space_after = Pt(9)
        paragraph.add_line_break()
        run = paragraph.add_run()
        run.text, run.font.size = _shortened(source.url), Pt(12)
        run.hyperlink.address = source.url

    def box(
        self, slide: Any, top: float, height: float, content: Inline, size: int, colour: RGBColor
    ) -> Any:
        """Add a line of text across the slide; give back its paragraph."""
        shape = slide.shapes.add_textbox(0, 0, 0, 0)
        self.place(shape, _LEFT, top, BODY_WIDTH, height)
        self.fill(shape.text_frame.paragraphs[0], content, size, colour)
        return shape.text_frame.paragraphs[0]

    def fill(
        self, paragraph: Any, content: Inline, size: float, colour: RGBColor, *, bold: bool = False
    ) -> None:
        if self.arabic:
            paragraph._p.get_or_add_pPr().set("rtl", "1")
        paragraph.alignment = PP_ALIGN.RIGHT if self.arabic else PP_ALIGN.LEFT
        for span in content:
            run = paragraph.add_run()
            run.text = _marked(span.text) if self.arabic else span.text
            run.font.size, run.font.color.rgb = Pt(size), colour
            run.font.bold, run.font.italic = bold or span.bold, span.italic or None
            run.font.name = "Consolas" if span.code else LATIN
            properties = run._r.get_or_add_rPr()
            properties.set("lang", LOCALES[self.case.language])
            for tag, typeface in (
                ("a:ea", EAST_ASIAN.get(self.case.language, "Microsoft YaHei")),
                ("a:cs", ARABIC),
            ):
                etree.SubElement(properties, qn(tag)).set("typeface", typeface)

    def place(self, shape: Any, left: float, top: float, width: float, height: float) -> None:
        shape.left, shape.top = Inches(left), Inches(top)
        shape.width, shape.height = Inches(width), Inches(height)
        frame = shape.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = 0

    def band(
        self, slide: Any, left: float, top: float, width: float, height: float, colour: RGBColor
    ) -> None:
        place = map(Inches, (left, top, width, height))
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place)
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour
        shape.line.fill.background()
        shape.shadow.inherit = False


def _marked(text: str) -> str:
    """Set left-to-right marks around names: in a slide, a run has no direction of its own."""
    return "".join(
        f"\u200e{piece}\u200e" if ltr and piece.startswith(".") else piece
        for piece, ltr in left_to_right_pieces(text)
    )


def _shortened(url: str) -> str:
    return url if len(url) <= 130 else f"{url[:129]}…"
