"""Pages that are pictures are read by OCR, or wait for it, and are told apart from the others."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image

from ingest import tesseract
from ingest.document import FileText, Page
from ingest.errors import UnreadableFile
from ingest.formats import PDF
from ingest.limits import Limits
from ingest.ocr import _Neighbours, can_read_scans, read_scans
from ingest.read import read_document, read_file
from ingest.tesseract import text_of_table
from tests.ingest import hard_files, scans

DATA = {
    "ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "pt": "por", "ru": "rus",
    "zh-Hans": "chi_sim", "zh-Hant": "chi_tra",
}  # fmt: skip
EVERY = frozenset(DATA.values())


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", DATA)
def test_a_scan_is_read_in_the_language_it_is_written_in(tmp_path: Path, language: str) -> None:
    scans.require_tesseract(DATA[language])
    path = scans.scanned_pdf(tmp_path / "a.pdf", [scans.picture(scans.TEXTS[language], language)])
    document = read_document(path)
    assert document.pages[0].read_by_ocr
    assert document.languages == (language[:2],)
    assert all(passage.read_by_ocr for passage in document.passages)
    read, truth = bare(document.pages[0].text), bare(scans.TEXTS[language])
    assert SequenceMatcher(None, read, truth, autojunk=False).ratio() > 0.96, read
    assert document.pictures == ()


def test_only_the_pictures_among_the_pages_are_read_by_ocr(tmp_path: Path) -> None:
    scans.require_tesseract("fra")
    french = scans.TEXTS["fr"].encode("ascii", "ignore").decode()
    pages: scans.Pages = [french, scans.picture(scans.TEXTS["fr"], "fr"), french]
    seen: list[tuple[int, int]] = []
    text = read_file(
        scans.scanned_pdf(tmp_path / "a.pdf", pages),
        on_page=lambda page, of: seen.append((page, of)),
    )
    assert [page.read_by_ocr for page in text.pages] == [False, True, False]
    assert "un verrou pour les banques" in text.pages[1].text
    assert seen == [(1, 3), (2, 3), (3, 3), (2, 3)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_laid_askew_is_turned(tmp_path: Path, turn: int) -> None:
    scans.require_tesseract()
    page = scans.picture(scans.TEXTS["en"] * 3, "en").rotate(turn, expand=True)
    text = read_file(scans.scanned_pdf(tmp_path / "a.pdf", [page]))
    assert "a shared anycast cloud" in " ".join(text.pages[0].text.split())


def test_slides_that_are_pictures_are_read(tmp_path: Path) -> None:
    scans.require_tesseract("rus")
    slides = [scans.picture(scans.TEXTS["ru"], "ru"), scans.picture(scans.TEXTS["en"], "en")]
    text = read_file(scans.pictures_pptx(tmp_path / "a.pptx", slides))
    assert "Ключи хранятся в двух городах" in text.pages[0].text
    assert "forty sites" in text.pages[1].text
    assert [page.read_by_ocr for page in text.pages] == [True, True]


def test_pictures_without_text_are_refused_once_they_were_looked_at(tmp_path: Path) -> None:
    scans.require_tesseract()
    with pytest.raises(UnreadableFile, match="found no text"):
        read_file(hard_files.scan_pdf(tmp_path / "a.pdf"))


def test_without_tesseract_a_scan_waits_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert not can_read_scans()
    path = hard_files.scan_pdf(tmp_path / "Annual_report_2019.pdf")
    document = read_document(path)
    assert (document.pictures, document.passages) == ((1,), ())
    assert document.title == "Annual report 2019"
    assert "name" in document.guesses["title"].reason


def test_a_scan_that_waits_has_the_title_that_its_file_states(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    pages = [Image.effect_noise((300, 400), 60)]
    path = scans.scanned_pdf(tmp_path / "scan.pdf", pages, title="How an island moved its zone")
    assert read_document(path).title == "How an island moved its zone"


def test_a_page_that_takes_too_long_waits_and_costs_no_other(tmp_path: Path) -> None:
    scans.require_tesseract()
    pages: scans.Pages = ["A page with a layer of text.", scans.picture(scans.TEXTS["en"], "en")]
    path = scans.scanned_pdf(tmp_path / "a.pdf", pages)
    text = read_file(path, limits=Limits(seconds_per_scan=0.05))
    assert text.pictures == (2,)
    assert text.pages[0].text == "A page with a layer of text."
    assert read_file(path).pictures == ()


def test_a_file_of_too_many_failing_pages_is_given_up_soon(tmp_path: Path) -> None:
    scans.require_tesseract()
    path = tmp_path / "a.pdf"
    path.write_bytes(b"no PDF")
    numbers = tuple(range(1, 11))
    text = FileText(PDF, tuple(Page(number, "") for number in numbers), pictures=numbers)
    seen: list[int] = []
    left = read_scans(path, "a.pdf", text, Limits(), on_page=lambda page, of: seen.append(page))
    assert seen == [1, 2, 3]
    assert left.pictures == numbers


def test_pages_on_which_tesseract_fails_wait_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "tesseract"
    program.parent.mkdir()
    program.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && printf "List:\\neng\\n" || exit 1\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    assert can_read_scans()
    assert read_file(hard_files.scan_pdf(tmp_path / "a.pdf")).pictures == (1,)


def test_neighbours_tell_the_language_of_a_script() -> None:
    pages = [Page(1, scans.TEXTS["fr"]), Page(2, ""), Page(3, ""), Page(4, scans.TEXTS["es"])]
    neighbours = _Neighbours.of(pages, EVERY)
    assert neighbours.languages(2)["Latin"] == ["fra"]
    assert neighbours.languages(3)["Latin"] == ["spa"]
    assert neighbours.languages(3)["Arabic"] == ["ara"]
    assert neighbours.otherwise(2) == ["fra"]


def test_both_ways_to_write_chinese_are_tried_until_two_pages_agree() -> None:
    neighbours = _Neighbours.of([Page(1, "")], EVERY)
    assert neighbours.languages(1)["Han"] == ["chi_sim", "chi_tra"]
    neighbours.known[1] = ("Han", "chi_tra")
    assert neighbours.languages(2)["Han"] == ["chi_sim", "chi_tra"]
    neighbours.known[2] = ("Han", "chi_tra")
    assert neighbours.languages(3)["Han"] == ["chi_tra"]


def test_what_is_not_installed_is_not_asked_for() -> None:
    neighbours = _Neighbours.of([Page(1, scans.TEXTS["fr"])], frozenset({"eng"}))
    assert neighbours.languages(2) == {"Latin": ["eng"]}


def test_doubtful_lines_are_left_out() -> None:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n"
    rows = [
        ("1", "1", "1", "96", "Twelve"), ("1", "1", "1", "95", "hundred"),
        ("1", "1", "2", "94", "names."),
        ("2", "1", "1", "12", "~=|"),
        ("3", "1", "1", "91", "End."),
    ]  # fmt: skip
    table = head + "\n".join(
        f"5\t1\t{block}\t{paragraph}\t{line}\t1\t0\t0\t9\t9\t{sure}\t{text}"
        for block, paragraph, line, sure, text in rows
    )
    assert text_of_table(table)[0] == "Twelve hundred\nnames.\n\nEnd."
    assert text_of_table(head) == ("", 0.0)


def test_the_scripts_are_those_of_the_seven_languages() -> None:
    assert {name for names in tesseract.LANGUAGES_OF_SCRIPT.values() for name in names} == EVERY


def test_a_few_doubtful_letters_are_the_grain_of_a_photograph() -> None:
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext\n"

    def read(word: str, confidence: int) -> str:
        return text_of_table(f"{head}5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t{confidence}\t{word}\n")[0]

    assert read("re", 60) == ""
    assert read("2019", 93) == "2019"
    assert read("Anycastnetwork", 60) == "Anycastnetwork"
