"""Title, year, registries and languages are found where a document shows them, and not invented."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.describe import describe
from ingest.document import FileText, Page
from ingest.passages import split_into_passages
from ingest.titles import find_title
from ingest.years import find_year


def file_text(text: str, *, heading: str = "", title: str = "", stated: str = "") -> FileText:
    return FileText(
        media_type="application/pdf",
        pages=tuple(
            Page(number, part, heading if number == 1 else "")
            for number, part in enumerate(text.split("\f"), 1)
        ),
        metadata_title=title,
        metadata_date=stated,
        authors=("Maria Example",),
    )


def title_of(text: str, **stated: str) -> str:
    found = find_title(file_text(text, **stated))
    return found.value if found else ""


def year_of(text: str, title: str = "", **stated: str) -> int | None:
    found = find_year(file_text(text, **stated), title)
    return int(found.value) if found else None


BODY = "\n\nThe registry opened in 2003 and grew. In March 2015 it changed its rules."


@pytest.mark.parametrize(
    "title",
    [
        "Measuring abuse under .nl",
        "Medir el abuso bajo .cl",
        "Mesurer les abus sous .fr",
        "Medir o abuso em .pt",
        "Как измеряют злоупотребления в .RU",
        "قياس إساءة الاستخدام في .om",
        "衡量.cn域名的滥用",
        "衡量.tw網域名稱的濫用",
    ],
)
def test_the_first_line_or_heading_is_the_title_in_each_language(title: str) -> None:
    assert title_of(title + BODY) == title
    assert title_of("Nothing" + BODY, heading=title) == title


def test_the_files_own_title_is_taken_where_its_pages_show_it() -> None:
    text = "MEASURING ABUSE\nunder .nl" + BODY
    assert title_of(text, title="Measuring Abuse under .nl") == "Measuring Abuse under .nl"
    assert title_of("Measuring abuse under .nl" + BODY, title="Template of 2009") == (
        "Measuring abuse under .nl"
    )


@pytest.mark.parametrize(
    "stated",
    [
        "Microsoft Word - report.doc",
        "untitled",
        "Presentation1",
        "final_v2.pdf",
        "Slide 1",
        "Слайд 1",
    ],
)
def test_names_of_files_and_programs_are_no_titles(stated: str) -> None:
    assert title_of(f"{stated}\n\nx", title=stated) == ""


@pytest.mark.parametrize(
    "line",
    [
        "Contents",
        "目 录",
        "Page 3",
        "https://example.org/report",
        "ISSN 1234-5678",
        "Introduction .......... 3",
        "the registrant keep records of such disposals",
        "Case study · .nl",
        "Maria Example",
        "12 / 40",
    ],
)
def test_what_stands_above_a_title_is_passed_over(line: str) -> None:
    assert title_of(f"{line}\n\nMeasuring abuse under .nl{BODY}") == "Measuring abuse under .nl"


def test_a_title_of_two_lines_is_put_together_and_its_authors_are_not() -> None:
    text = "A Toolkit for the Analysis of Deep\nRegistry Data at Scale\nAnna Grey1, Bo White2"
    assert title_of(text + BODY) == "A Toolkit for the Analysis of Deep Registry Data at Scale"
    assert title_of("Ninety minutes:\n\nthe .lk hijack\n\nText." + BODY) == (
        "Ninety minutes: the .lk hijack"
    )
    assert title_of("台灣的 DNS RPZ：業者自律停止解析機制，與\n公開數字的必要\n\n正文。") == (
        "台灣的 DNS RPZ：業者自律停止解析機制，與公開數字的必要"
    )


def test_a_page_of_running_text_has_no_title() -> None:
    assert (
        title_of("condition that the registrant keep records of such disposals and file. " * 9)
        == ""
    )
    assert title_of("") == ""


@pytest.mark.parametrize(
    "line",
    [
        "Published: 12 May 2019",
        "© 2019 The Registry",
        "Copyright 2019 by the registry",
        "Last updated 2019-05-12",
        "12 May 2019",
        "Montevideo, May 12, 2019",
        "ICANN65, Marrakech, June 2019",
        "Fecha: 12/05/2019",
        "Montevideo, 12 de mayo de 2019",
        "Publié le 12 mai 2019",
        "Lisboa, 12 de maio de 2019",
        "Опубликовано 12.05.2019",
        "12 мая 2019 г.",
        "تاريخ النشر: 2019",
        "12 مايو 2019",
        "١٢ مايو ٢٠١٩",
        "发布日期：2019年5月12日",
        "2019年5月",
        "民國108年5月",
    ],
)
def test_a_date_of_publication_is_read_in_each_language(line: str) -> None:
    assert year_of(f"A title\n\n{line}{BODY}") == 2019
    # It goes before the file's own date, which may be that of a copy.
    assert year_of(f"A title\n\n{line}{BODY}", stated="2023-01-01") == 2019


def test_years_in_running_text_and_lists_are_not_the_documents() -> None:
    assert year_of("A title" + BODY) is None
    assert year_of("A title\n\n• Founded in May 2003\n• Sold in 2015\n\nIn 2003 it began.") is None
    assert year_of("A title\n\nIn May 2003 180 names\n\nx") is None
    assert year_of(f"A title{BODY}\fReferences\n\n1. Decision of 24 May 2012") is None


def test_the_files_date_then_the_title_give_the_year() -> None:
    assert year_of("A title" + BODY, stated="2021-03") == 2021
    assert year_of("Growth 2019" + BODY, title="Growth 2019") == 2019
    # A document about 2019 may be written later, but none before it.
    assert year_of("Growth in 2019" + BODY, title="Growth in 2019", stated="2020") == 2020
    assert year_of("Growth in 2019" + BODY, title="Growth in 2019", stated="2012") == 2019
    assert year_of("From 2010 to 2019", title="From 2010 to 2019") is None
    assert year_of(f"A title{BODY}\fThanks\n\n© 2018 The Registry") == 2018


def test_a_year_before_the_internet_or_after_next_year_is_none() -> None:
    assert year_of("A title\n\n12 May 1971") is None
    assert year_of("A title\n\nPublished 2099") is None
    assert year_of("A title", stated="1980-01-01") is None
    assert year_of(f"A title\n\nPublished {date.today().year}") == date.today().year


def test_all_that_is_found_has_its_reason() -> None:
    text = (
        "Registry lock at .ke\n\n12 May 2019\n\nKeNIC opened a registry lock for .ke in Kenya. "
        "The banks were the first to use it, and none of their names has been taken since."
    )
    file = file_text(text + "\f" + "注册局在2019年推出了新的域名注册服务。" * 8)
    passages = split_into_passages(file.pages)
    found = describe(file, passages)
    assert found.title == "Registry lock at .ke"
    assert found.year == 2019
    assert found.registries == ("ke",)
    assert found.languages == ("en", "zh")
    fields = {"title", "authors", "year", "registries", "languages", "kind"}
    assert set(found.guesses) == fields
    assert all(guess.value and guess.reason for guess in found.guesses.values())
    assert ".ke" in found.guesses["registries"].reason


def test_of_nothing_nothing_is_said() -> None:
    found = describe(file_text(""), ())
    assert (found.title, found.year, found.registries, found.languages) == ("", None, (), ())
    # The author that the file states is all there is.
    assert set(found.guesses) == {"authors"}


@settings(deadline=None)
@given(text=st.text(max_size=300), title=st.text(max_size=40), heading=st.text(max_size=40))
def test_any_text_is_described_by_its_own_words(text: str, title: str, heading: str) -> None:
    file = file_text(text, title=title, heading=heading)
    found = describe(file, split_into_passages(file.pages))
    everything = "".join(f"{title}{heading}{text}".split())
    assert "".join(found.title.split()) in everything
    assert found.year is None or 1985 <= found.year <= date.today().year + 1


def test_understanding_a_file_needs_no_neural_network() -> None:
    modules = "ingest.describe, ingest.passages, ingest.languages, ingest.registries"
    script = f"import sys, {modules}; assert not {{'torch', 'transformers'}} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
