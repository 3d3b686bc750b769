"""What people said that documents are to one another: links are followed, never guessed."""

from __future__ import annotations

from collections.abc import Sequence

from index.library import LINKS, Library, Link

DIFFERENT = "different"
SAME = tuple(kind for kind in LINKS if kind != DIFFERENT)


def group_of(library: Library, document: str, kinds: Sequence[str] = SAME) -> set[str]:
    """The documents that are linked to one, over others too; it is not among them.

    Parameters
    ----------
    document : its whole identifier.
    kinds : of the links that are followed.
    """
    found, waiting = {document}, [document]
    while waiting:
        one = waiting.pop()
        others = {other_of(link, one) for link in library.links(one) if link.kind in kinds}
        waiting += others - found
        found |= others
    return found - {document}


def newest_edition(library: Library, document: str) -> str:
    """The newest edition of a document, over the editions between, `` where it is the newest."""
    seen = [document]
    while True:
        newer = [
            link.document
            for link in library.links(seen[-1])
            if link.kind == "edition" and link.document not in seen
        ]
        if not newer:
            return seen[-1] if len(seen) > 1 else ""
        seen.append(newer[-1])


def refused(library: Library, document: str) -> set[str]:
    """The documents that a person said are not the same as one."""
    return {other_of(link, document) for link in library.links(document) if link.kind == DIFFERENT}


def other_of(link: Link, document: str) -> str:
    """The other document of a link."""
    return link.other if link.document == document else link.document
