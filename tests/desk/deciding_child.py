"""Decides on every document of a desk, over and over, until it is killed; reports each act."""

from __future__ import annotations

import sys
from pathlib import Path

from desk import decisions, queue
from desk.opening import open_desk
from desk.people import Person, Role
from index.opening import open_library

LIBRARIAN = Person("ada@registry.example", Role.LIBRARIAN)


def main(folder: Path) -> None:
    """Publish what is not public and withdraw what is, in turn."""
    desk = open_desk(open_library(str(folder), create=False))
    while True:
        for deposit, _record in queue.in_state(desk, LIBRARIAN, "waiting"):
            decisions.approve(desk, LIBRARIAN, deposit.document)
            print("published", deposit.document, flush=True)
        for deposit, _record in queue.in_state(desk, LIBRARIAN, "withdrawn"):
            decisions.restore(desk, LIBRARIAN, deposit.document)
            print("published", deposit.document, flush=True)
        for deposit, _record in queue.in_state(desk, LIBRARIAN, "published"):
            decisions.unpublish(desk, LIBRARIAN, deposit.document)
            print("withdrawn", deposit.document, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
