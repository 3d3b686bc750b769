"""Every trouble of printed text, in a file of our own: all its words are read, in their order."""

from pathlib import Path

import pytest

from benchmarks.reading import by_us, order, recall, words_of
from tests.ingest.troubled_files import BODIES, TROUBLED, Troubled


@pytest.mark.parametrize("troubled", TROUBLED, ids=[each.trouble for each in TROUBLED])
def test_a_troubled_page_is_read_whole(tmp_path: Path, troubled: Troubled) -> None:
    known = words_of(troubled.text)
    read = words_of(by_us(troubled.make(tmp_path / "a.pdf")))
    assert recall(known, read) == 1, read
    assert order(known, read) == 1, read


def test_heads_feet_and_page_numbers_do_not_stand_between_pages(tmp_path: Path) -> None:
    (heads,) = (each for each in TROUBLED if each.trouble.startswith("heads"))
    text = by_us(heads.make(tmp_path / "a.pdf"))
    assert text.count("Annual report") == 1
    assert text.count("Printed for the board") <= 1
    assert "Page 3" not in text
    assert all(body in text for body in BODIES)


def test_bullets_are_bullets(tmp_path: Path) -> None:
    (bullets,) = (each for each in TROUBLED if each.trouble.startswith("bullet"))
    text = by_us(bullets.make(tmp_path / "a.pdf"))
    assert text.count("•") == 3
    assert not any("\ue000" <= character <= "\uf8ff" for character in text)
