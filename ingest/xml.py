"""XML from untrusted files: without entities, without a network, without what it points to."""

import zipfile
from pathlib import Path

from lxml import etree

from ingest.errors import N_, UnreadableFile


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML; entities that its DTD declares are left unexpanded.

    Raises
    ------
    etree.XMLSyntaxError : not well formed beyond repair.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    root = etree.fromstring(content, parser)
    if root is None:
        raise etree.XMLSyntaxError("no element", 0, 0, 0)
    return root


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace; `` for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def read_member(path: Path, name: str) -> bytes:
    """Read one member of a zip whose size `check_zip` has allowed.

    Raises
    ------
    UnreadableFile : the member is missing or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read(name)
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as e:
        raise UnreadableFile(
            N_("This file is damaged or incomplete: its part {part} cannot be read."),
            part=name[:80],
        ) from e
