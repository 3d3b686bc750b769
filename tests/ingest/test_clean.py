"""Text is cleaned of what files do to it, and what a reader sees stays."""

from collections import Counter

import pytest

from ingest.characters import close_han_gaps, fold_characters, repair_visual_order
from ingest.clean import clean_printed_pages, clean_text, collapse_repeats, has_fake_bold
from ingest.lines import join_lines
from ingest.metadata import sane_authors, sane_date, sane_title
from ingest.running_heads import remove_running_heads


@pytest.mark.parametrize(
    ("drawn", "seen"),
    [
        ("abcdefﬀﬁﬂﬃﬄﬅﬆghijklmno", "abcdeffffiflffifflststghijklmno"),
        ("ﻷﻣﻦ ﺍﻟﺨﻄﻮﻁ", "لأمن الخطوط"),
        ("تطـــــوير", "تطوير"),
        ("ＤＮＳＳＥＣ，２０１９", "DNSSEC，2019"),
        ("x² ½ … ™", "x² ½ … ™"),
        ("\uf0a2 Other\n\uf097ccTLD \uf0e0 tw", "• Other\n• ccTLD → tw"),
        ("a\ude0eb \ud83d\ude00", "ab 😀"),
        ("e\u0301te\u0301", "été"),
        ("one\vtwo\x00\x07\u200b\ufeff", "one\ntwo"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("soft\u00adhyphen and re\u00ad\ngistry", "softhyphen and registry"),
        ("con\ufffetrolled", "con-\ntrolled"),
        ("na¨ıve S˜ao franc¸ais", "naïve São français"),
        ("l´eau à", "l´eau à"),
        ("⼀⼆", "一二"),
        ("  a \u00a0 b\u3000c  ", "a b c"),
    ],
)
def test_characters_become_what_is_seen(drawn: str, seen: str) -> None:
    assert fold_characters(drawn) == seen
    assert fold_characters(seen) == seen


def test_gaps_between_han_close_where_there_are_many() -> None:
    assert close_han_gaps("关 于 红 军 作 战 的 原 则") == "关于红军作战的原则"
    assert close_han_gaps("第一章 总则与注册规定") == "第一章 总则与注册规定"


def test_arabic_in_visual_order_is_turned() -> None:
    right = "اللغة العربية في النطاقات الوطنية (ICANN 2019) هي الأولى"
    wrong = right[::-1].replace("9102 NNACI", "ICANN 2019")
    wrong = wrong.translate(str.maketrans("()", ")("))
    assert repair_visual_order(wrong) == right
    assert repair_visual_order(right) == right


@pytest.mark.parametrize(
    ("line", "once"),
    [
        ("安徽安利股份有限公司安徽安利股份有限公司安徽安利股份有限公司", "安徽安利股份有限公司"),
        ("ANHUI CO.,LTD. ANHUI CO.,LTD. ", "ANHUI CO.,LTD."),
        ("DDNNSSSSEECC iinn uussee", "DNSSEC in use"),
        ("2011 年年度报告", "2011 年年度报告"),
        ("a normal line of text", "a normal line of text"),
        ("----------------", "----------------"),
    ],
)
def test_lines_drawn_several_times_are_read_once(line: str, once: str) -> None:
    assert collapse_repeats(line) == once


def test_fake_bold_is_noticed() -> None:
    assert has_fake_bold("Heading one Heading one\nHeading two Heading two\nand text of the page")
    assert not has_fake_bold("One line\nand another\nand a third one")


def test_lines_of_a_paragraph_join_and_paragraphs_do_not() -> None:
    page = (
        "Introduction\n"
        "The registry of the islands was founded in the nineties by a uni-\n"
        "versity, and nobody had thought of a business at that time, as a\n"
        "long-\nstanding member recalls.\n"
        "In the second decade the government took part in the founding of\n"
        "a company, which has run the ending since then without any pause.\n"
        "• first point\n"
        "• second point that goes on\n"
        "in the next line"
    )
    assert join_lines(page, Counter({"long-standing": 1})) == (
        "Introduction\n"
        "The registry of the islands was founded in the nineties by a university, and nobody had "
        "thought of a business at that time, as a long-standing member recalls.\n\n"
        "In the second decade the government took part in the founding of a company, which has "
        "run the ending since then without any pause.\n"
        "• first point\n• second point that goes on in the next line"
    )


def test_hyphen_stays_where_the_document_writes_the_word_with_it() -> None:
    words = Counter({"cross-border": 2, "registration": 3})
    assert join_lines("cross-\nborder", words) == "cross-border"
    assert join_lines("regis-\ntration", words) == "registration"
    assert join_lines("DNS-\nbased", words) == "DNS-based"


def test_running_heads_stay_once_and_numbers_go() -> None:
    bodies = ["The council met.", "It voted at noon.", "Few came.", "Rain fell."]
    pages = [f"The Registry Journal\n{body}\n{n}" for n, body in enumerate(bodies, 12)]
    assert remove_running_heads(pages) == ["The Registry Journal\nThe council met.", *bodies[1:]]


def test_titles_of_slides_stay() -> None:
    titles = ["Zones"] * 3 + [f"Slide on {topic}" for topic in ("keys", "logs", "mail", "time")]
    pages = [f"{title}\npoint a{n}\npoint b{n}\nother c{n}" for n, title in enumerate(titles)]
    assert remove_running_heads(pages, slides=True)[2].startswith("Zones")
    assert not remove_running_heads(pages)[2].startswith("Zones")


def test_figures_at_the_edge_that_are_no_page_numbers_stay() -> None:
    pages = ["Names\n2018", "Shares\n14", "Renewals\n90"]
    assert remove_running_heads(pages) == pages


def test_cleaning_is_quick_on_hostile_text() -> None:
    for hostile in ("a" * 200_000, "- " * 100_000, "ab" * 100_000, "\n" * 200_000, "ـ" * 200_000):
        clean_text(hostile)
        clean_printed_pages([hostile, hostile])
    clean_printed_pages(["ababababab " * 50 + "\n"] * 200)


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("Microsoft Word - report_final.doc", ""),
        ("Microsoft PowerPoint - A new policy", "A new policy"),
        ("PowerPoint Presentation", ""),
        ("Presentación de PowerPoint", ""),
        ("untitled", ""),
        ("投影片 1", ""),
        ("10.1.1.12", ""),
        ("Réduire l'abus des noms", "Réduire l'abus des noms"),
        ("域名滥用", "域名滥用"),
        ("DNSSEC", "DNSSEC"),
        (None, ""),
    ],
)
def test_titles_that_programs_made_up_are_dropped(stated: str | None, title: str) -> None:
    assert sane_title(stated) == title


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("D:20190527120000+02'00'", "2019-05-27"),
        ("2019-05-27T10:00:00Z", "2019-05-27"),
        ("2019", "2019"),
        ("D:20191", "2019"),
        ("1904-01-01", ""),
        ("2999-01-01", ""),
        ("soon", ""),
        (None, ""),
    ],
)
def test_dates_are_sane_or_absent(stated: str | None, date: str) -> None:
    assert sane_date(stated) == date


def test_authors_are_parted_and_programs_left_out() -> None:
    assert sane_authors("A. Grey; B. White and Administrator") == ("A. Grey", "B. White")
