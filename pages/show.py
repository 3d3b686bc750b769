"""The one place where text that is not ours becomes HTML or a Markdown label.

Titles, file names, passages and questions are text, never markup: whatever stands in them is
escaped here, and its direction is isolated from the text around it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NewType
from urllib.parse import quote

import opencc
import streamlit as st

Span = tuple[int, int]
Size = tuple[float, float]
Box = tuple[float, float, float, float]
Markup = NewType("Markup", str)
"""HTML in which everything that is not ours has been escaped; only this module makes it."""

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
# Overrides, embeddings and isolates of direction, and all controls but tab and line feed: kept
# out, for they could reorder what stands around a text.
_UNWANTED = re.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
# A link or an arrow that Streamlit makes even of escaped text is broken up, invisibly.
_MADE_INTO_SOMETHING = re.compile(
    r"(?i)(www(?=\.)|https?(?=:)|(?<=\w)(?=@)|<(?=-)|-(?=[->])|[<>~](?==))"
)
_WORD_JOINER = "\u2060"
_SPACES = re.compile(r"\s+")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t]*\n)[^\n]+)*")
_BLANK_LINES = re.compile(r"\n\s*\n")
_SCRAP = 60
_HAN = re.compile(r"[\u3400-\u9fff]")


def clean(text: str) -> str:
    """Text without control and direction characters; line feeds and tabs stay."""
    return _UNWANTED.sub("", text)


def one_line(text: str) -> str:
    """Clean text on one line."""
    return _SPACES.sub(" ", clean(text)).strip()


def escape(text: str) -> Markup:
    """Text as HTML that shows it and does nothing else."""
    return Markup(html.escape(clean(text), quote=True))


def isolated(text: str) -> Markup:
    """One line of text as HTML whose direction is its own: `<bdi>`; nothing for nothing."""
    line = html.escape(one_line(text), quote=True)
    return Markup(f"<bdi>{line}</bdi>" if line else "")


def plain(text: str) -> str:
    """One line of text for places that show it as it is, its direction isolated."""
    return f"{_ISOLATE}{one_line(text)}{_END_ISOLATE}"


def label(text: str) -> str:
    """One line of text for a label or heading that Streamlit reads as Markdown."""
    broken = _MADE_INTO_SOMETHING.sub(rf"\1{_WORD_JOINER}", one_line(text))
    escaped = _PUNCTUATION.sub(r"\\\1", broken)
    return f"{_ISOLATE}{escaped}{_END_ISOLATE}"


def marked(text: str, words: Sequence[Span] = (), sentence: Span | None = None) -> Markup:
    """Text as HTML with words in `<mark>` and one sentence in `<span class="nearest">`.

    Parameters
    ----------
    words, sentence : (start, end) characters of the text; what lies outside of it is cut off.
    """
    pieces: list[str] = []
    cuts = {0, len(text)} | {at for span in words for at in span}
    cuts |= set(sentence or ())
    inside = sorted(at for at in cuts if 0 <= at <= len(text))
    for start, end in pairwise(inside):
        piece: str = escape(text[start:end])
        if any(first <= start < last for first, last in words):
            piece = f"<mark>{piece}</mark>"
        if sentence is not None and sentence[0] <= start < sentence[1]:
            piece = f'<span class="nearest">{piece}</span>'
        pieces.append(piece)
    return Markup("".join(pieces).replace('</span><span class="nearest">', ""))


def excerpt(text: str, sentence: Span, room: int = 300) -> Span:
    """The stretch of a passage to show: its sentence with as much around it as there is room for.

    Parameters
    ----------
    room : characters, unless the sentence alone is longer; half as many where they are Chinese.
    """
    if len(_HAN.findall(text)) > len(text) / 3:
        room //= 2
    if len(text) <= room * 1.2:
        return 0, len(text)
    spare = max(0, room - (sentence[1] - sentence[0]))
    start = max(0, sentence[0] - spare // 3)
    end = min(len(text), max(sentence[1], start + room))
    if start and (space := text.find(" ", start, sentence[0])) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", sentence[1], end)) >= 0:
        end = space
    # A few words of a line that is cut off say nothing.
    if start and (line := text.find("\n", start, min(start + _SCRAP, sentence[0]))) >= 0:
        start = line + 1
    if end < len(text) and (line := text.rfind("\n", max(end - _SCRAP, sentence[1]), end)) >= 0:
        end = line
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    return start, end


def paragraphs(
    text: str, language: str, words: Sequence[Span], found: Span | None, heading: str = ""
) -> Markup:
    """A page's text as HTML paragraphs and tables, each paragraph in its own direction.

    Parameters
    ----------
    language : of the text, `` where it is not known.
    words : spans to mark.
    found : the span of the passage that was found; its paragraphs get the class `found`.
    heading : the page's heading; the paragraph that it stands in gets the class `head`.
    """
    spoken = language_attribute(text, language)
    pieces: list[str] = []
    for start, end in _paragraphs(text):
        block = text[start:end]
        kinds = ["found"] if found is not None and found[0] < end and start < found[1] else []
        if _is_table(block):
            kinds.insert(0, "table")
            rows = _rows(text, (start, end), words)
            pieces.append(f'<div class="{" ".join(kinds)}"{spoken}><table>{rows}</table></div>')
            continue
        if heading and block.strip() == heading.strip():
            kinds.append("head")
        kind = f' class="{" ".join(kinds)}"' if kinds else ""
        pieces.append(f'<p dir="auto"{kind}{spoken}>{_within(text, (start, end), words)}</p>')
    return Markup("".join(pieces))


def _is_table(block: str) -> bool:
    """True where every line has cells: readers in `ingest` part them with ` | `."""
    lines = block.strip().split("\n")
    return len(lines) > 1 and all(" | " in line for line in lines)


def _rows(text: str, block: Span, words: Sequence[Span]) -> str:
    rows: list[str] = []
    for line in re.finditer(r"[^\n]+", text[block[0] : block[1]]):
        cells: list[str] = []
        at = block[0] + line.start()
        for cell in line.group().split(" | "):
            cells.append(f'<td dir="auto">{_within(text, (at, at + len(cell)), words)}</td>')
            at += len(cell) + len(" | ")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(rows)


def _within(text: str, span: Span, words: Sequence[Span]) -> Markup:
    """A stretch of a text with the words that stand in it marked."""
    start, end = span
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in words]
    return marked(text[start:end], [(a, b) for a, b in inside if a < b])


def _paragraphs(text: str) -> Iterator[Span]:
    for match in _PARAGRAPH.finditer(text):
        if match.group().strip():
            yield match.span()


def language_attribute(text: str, language: str) -> str:
    """` lang="…"` for HTML; Chinese says which script, so that the right letter forms are drawn."""
    if not language.isalpha():
        return ""
    if language == "zh":
        language = "zh-Hant" if is_traditional(text) else "zh-Hans"
    return f' lang="{language}"'


def is_traditional(text: str) -> bool:
    """True where Chinese text is written in traditional characters."""
    sample = "".join(_HAN.findall(text[:2000]))
    changed = sum(a != b for a, b in zip(sample, _simplifier().convert(sample), strict=False))
    return bool(changed > 0.05 * len(sample))


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _draw(markup: str) -> None:
    st.html(markup)


def heading(text: str, language: str = "") -> None:
    """The page's heading, in the reader's language or a document's own."""
    spoken = language_attribute(text, language)
    _draw(f'<h1 class="heading" dir="auto"{spoken}>{escape(text)}</h1>')


def subheading(text: str) -> None:
    """A heading of a part of the page."""
    _draw(f'<h2 class="subheading">{escape(text)}</h2>')


def side(text: str) -> None:
    """A heading of one of several things side by side."""
    _draw(f'<h3 class="side">{escape(text)}</h3>')


def hidden_subheading(text: str) -> None:
    """A heading of a part of the page for those who hear it; the eye needs none there."""
    _draw(f'<h2 class="hidden">{escape(text)}</h2>')


def hidden_heading(text: str) -> None:
    """A page's heading for those who hear the page; the eye needs none there."""
    _draw(f'<h1 class="hidden">{escape(text)}</h1>')


def lead(text: str) -> None:
    """What the page is for, under its heading."""
    _draw(f'<p class="lead">{escape(text)}</p>')


def prose(*texts: str) -> None:
    """Paragraphs of ours."""
    _draw('<div class="prose">' + "".join(f"<p>{escape(text)}</p>" for text in texts) + "</div>")


def note(text: str, role: str = "note") -> None:
    """A remark in small type.

    Parameters
    ----------
    role : its ARIA role; `status` is read out when it changes.
    """
    _draw(f'<p class="small" role="{escape(role)}">{escape(text)}</p>')


def badge(text: str) -> None:
    """A short mark."""
    _draw(f'<span class="badge">{escape(text)}</span>')


def facts(items: Sequence[str]) -> None:
    """Short facts in the reader's language on one line; empty ones are left out."""
    cells = "".join(f"<li>{escape(item)}</li>" for item in items if item)
    _draw(f'<ul class="facts">{cells}</ul>')


def passage(
    text: str,
    language: str,
    words: Sequence[Span],
    sentence: Span | None,
    cut: tuple[bool, bool],
) -> None:
    """A passage as a quotation, with its words marked and its nearest sentence emphasised.

    Parameters
    ----------
    cut : whether more of the passage stands before and after.
    """
    body = _BLANK_LINES.sub("\n", marked(text, words, sentence))
    before, after = ("… " if cut[0] else ""), (" …" if cut[1] else "")
    _draw(
        f'<blockquote class="passage" dir="auto"{language_attribute(text, language)}>'
        f"{before}{body}{after}</blockquote>"
    )


def quotation(text: str, language: str) -> None:
    """One sentence of a document, word for word."""
    spoken = language_attribute(text, language)
    _draw(f'<blockquote class="quotation" dir="auto"{spoken}>{escape(one_line(text))}</blockquote>')


def entry(name: str, remark: str) -> None:
    """A name with a remark after it, in small type."""
    said = f' <span class="small">{isolated(remark)}</span>' if remark else ""
    _draw(f'<p class="entry"><strong>{escape(name)}</strong>{said}</p>')


def mail(address: str) -> None:
    """An e-mail address that can be written to."""
    link = escape(f"mailto:{quote(one_line(address), safe='@+-._')}")
    _draw(f'<p class="mail"><a href="{link}">{isolated(address)}</a></p>')


def definitions(rows: Sequence[tuple[str, Markup, str]]) -> None:
    """Terms with their values and, where a value was guessed, a remark under it."""
    cells = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{value}"
        + (f'<span class="guess">{escape(remark)}</span>' if remark else "")
        + "</dd></div>"
        for term, value, remark in rows
        if value
    )
    _draw(f'<dl class="definitions">{cells}</dl>')


def page(anchor: str, name: str, remark: str, body: Markup) -> None:
    """The text of one page of a document.

    Parameters
    ----------
    anchor : its id, ours; none other on the screen has it.
    body : HTML from `paragraphs`.
    """
    said = f'<p class="small">{escape(remark)}</p>' if remark else ""
    head = f"<h2>{escape(name)}</h2>{said}"
    _draw(f'<section class="page" id="{escape(anchor)}">{head}{body}</section>')


def sheet(
    number: int, sources: Sequence[tuple[str, int]], size: Size, boxes: Sequence[Box], said: str
) -> None:
    """A page as a picture, with what was found marked on it as by a marker pen.

    Parameters
    ----------
    sources : addresses of the picture, ours, each with its width in pixels, the narrowest first.
    size : width and height, in any unit.
    boxes : left, top, right, bottom of each marked line, as parts of width and height.
    said : in place of the picture to those who cannot see it.
    """
    marks = "".join(
        f'<span class="marked" style="left:{left:.2%};top:{top:.2%};'
        f'width:{right - left:.2%};height:{bottom - top:.2%}"></span>'
        for left, top, right, bottom in boxes
    )
    choices = ", ".join(f"{escape(source)} {int(width)}w" for source, width in sources)
    _draw(
        f'<figure class="sheet" id="page-{int(number)}" dir="ltr">'
        f'<img src="{escape(sources[-1][0])}" srcset="{choices}" alt="{escape(said)}" '
        f'sizes="(max-width: 54rem) 100vw, 52rem" width="{size[0]:.0f}" height="{size[1]:.0f}">'
        f"{marks}</figure>"
    )


def brand(name: str) -> None:
    """The library's name, in the bar."""
    _draw(f'<p class="brand">{escape(name)}</p>')


def written(sentences: Sequence[tuple[str, Sequence[int]]], language: str) -> None:
    """Sentences that a machine wrote, each with the numbers of its sources."""
    body = " ".join(
        f"<span>{escape(text)}</span>"
        + "".join(f'<sup class="cited">[{int(number)}]</sup>' for number in numbers)
        for text, numbers in sentences
    )
    spoken = language_attribute("".join(text for text, _ in sentences), language)
    _draw(f'<p class="written" dir="auto"{spoken}>{body}</p>')


def terms(items: Sequence[tuple[str, str, str, str]]) -> None:
    """Terms of a passage: as it has them, its language, the reader's word, what it means."""
    cells = "".join(
        f'<li title="{escape(meaning)}"><bdi{language_attribute(found, language)}>{escape(found)}'
        f"</bdi> = <bdi>{escape(equivalent)}</bdi></li>"
        for found, language, equivalent, meaning in items
    )
    _draw(f'<ul class="facts terms">{cells}</ul>')
