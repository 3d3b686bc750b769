"""The desk of a library: what is public, what waits, and what is known of both."""

from __future__ import annotations

from dataclasses import dataclass

from desk.database import Database
from index.library import Library


@dataclass(frozen=True, slots=True)
class Desk:
    """What a librarian works on.

    Attributes
    ----------
    library : what everybody reads.
    deposits : a library of its own for what nobody but a librarian may read. That it is another
        one, and no mark on a document, is why no query, facet or file of `library` can show it.
    """

    library: Library
    deposits: Library
    database: Database
