"""What stands in a troubled file is found by its phrase in quotation marks."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.adding import add_file, add_files
from index.encoding import Encoder
from index.library import Library
from index.opening import open_library
from ingest.ocr import can_read_scans
from search.find import search
from tests.index.letters import hashing_encoder
from tests.ingest.troubled_files import TROUBLED

NOT_READ = ("P_password-example.pdf",)
"""Protected with a password that is not in the file."""


@pytest.fixture(scope="module")
def letters() -> Encoder:
    """Phrases are found by their words, so that no language model is needed."""
    return hashing_encoder()


@pytest.fixture(scope="module")
def holding(
    tmp_path_factory: pytest.TempPathFactory, letters: Encoder, shared: Path
) -> Iterator[Library]:
    """A library of the files that are not ours."""
    library = open_library(str(tmp_path_factory.mktemp("docs") / "library"), letters.recipe)
    assert list(add_files(library, letters, [shared / "docs"]))
    yield library
    library.close()


def test_every_phrase_of_the_manifest_is_found(
    holding: Library, letters: Encoder, shared: Path
) -> None:
    with (shared / "docs" / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    left = []
    for row in rows:
        phrase = re.sub(r" \(.*", "", row["must_contain"])
        scanned = row["hard"].startswith("image only") and not can_read_scans()
        if phrase == "-" or row["file"] in NOT_READ or scanned:
            continue
        found = {hit.record.filename for hit in search(holding, letters, f'"{phrase}"').hits}
        if row["file"] not in found:
            left.append((row["file"], phrase))
    assert len(rows) > 20
    assert not left


def test_every_sentence_of_our_own_troubled_files_is_found(
    tmp_path: Path, letters: Encoder
) -> None:
    library = open_library(str(tmp_path / "library"), letters.recipe)
    for number, troubled in enumerate(TROUBLED):
        path = troubled.make(tmp_path / f"{number}.pdf")
        assert add_file(library, letters, path).status == "added"
    for number, troubled in enumerate(TROUBLED):
        words = troubled.text.split(". ")[0].rstrip(".")
        found = search(library, letters, f'"{words}"', limit=50).hits
        assert f"{number}.pdf" in {hit.record.filename for hit in found}, troubled.trouble
    library.close()


def test_a_phrase_inside_of_a_word_is_found_where_no_passage_has_it_as_words(
    tmp_path: Path, letters: Encoder
) -> None:
    library = open_library(str(tmp_path / "library"), letters.recipe)
    for name, text in (
        ("one.md", "The registrydatabase was copied every night to an island."),
        ("two.md", "The database of another registry was lost in a fire."),
    ):
        (tmp_path / name).write_text(text)
        assert add_file(library, letters, tmp_path / name).status == "added"

    def found(query: str) -> set[str]:
        return {hit.record.filename for hit in search(library, letters, query).hits}

    assert found('"database"') == {"two.md"}
    assert found('"istrydata"') == {"one.md"}
    assert found('"istrydate"') == set()
    library.close()
