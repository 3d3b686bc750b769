"""Whatever stands in a document, a name or a question is shown and does nothing else."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from pages import show

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src='http://evil.example/pixel.png'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='https://evil.example'>x</a>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "</p></blockquote></section><h1>Injected</h1>",
    "</style><style>body{display:none}</style>",
    "<style>@import url(//evil.example/x.css)</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example><input name=q></form>",
    "<object data=//evil.example></object>",
    "<embed src=//evil.example>",
    "<math><mtext></p><img src=x onerror=alert(1)></math>",
    "<template><img src=x onerror=alert(1)></template>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><x/>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "<scr<script>ipt>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;amp; &copy; &NewLine;",
    "\u003cscript\u003e",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<mark>not ours</mark>",
    '<span class="nearest">not ours</span>',
    "<bdi dir=rtl>x</bdi>",
    "a\u202egpj.exe\u202c b",
    "\u2069\u2067out of the isolate",
    "\u202d\u202b\u2066nested",
    "**bold** _it_ `code` ~~gone~~",
    "[link](https://evil.example) ![img](https://evil.example/x.png)",
    "<https://evil.example> https://evil.example www.evil.example a@evil.example",
    "[x]: https://evil.example 'ref'\n[x]",
    "# heading\n- list\n1. one\n> quote\n---\n| a | b |\n|---|---|",
    "$x^2$ $$y$$ \\(z\\)",
    ":red[text] :material/home: :smile: :red-background[x]",
    "a -> b <- c -- d >= e <= f ~= g",
    "\\<script\\> \\* \\\\",
    "```\ncode\n```",
    "line\r\nbreak\rold\ttab\u2028sep",
    "\ud800 lone surrogate",
    "{name} {0} %s %(x)s ${x}",
    "",
    " ",
    "مرحبا <b>abc</b> .tw 123",
    "中文<b>粗</b>‘’“”",
]
ALLOWED = {"mark", "span", "bdi", "p", "div", "table", "tr", "td"}


class _Reader(HTMLParser):
    """Collects the tags, attributes and text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")


def _read(markup: str) -> _Reader:
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader


def _letters(text: str) -> str:
    return "".join(text.replace("|", "").split())


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 50


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_reads_as_it_was_and_has_no_tags(text: str) -> None:
    read = _read(show.escape(text))
    assert not read.tags
    assert read.text == show.clean(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_marks_are_the_only_tags_in_a_marked_text(text: str) -> None:
    words = [(0, 3), (5, 9)]
    read = _read(show.marked(text, words, (2, 12)))
    assert set(read.tags) <= {"mark", "span"}
    assert set(read.attributes) <= {("class", "nearest")}
    assert read.text == show.clean(text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", ["", "en", "zh", '"><script>', "x y"])
def test_paragraphs_hold_text_only(text: str, language: str) -> None:
    page = f"{text}\n\nplain | cell {text}\n{text} | other"
    read = _read(show.paragraphs(page, language, [(0, 4)], (0, len(page)), text))
    assert set(read.tags) <= ALLOWED
    assert {name for name, _value in read.attributes} <= {"class", "dir", "lang"}
    # Bars between the cells of a table are its lines now.
    assert _letters(read.text) == _letters(show.clean(page))


@pytest.mark.parametrize("text", HOSTILE)
def test_an_isolated_line_cannot_leave_its_isolate(text: str) -> None:
    read = _read(show.isolated(text))
    assert read.tags in (["bdi"], [])
    assert read.text == show.one_line(text)
    for character in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        assert character not in read.text


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_is_plain_text_to_markdown(text: str) -> None:
    markdown = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    read = _read(markdown.render(show.label(text)))
    assert set(read.tags) <= {"p"}
    shown = read.text.strip().strip("\u2068\u2069").replace("\u2060", "")
    assert shown == show.one_line(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_label_gives_streamlit_nothing_to_turn_into_something_else(text: str) -> None:
    label = show.label(text)
    for directive in (":red[", ":material/", "$", "->", "<-", "--", ">=", "<=", "~=", "](http"):
        at = label.find(directive)
        assert at < 0 or label[at - 1] == "\\", directive
    for linked in ("www.", "https:", "http:"):
        assert linked not in label


def test_a_sentence_and_words_are_marked_where_they_stand() -> None:
    shown = show.marked("One & two. Three four.", [(0, 3), (11, 16)], (11, 22))
    assert shown == (
        '<mark>One</mark> &amp; two. <span class="nearest"><mark>Three</mark> four.</span>'
    )


def test_an_excerpt_keeps_its_sentence_and_cuts_between_words() -> None:
    text = "word " * 200 + "The sentence that matters. " + "tail " * 200
    at = text.index("The sentence")
    start, end = show.excerpt(text, (at, at + 26))
    assert start <= at and at + 26 <= end and end - start < 450
    assert text[start - 1] == " " and text[end] == " "


def test_a_table_is_shown_as_one() -> None:
    shown = show.paragraphs("Year | Names\n2019 | 5\n2020 | 9", "en", [(13, 17)], None)
    assert shown.count("<tr>") == 3 and "<mark>2019</mark>" in shown


@pytest.mark.parametrize(
    ("text", "attribute"),
    [
        ("註冊管理機構與網路資訊中心", ' lang="zh-Hant"'),
        ("注册局与网络信息中心", ' lang="zh-Hans"'),
    ],
)
def test_chinese_says_in_which_script_it_is_written(text: str, attribute: str) -> None:
    assert show.language_attribute(text, "zh") == attribute
