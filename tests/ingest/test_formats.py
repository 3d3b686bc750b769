"""A file is what its bytes say, and a name is made safe."""

import zipfile
from pathlib import Path

import pytest
from PIL import Image

from ingest import formats
from ingest.archives import archive_members, is_archive
from ingest.errors import UnreadableFile
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.names import safe_filename
from ingest.read import read_document, read_file
from tests.ingest import hard_files


def test_content_decides_over_the_name(tmp_path: Path) -> None:
    path = hard_files.pages_pdf(tmp_path / "a.docx", 1)
    assert read_file(path).media_type == formats.PDF
    path = hard_files.slides_pptx(tmp_path / "b.pdf")
    assert read_file(path).media_type == formats.PPTX
    path = tmp_path / "c.txt"
    path.write_text("<!DOCTYPE html><p>A page that was saved under a wrong name.", "utf-8")
    assert read_file(path).media_type == formats.HTML


def test_name_decides_among_kinds_of_text(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("# Heading\n\nText.", encoding="utf-8")
    assert read_file(path, "a.md").media_type == formats.MARKDOWN
    assert read_file(path, "a.txt").media_type == formats.TEXT


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    with pytest.raises(UnreadableFile, match="empty"):
        read_file(tmp_path / "a.pdf")


def test_picture_named_pdf_is_refused_as_a_picture(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpeg")
    (tmp_path / "a.jpeg").rename(tmp_path / "a.pdf")
    with pytest.raises(UnreadableFile, match=r"ends in \.pdf, but it is a JPEG picture"):
        read_file(tmp_path / "a.pdf")


def test_too_large_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a" * (2**20 + 1))
    with pytest.raises(UnreadableFile, match="2 MB; at most 1 MB"):
        read_file(tmp_path / "a.txt", limits=Limits(file_bytes=2**20))


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no file"):
        read_file(tmp_path / "nowhere.pdf")
    with pytest.raises(UnreadableFile, match="not a file"):
        read_file(tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bytes(range(256)) * 20, "cannot be told"),
        (b"\x7fELF" + bytes(200), "a program"),
        (formats.OLE_MAGIC + bytes(600), "old Office file"),
        (b"PK\x03\x04" + bytes(600), "damaged"),
    ],
)
def test_unknown_binary_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "a.pdf").write_bytes(content)
    with pytest.raises(UnreadableFile, match=reason):
        read_file(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("two\nlines\r.pdf", "two lines.pdf"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("تقرير\u200f.pdf", "تقرير.pdf"),
        ("报告 2019.pptx", "报告 2019.pptx"),
        ("..", "document"),
        ("", "document"),
        (".htaccess", "htaccess"),
        ("nul\0byte.pdf", "nul byte.pdf"),
        ("a\ud800b.pdf", "ab.pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_filename(name) == safe
    assert safe_filename(safe) == safe


def test_long_names_keep_their_suffix() -> None:
    name = safe_filename("域名" * 200 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 200


def test_archive_gives_its_files_one_by_one(tmp_path: Path) -> None:
    inner = hard_files.changed_zip(
        hard_files.epub(tmp_path / "e.epub", {}), tmp_path / "inner.zip", {"mimetype": b"none"}
    )
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(hard_files.pages_pdf(tmp_path / "a.pdf", 1), "../../folder/a.pdf")
        archive.writestr("notes/привет.md", "# Hello")
        archive.writestr("__MACOSX/._a.pdf", "x")
        archive.writestr("program.exe", b"MZ" + bytes(100))
        archive.write(inner, "inner.zip")
    assert is_archive(path, "a.zip")
    found = {}
    for member in archive_members(path):
        assert tmp_path not in member.path.parents
        found[member.filename] = member.error or read_file(member.path, member.filename).media_type
    assert found["a.pdf"] == formats.PDF
    assert found["привет.md"] == formats.MARKDOWN
    assert "program" in str(found["program.exe"])
    assert "archive inside an archive" in str(found["inner.zip"])
    assert len(found) == 4


def test_archive_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(2**28))
    with pytest.raises(UnreadableFile, match="unpacks to"):
        list(archive_members(tmp_path / "a.zip"))
    assert DEFAULT_LIMITS.unpacked_bytes > 2**28


def test_document_is_put_together(tmp_path: Path) -> None:
    path = hard_files.printed_report(tmp_path / "a.pdf")
    document = read_document(path, "../my\nreport.pdf")
    assert document.filename == "my report.pdf"
    assert len(document.sha256) == 64
    assert document.languages == ("en",)
    assert {passage.page for passage in document.passages} == set(range(1, 7))
