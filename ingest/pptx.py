"""PowerPoint files (ECMA-376 PresentationML): a page for each slide."""

from collections.abc import Iterator

from lxml import etree

from ingest.clean import clean_text
from ingest.document import FileText, Page
from ingest.drawings import A, Related, charts_and_diagrams, description, paragraphs
from ingest.errors import N_, UnreadableFile
from ingest.formats import PPTX
from ingest.limits import Reading, Source, check_pages, check_zip, too_many_characters
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.office_package import RELATIONS, OfficePackage, damaged_office
from ingest.sections import has_text
from ingest.xml import local_name

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
# Placeholders that are the same on every slide.
FURNITURE = ("sldNum", "ftr", "dt", "hdr", "sldImg")
TITLES = ("title", "ctrTitle")


def read_pptx(source: Source, reading: Reading) -> FileText:
    """Read the slides of a PowerPoint file with their tables, charts, SmartArt and notes.

    Raises
    ------
    UnreadableFile : damaged, with neither text nor pictures, or over the limits.
    """
    check_zip(source, reading.limits)
    package = OfficePackage(source)
    slides = _slides(package)
    check_pages(len(slides), reading.limits)
    pages: list[Page] = []
    hidden: list[str] = []
    damaged: list[int] = []
    characters = 0
    for number, name in enumerate(slides, 1):
        reading.on_page(number, len(slides))
        page = _page(package, name, number, hidden)
        if page is None:
            damaged.append(number)
        pages.append(page or Page(number, ""))
        characters += len(pages[-1].text)
        if characters > reading.limits.characters:
            raise too_many_characters(reading.limits)
    pictures = tuple(
        page.number
        for page, name in zip(pages, slides, strict=True)
        if not page.text and package.related(name, "image")
    )
    if not has_text(pages) and not pictures:
        if damaged or not slides:
            raise damaged_office()
        raise UnreadableFile(N_("This PowerPoint file has no text on its slides."))
    properties = package.properties()
    return FileText(
        media_type=PPTX,
        pages=tuple(pages),
        metadata_title=sane_title(properties.get("title")),
        metadata_date=sane_date(properties.get("created") or properties.get("modified")),
        authors=sane_authors(properties.get("creator")),
        hidden=tuple(filter(None, map(clean_text, hidden))),
        damaged=tuple(damaged),
        pictures=pictures,
    )


def slide_pictures(source: Source, number: int) -> list[bytes]:
    """Give the pictures of a slide as they are in the file, in the order of its shapes.

    Parameters
    ----------
    number : of the slide, from 1.
    """
    package = OfficePackage(source)
    name = _slides(package)[number - 1]
    slide = package.part(name)
    relations = package.relations(name)
    wanted = (
        blip.get(f"{RELATIONS}embed", "")
        for blip in (slide.iter(f"{A}blip") if slide is not None else ())
    )
    contents = (
        package.content(relations[identifier].target)
        for identifier in dict.fromkeys(wanted)
        if identifier in relations
    )
    return [content for content in contents if content is not None]


def _slides(package: OfficePackage) -> list[str]:
    """Names of the slides' parts in the order of the presentation."""
    presentation = package.part(package.main)
    if presentation is None:
        raise damaged_office()
    relations = package.relations(package.main)
    listed = (slide.get(f"{RELATIONS}id", "") for slide in presentation.iter(f"{P}sldId"))
    return [relations[identifier].target for identifier in listed if identifier in relations]


def _page(package: OfficePackage, name: str, number: int, hidden: list[str]) -> Page | None:
    """Read a slide; None where it is damaged."""
    slide = package.part(name)
    tree = None if slide is None else slide.find(f"{P}cSld/{P}spTree")
    if tree is None:
        return None
    title = ""
    texts: list[str] = []
    related = Related(package, package.relations(name))
    for shape in _shapes(tree):
        if _placeholder(shape) in FURNITURE:
            continue
        text = "\n".join(_texts_of(shape, related))
        if text.strip() == str(number):
            # The slide's number, typed into a text box.
            continue
        if _is_hidden(shape):
            hidden.append(text)
        elif not title and _placeholder(shape) in TITLES:
            title = clean_text(text)
        else:
            texts.append(text)
    texts.extend(_notes(related))
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


def _texts_of(shape: etree._Element, related: Related) -> Iterator[str]:
    """Texts of one shape: paragraphs, rows of a table, a chart, a diagram, a description."""
    rows = list(shape.iter(f"{A}tr"))
    if rows:
        for row in rows:
            cells = (" ".join(paragraphs(cell)) for cell in row.iter(f"{A}tc"))
            yield " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    else:
        yield from paragraphs(shape)
    yield from charts_and_diagrams(shape, related)
    properties = _properties(shape)
    if local_name(shape) == "pic" and properties is not None:
        yield description(properties.get("descr"))


def _notes(related: Related) -> Iterator[str]:
    """The speaker's notes."""
    for identifier, relation in related.relations.items():
        root = related.part(identifier) if relation.kind == "notesSlide" else None
        for shape in root.iter(f"{P}sp") if root is not None else ():
            if _placeholder(shape) not in FURNITURE:
                yield "\n".join(paragraphs(shape))
