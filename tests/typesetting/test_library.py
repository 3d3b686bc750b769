"""The command: files, catalogue, freshness."""

from pathlib import Path

import pytest
import yaml

from typesetting.__main__ import main

from .conftest import CaseWriter

FIELDS = [
    "id", "file", "title", "language", "format", "registries", "organisations", "region",
    "governance", "size", "year", "topics", "written", "sources", "titles", "summaries",
]  # fmt: skip


@pytest.fixture
def folders(write_case: CaseWriter, tmp_path: Path) -> list[str]:
    write_case("en", "md")
    write_case("ar", "html")
    return ["--cases", str(tmp_path / "cases"), "--target", str(tmp_path / "starter")]


def test_all_is_made_and_catalogued_in_order(folders: list[str], tmp_path: Path) -> None:
    assert main(folders) == 0
    entries = yaml.safe_load((tmp_path / "starter/catalogue.yaml").read_text("utf-8"))
    assert [entry["id"] for entry in entries] == ["xx-ar-html", "xx-en-md"]
    assert entries[0]["file"] == "xx-ar-html.html"
    assert entries[0]["region"] == ["AP"]
    assert list(entries[0]) == FIELDS
    assert all((tmp_path / "starter" / entry["file"]).is_file() for entry in entries)


def test_check_tells_missing_changed_and_fresh_files_apart(
    folders: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*folders, "--check"]) == 1
    assert "xx-en-md.md is missing" in capsys.readouterr().out
    main(folders)
    assert main([*folders, "--check"]) == 0
    source = tmp_path / "cases/xx-en-md.md"
    source.write_text(source.read_text("utf-8") + "\nMore.\n", "utf-8")
    capsys.readouterr()
    assert main([*folders, "--check"]) == 1
    assert "xx-en-md.md was made from another xx-en-md.md" in capsys.readouterr().out
    main(folders)
    (tmp_path / "starter/xx-ar-html.html").write_text("changed", "utf-8")
    capsys.readouterr()
    assert main([*folders, "--check"]) == 1
    assert "xx-ar-html.html is not the file that was made" in capsys.readouterr().out


def test_only_makes_the_named_cases(folders: list[str], tmp_path: Path) -> None:
    assert main([*folders, "--only", "xx-en-md"]) == 0
    assert (tmp_path / "starter/xx-en-md.md").is_file()
    assert not (tmp_path / "starter/xx-ar-html.html").exists()
    assert main([*folders, "--only", "xx-none"]) == 1


def test_a_faulty_case_does_not_stop_the_others(
    folders: list[str], write_case: CaseWriter, capsys: pytest.CaptureFixture[str]
) -> None:
    write_case("en", "html", topics=["cats"])
    assert main(folders) == 1
    said = capsys.readouterr().out
    assert "xx-en-html.md was not made" in said
    assert "2 made, 1 with faults; the catalogue has 2 entries." in said


def test_the_file_of_a_case_that_is_gone_is_removed(folders: list[str], tmp_path: Path) -> None:
    main(folders)
    (tmp_path / "cases/xx-ar-html.md").unlink()
    assert main(folders) == 0
    assert not (tmp_path / "starter/xx-ar-html.html").exists()
    assert main([*folders, "--check"]) == 0
