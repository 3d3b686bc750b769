"""OpenDocument texts, by section, and presentations, by slide (ISO/IEC 26300)."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from lxml import etree

from ingest.characters import BULLET
from ingest.clean import clean_text
from ingest.document import FileText, Page
from ingest.errors import N_, UnreadableFile
from ingest.formats import ODP, ODT
from ingest.limits import Reading, check_pages, check_zip
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.sections import Block, has_text, pages_of
from ingest.xml import local_name, parse_xml, read_member

DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
PRESENTATION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Not text of the document, or text that was deleted with changes tracked.
SKIPPED = ("tracked-changes", "annotation", "annotation-end", "forms", "note-citation", "bookmark")
LONGEST_SPACES = 8


def read_odt(path: Path, reading: Reading) -> FileText:
    """Read an OpenDocument text.

    Raises
    ------
    UnreadableFile : damaged, protected with a password, without text or over the limits.
    """

    def pages(body: etree._Element) -> tuple[Page, ...]:
        text = body.find(f"{OFFICE}text")
        return pages_of(() if text is None else _blocks(text), reading.limits)

    return _read(path, reading, ODT, pages)


def read_odp(path: Path, reading: Reading) -> FileText:
    """Read an OpenDocument presentation with its notes; errors as for `read_odt`."""

    def pages(body: etree._Element) -> tuple[Page, ...]:
        slides = list(body.iter(f"{DRAW}page"))
        check_pages(len(slides), reading.limits)
        found = []
        for number, slide in enumerate(slides, 1):
            reading.on_page(number, len(slides))
            found.append(_slide(slide, number))
        return tuple(found)

    return _read(path, reading, ODP, pages)


def _read(
    path: Path,
    reading: Reading,
    kind: str,
    pages_in: Callable[[etree._Element], tuple[Page, ...]],
) -> FileText:
    names = {member.filename for member in check_zip(path, reading.limits)}
    if "META-INF/manifest.xml" in names and b"encryption-data" in read_member(
        path, "META-INF/manifest.xml"
    ):
        raise UnreadableFile(
            N_("This file is protected with a password. Deposit a copy without a password.")
        )
    try:
        body = parse_xml(read_member(path, "content.xml")).find(f"{OFFICE}body")
        pages = () if body is None else pages_in(body)
        stated = parse_xml(read_member(path, "meta.xml")) if "meta.xml" in names else None
    except etree.LxmlError as error:
        raise UnreadableFile(
            N_("This OpenDocument file is damaged or incomplete. Deposit a whole copy of it.")
        ) from error
    if not has_text(pages):
        raise UnreadableFile(N_("This OpenDocument file has no text."))
    statements = {} if stated is None else {local_name(e): e.text or "" for e in stated.iter()}
    return FileText(
        media_type=kind,
        pages=pages,
        metadata_title=sane_title(statements.get("title")),
        metadata_date=sane_date(statements.get("creation-date") or statements.get("date")),
        authors=sane_authors(statements.get("initial-creator") or statements.get("creator")),
    )


def _blocks(parent: Iterable[etree._Element], item: bool = False) -> Iterator[Block]:
    """Headings, paragraphs, list items and rows below an element, in their order."""
    for element in parent:
        name = local_name(element)
        if name in ("p", "h"):
            boxes: list[etree._Element] = []
            text = _text(element, boxes)
            level = element.get(f"{TEXT}outline-level", "1") if name == "h" else "0"
            if text.strip():
                yield Block(
                    f"{BULLET} {text}" if item else text,
                    level=int(level) if level.isdigit() else 1,
                    item=item,
                )
            for box in boxes:
                yield from _blocks(box)
        elif name in ("list-item", "list-header"):
            yield from _blocks(element, item=True)
        elif name == "table-row":
            cells = (" ".join(block.text for block in _blocks(cell)) for cell in element)
            yield Block(" | ".join(cell for cell in cells if cell.strip()), item=True)
        elif name in ("title", "desc") and (element.text or "").strip():
            yield Block(element.text or "")
        elif name and name not in (*SKIPPED, "notes"):
            yield from _blocks(element, item)


def _text(element: etree._Element, boxes: list[etree._Element]) -> str:
    """Text of a paragraph; frames and notes met on the way go into `boxes`."""
    parts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if name == "s":
            count = child.get(f"{TEXT}c", "1")
            parts.append(" " * min(int(count) if count.isdigit() else 1, LONGEST_SPACES))
        elif name == "tab":
            parts.append(" ")
        elif name == "line-break":
            parts.append("\n")
        elif name in ("frame", "note-body", "custom-shape"):
            boxes.append(child)
        elif name and name not in SKIPPED:
            parts.append(_text(child, boxes))
        parts.append(child.tail or "")
    return "".join(parts)


def _slide(slide: etree._Element, number: int) -> Page:
    title = ""
    texts = []
    for shape in slide:
        kind = shape.get(f"{PRESENTATION}class", "")
        if local_name(shape) == "notes":
            frames = (f for f in shape if f.get(f"{PRESENTATION}class", "") == "notes")
            text = "\n".join(block.text for frame in frames for block in _blocks(frame))
        elif kind in ("page-number", "footer", "date-time", "header"):
            continue
        else:
            text = "\n".join(block.text for block in _blocks([shape]))
        if kind == "title" and not title:
            title = clean_text(text)
        else:
            texts.append(text)
    shown = [title, *map(clean_text, texts)]
    return Page(number, "\n\n".join(filter(None, shown)), " ".join(title.split()))
