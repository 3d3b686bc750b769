"""A library's desk is opened; moves that were cut short are ended first."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desk.database import Database
from desk.moves import finish_moves
from desk.stores import Desk
from index.library import Library
from index.opening import open_library

WAITING: Final = "deposits"
"""The folder, inside the library's, of the second library: what is not public."""


def open_desk(library: Library) -> Desk:
    """Open the desk of a library in a folder; made where there is none yet.

    Raises
    ------
    LibraryUnavailable : it cannot be read or written.
    LibraryMismatch : what waits was embedded with another model than the library.
    """
    folder = Path(library.url)
    database = Database(folder)
    waiting = folder / WAITING
    waiting.mkdir(mode=0o700, exist_ok=True)
    desk = Desk(library, open_library(str(waiting), library.recipe), database)
    finish_moves(desk)
    return desk
