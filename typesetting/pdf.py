"""A case becomes a PDF: Typst sets it, then right-to-left text is put in reading order."""

import datetime
import functools
import io
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

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
    plain,
)
from typesetting.case import Case
from typesetting.reading_order import holds_right_to_left, in_reading_order
from typesetting.wording import WORDINGS, chart_credit, countries, facts, notice, number

TEMPLATE = Path(__file__).with_name("case.typ")
FONT_FOLDERS = ("/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto")
FONTS_VARIABLE = "CASELIB_FONTS"

_LATIN = ("Noto Serif", "Noto Sans")
# Body and head type of each language; of the others, what a foreign name may need.
_TYPE = {
    "ar": ("Noto Naskh Arabic", "Noto Kufi Arabic"),
    "zh-Hans": ("Noto Serif CJK SC", "Noto Sans CJK SC"),
    "zh-Hant": ("Noto Serif CJK TC", "Noto Sans CJK TC"),
}
# Scripts of internationalised ccTLDs that occur as names within text in another script.
_OTHER_SCRIPTS = (
    "Noto Sans Armenian", "Noto Sans Bengali", "Noto Sans Devanagari", "Noto Sans Georgian",
    "Noto Sans Hebrew", "Noto Sans Lao", "Noto Sans Sinhala", "Noto Sans Tamil", "Noto Sans Thai",
)  # fmt: skip
_NEEDED = {*_LATIN, *_OTHER_SCRIPTS, *(family for pair in _TYPE.values() for family in pair)}
# A last page with less than this is not worth a page: the case is set a little closer.
_FEW_LETTERS = 900
_LEADING = {"ar": 0.72, "zh-Hans": 0.82, "zh-Hant": 0.82}


class FontsMissing(Exception):
    """The fonts that the PDFs are set in are not on this machine."""


@functools.cache
def fonts() -> typst.Fonts:
    """Find the Noto fonts, in the folders of `CASELIB_FONTS` or where Debian puts them.

    Raises
    ------
    FontsMissing : with the families that are missing and the packages that bring them.
    """
    folders = os.environ.get(FONTS_VARIABLE, os.pathsep.join(FONT_FOLDERS)).split(os.pathsep)
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[Path(folder) for folder in folders if Path(folder).is_dir()],
    )
    missing = sorted(_NEEDED - set(found.families()))
    if missing:
        raise FontsMissing(
            f"The fonts {', '.join(missing)} were not found: install fonts-noto-core and "
            f"fonts-noto-cjk (Debian), or name their folders in {FONTS_VARIABLE}."
        )
    return found


def make_pdf(case: Case) -> bytes:
    """Set a case as PDF 1.7: fonts subset and embedded, tagged unless it holds Arabic.

    The same case gives the same bytes: the only date in it is that of writing.

    Raises
    ------
    FontsMissing : see `fonts`.
    """
    made = _typeset(case, tight=False)
    pages = PdfReader(io.BytesIO(made)).pages
    if len(pages) > 1 and len(pages[-1].extract_text()) < _FEW_LETTERS:
        closer = _typeset(case, tight=True)
        if len(PdfReader(io.BytesIO(closer)).pages) < len(pages):
            made = closer
    return in_reading_order(made, right_to_left=case.language == "ar")


def _typeset(case: Case, *, tight: bool) -> bytes:
    described = json.dumps({**_described(case), "tight": tight}, ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"case": described},
        timestamp=datetime.datetime.combine(case.written, datetime.time(), datetime.UTC),
        # Reading order is repaired afterwards, which the tags of Typst would contradict.
        pdf_tags=not holds_right_to_left(described),
    )


def _described(case: Case) -> dict[str, Any]:
    language, _, script = case.language.partition("-")
    words = WORDINGS[case.language]
    body, head = _TYPE.get(case.language, _LATIN)
    first = next(at for at, block in enumerate(case.body) if isinstance(block, Heading))
    wide = case.format == "pdf-two-column"
    arabic = case.language == "ar"
    domains = " · ".join(f".{registry}" for registry in case.registries[:4])
    return {
        "title": case.title,
        "heading": _spans((Span(case.title),), arabic),
        "label": _spans((Span(f"{words.case_study} · {domains}"),), arabic),
        "keywords": [*(f".{one}" for one in case.registries), *countries(case), *case.topics],
        "description": case.summaries["zh" if case.chinese else case.language],
        "written": {
            "year": case.written.year,
            "month": case.written.month,
            "day": case.written.day,
        },
        "lang": language,
        "region": {"Hans": "CN", "Hant": "TW"}.get(script),
        "fonts": {
            "body": _stack(body, "Noto Serif"),
            "head": _stack(head, "Noto Sans"),
            "latin": _stack("Noto Sans", "Noto Sans"),
        },
        "leading": _LEADING.get(case.language, 0.68),
        "justify": case.chinese or arabic,
        "slanted": not case.chinese and not arabic,
        "columns": 2 if wide else 1,
        "facts": [
            {"label": label, "value": _spans((Span(value),), arabic)}
            for label, value in facts(case)
        ],
        "abstract": [_block(block, case) for block in case.body[:first]] if wide else [],
        "body": [_block(block, case) for block in (case.body[first:] if wide else case.body)],
        "notice": _spans((Span(notice(case)),), arabic),
        "sources-label": words.sources,
        "sources": [
            {
                "number": str(place),
                "url": source.url,
                "supports": source.supports,
                "dir": direction(source.supports),
            }
            for place, source in enumerate(case.sources, 1)
        ],
    }


def _stack(first: str, latin: str) -> list[str]:
    cjk = "Noto Serif CJK SC" if latin == "Noto Serif" else "Noto Sans CJK SC"
    return list(dict.fromkeys((first, latin, cjk, "Noto Naskh Arabic", *_OTHER_SCRIPTS)))


def _spans(content: Inline, arabic: bool) -> list[dict[str, Any]]:
    return [
        {"text": text, "ltr": ltr, "bold": span.bold, "italic": span.italic, "code": span.code}
        for span in content
        for text, ltr in (left_to_right_pieces(span.text) if arabic else ((span.text, False),))
    ]


def _block(block: Block, case: Case) -> dict[str, Any]:
    arabic = case.language == "ar"

    def cells(contents: Iterable[Inline]) -> list[list[dict[str, Any]]]:
        return [_spans(content, arabic) for content in contents]

    match block:
        case Heading():
            return {
                "kind": "heading",
                "level": block.level,
                "content": _spans(block.content, arabic),
            }
        case Paragraph():
            return {"kind": "paragraph", "content": _spans(block.content, arabic)}
        case Items():
            entries = [
                {"level": level, "content": _spans(content, arabic)}
                for level, content in block.entries
            ]
            return {"kind": "items", "ordered": block.ordered, "entries": entries}
        case Table():
            return {
                "kind": "table",
                "head": cells(block.head),
                "rows": [cells(row) for row in block.rows],
                "widths": column_widths(block),
                "numeric": numeric_columns(block),
            }
        case Chart():
            return {"kind": "chart", "chart": _chart(block, case)}
        case Notes():
            return {"kind": "notes", "paragraphs": cells(block.paragraphs)}


def _chart(chart: Chart, case: Case) -> dict[str, Any]:
    return {
        "kind": chart.kind,
        "title": chart.title,
        "unit": chart.unit,
        "labels": [_spans((Span(label),), case.language == "ar") for label in chart.labels],
        "values": chart.values,
        "shown": [number(value, case.language) for value in chart.values],
        "source": chart.source,
        "credit": chart_credit(chart, case),
    }


def column_widths(table: Table) -> list[float]:
    """Return relative column widths: by the text they hold, none below its longest word."""
    columns = list(zip(table.head, *table.rows, strict=False))
    needs = [max(_width(plain(cell)) for cell in column) ** 0.65 for column in columns]
    words = [
        max(_width(word) for cell in column for word in _WORDS.findall(plain(cell)) or [""])
        for column in columns
    ]
    # About how many letters a narrow column of 80 mm has room for.
    scale = max(sum(needs), 1.0) / 44
    return [
        round(max(need, word * scale * 1.25), 2) for need, word in zip(needs, words, strict=True)
    ]


_WORDS = re.compile(r"[\u2e80-\uffff]|[^\s\u2e80-\uffff/-]+[-/]?")


def _width(text: str) -> float:
    return max(3.0, sum(1.8 if ord(letter) > 0x2E80 else 1.0 for letter in text))


def numeric_columns(table: Table) -> list[bool]:
    """Say for each column whether it holds figures only, below its head."""
    columns = zip(*table.rows, strict=False)
    figures = re.compile(r"[\d.,\s\u00a0\u202f%€$+−–-]*\d[\d.,\s\u00a0\u202f%€$+−–-]*|[–—-]?")
    return [all(figures.fullmatch(plain(cell)) for cell in column) for column in columns]
