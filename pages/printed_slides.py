"""Slides become PDFs that can be shown: printed aside, one file after the other, once for all.

The PDFs live in a folder of the server's own, bounded in size, that goes when the server ends.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from index.library import Library, Record
from ingest.limits import DEFAULT_LIMITS
from ingest.printing import print_slides
from pages.aside import Aside

KEPT: Final = 100
"""Printed files that are kept, at most."""
_LIMITS: Final = replace(DEFAULT_LIMITS, seconds=60.0)

_folder = TemporaryDirectory(prefix="caselib-pages-", ignore_cleanup_errors=True)


def printed(library: Library, record: Record) -> Future[Path]:
    """The PDF of a document's slides, begun when it is first asked for.

    Its result raises UnreadableFile where the slides cannot be printed.
    """
    return _aside.ask(record.sha256, partial(_print, library, record))


def _print(library: Library, record: Record) -> Path:
    target = _path(record.sha256)
    with library.file_path(record.document) as path:
        print_slides(path, record.media_type, target, _LIMITS)
    return target


def _path(sha256: str) -> Path:
    return Path(_folder.name, f"{sha256}.pdf")


_aside: Final = Aside[Path](
    "slides", KEPT, let_go=lambda sha256: _path(sha256).unlink(missing_ok=True)
)
