"""What pictures, charts and diagrams say (ECMA-376 DrawingML): titles, labels, descriptions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.office_package import RELATIONS, OfficePackage, Relation
from ingest.xml import local_name

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
LONGEST_CHART_LIST = 60

_no_description = re.compile(
    r"[^\s]*\.(?:png|jpe?g|gif|emf|wmf|svg|tiff?|bmp)|(?:picture|image|imagen|bild|图片|圖片|рисунок)"
    r" ?\d*|image result.*|.{0,3}",
    re.IGNORECASE,
)
_generated = re.compile(
    r"(?:Description automatically generated|generado automáticamente).*", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Related:
    """The parts to which a slide or a text has relations."""

    package: OfficePackage
    relations: dict[str, Relation]

    def part(self, identifier: str) -> etree._Element | None:
        """The part of a relation, None where it is lost."""
        relation = self.relations.get(identifier)
        return None if relation is None else self.package.part(relation.target)


def description(stated: str | None) -> str:
    """A picture's alternative text, `` where it is a file's name or a program's filling."""
    text = _generated.sub("", " ".join((stated or "").split())).strip()
    return "" if _no_description.fullmatch(text) else text


def paragraphs(element: etree._Element) -> Iterator[str]:
    """The paragraphs of a text body, a line break where it has one; no slide numbers."""
    for paragraph in element.iter(f"{A}p"):
        text = "".join(
            "\n" if local_name(run) == "br" else run.text or ""
            for run in paragraph.iter(f"{A}t", f"{A}br")
            if not _is_slide_number(run)
        )
        if text.strip():
            yield text


def charts_and_diagrams(element: etree._Element, related: Related) -> Iterator[str]:
    """Texts of the charts and the SmartArt below an element, which stand in parts of their own."""
    for chart in element.iter(f"{C}chart"):
        yield from _chart(related.part(chart.get(f"{RELATIONS}id", "")))
    for diagram in element.iter(f"{D}relIds"):
        root = related.part(diagram.get(f"{RELATIONS}dm", ""))
        if root is not None:
            yield from paragraphs(root)


def _chart(root: etree._Element | None) -> Iterator[str]:
    """A chart's titles, its series' names and its categories."""
    if root is None:
        return
    for title in root.iter(f"{C}title"):
        yield " ".join(paragraphs(title))
    names: dict[str, None] = {}
    for series in root.iter(f"{C}ser"):
        for source in (*series.iter(f"{C}tx"), *series.iter(f"{C}cat")):
            names.update(dict.fromkeys(value.text or "" for value in source.iter(f"{C}v")))
    yield " | ".join(list(filter(None, names))[:LONGEST_CHART_LIST])


def _is_slide_number(run: etree._Element) -> bool:
    field = run.getparent()
    return field is not None and field.tag == f"{A}fld" and field.get("type", "") == "slidenum"
