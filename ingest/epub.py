"""EPUB books: the files of the spine in their order, headings as sections."""

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from ingest.document import FileText
from ingest.encodings import declared_encoding, decode
from ingest.errors import N_, UnreadableFile
from ingest.formats import EPUB
from ingest.limits import Reading, check_zip
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.sections import Block, has_text, pages_of
from ingest.web_page import html_blocks, parse_html
from ingest.xml import local_name, parse_xml, read_member

# Fonts are scrambled by these; any other encryption hides the text.
FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def read_epub(path: Path, reading: Reading) -> FileText:
    """Read an EPUB book.

    Raises
    ------
    UnreadableFile : damaged, copy-protected, without text or over the limits.
    """
    names = {member.filename for member in check_zip(path, reading.limits)}
    hidden: list[str] = []
    try:
        _refuse_protected(path, names)
        package_name = _package_name(path)
        package = parse_xml(read_member(path, package_name))
        blocks = list(_blocks(path, names, package, package_name, hidden))
    except etree.LxmlError as error:
        raise UnreadableFile(
            N_("This EPUB book is damaged or incomplete. Deposit a whole copy of it.")
        ) from error
    pages = pages_of(blocks, reading.limits)
    if not has_text(pages):
        raise UnreadableFile(N_("This EPUB book has no text."))
    stated: dict[str, str] = {}
    for element in package.iter():
        stated.setdefault(local_name(element), element.text or "")
    return FileText(
        media_type=EPUB,
        pages=pages,
        metadata_title=sane_title(stated.get("title")),
        metadata_date=sane_date(stated.get("date")),
        authors=sane_authors(stated.get("creator")),
        hidden=tuple(hidden),
    )


def _refuse_protected(path: Path, names: set[str]) -> None:
    if "META-INF/encryption.xml" not in names:
        return
    for element in parse_xml(read_member(path, "META-INF/encryption.xml")).iter():
        if local_name(element) == "EncryptionMethod":
            parent = element.getparent()
            kind = "" if parent is None else local_name(parent)
            if kind == "EncryptedData" and element.get("Algorithm") not in FONT_SCRAMBLING:
                raise UnreadableFile(
                    N_("This EPUB book is copy-protected. Deposit a copy without protection.")
                )


def _package_name(path: Path) -> str:
    for element in parse_xml(read_member(path, "META-INF/container.xml")).iter():
        if local_name(element) == "rootfile":
            return element.get("full-path", "")
    raise UnreadableFile(N_("This EPUB book is damaged or incomplete. Deposit a whole copy of it."))


def _blocks(
    path: Path, names: set[str], package: etree._Element, package_name: str, hidden: list[str]
) -> Iterator[Block]:
    folder = posixpath.dirname(package_name)
    files = {
        item.get("id", ""): posixpath.normpath(
            posixpath.join(folder, unquote(item.get("href", "")))
        )
        for item in package.iter()
        if local_name(item) == "item"
    }
    for reference in package.iter():
        name = files.get(reference.get("idref", "")) if local_name(reference) == "itemref" else None
        if name not in names or name is None:
            continue
        content = read_member(path, name)
        try:
            root = parse_html(decode(content, declared_encoding(content)))
        except UnreadableFile:
            # A chapter without any element, such as a blank leaf.
            continue
        for index, block in enumerate(html_blocks(root, hidden)):
            yield replace(block, opens_page=index == 0)
