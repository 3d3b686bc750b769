"""Slides are printed to a PDF by LibreOffice, where it is installed, so that they can be seen."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.errors import N_, UnreadableFile
from ingest.formats import ODP, PPT, PPTX
from ingest.legacy import convert, find_office
from ingest.limits import Limits

SUFFIXES = {PPTX: "pptx", PPT: "ppt", ODP: "odp"}
# Hidden slides too: pages keep the numbers under which they were read.
_PDF = 'pdf:impress_pdf_Export:{"ExportHiddenSlides":{"type":"boolean","value":"true"}}'


def can_print(media_type: str) -> bool:
    """Whether files of a kind can be printed here, a page for each slide."""
    return media_type in SUFFIXES and find_office() is not None


def print_slides(path: Path, media_type: str, target: Path, limits: Limits) -> None:
    """Print a file to a PDF; the target is there whole or not at all.

    Raises
    ------
    UnreadableFile : LibreOffice is not installed, cannot print it or takes too long.
    """
    program = find_office()
    if program is None or media_type not in SUFFIXES:
        raise _not_printed()
    with TemporaryDirectory(prefix="caselib-") as folder:
        source = Path(folder, f"slides.{SUFFIXES[media_type]}")
        shutil.copyfile(path, source)
        convert(program, source, _PDF, limits)
        printed = source.with_suffix(".pdf")
        if not printed.is_file():
            raise _not_printed()
        partial = target.with_suffix(".partial")
        shutil.copyfile(printed, partial)
        os.replace(partial, target)


def _not_printed() -> UnreadableFile:
    return UnreadableFile(N_("These slides cannot be shown as pictures."))
