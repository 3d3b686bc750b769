"""Slides are printed by LibreOffice, a page for each, under the numbers they were read with."""

from pathlib import Path

import pypdfium2
import pytest
from pptx import Presentation

from ingest.errors import UnreadableFile
from ingest.formats import DOCX, PDF, PPTX
from ingest.legacy import find_office
from ingest.limits import Limits
from ingest.printing import can_print, print_slides
from ingest.read import read_file
from tests.ingest import hard_files

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
LIMITS = Limits(seconds=300)


@needs_office
def test_each_slide_is_a_page_hidden_ones_too(tmp_path: Path) -> None:
    path = hard_files.slides_pptx(tmp_path / "a.pptx")
    slides = Presentation(str(path))
    slides.slides[0]._element.set("show", "0")
    slides.save(str(path))
    print_slides(path, PPTX, tmp_path / "printed.pdf", LIMITS)
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as printed:
        assert len(printed) == len(read_file(path).pages)


@needs_office
def test_a_file_that_cannot_be_printed_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.pptx"
    path.write_bytes(b"PK\x03\x04 no slides at all")
    with pytest.raises(UnreadableFile, match="cannot be shown"):
        print_slides(path, PPTX, tmp_path / "printed.pdf", LIMITS)
    assert sorted(tmp_path.iterdir()) == [path]


def test_only_slides_are_printed(tmp_path: Path) -> None:
    assert not can_print(PDF) and not can_print(DOCX)
    with pytest.raises(UnreadableFile):
        print_slides(tmp_path / "a.docx", DOCX, tmp_path / "printed.pdf", LIMITS)
