"""Every file of the shared collection is read as its manifest says, or refused with a sentence."""

import csv
import os
import re
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.ocr import can_read_scans
from ingest.read import read_file

SHARED = os.environ.get("CASELIB_SHARED")
DOCS = Path(SHARED or ".") / "docs"
NEEDS_OCR = ("D_ocr_test.pdf",)
REFUSED = {
    "J_PDFBOX-3148-2-fuzzed.pdf": "damaged",
    "P_password-example.pdf": "password",
    "J_evaljs.pdf": "no text",
    "T_testPPT_protected_passtika.pptx": "password",
    "T_droste.zip": "archive",
}
PASSWORDS = {
    "P_password-example.pdf": ("test", "Backup4all"),
    "T_testPPT_protected_passtika.pptx": ("tika", "an encrypted PowerPoint"),
}

pytestmark = pytest.mark.skipif(SHARED is None, reason="CASELIB_SHARED names no folder")


def rows() -> list[tuple[str, str]]:
    if SHARED is None:
        return []
    with (DOCS / "MANIFEST.tsv").open(encoding="utf-8") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["file"], re.sub(r" \(.*", "", row["must_contain"])) for row in reader]


@pytest.mark.parametrize(("name", "phrase"), rows())
def test_says_what_the_manifest_says(name: str, phrase: str) -> None:
    if name in NEEDS_OCR and not can_read_scans():
        assert read_file(DOCS / name).pictures
        return
    if name in REFUSED:
        with pytest.raises(UnreadableFile, match=REFUSED[name]):
            read_file(DOCS / name)
        return
    text = read_file(DOCS / name)
    whole = "\n".join(page.text for page in text.pages)
    whole.encode("utf-8")
    assert whole.strip()
    if phrase != "-":
        assert phrase in " ".join(whole.split())


@pytest.mark.parametrize("name", PASSWORDS)
def test_password_opens_what_is_protected(name: str) -> None:
    password, phrase = PASSWORDS[name]
    if SHARED is not None:
        text = read_file(DOCS / name, password=password)
        assert any(phrase in page.text for page in text.pages)
        with pytest.raises(UnreadableFile, match="does not open"):
            read_file(DOCS / name, password="wrong")
