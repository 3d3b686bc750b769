"""A library is opened by its URL alone: a folder today, a server when one is outgrown."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from index.describing import describe_old
from index.errors import LibraryUnavailable
from index.library import Library
from index.recipe import Recipe
from index.sqlite_library import DATABASE, SQLiteLibrary
from ingest.errors import N_


def default_url() -> str:
    """`CASELIB_LIBRARY`, or a folder under the user's data directory."""
    return os.environ.get("CASELIB_LIBRARY") or str(
        platformdirs.user_data_path("caselib") / "library"
    )


def open_library(url: str, recipe: Recipe | None = None, create: bool = True) -> Library:
    """Open the library at a URL.

    Parameters
    ----------
    url : a folder's path.
    recipe : what vectors are made with; None where nothing is embedded.
    create : make the library where there is none.

    Raises
    ------
    LibraryUnavailable : it cannot be read, or is not there and shall not be made.
    LibraryMismatch : it was made with another recipe.
    """
    scheme, separator, _ = url.partition("://")
    if separator:
        raise LibraryUnavailable(
            N_("Libraries at {scheme}:// cannot be opened by this version: name a folder."),
            scheme=scheme,
        )
    folder = Path(url)
    if not create and not (folder.expanduser() / DATABASE).is_file():
        raise LibraryUnavailable(
            N_("There is no library in {folder} yet: add a file to make one."), folder=url
        )
    library = SQLiteLibrary(folder, recipe)
    describe_old(library)
    return library
