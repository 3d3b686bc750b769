"""Plain text files in any encoding that our languages use."""

import re
from pathlib import Path

from ingest.characters import fold_characters
from ingest.clean import clean_printed_pages
from ingest.document import FileText
from ingest.encodings import decode
from ingest.errors import N_, UnreadableFile
from ingest.formats import TEXT
from ingest.limits import Reading, too_many_characters
from ingest.lines import join_lines, words_of
from ingest.sections import Block, has_text, pages_of

_paragraph = re.compile(r"\n[ \t]*\n\s*")


def read_plain_text(path: Path, reading: Reading) -> FileText:
    """Read a plain text file, a page at each form feed; long pages are divided at a paragraph.

    Raises
    ------
    UnreadableFile : without text, in no known encoding or over the limits.
    """
    text = decode(path.read_bytes()).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > reading.limits.characters:
        raise too_many_characters(reading.limits)
    printed = text.strip("\f\n ").split("\f")
    if len(printed) > 1:
        printed = clean_printed_pages(printed)
    else:
        printed = [join_lines(fold_characters(text), words_of(printed))]
    blocks = [
        Block(paragraph, opens_page=number > 0 and first == 0)
        for number, page in enumerate(printed)
        for first, paragraph in enumerate(_paragraph.split(page))
    ]
    pages = pages_of(blocks, reading.limits)
    if not has_text(pages):
        raise UnreadableFile(N_("This text file holds only white space."))
    return FileText(media_type=TEXT, pages=pages)
