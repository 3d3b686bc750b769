"""PowerPoint files (ECMA-376 PresentationML): a page for each slide."""

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part, PartFactory
from pptx.package import Package
from pptx.parts.presentation import PresentationPart
from pptx.slide import Slide

from ingest.clean import clean_text
from ingest.document import FileText, Page
from ingest.errors import N_, UnreadableFile
from ingest.formats import PPTX
from ingest.limits import Reading, Source, check_pages, check_zip, too_many_characters
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.xml import local_name, parse_xml

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
# Placeholders that are the same on every slide.
FURNITURE = ("sldNum", "ftr", "dt", "hdr", "sldImg")
TITLES = ("title", "ctrTitle")
LONGEST_CHART_LIST = 60

# python-pptx opens presentations only; slide shows and templates differ in nothing but their type.
for _kind in (CONTENT_TYPE.PML_SLIDESHOW_MAIN, CONTENT_TYPE.PML_TEMPLATE_MAIN):
    PartFactory.part_type_for[_kind] = PresentationPart

_no_description = re.compile(
    r"[^\s]*\.(?:png|jpe?g|gif|emf|wmf|svg|tiff?|bmp)|(?:picture|image|imagen|bild|图片|圖片|рисунок)"
    r" ?\d*|image result.*|.{0,3}",
    re.IGNORECASE,
)
_generated = re.compile(
    r"(?:Description automatically generated|generado automáticamente).*", re.DOTALL
)


def read_pptx(source: Source, reading: Reading) -> FileText:
    """Read the slides of a PowerPoint file with their tables, charts, SmartArt and notes.

    Raises
    ------
    UnreadableFile : damaged, without text or over the limits.
    """
    check_zip(source, reading.limits)
    try:
        package = Package.open(source if isinstance(source, BytesIO) else str(source))
        presentation = package.presentation_part.presentation
        slides = list(presentation.slides)
    except MemoryError:
        raise
    except Exception as error:
        # python-pptx lets errors of every kind through on damaged files.
        raise UnreadableFile(
            N_("This PowerPoint file is damaged or incomplete. Deposit a whole copy of it.")
        ) from error
    check_pages(len(slides), reading.limits)
    pages: list[Page] = []
    hidden: list[str] = []
    damaged: list[int] = []
    for number, slide in enumerate(slides, 1):
        reading.on_page(number, len(slides))
        try:
            pages.append(_page(slide, number, hidden))
        except (KeyError, ValueError, AttributeError, TypeError, etree.LxmlError):
            damaged.append(number)
            pages.append(Page(number, ""))
        if sum(len(page.text) for page in pages) > reading.limits.characters:
            raise too_many_characters(reading.limits)
    if not any(page.text for page in pages):
        raise UnreadableFile(N_("This PowerPoint file has no text on its slides."))
    properties = presentation.core_properties
    return FileText(
        media_type=PPTX,
        pages=tuple(pages),
        metadata_title=sane_title(properties.title),
        metadata_date=sane_date(properties.created) or sane_date(properties.modified),
        authors=sane_authors(properties.author),
        hidden=tuple(filter(None, map(clean_text, hidden))),
        damaged=tuple(damaged),
        pictures=tuple(
            page.number for page in pages if not page.text and page.number not in damaged
        ),
    )


def _page(slide: Slide, number: int, hidden: list[str]) -> Page:
    title = ""
    texts: list[str] = []
    for shape in _shapes(slide.element.cSld.spTree):
        if _placeholder(shape) in FURNITURE:
            continue
        text = "\n".join(_texts_of(shape, slide.part))
        if _is_hidden(shape):
            hidden.append(text)
        elif not title and _placeholder(shape) in TITLES:
            title = clean_text(text)
        else:
            texts.append(text)
    texts.extend(_notes(slide))
    cleaned = [title, *map(clean_text, texts)]
    return Page(number, "\n\n".join(filter(None, cleaned)), " ".join(title.split()))


def _shapes(tree: etree._Element) -> Iterator[etree._Element]:
    """Shapes in their order, those in groups and alternatives too."""
    for element in tree:
        name = local_name(element)
        if name == "grpSp":
            if _is_hidden(element):
                yield element
            else:
                yield from _shapes(element)
        elif name == "AlternateContent":
            # The first choice and the fallback show the same.
            choice = next(iter(element), None)
            if choice is not None:
                yield from _shapes(choice)
        elif name in ("sp", "pic", "graphicFrame", "cxnSp"):
            yield element


def _properties(shape: etree._Element) -> etree._Element | None:
    return shape.find(f"./*/{P}cNvPr")


def _is_hidden(shape: etree._Element) -> bool:
    properties = _properties(shape)
    return properties is not None and properties.get("hidden") in ("1", "true")


def _placeholder(shape: etree._Element) -> str:
    placeholder = shape.find(f"./*/{P}nvPr/{P}ph")
    return "" if placeholder is None else placeholder.get("type", "body")


def _texts_of(shape: etree._Element, part: Part) -> Iterator[str]:
    """Texts of one shape: paragraphs, rows of a table, a chart, a diagram, a description."""
    rows = list(shape.iter(f"{A}tr"))
    if rows:
        for row in rows:
            cells = (" ".join(_paragraphs(cell)) for cell in row.iter(f"{A}tc"))
            yield " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    else:
        yield from _paragraphs(shape)
    for chart in shape.iter(f"{C}chart"):
        yield from _chart(part, chart.get(f"{{{RELATIONS}}}id", ""))
    for diagram in shape.iter(f"{{{DIAGRAM}}}relIds"):
        yield from _diagram(part, diagram.get(f"{{{RELATIONS}}}dm", ""))
    properties = _properties(shape)
    description = "" if properties is None else properties.get("descr", "")
    description = _generated.sub("", description).strip()
    if local_name(shape) == "pic" and not _no_description.fullmatch(description):
        yield description


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"


def _paragraphs(element: etree._Element) -> Iterator[str]:
    for paragraph in element.iter(f"{A}p"):
        text = "".join(
            "\n" if local_name(run) == "br" else run.text or ""
            for run in paragraph.iter(f"{A}t", f"{A}br")
        )
        if text.strip():
            yield text


def _related(part: Part, relation: str) -> etree._Element | None:
    try:
        return parse_xml(part.related_part(relation).blob)
    except (KeyError, etree.LxmlError):
        return None


def _chart(part: Part, relation: str) -> Iterator[str]:
    """A chart's titles, its series' names and its categories."""
    root = _related(part, relation)
    if root is None:
        return
    for title in root.iter(f"{C}title"):
        yield " ".join(_paragraphs(title))
    names: dict[str, None] = {}
    for series in root.iter(f"{C}ser"):
        for source in (*series.iter(f"{C}tx"), *series.iter(f"{C}cat")):
            names.update(dict.fromkeys(value.text or "" for value in source.iter(f"{C}v")))
    yield " | ".join(list(filter(None, names))[:LONGEST_CHART_LIST])


def _diagram(part: Part, relation: str) -> Iterator[str]:
    """The texts of a SmartArt diagram, which stand only in its data part."""
    root = _related(part, relation)
    if root is not None:
        yield from _paragraphs(root)


def _notes(slide: Slide) -> Iterator[str]:
    """The speaker's notes."""
    part = next(
        (
            relation.target_part
            for relation in slide.part.rels.values()
            if relation.reltype == RELATIONSHIP_TYPE.NOTES_SLIDE and not relation.is_external
        ),
        None,
    )
    if part is None:
        return
    for shape in parse_xml(part.blob).iter(f"{P}sp"):
        if _placeholder(shape) not in FURNITURE:
            yield "\n".join(_paragraphs(shape))
