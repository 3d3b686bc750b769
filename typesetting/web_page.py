"""A case becomes a web page: one file, semantic elements, its own style, nothing loaded."""

from collections.abc import Iterable, Iterator
from html import escape

from typesetting.body import (
    Block,
    Chart,
    Heading,
    Inline,
    Items,
    Notes,
    Paragraph,
    Table,
    direction,
    left_to_right_pieces,
)
from typesetting.case import Case
from typesetting.wording import WORDINGS, chart_credit, facts, notice, number

_STYLE = """
:root { color-scheme: light; --accent: #1d5c63; --muted: #5d686c; --line: #c9d3d4; --tint: #eef4f4 }
body { margin: 0 auto; max-width: 44rem; padding: 3rem 1.25rem 4rem; color: #1c2426;
  font: 1.06rem/1.62 Georgia, "Noto Serif", serif; overflow-wrap: break-word }
body:lang(ar) { font-family: "Noto Naskh Arabic", "Traditional Arabic", serif; line-height: 1.85 }
body:lang(zh) { font-family: "Noto Serif CJK SC", "Songti SC", SimSun, serif }
body:lang(zh-Hant) { font-family: "Noto Serif CJK TC", "Songti TC", PMingLiU, serif }
h1, h2, h3, .label, dl, table, figure, footer { font-family: system-ui, "Noto Sans", sans-serif }
h1, h2, h3 { color: var(--accent); line-height: 1.25 }
h1 { font-size: 2rem; margin: .3rem 0 1.2rem }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem }
.label { color: var(--muted); font-size: .85rem; font-weight: 600; margin: 0 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: 0 0 2rem;
  padding: .8rem 0; border-block: 1px solid var(--line); font-size: .88rem }
dt { color: var(--muted) }
dd { margin: 0 }
table { border-collapse: collapse; width: 100%; margin: 1.4rem 0; font-size: .9rem }
th, td { text-align: start; vertical-align: top; padding: .45rem .6rem;
  border-block-end: 1px solid var(--line) }
thead th { background: var(--tint); color: var(--accent) }
figure { margin: 1.6rem 0; font-size: .9rem }
figcaption { font-weight: 600; color: var(--accent) }
figure td { inline-size: 75% }
figure th { font-weight: 400 }
.bar { display: inline-block; block-size: .8rem; margin-inline-end: .5rem;
  background: var(--accent) }
svg { inline-size: 100%; block-size: auto }
footer { margin-block-start: 3rem; border-block-start: 2px solid var(--accent); font-size: .85rem }
footer p { color: var(--muted) }
footer a { color: var(--accent) }
"""


def make_html(case: Case) -> bytes:
    """Set a case as a web page in UTF-8; text is escaped wherever it stands."""
    return "\n".join((*_page(case), "")).encode()


def _page(case: Case) -> Iterator[str]:
    words = WORDINGS[case.language]
    turn = ' dir="rtl"' if case.language == "ar" else ""
    summary = case.summaries["zh" if case.chinese else case.language]
    domains = " · ".join(f".{one}" for one in case.registries[:6])
    yield "<!doctype html>"
    yield f'<html lang="{case.language}"{turn}>'
    yield '<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(case.title)}</title>"
    yield f'<meta name="description" content="{escape(summary)}">'
    yield f'<meta name="dcterms.created" content="{case.written.isoformat()}">'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<article>\n<header>"
    yield f'<p class="label">{_text(f"{words.case_study} · {domains}", case)}</p>'
    yield f"<h1>{_text(case.title, case)}</h1>\n</header>\n<dl>"
    for label, value in facts(case):
        yield f"<dt>{_text(label, case)}</dt><dd>{_text(value, case)}</dd>"
    yield "</dl>"
    for block in case.body:
        yield from _block(block, case)
    yield f"</article>\n</main>\n<footer>\n<p>{_text(notice(case), case)}</p>"
    yield f"<h2>{escape(words.sources)}</h2>\n<ol>"
    for source in case.sources:
        said = f'<span dir="{direction(source.supports)}">{escape(source.supports)}</span>'
        link = f'<a dir="ltr" href="{escape(source.url)}">{escape(source.url)}</a>'
        yield f"<li>{said}<br>{link}</li>"
    yield "</ol>\n</footer>\n</body>\n</html>"


def _text(text: str, case: Case) -> str:
    if case.language != "ar":
        return escape(text)
    return "".join(
        f'<bdi dir="ltr">{escape(piece)}</bdi>' if ltr else escape(piece)
        for piece, ltr in left_to_right_pieces(text)
    )


def _inline(content: Inline, case: Case) -> str:
    parts = []
    for span in content:
        part = _text(span.text, case)
        for wanted, tag in ((span.code, "code"), (span.italic, "em"), (span.bold, "strong")):
            part = f"<{tag}>{part}</{tag}>" if wanted else part
        parts.append(part)
    return "".join(parts)


def _block(block: Block, case: Case) -> Iterator[str]:
    match block:
        case Heading():
            yield f"<h{block.level}>{_inline(block.content, case)}</h{block.level}>"
        case Paragraph():
            yield f"<p>{_inline(block.content, case)}</p>"
        case Items():
            yield from _items(block, case)
        case Table():
            yield "<table>\n<thead>" + _row(block.head, "th", case) + "</thead>\n<tbody>"
            yield from (_row(row, "td", case) for row in block.rows)
            yield "</tbody>\n</table>"
        case Chart():
            yield from _chart(block, case)
        case Notes():
            quoted = "".join(f"<p>{_inline(one, case)}</p>" for one in block.paragraphs)
            yield f"<blockquote>{quoted}</blockquote>"


def _row(cells: Iterable[Inline], tag: str, case: Case) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    made = "".join(f"<{tag}{scope}>{_inline(cell, case)}</{tag}>" for cell in cells)
    return f"<tr>{made}</tr>"


def _items(items: Items, case: Case) -> Iterator[str]:
    tag = "ol" if items.ordered else "ul"
    open_lists = 0
    for level, content in items.entries:
        if open_lists > level + 1:
            yield f"</li></{tag}>" * (open_lists - level - 1) + "</li>"
        elif open_lists == level + 1:
            yield "</li>"
        else:
            yield f"<{tag}>"
        open_lists = level + 1
        yield f"<li>{_inline(content, case)}"
    yield f"</li></{tag}>" * open_lists


def _chart(chart: Chart, case: Case) -> Iterator[str]:
    unit = f" ({escape(chart.unit)})" if chart.unit else ""
    yield f"<figure>\n<figcaption>{_text(chart.title, case)}{unit}</figcaption>"
    if chart.kind == "line":
        yield _curve(chart)
    most = max(chart.values) or 1.0
    yield "<table>"
    for label, value in zip(chart.labels, chart.values, strict=True):
        shown = escape(number(value, case.language))
        width = f"{70 * value / most:.1f}%"
        bar = f'<span class="bar" style="inline-size: {width}"></span>'
        cell = shown if chart.kind == "line" else bar + shown
        yield f'<tr><th scope="row">{_text(label, case)}</th><td>{cell}</td></tr>'
    yield "</table>"
    yield f"<small>{escape(chart_credit(chart, case))}</small>\n</figure>"


def _curve(chart: Chart) -> str:
    step, most = 600 / len(chart.values), max(chart.values) or 1.0
    points = [
        (step * (place + 0.5), 150 - 140 * value / most) for place, value in enumerate(chart.values)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#1d5c63"/>' for x, y in points)
    return (
        '<svg viewBox="0 0 600 160" aria-hidden="true">'
        '<line x1="0" y1="150" x2="600" y2="150" stroke="#c9d3d4"/>'
        f'<polyline points="{line}" fill="none" stroke="#1d5c63" stroke-width="2.5"/>{dots}</svg>'
    )
