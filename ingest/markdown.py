"""Markdown files (CommonMark with tables): headings as sections."""

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.characters import BULLET
from ingest.document import FileText
from ingest.encodings import decode
from ingest.errors import N_, UnreadableFile
from ingest.formats import MARKDOWN
from ingest.limits import Reading
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.sections import Block, has_text, pages_of
from ingest.web_page import html_blocks, parse_html

# YAML between dashes, or TOML between plus signs.
_front_matter = re.compile(
    r"\A(---|\+\+\+)[ \t]*\n(.{0,20000}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
_statement = re.compile(r"^(title|date|author|authors|year)[ ]?[:=](.+)$", re.MULTILINE | re.I)


def read_markdown(path: Path, reading: Reading) -> FileText:
    """Read a Markdown file; the title, date and author of its front matter are metadata.

    Raises
    ------
    UnreadableFile : without text or over the limits.
    """
    text = decode(path.read_bytes()).replace("\r\n", "\n")
    stated: dict[str, str] = {}
    if front := _front_matter.match(text):
        stated = {
            name.lower(): value.strip(" \t\"'[]") for name, value in _statement.findall(front[2])
        }
        text = text[front.end() :]
    hidden: list[str] = []
    pages = pages_of(markdown_blocks(text, hidden), reading.limits)
    if not has_text(pages):
        raise UnreadableFile(N_("This Markdown file has no text."))
    return FileText(
        media_type=MARKDOWN,
        pages=pages,
        metadata_title=sane_title(stated.get("title")),
        metadata_date=sane_date(stated.get("date") or stated.get("year")),
        authors=sane_authors(stated.get("author") or stated.get("authors")),
        hidden=tuple(hidden),
    )


def markdown_blocks(text: str, hidden: list[str]) -> list[Block]:
    """Give Markdown as blocks without its marks; HTML in it is read as HTML."""
    blocks: list[Block] = []
    row: list[str] | None = None
    level = lists = 0
    mark = BULLET
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type in ("list_item_open", "list_item_close"):
            lists += token.nesting
            # The number of an item in a numbered list stands in its token.
            mark = f"{token.info}." if token.info else BULLET
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            blocks.append(Block(" | ".join(filter(None, row)), item=True))
            row = None
        elif token.type == "inline" and row is not None:
            row.append(_inline_text(token))
        elif token.type == "inline":
            inline = _inline_text(token)
            blocks.append(Block(f"{mark} {inline}" if lists else inline, level, lists > 0))
            level = 0
        elif token.type in ("fence", "code_block"):
            blocks.append(Block(token.content))
        elif token.type == "html_block" and token.content.strip("<>!- \n"):
            blocks.extend(_html(token.content, hidden))
    return blocks


def _html(content: str, hidden: list[str]) -> list[Block]:
    try:
        return html_blocks(parse_html(content), hidden)
    except UnreadableFile:
        # A comment or an unfinished tag: nothing to show.
        return []


def _inline_text(token: Token) -> str:
    parts = []
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "image":
            parts.append(_inline_text(child))
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak":
            parts.append("\n")
    return "".join(parts)
