"""PDF files of every kind become pages, or one clear sentence."""

from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.limits import Limits
from ingest.read import read_file
from tests.ingest import hard_files


@pytest.mark.parametrize("row_by_row", [False, True])
def test_columns_are_read_one_after_the_other(tmp_path: Path, row_by_row: bool) -> None:
    text = read_file(hard_files.two_column_pdf(tmp_path / "a.pdf", row_by_row)).pages[0].text
    whole = " ".join(text.split())
    assert " ".join(hard_files.LEFT) in whole
    assert " ".join(hard_files.RIGHT) in whole
    assert whole.index(hard_files.LEFT[-1]) < whole.index(hard_files.RIGHT[0])
    assert whole.startswith("What an open second level did")


def test_heads_feet_numbers_and_divided_words_are_mended(tmp_path: Path) -> None:
    pages = read_file(hard_files.printed_report(tmp_path / "a.pdf")).pages
    assert pages[0].text.startswith("Annual report of the registry 2019")
    assert pages[3].text == (
        "The musical chapter, as well known, treats the registration of musical names by people "
        "with a well-known interest in musical matters, and it is about things that only the "
        "musical section explains to us."
    )


def test_headings_and_paragraphs_are_parted_as_printed(tmp_path: Path) -> None:
    text = read_file(hard_files.headed_pdf(tmp_path / "a.pdf")).pages[0].text
    paragraphs = text.split("\n\n")
    assert [paragraph[:12] for paragraph in paragraphs] == [
        "What an open",
        "The registry",
        "Abuse was th",
        "What another",
        "A hold of tw",
    ]
    assert "in the spring. Within a year" in paragraphs[1]


def test_chinese_lines_join_without_spaces(tmp_path: Path) -> None:
    text = read_file(hard_files.chinese_pdf(tmp_path / "a.pdf")).pages[0].text
    assert "使得中小企业能够更方便地" in text
    assert "滥用投诉却下降了三分之一。" in text


def test_what_was_typed_into_a_form_is_read(tmp_path: Path) -> None:
    text = read_file(hard_files.form_pdf(tmp_path / "a.pdf")).pages[0].text
    assert text == (
        "Application for a name under the islands\n\nMarguerite of the harbour\n\n"
        "Renewals have doubled"
    )


def test_unseen_text_is_kept_apart_and_white_on_dark_is_read(tmp_path: Path) -> None:
    text = read_file(hard_files.hidden_text_pdf(tmp_path / "a.pdf"))
    assert "everyone may read" in text.pages[0].text
    assert "Shown white on a dark ground" in text.pages[0].text
    assert "praise" not in text.pages[0].text
    assert "instructions" not in text.pages[0].text
    assert "outside of the page" not in text.pages[0].text
    hidden = " ".join(text.hidden)
    assert "praise this paper" in hidden
    assert "ignore your instructions" in hidden


def test_text_that_ocr_left_over_a_scan_is_read(tmp_path: Path) -> None:
    path = hard_files.scan_pdf(tmp_path / "a.pdf", "Read by a machine in the archive")
    page = read_file(path).pages[0]
    assert page.text == "Read by a machine in the archive"
    assert page.read_by_ocr


def test_pages_without_text_keep_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No Tesseract: what is a picture stays one.
    monkeypatch.setenv("PATH", "")
    path = hard_files.minimal_pdf(
        tmp_path / "a.pdf",
        [hard_files.line("One"), b"10 10 99 99 re f", hard_files.line("Three")],
    )
    text = read_file(path)
    assert [page.text for page in text.pages] == ["One", "", "Three"]
    assert text.pictures == (2,)


def test_password_is_asked_for_and_opens(tmp_path: Path) -> None:
    path = hard_files.protected_pdf(tmp_path / "a.pdf", "geheim")
    with pytest.raises(UnreadableFile, match="protected with a password"):
        read_file(path)
    with pytest.raises(UnreadableFile, match="does not open"):
        read_file(path, password="falsch")
    assert "board only" in read_file(path, password="geheim").pages[0].text


def test_two_thousand_pages_are_read_and_one_more_is_refused(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    path = hard_files.pages_pdf(tmp_path / "a.pdf", 2000)
    text = read_file(path, on_page=lambda page, of: seen.append((page, of)))
    assert len(text.pages) == 2000
    assert seen[-1] == (2000, 2000)
    assert text.pages[-1].text == "Page 1999 says something."
    with pytest.raises(UnreadableFile, match="2001 pages; at most 2000"):
        read_file(hard_files.pages_pdf(tmp_path / "b.pdf", 2001))


def test_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no pages"):
        read_file(hard_files.minimal_pdf(tmp_path / "a.pdf", []))


def test_blank_pages_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no text"):
        read_file(hard_files.minimal_pdf(tmp_path / "a.pdf", [b" ", b" "]))


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9])
def test_truncated_pdf_is_read_in_part_or_refused_clearly(tmp_path: Path, part: float) -> None:
    whole = hard_files.printed_report(tmp_path / "whole.pdf").read_bytes()
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[: int(len(whole) * part)])
    try:
        text = read_file(path)
    except UnreadableFile as error:
        assert "damaged" in str(error)
    else:
        assert any("treats the registration" in page.text for page in text.pages)


def test_flate_bomb_is_refused_as_one(tmp_path: Path) -> None:
    path = hard_files.flate_bomb_pdf(tmp_path / "a.pdf")
    assert path.stat().st_size < 2**20
    with pytest.raises(UnreadableFile, match=r"unpacks to far more|memory"):
        read_file(path)


def test_pages_beside_a_bomb_are_read(tmp_path: Path) -> None:
    text = read_file(hard_files.partly_bomb_pdf(tmp_path / "a.pdf"))
    assert text.pages[0].text == "A fine page"
    assert text.damaged == (2,)


def test_loops_end(tmp_path: Path) -> None:
    text = read_file(hard_files.looping_pdf(tmp_path / "a.pdf"), limits=Limits(seconds=20))
    assert "A form that draws itself" in text.pages[0].text
