"""HTML files: the main text, its headings as sections, without scripts and navigation.

Of pictures the alternative texts are read.
"""

import re
from pathlib import Path

from lxml import etree, html

from ingest.characters import BULLET
from ingest.document import FileText
from ingest.drawings import description
from ingest.encodings import declared_encoding, decode
from ingest.errors import N_, UnreadableFile
from ingest.formats import HTML
from ingest.limits import Reading
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.sections import Block, has_text, pages_of

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BLOCKS = frozenset(HEADINGS) | frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form header hr li main nav ol p pre section summary table tbody "
    "tfoot thead title tr ul".split()
)
NEVER_SHOWN = frozenset(
    "script style noscript template svg iframe object embed canvas audio video select button "
    "input textarea head".split()
)
NAVIGATION = frozenset(("nav", "aside", "footer", "menu"))
NAVIGATION_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "menu")
)
# Words in the class or id of what is not the page's text, where no element or role says so.
FURNITURE = frozenset(
    "cookie cookies consent gdpr navbar navigation nav menu sidebar footer breadcrumb "
    "breadcrumbs".split()
)
# Of the page's text; what holds more is its text, whatever its class is.
FURNITURE_SHARE = 0.3
MAIN_TEXT = 200
LEAST_TEXT = 80

_name_part = re.compile(r"[a-z]+")
_space = re.compile(r"[ \t\r\n\f]+")
_item_number = re.compile(r"\d+\.")
_hidden_style = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])"
)
_xml_declaration = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_web_page(path: Path, reading: Reading) -> FileText:
    """Read an HTML file as saved; nothing that it points to is fetched.

    Raises
    ------
    UnreadableFile : without text or over the limits.
    """
    content = path.read_bytes()
    root = parse_html(decode(content, declared_encoding(content)))
    hidden: list[str] = []
    pages = pages_of(html_blocks(root, hidden), reading.limits)
    if not has_text(pages):
        raise UnreadableFile(N_("This web page has no text."))
    stated = _stated(root)
    return FileText(
        media_type=HTML,
        pages=pages,
        metadata_title=sane_title(stated.get("title")),
        metadata_date=sane_date(stated.get("date")),
        authors=sane_authors(stated.get("author")),
        hidden=tuple(hidden),
    )


def parse_html(text: str) -> etree._Element:
    """Parse HTML of any quality.

    Raises
    ------
    UnreadableFile : there is no element in it.
    """
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True)
    content = _xml_declaration.sub("", text).encode("utf-8", "ignore")
    try:
        return html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(N_("This web page has no text.")) from error


def html_blocks(root: etree._Element, hidden: list[str]) -> list[Block]:
    """Give the main text of a page as blocks; text that is not shown goes into `hidden`."""
    main = _main_element(root)
    blocks = _walk(main, hidden, whole=False)
    if sum(len(block.text) for block in blocks) < LEAST_TEXT:
        hidden.clear()
        blocks = _walk(root, hidden, whole=True)
    return blocks


def _main_element(root: etree._Element) -> etree._Element:
    """The page's `main`, its only article, or else its body."""
    body = root.find(".//body")
    body = root if body is None else body
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and len("".join(found[0].itertext())) >= MAIN_TEXT:
            return found[0]
    return body


class _Blocks:
    """Gathers the text of one block at a time while the elements are walked through."""

    def __init__(self) -> None:
        self.done: list[Block] = []
        self.parts: list[str] = []
        self.heading = 0
        self.preformatted = 0
        self.lists = 0
        self.counters: list[int | None] = []

    def open(self, name: str) -> None:
        if name in BLOCKS:
            self.close_block()
        self.heading = HEADINGS.get(name, self.heading)
        self.preformatted += name == "pre"
        self.lists += name in ("li", "tr")
        if name == "br":
            self.parts.append("\n")
        elif name == "li":
            self.parts.append(self.mark())
        elif name in ("ol", "ul"):
            self.counters.append(0 if name == "ol" else None)

    def mark(self) -> str:
        """The bullet or the number of the next list item."""
        if not self.counters or self.counters[-1] is None:
            return f"{BULLET} "
        self.counters[-1] += 1
        return f"{self.counters[-1]}. "

    def close(self, name: str) -> None:
        if name in ("td", "th"):
            self.parts.append(" | ")
        elif name in BLOCKS:
            self.close_block()
        self.preformatted -= name == "pre"
        self.lists -= name in ("li", "tr")
        if name in ("ol", "ul") and self.counters:
            self.counters.pop()
        if name in HEADINGS:
            self.heading = 0

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text if self.preformatted else _space.sub(" ", text))

    def close_block(self) -> None:
        text = "".join(self.parts).strip(" |\n")
        if text == BULLET or (self.lists and _item_number.fullmatch(text)):
            # The item's own text is still to come, in a paragraph inside it.
            return
        self.parts.clear()
        if text:
            self.done.append(Block(text, level=self.heading, item=self.lists > 0))


def _walk(root: etree._Element, hidden: list[str], whole: bool) -> list[Block]:
    """Give the blocks below an element in the order of reading.

    Parameters
    ----------
    whole : keep navigation too.
    """
    blocks = _Blocks()
    skipped: etree._Element | None = None
    most = FURNITURE_SHARE * len("".join(map(str, root.itertext())))
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if element is not root and (
                _is_skipped(element, name, whole, hidden)
                or (not whole and _is_furniture(element, most))
            ):
                if name in BLOCKS:
                    blocks.close_block()
                skipped = element
                walk.skip_subtree()
                continue
            blocks.open(name)
            blocks.add(element.text if name else None)
            if name == "img" and (shown := description(element.get("alt"))):
                blocks.add(f" {shown} ")
        else:
            if element is not skipped:
                blocks.close(name)
            blocks.add(element.tail if element is not root else None)
    blocks.close_block()
    return blocks.done


def _is_skipped(element: etree._Element, name: str, whole: bool, hidden: list[str]) -> bool:
    """True for what a reader does not see, and for navigation unless `whole`."""
    if not name or name in NEVER_SHOWN:
        return True
    style = element.get("style", "")
    if "hidden" in element.attrib or (style and _hidden_style.search(style.lower())):
        text = " ".join("".join(map(str, element.itertext())).split())
        if text:
            hidden.append(text)
        return True
    if whole:
        return False
    if name in NAVIGATION or element.get("role") in NAVIGATION_ROLES:
        return True
    return name == "header" and element.find(".//h1") is None


def _is_furniture(element: etree._Element, most: float) -> bool:
    """True for a small part that its class or id calls navigation, a footer or a cookie banner."""
    called = f"{element.get('class', '')} {element.get('id', '')}".lower()
    if not FURNITURE.intersection(_name_part.findall(called)):
        return False
    size = sum(map(len, map(str, element.itertext())))
    return size <= most and element.find(".//h1") is None


def _stated(root: etree._Element) -> dict[str, str]:
    """Title, date and author that the page's head states; the more exact statement first."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        metas.setdefault(name.lower(), meta.get("content", ""))
    title = root.find(".//title")
    time = root.find(".//time[@datetime]")
    candidates = {
        "title": ("citation_title", "dc.title", "og:title"),
        "date": (
            "citation_date",
            "citation_publication_date",
            "article:published_time",
            "datepublished",
            "dc.date",
            "dcterms.created",
            "date",
        ),
        "author": ("citation_author", "author", "dc.creator", "article:author"),
    }
    stated = {
        field: next((metas[name] for name in names if metas.get(name)), "")
        for field, names in candidates.items()
    }
    if title is not None and not stated["title"]:
        stated["title"] = title.text or ""
    if time is not None and not stated["date"]:
        stated["date"] = time.get("datetime", "")
    return stated
