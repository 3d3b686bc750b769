"""Office and OpenDocument files, EPUB books and old formats become pages."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation

from ingest import formats
from ingest.errors import NeedsConversion, UnreadableFile
from ingest.read import read_file
from tests.ingest import hard_files


def test_slides_are_read_with_all_that_they_show(tmp_path: Path) -> None:
    text = read_file(hard_files.slides_pptx(tmp_path / "a.pptx"))
    first, second = text.pages
    assert first.heading == "Names under the islands' ending"
    assert first.text.startswith("Names under the islands' ending\n\n")
    for shown in (
        "text in a group",
        "Year | Names\n2018 | 12,400",
        "Renewals by season",
        "Spring | Autumn",
        "A map of the islands",
        "Say it slowly",
    ):
        assert shown in first.text
    assert "nobody" not in first.text
    assert text.hidden == ("nobody sees this",)
    assert second.text == "What came of it\n\nFirst line\nsecond line"
    assert text.metadata_title == ""
    assert text.authors == ("Board of the registry",)


def test_slide_show_files_are_presentations(tmp_path: Path) -> None:
    whole = hard_files.slides_pptx(tmp_path / "a.pptx")
    types = "presentationml.presentation.main", "presentationml.slideshow.main"
    with zipfile.ZipFile(whole) as archive:
        content = archive.read("[Content_Types].xml").decode().replace(*types)
    path = hard_files.changed_zip(
        whole, tmp_path / "a.ppsx", {"[Content_Types].xml": content.encode()}
    )
    assert len(read_file(path).pages) == 2


def test_presentation_without_text_is_refused(tmp_path: Path) -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.save(str(tmp_path / "a.pptx"))
    with pytest.raises(UnreadableFile, match="no text"):
        read_file(tmp_path / "a.pptx")


def test_word_file_is_read_section_by_section(tmp_path: Path) -> None:
    text = read_file(hard_files.sections_docx(tmp_path / "a.docx"))
    first, second = text.pages
    assert first.heading == "How the registry was founded"
    assert second.heading == "How it is governed"
    assert "Board | five members\nTerm | three years\n\nAfter the table comes" in second.text
    whole = first.text + second.text
    assert whole.count("Printed on every page") == 1
    assert "deleted" not in whole
    assert text.hidden == ("a hidden run",)


def test_pictures_charts_and_diagrams_of_a_word_file_say_what_they_show(tmp_path: Path) -> None:
    (page,) = read_file(hard_files.pictures_docx(tmp_path / "a.docx")).pages
    assert page.text.split("\n\n") == [
        "The registry of the islands in pictures.",
        "A map of the islands",
        "Renewals by season",
        "Board of five",
    ]


def test_markup_in_a_title_stays_text(tmp_path: Path) -> None:
    text = read_file(hard_files.sections_docx(tmp_path / "a.docx"))
    assert text.metadata_title == "<script>alert('title')</script> of a registry"


def test_entities_are_not_expanded_and_no_file_is_read(tmp_path: Path) -> None:
    text = read_file(hard_files.entity_bomb_docx(tmp_path / "a.docx"))
    assert not any("laugh" in page.text or "root:" in page.text for page in text.pages)
    opendocument = hard_files.opendocument(
        tmp_path / "a.odt",
        formats.ODT,
        "<office:text><text:p>&file; Only this is read.</text:p></office:text>",
        "",
        '<!DOCTYPE d [<!ENTITY file SYSTEM "file:///etc/passwd">]>',
    )
    assert read_file(opendocument).pages[0].text == "Only this is read."


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = hard_files.zip_bomb_pptx(tmp_path / "a.pptx")
    assert path.stat().st_size < 4 * 2**20
    with pytest.raises(UnreadableFile, match="unpacks to"):
        read_file(path)


def test_lost_and_damaged_parts_cost_only_themselves(tmp_path: Path) -> None:
    whole = hard_files.slides_pptx(tmp_path / "whole.pptx")
    with zipfile.ZipFile(whole) as archive:
        relations = archive.read("ppt/slides/_rels/slide1.xml.rels").decode()
    lost = relations.replace("../media/image1.png", "NULL")
    assert lost != relations
    members = {
        "ppt/slides/_rels/slide1.xml.rels": lost.encode(),
        "ppt/slides/slide2.xml": b"<p:sld",
    }
    text = read_file(hard_files.changed_zip(whole, tmp_path / "a.pptx", members))
    assert "A map of the islands" in text.pages[0].text
    assert text.damaged == (2,)


def test_strict_office_files_are_read(tmp_path: Path) -> None:
    whole = hard_files.sections_docx(tmp_path / "whole.docx")
    with zipfile.ZipFile(whole) as archive:
        members = {
            name: re.sub(
                rb"http://schemas\.openxmlformats\.org/(wordprocessingml|officeDocument)/2006/(\w+)",
                rb"http://purl.oclc.org/ooxml/\1/\2",
                archive.read(name),
            )
            for name in archive.namelist()
        }
    text = read_file(hard_files.changed_zip(whole, tmp_path / "a.docx", members))
    assert text.pages[1].heading == "How it is governed"


@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
def test_truncated_office_file_is_refused(tmp_path: Path, part: float) -> None:
    whole = hard_files.slides_pptx(tmp_path / "whole.pptx").read_bytes()
    (tmp_path / "a.pptx").write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(UnreadableFile, match="damaged"):
        read_file(tmp_path / "a.pptx")


def test_opendocument_text_keeps_order_tables_and_notes(tmp_path: Path) -> None:
    body = (
        "<office:text><text:tracked-changes><text:p>deleted</text:p></text:tracked-changes>"
        '<text:h text:outline-level="1">Why it began</text:h>'
        "<text:p>The<text:s/>first<text:line-break/>registry<text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>A footnote.</text:p>"
        "</text:note-body></text:note> was small.</text:p>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item>"
        "<text:list-item><text:p>two</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell>"
        "<table:table-cell><text:p>1994</text:p></table:table-cell></table:table-row>"
        "</table:table></office:text>"
    )
    path = hard_files.opendocument(tmp_path / "a.odt", formats.ODT, body, "The beginnings")
    text = read_file(path)
    assert text.pages[0].text == (
        "Why it began\n\nThe first\nregistry was small.\n\nA footnote.\n\n• one\n• two\nYear | 1994"
    )
    assert text.pages[0].heading == "Why it began"
    assert (text.metadata_title, text.metadata_year) == ("The beginnings", 2017)


def test_pictures_of_an_opendocument_say_what_they_show(tmp_path: Path) -> None:
    body = (
        '<office:text xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0">'
        "<text:p>Before<draw:frame><draw:image/><svg:desc>A map of the islands</svg:desc>"
        "</draw:frame></text:p></office:text>"
    )
    path = hard_files.opendocument(tmp_path / "a.odt", formats.ODT, body, "")
    assert read_file(path).pages[0].text == "Before\n\nA map of the islands"


def test_opendocument_slides_have_titles_and_notes(tmp_path: Path) -> None:
    slide = (
        "<draw:page><draw:frame><draw:text-box><text:p>Before the title</text:p></draw:text-box>"
        '</draw:frame><draw:frame presentation:class="title"><draw:text-box>'
        "<text:p>The title</text:p></draw:text-box></draw:frame><presentation:notes>"
        '<draw:frame presentation:class="notes"><draw:text-box><text:p>Say it</text:p>'
        "</draw:text-box></draw:frame></presentation:notes></draw:page>"
    )
    body = f"<office:presentation>{slide * 2}</office:presentation>"
    path = hard_files.opendocument(tmp_path / "a.odp", formats.ODP, body, "")
    pages = read_file(path).pages
    assert [page.heading for page in pages] == ["The title", "The title"]
    assert pages[1].text == "The title\n\nBefore the title\n\nSay it"


def test_epub_is_read_in_the_order_of_its_spine(tmp_path: Path) -> None:
    chapters = {
        "two.xhtml": "<h1>The end</h1><p>Everybody renewed, and the registry grew old.</p>",
        "one.xhtml": "<h1>The start</h1><p>Nobody had heard of the ending at that time.</p>",
    }
    text = read_file(hard_files.epub(tmp_path / "a.epub", chapters))
    assert [page.heading for page in text.pages] == ["The end", "The start"]
    assert text.metadata_title == "A registry's first ten years"
    assert text.metadata_date == "2016-05-01"


def test_pictures_of_an_epub_say_what_they_show(tmp_path: Path) -> None:
    chapter = (
        '<p>Before the map.</p><img src="a.png" alt="A map of the islands"/>'
        '<img src="b.png" alt="b.png"/><p>And after.</p>'
    )
    text = read_file(hard_files.epub(tmp_path / "a.epub", {"one.xhtml": chapter}))
    assert text.pages[0].text == "Before the map.\n\nA map of the islands\n\nAnd after."


def soffice(*arguments: str) -> None:
    program = shutil.which("soffice")
    assert program is not None
    subprocess.run([program, "--headless", *arguments], check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["doc", "rtf", "ppt"])
def test_old_formats_are_read_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    if suffix == "ppt":
        source, phrase = hard_files.slides_pptx(tmp_path / "a.pptx"), "text in a group"
    else:
        source, phrase = hard_files.sections_docx(tmp_path / "a.docx"), "five members"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    soffice(profile, "--convert-to", suffix, "--outdir", str(tmp_path), str(source))
    text = read_file(tmp_path / f"a.{suffix}")
    assert any(phrase in page.text for page in text.pages)
    assert text.media_type in formats.CONVERSIONS


def test_old_formats_are_refused_without_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.rtf").write_bytes(rb"{\rtf1 An old text}")
    with pytest.raises(NeedsConversion, match=r"as \.docx or PDF"):
        read_file(tmp_path / "a.rtf")
