"""Word files (ECMA-376 WordprocessingML): a page for each section under a heading."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import PartFactory
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from ingest.clean import clean_text
from ingest.document import FileText
from ingest.errors import N_, UnreadableFile
from ingest.formats import DOCX
from ingest.limits import Reading, Source, check_zip
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.sections import Block, has_text, pages_of
from ingest.xml import local_name, parse_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FOOTNOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)
# What was deleted or moved away with changes tracked is not in the text any more.
DELETED = ("del", "moveFrom", "rPr", "pPr", "instrText", "delText")
# python-docx opens documents only; templates and those with macros differ in their type alone.
for _kind in (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
):
    PartFactory.part_type_for[_kind] = DocumentPart


@dataclass(slots=True)
class _Notes:
    """Footnotes and endnotes by kind and id, and what a reader does not see."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)


def read_docx(source: Source, reading: Reading) -> FileText:
    """Read a Word file: text, tables, text boxes, notes; headers and footers once.

    Raises
    ------
    UnreadableFile : damaged, without text or over the limits.
    """
    check_zip(source, reading.limits)
    try:
        package = Package.open(source if isinstance(source, BytesIO) else str(source))
        document: WordDocument = package.main_document_part.document
        levels = _heading_levels(document)
        notes = _Notes(_note_texts(document))
        blocks = [*_blocks(document.element.body, levels, notes), *_headers(document)]
    except MemoryError:
        raise
    except Exception as error:
        # python-docx lets errors of every kind through on damaged files.
        raise UnreadableFile(
            N_("This Word file is damaged or incomplete. Deposit a whole copy of it.")
        ) from error
    pages = pages_of(blocks, reading.limits)
    if not has_text(pages):
        raise UnreadableFile(N_("This Word file has no text."))
    properties = document.core_properties
    return FileText(
        media_type=DOCX,
        pages=pages,
        metadata_title=sane_title(properties.title),
        metadata_date=sane_date(properties.created) or sane_date(properties.modified),
        authors=sane_authors(properties.author),
        hidden=tuple(filter(None, map(clean_text, notes.hidden))),
    )


def _heading_levels(document: WordDocument) -> dict[str, int]:
    """Level of each paragraph style that is a heading, by the style's id; a title is of level 1."""
    levels: dict[str, int] = {}
    for style in document.styles.element.iter(f"{W}style"):
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
        elif name == "r" and child.find(f"{W}rPr/{W}vanish") is not None:
            notes.hidden.append(_text(child, notes, [], []))
        elif name and name not in DELETED:
            parts.append(_text(child, notes, boxes, found))
    return "".join(parts)


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


def _note_texts(document: WordDocument) -> dict[tuple[str, str], str]:
    texts: dict[tuple[str, str], str] = {}
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype not in FOOTNOTES:
            continue
        for note in parse_xml(relation.target_part.blob):
            if note.get(f"{W}type") is None and local_name(note) in ("footnote", "endnote"):
                text = " ".join(
                    _text(paragraph, _Notes(), [], []) for paragraph in note.iter(f"{W}p")
                )
                texts[local_name(note), note.get(f"{W}id", "")] = text
    return texts


def _headers(document: WordDocument) -> Iterator[Block]:
    """Each different text of the headers and footers, once."""
    seen: set[str] = set()
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    for relation in document.part.rels.values():
        if relation.is_external or relation.reltype not in kinds:
            continue
        for paragraph in parse_xml(relation.target_part.blob).iter(f"{W}p"):
            text = " ".join(_text(paragraph, _Notes(), [], []).split())
            if text not in seen and any(map(str.isalpha, text)):
                seen.add(text)
                yield Block(text)
