"""Plain text, Markdown and web pages in many encodings become sections."""

from pathlib import Path

import pytest

from ingest.encodings import decode
from ingest.errors import UnreadableFile
from ingest.read import read_file

SENTENCES = {
    "fr": (
        "L'association a décidé d'ouvrir l'enregistrement à tous les résidents du pays, après "
        "une longue période d'hésitation. Les bureaux étaient prêts dès février."
    ),
    "es": (
        "El registro decidió en el año siguiente permitir eñes y tildes en los nombres, según "
        "pidió la comunidad. ¿Qué pasó después? Más de mil nombres en un día."
    ),
    "pt": (
        "A associação não tinha condições de suportar a operação; então a decisão foi unânime. "
        "Às três da manhã, o serviço já estava em produção."
    ),
    "ru": (
        "Администратор домена принял решение упростить правила регистрации и открыть их для всех "
        "желающих. Через год количество имён удвоилось."
    ),
    "ar": (
        "قررت الهيئة فتح باب التسجيل أمام الجميع بعد مشاورات طويلة مع المجتمع المحلي. "
        "وبعد عام واحد تضاعف عدد أسماء النطاقات المسجلة."
    ),
    "zh-Hans": (
        "国家域名注册管理机构决定向所有居民开放注册，经过长时间的公开讨论之后，新的规定在春天生效。"
        "一年之后，域名数量增加了一倍。"
    ),
    "zh-Hant": (
        "國家網域名稱註冊管理機構決定向所有居民開放註冊，經過長時間的公開討論之後，新的規定在春天生效。"
        "一年之後，網域名稱數量增加了一倍。"
    ),
}


@pytest.mark.parametrize(
    ("language", "encoding"),
    [
        ("fr", "latin-1"),
        ("fr", "cp1252"),
        ("es", "latin-1"),
        ("pt", "latin-1"),
        ("ru", "cp1251"),
        ("ru", "koi8-r"),
        ("ar", "cp1256"),
        ("zh-Hans", "gb18030"),
        ("zh-Hant", "big5"),
        *((language, "utf-8-sig") for language in SENTENCES),
        *((language, "utf-16") for language in SENTENCES),
        *((language, "utf-16-le") for language in ("fr", "es", "pt", "ru", "ar")),
        *((language, "utf-16-be") for language in ("fr", "es", "pt", "ru", "ar")),
    ],
)
def test_encodings_are_told_apart(language: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SENTENCES[language].encode(encoding))
    assert read_file(path).pages[0].text == SENTENCES[language]


def test_short_latin_1_text_is_read() -> None:
    assert decode("Gestión de dominios en España".encode("latin-1")) == (
        "Gestión de dominios en España"
    )


def test_utf_8_with_broken_bytes_is_still_utf_8() -> None:
    content = (SENTENCES["ru"] * 20).encode()
    assert decode(content[:1000] + b"\xff" + content[1000:]).startswith("Администратор домена")


def test_form_feeds_begin_pages_and_heads_go(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    pages = [
        f"Internet Draft          Names          2004\n\nPage {n} has its own words, which go\n"
        f"on in the next line.\n\nAuthor                      [Page {n}]\n"
        for n in range(1, 6)
    ]
    path.write_text("\f\n".join(pages), encoding="utf-8")
    text = read_file(path)
    assert [page.number for page in text.pages] == [1, 2, 3, 4, 5]
    assert text.pages[3].text == "Page 4 has its own words, which go on in the next line."


def test_long_lines_are_paragraphs_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    lines = ["A whole paragraph without a line end " * 8, "Another one of this kind " * 10]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_file(path).pages[0].text.count("\n") >= 1


def test_white_space_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n\t\n", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="white space"):
        read_file(tmp_path / "a.txt")


def test_markdown_loses_its_marks_and_keeps_its_order(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        '---\ntitle: "How it went"\ndate: 2018-04-02\n---\n\n# How it *went*\n\n'
        "A **bold** [link](http://example.org) and `code`.\nSame paragraph.\n\n"
        "- one\n- two\n\n1. first\n2. second\n\n| Year | Names |\n|---|---|\n| 2018 | 5 |\n\n"
        "<script>alert(1)</script>\n\n<b>shown</b>\n\n## Small print\n\nEnd & done.\n",
        encoding="utf-8",
    )
    text = read_file(path)
    assert text.metadata_title == "How it went"
    assert text.metadata_date == "2018-04-02"
    assert text.pages[0].heading == "How it went"
    assert text.pages[0].text == (
        "How it went\n\nA bold link and code. Same paragraph.\n\n• one\n• two\n1. first\n"
        "2. second\nYear | Names\n2018 | 5\n\nshown\n\nSmall print\n\nEnd & done."
    )


def test_markdown_with_toml_between_plus_signs_is_described_by_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text('+++\ntitle = "How it went"\ndate = 2018-04-02\n+++\nIt went well.\n')
    text = read_file(path)
    assert (text.metadata_title, text.metadata_date) == ("How it went", "2018-04-02")
    assert text.pages[0].text == "It went well."


PAGE = """<!DOCTYPE html><html><head><title>Names – The registry</title>
<meta name="citation_title" content="Names for islands"><meta name="author" content="A. Board">
<meta property="article:published_time" content="2019-05-27T10:00:00Z">
<style>p {{ color: red }}</style><script>var text = "script";</script></head><body>
<nav><a href="/">Home</a></nav><header><p>Slogan</p></header>
<main><h1>Names for islands</h1><p>First   paragraph,<br>second line. {long}</p>
<p style="display: none">unseen words</p><ul><li>one</li><li><p>two</p></li></ul>
<ol><li>first</li><li><p>second</p></li></ol>
<table><tr><th>Year</th><td>2019</td></tr></table>
<h2>What came of it</h2><p>Much &amp; more.</p><aside>Read also</aside></main>
<footer>Imprint</footer></body></html>"""


def test_web_page_gives_its_main_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(long="And so it goes on. " * 20), encoding="utf-8")
    text = read_file(path)
    whole = "\n".join(page.text for page in text.pages)
    assert [page.heading for page in text.pages] == ["Names for islands", "What came of it"]
    assert "First paragraph,\nsecond line." in whole
    assert "• one\n• two\n1. first\n2. second\nYear | 2019" in whole
    assert text.pages[1].text == "What came of it\n\nMuch & more."
    for absent in ("script", "Home", "Slogan", "Imprint", "unseen", "Read also"):
        assert absent not in whole
    assert text.hidden == ("unseen words",)
    assert text.metadata_title == "Names for islands"
    assert text.metadata_date == "2019-05-27"
    assert text.authors == ("A. Board",)


def test_parts_that_are_called_navigation_or_cookies_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    prose = "The registry opened its second level to everyone. " * 8
    path.write_text(
        '<body class="has-sidebar"><div id="cookie-banner"><p>We use cookies.</p></div>'
        '<div class="navbar"><ul><li>Home</li></ul></div><div class="page-menu-content">'
        f'<h1>Names for islands</h1><p>{prose}</p><img src="m.png" alt="A map of the islands">'
        f'</div><div class="nav-text">{prose}</div><div class="footer">Imprint</div></body>'
    )
    (page,) = read_file(path).pages
    first, second, third, fourth = page.text.split("\n\n")
    assert (first, third) == ("Names for islands", "A map of the islands")
    assert second == fourth == prose.strip()


def test_web_page_in_a_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(
        '<html><head><meta charset="windows-1251"></head><body><p>Домены</p></body></html>'.encode(
            "cp1251"
        )
    )
    assert read_file(path).pages[0].text == "Домены"


def test_deeply_nested_web_page_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html>" + "<div>" * 100_000 + "The bottom of it all", encoding="utf-8")
    try:
        assert "bottom" in read_file(path).pages[0].text
    except UnreadableFile as error:
        assert "no text" in str(error)
