"""A page is seen as a picture, with the lines of a passage where they are printed on it."""

import time
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from ingest.document import Document
from ingest.errors import UnreadableFile
from ingest.limits import Limits
from ingest.page_view import WIDTHS, AskedView, Box, PageView, where_on_page
from ingest.read import read_document
from ingest.sandbox import view_in_sandbox
from tests.ingest import hard_files

STARTER = Path(__file__).resolve().parents[2] / "data" / "starter"
LIMITS = Limits(seconds=20)


def _view(path: Path, number: int, passage: str = "", width: int = 0) -> PageView:
    return view_in_sandbox(path, path.name, LIMITS, AskedView(number, passage, width))


def _starter(language: str) -> tuple[Path, Document]:
    """The first PDF of the starter library in a language."""
    for path in sorted(STARTER.glob("*.pdf")):
        document = read_document(path, path.name)
        if document.language == language:
            return path, document
    raise AssertionError(f"no PDF in {language}")


@pytest.mark.parametrize("language", ["ar", "en", "es", "fr", "pt", "ru", "zh"])
def test_passages_are_found_on_printed_pages_in_every_language(language: str) -> None:
    path, document = _starter(language)
    for passage in document.passages:
        view = _view(path, passage.page, passage.text)
        assert view.boxes, passage.text
        assert _share_of_letters(path, passage.page, passage.text, view.boxes) > 0.75


def _share_of_letters(path: Path, page: int, passage: str, boxes: Iterable[Box]) -> float:
    """How much of a passage's words stands in the boxes, by pdfium's own text of them."""
    with pypdfium2.PdfDocument(path) as document:
        width, height = document[page - 1].get_size()
        text = document[page - 1].get_textpage()
        drawn = "".join(
            text.get_text_bounded(
                left * width - 1,
                height - bottom * height - 1,
                right * width + 1,
                height - top * height + 1,
            )
            for left, top, right, bottom in boxes
        )
    wanted = [letter for letter in passage if letter.isalnum()]
    there = list(filter(str.isalnum, drawn))
    return sum(min(wanted.count(one), there.count(one)) for one in set(wanted)) / len(wanted)


def test_a_line_is_marked_where_it_is_printed(tmp_path: Path) -> None:
    marked = hard_files.line("Queries are answered by the nearest site", x=72, y=600, size=12)
    other = hard_files.line("Another sentence stands at the top of it", x=72, y=720, size=12)
    path = hard_files.minimal_pdf(tmp_path / "a.pdf", [other + marked])
    view = _view(path, 1, "Queries are answered by the nearest site", WIDTHS[0])
    assert len(view.boxes) == 1
    left, top, right, bottom = view.boxes[0]
    assert left == pytest.approx(72 / view.width, abs=0.01)
    assert top < 1 - 600 / view.height < bottom + 0.005 < top + 0.03
    picture = Image.open(BytesIO(view.picture)).convert("L")
    inside = picture.crop(
        (
            round(left * picture.width),
            round(top * picture.height),
            round(right * picture.width),
            round(bottom * picture.height),
        )
    )
    assert inside.getextrema()[0] < 100, "there is ink in the box"


def test_a_turned_page_is_marked_as_it_is_seen(tmp_path: Path) -> None:
    line = hard_files.line("Queries are answered by the nearest site", x=72, y=600, size=12)
    path = hard_files.minimal_pdf(tmp_path / "a.pdf", [line])
    with pypdfium2.PdfDocument(path) as document:
        document[0].set_rotation(90)
        document.save(tmp_path / "turned.pdf")
    upright, turned = (
        _view(tmp_path / name, 1, "nearest site") for name in ("a.pdf", "turned.pdf")
    )
    assert (turned.width, turned.height) == (upright.height, upright.width)
    (left, top, right, bottom), box = upright.boxes[0], turned.boxes[0]
    assert box == pytest.approx((1 - bottom, left, 1 - top, right), abs=0.01)


def test_columns_and_divided_words_are_marked_whole(tmp_path: Path) -> None:
    path = hard_files.two_column_pdf(tmp_path / "a.pdf", row_by_row=True)
    view = _view(path, 1, " ".join(hard_files.RIGHT))
    assert len(view.boxes) == len(hard_files.RIGHT)
    assert min(box[0] for box in view.boxes) > 0.45
    report = hard_files.printed_report(tmp_path / "b.pdf")
    whole = (
        "The musical chapter, as well known, treats the registration of musical names by people "
        "with a well-known interest in musical matters"
    )
    assert len(_view(report, 4, whole).boxes) >= 2


def test_what_does_not_stand_on_a_page_is_not_marked(tmp_path: Path) -> None:
    path = hard_files.pages_pdf(tmp_path / "a.pdf", 1)
    assert _view(path, 1, "No word of this sentence was ever printed there").boxes == ()


@pytest.mark.parametrize(
    ("passage", "drawn", "expected"),
    [
        pytest.param("an efficient file", "an eﬃcient\u00a0ﬁle", (0, 14), id="ligatures"),
        pytest.param("registry lock", "THE REG-\nISTRY LOCK!", (4, 19), id="divided"),
        pytest.param("السجل الوطني", "ﺍﻟﺴﺠﻞ ﺍﻟﻮﻃﻨﻲ", (0, 12), id="presentation forms"),
        pytest.param("يفحص الفريق الأسماء", "ءامسألا قيرفلا صحفي", (0, 19), id="visual order"),
        pytest.param("créé en été", "cre´e´ en e´te´", (0, 14), id="loose accents"),
        pytest.param("农村学校", "为农 村 学 校提供", (1, 8), id="Han with gaps"),
    ],
)
def test_letters_are_found_however_a_file_draws_them(
    passage: str, drawn: str, expected: tuple[int, int]
) -> None:
    spans = where_on_page(passage, drawn)
    assert (spans[0][0], spans[-1][1]) == expected


def test_the_last_of_two_thousand_pages_is_seen_at_once(tmp_path: Path) -> None:
    path = hard_files.pages_pdf(tmp_path / "a.pdf", 2000)
    _view(path, 1)
    started = time.monotonic()
    view = _view(path, 2000, "page 2000", WIDTHS[0])
    assert time.monotonic() - started < 3
    assert abs(Image.open(BytesIO(view.picture)).width - WIDTHS[0]) <= 1


def test_a_poster_costs_no_more_than_a_page(tmp_path: Path) -> None:
    path = hard_files.minimal_pdf(tmp_path / "a.pdf", [hard_files.line("Long")])
    with pypdfium2.PdfDocument(path) as document:
        document[0].set_mediabox(0, 0, 100, 14_000)
        document.save(tmp_path / "poster.pdf")
    view = _view(tmp_path / "poster.pdf", 1, "", WIDTHS[1])
    assert max(Image.open(BytesIO(view.picture)).size) <= 3200


def test_a_page_that_cannot_be_shown_is_one_sentence(tmp_path: Path) -> None:
    protected = hard_files.protected_pdf(tmp_path / "a.pdf", "secret")
    text = tmp_path / "b.pdf"
    text.write_text("no PDF at all")
    good = hard_files.pages_pdf(tmp_path / "c.pdf", 2)
    for path, number in ((protected, 1), (text, 1), (good, 3)):
        with pytest.raises(UnreadableFile, match="cannot be shown"):
            _view(path, number)


def test_a_page_that_takes_long_is_given_up(tmp_path: Path) -> None:
    path = hard_files.slow_pdf(tmp_path / "a.pdf")
    started = time.monotonic()
    with pytest.raises(UnreadableFile, match="longer than 1 seconds"):
        view_in_sandbox(path, path.name, Limits(seconds=1), AskedView(1, "word", WIDTHS[1]))
    assert time.monotonic() - started < 10
