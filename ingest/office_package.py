"""The parts of an Office file (Open Packaging Conventions, ECMA-376 part 2), read one by one.

Only the parts that hold text are unpacked, and a damaged or missing part, such as a picture that
a program lost, does not keep the others from being read.
"""

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from ingest.errors import N_, UnreadableFile
from ingest.limits import Source
from ingest.xml import local_name, parse_xml

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# Strict files name the same elements in other namespaces.
_strict = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_transitional = rb"http://schemas.openxmlformats.org/\1/2006/\2"


@dataclass(frozen=True, slots=True)
class Relation:
    """From one part of a package to another: `kind` is such as `slide` or `footnotes`."""

    kind: str
    target: str


class OfficePackage:
    """An open Office file.

    Parameters
    ----------
    source : the file; its sizes are checked already.

    Raises
    ------
    UnreadableFile : it is no zip, or has no main part.
    """

    def __init__(self, source: Source) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise damaged_office() from error
        # Some programs write a part's name in another case than its relation.
        self._names = {name.lower(): name for name in self._zip.namelist()}
        main = self.related("", "officeDocument")
        if not main:
            raise damaged_office()
        self.main = main[0]

    def part(self, name: str) -> etree._Element | None:
        """Give the root element of a part; None where it is missing or damaged."""
        content = self.content(name)
        if content is None:
            return None
        try:
            return parse_xml(_strict.sub(_transitional, content))
        except etree.LxmlError:
            return None

    def content(self, name: str) -> bytes | None:
        """Give the bytes of a part, such as a picture; None where it is missing or damaged."""
        stored = self._names.get(name.lower())
        if stored is None:
            return None
        try:
            return self._zip.read(stored)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            return None
        except (NotImplementedError, RuntimeError):
            # A way of packing or protecting that zipfile does not know.
            return None

    def relations(self, name: str) -> dict[str, Relation]:
        """Give the relations of a part, or of the package for ``, by their ids."""
        folder, file = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{file}.rels"))
        relations: dict[str, Relation] = {}
        for element in root if root is not None else ():
            if local_name(element) == "Relationship" and element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, element.get("Target", "")))
                kind = element.get("Type", "").rpartition("/")[2]
                relations[element.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return relations

    def related(self, name: str, *kinds: str) -> list[str]:
        """Give the names of the parts to which a part has relations of some kinds."""
        return [
            relation.target for relation in self.relations(name).values() if relation.kind in kinds
        ]

    def properties(self) -> dict[str, str]:
        """Give the core properties, such as `title`, `creator`, `created`."""
        for name in self.related("", "core-properties"):
            root = self.part(name)
            if root is not None:
                return {local_name(element): element.text or "" for element in root}
        return {}


def damaged_office() -> UnreadableFile:
    """Give the error for an Office file that cannot be opened."""
    return UnreadableFile(
        N_("This Office file is damaged or incomplete. Deposit a whole copy of it.")
    )
