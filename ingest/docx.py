"""Word files (ECMA-376 WordprocessingML): a page for each section under a heading."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.clean import clean_text
from ingest.document import FileText
from ingest.drawings import Related, charts_and_diagrams, description
from ingest.errors import N_, UnreadableFile
from ingest.formats import DOCX
from ingest.limits import Reading, Source, check_zip
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.office_package import OfficePackage, damaged_office
from ingest.sections import Block, has_text, pages_of
from ingest.xml import local_name

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
# What was deleted or moved away with changes tracked is not in the text any more.
DELETED = ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")


@dataclass(slots=True)
class _Notes:
    """Footnotes and endnotes by kind and id, what a reader does not see, and the other parts."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)
    related: Related | None = None


def read_docx(source: Source, reading: Reading) -> FileText:
    """Read a Word file: text, tables, text boxes, notes; headers and footers once.

    Raises
    ------
    UnreadableFile : damaged, without text or over the limits.
    """
    check_zip(source, reading.limits)
    package = OfficePackage(source)
    document = package.part(package.main)
    body = None if document is None else document.find(f"{W}body")
    if body is None:
        raise damaged_office()
    related = Related(package, package.relations(package.main))
    notes = _Notes(_note_texts(package), related=related)
    blocks = (*_blocks(body, _heading_levels(package), notes), *_headers(package))
    pages = pages_of(blocks, reading.limits)
    if not has_text(pages):
        raise UnreadableFile(N_("This Word file has no text."))
    properties = package.properties()
    return FileText(
        media_type=DOCX,
        pages=pages,
        metadata_title=sane_title(properties.get("title")),
        metadata_date=sane_date(properties.get("created") or properties.get("modified")),
        authors=sane_authors(properties.get("creator")),
        hidden=tuple(filter(None, map(clean_text, notes.hidden))),
    )


def _heading_levels(package: OfficePackage) -> dict[str, int]:
    """Level of each paragraph style that is a heading, by the style's id; a title is of level 1."""
    levels: dict[str, int] = {}
    for style in _elements(package, "style", "styles"):
        name = style.find(f"{W}name")
        label = "" if name is None else name.get(f"{W}val", "").lower()
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        identifier = style.get(f"{W}styleId", "")
        if label == "title":
            levels[identifier] = 1
        elif label.startswith("heading ") and label[8:].isdigit():
            levels[identifier] = int(label[8:])
        elif outline is not None and outline.get(f"{W}val", "9") in "012345678":
            levels[identifier] = int(outline.get(f"{W}val", "0")) + 1
    return levels


def _blocks(parent: etree._Element, levels: dict[str, int], notes: _Notes) -> Iterator[Block]:
    """Paragraphs and tables in their order, those in content controls too."""
    for element in parent:
        name = local_name(element)
        if name == "p":
            yield from _paragraph(element, levels, notes)
        elif name == "tbl":
            for row in _children(element, "tr"):
                cells = (_cell(cell, notes) for cell in _children(row, "tc"))
                yield Block(" | ".join(filter(None, cells)), item=True)
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _blocks(element, levels, notes)


def _paragraph(element: etree._Element, levels: dict[str, int], notes: _Notes) -> Iterator[Block]:
    properties = element.find(f"{W}pPr")
    style = outline = None
    numbered = False
    if properties is not None:
        style = properties.find(f"{W}pStyle")
        outline = properties.find(f"{W}outlineLvl")
        numbered = properties.find(f"{W}numPr") is not None
    level = 0 if style is None else levels.get(style.get(f"{W}val", ""), 0)
    if outline is not None and outline.get(f"{W}val", "9") in "012345678":
        level = int(outline.get(f"{W}val", "0")) + 1
    boxes: list[etree._Element] = []
    found: list[str] = []
    text = _text(element, notes, boxes, found)
    if text.strip():
        yield Block(text, level=level, item=numbered and not level)
    for box in boxes:
        yield from _blocks(box, levels, notes)
    for note in found:
        yield Block(note)


def _text(
    element: etree._Element, notes: _Notes, boxes: list[etree._Element], found: list[str]
) -> str:
    """Text of a paragraph's runs; text boxes and notes met on the way go into the two lists."""
    parts: list[str] = []
    for child in element:
        name = local_name(child)
        if name in ("t",) and child.tag in (f"{W}t", f"{M}t"):
            parts.append(child.text or "")
        elif name in ("br", "cr"):
            parts.append("\n")
        elif name in ("tab", "ptab"):
            parts.append(" ")
        elif name == "noBreakHyphen":
            parts.append("-")
        elif name in ("footnoteReference", "endnoteReference"):
            kind = name.removesuffix("Reference")
            found.append(notes.texts.get((kind, child.get(f"{W}id", "")), ""))
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "AlternateContent":
            # The first choice and the fallback show the same.
            parts.append(_text(child[0], notes, boxes, found) if len(child) else "")
        elif name == "drawing":
            found.extend(_drawing(child, notes.related))
            parts.append(_text(child, notes, boxes, found))
        elif name == "r" and child.find(f"{W}rPr/{W}vanish") is not None:
            notes.hidden.append(_text(child, notes, [], []))
        elif name and name not in DELETED:
            parts.append(_text(child, notes, boxes, found))
    return "".join(parts)


def _drawing(drawing: etree._Element, related: Related | None) -> Iterator[str]:
    """A picture's description, and what a chart or a diagram says."""
    for properties in drawing.iter(f"{WP}docPr"):
        yield description(properties.get("descr"))
    if related is not None:
        yield from charts_and_diagrams(drawing, related)


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows or cells, those in content controls too, but not those of a table inside."""
    for child in element:
        if local_name(child) == name:
            yield child
        elif local_name(child) in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _children(child, name)


def _cell(cell: etree._Element, notes: _Notes) -> str:
    found: list[str] = []
    boxes: list[etree._Element] = []
    texts = [_text(paragraph, notes, boxes, found) for paragraph in cell.iter(f"{W}p")]
    return " ".join(" ".join((*texts, *found)).split())


def _elements(package: OfficePackage, name: str, *kinds: str) -> Iterator[etree._Element]:
    """Elements of a name in the parts of some kinds that the main part has relations to."""
    for part in package.related(package.main, *kinds):
        root = package.part(part)
        if root is not None:
            yield from root.iter(f"{W}{name}")


def _note_texts(package: OfficePackage) -> dict[tuple[str, str], str]:
    texts: dict[tuple[str, str], str] = {}
    for kind in ("footnote", "endnote"):
        for note in _elements(package, kind, f"{kind}s"):
            # Those with a type are the lines that part notes from text.
            if note.get(f"{W}type") is None:
                paragraphs = (_text(p, _Notes(), [], []) for p in note.iter(f"{W}p"))
                texts[kind, note.get(f"{W}id", "")] = " ".join(paragraphs)
    return texts


def _headers(package: OfficePackage) -> Iterator[Block]:
    """Each different text of the headers and footers, once."""
    seen: set[str] = set()
    for paragraph in _elements(package, "p", "header", "footer"):
        text = " ".join(_text(paragraph, _Notes(), [], []).split())
        if text not in seen and any(map(str.isalpha, text)):
            seen.add(text)
            yield Block(text)
