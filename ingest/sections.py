"""From the blocks of a file without pages (headings, paragraphs, tables) to its sections."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.clean import clean_text
from ingest.document import Page
from ingest.limits import Limits, check_pages, too_many_characters

# A section of fewer characters goes on with the next; one of more is divided at a paragraph.
SMALLEST = 300
LARGEST = 6000
# Where a paragraph of more is cut.
CUTS = (". ", "\n", "。", "؟ ", "? ", "! ", "！", "？")
# Headings of these levels open a section.
SECTION_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or the rows of a table, in the order of reading.

    Attributes
    ----------
    level : of a heading, from 1; 0 for all else.
    item : stands in a list; only a line break parts it from the item before.
    opens_page : the file itself begins a page here.
    """

    text: str
    level: int = 0
    item: bool = False
    opens_page: bool = False


@dataclass(slots=True)
class _Section:
    heading: str = ""
    text: str = ""
    last_is_item: bool = False

    def add(self, text: str, item: bool) -> None:
        separator = "\n" if item and self.last_is_item else "\n\n"
        self.text = f"{self.text}{separator}{text}" if self.text else text
        self.last_is_item = item


def pages_of(blocks: Iterable[Block], limits: Limits) -> tuple[Page, ...]:
    """Divide blocks into sections, each a page.

    The file's own page breaks open a section, and so does a heading of level 1 or 2 unless the
    section before is very short; a very long section is divided between paragraphs.

    Raises
    ------
    UnreadableFile : more sections or characters than the limits allow.
    """
    sections = [_Section()]
    heading = ""
    characters = 0
    for block, text in _cleaned(blocks):
        characters += len(text)
        if characters > limits.characters:
            raise too_many_characters(limits)
        opens = 0 < block.level <= SECTION_LEVEL or block.opens_page
        current = sections[-1]
        least = 1 if block.opens_page else SMALLEST
        if (opens and len(current.text) >= least) or (
            current.text and len(current.text) + len(text) > LARGEST
        ):
            heading = "" if opens and not block.level else heading
            sections.append(_Section(heading=heading))
            check_pages(len(sections), limits)
        if 0 < block.level <= SECTION_LEVEL:
            heading = text.replace("\n", " ")
            if not sections[-1].text or not sections[-1].heading:
                sections[-1].heading = heading
        sections[-1].add(text, block.item)
    return tuple(
        Page(number, section.text, section.heading) for number, section in enumerate(sections, 1)
    )


def _cleaned(blocks: Iterable[Block]) -> Iterator[tuple[Block, str]]:
    """Blocks with their cleaned text; a paragraph longer than a section comes in pieces."""
    for block in blocks:
        text = clean_text(block.text)
        start = 0
        while len(text) - start > LARGEST:
            end = start + LARGEST
            cut = max(text.rfind(mark, start, end) + 1 for mark in CUTS)
            cut = cut if cut > start + LARGEST // 2 else end
            yield block, text[start:cut].strip()
            start = cut
        if start < len(text):
            yield block, text[start:].strip()


def has_text(pages: Sequence[Page]) -> bool:
    """True where any page has text."""
    return any(page.text for page in pages)
