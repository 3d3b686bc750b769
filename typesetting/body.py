"""The body of a case, read from Markdown into the few blocks that every format can set."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token


class BodyFault(Exception):
    """A block cannot be set; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


Inline = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 is a section or a slide, 3 stands below it."""

    level: int
    content: Inline


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    content: Inline


@dataclass(frozen=True, slots=True)
class Items:
    """A list; each item with its depth, 0 for the outermost."""

    entries: tuple[tuple[int, Inline], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one head row."""

    head: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures that compare: one value a label, all in `unit`, from `source` (a URL)."""

    kind: str
    title: str
    unit: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Notes:
    """What the speaker says to a slide; in other formats, a quotation."""

    paragraphs: tuple[Inline, ...]


Block = Heading | Paragraph | Items | Table | Chart | Notes


def read_body(text: str, *, space: str) -> tuple[Block, ...]:
    """Read Markdown text into blocks.

    Parameters
    ----------
    text : CommonMark with pipe tables; a fenced block `chart` holds YAML.
    space : what a line break inside a paragraph becomes: a space, or nothing in Chinese.

    Raises
    ------
    BodyFault : a chart is not one, or the text holds something no format can set.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    return tuple(_blocks(parser.parse(text), space))


def plain(content: Inline) -> str:
    """Return the text of spans without their styles."""
    return "".join(span.text for span in content)


def block_text(block: Block) -> str:
    """Return all text of a block, as a reader would read it."""
    match block:
        case Heading(content=content) | Paragraph(content=content):
            return plain(content)
        case Items(entries=entries):
            return "\n".join(plain(content) for _, content in entries)
        case Table(head=head, rows=rows):
            return "\n".join(" ".join(plain(cell) for cell in row) for row in (head, *rows))
        case Chart():
            return " ".join((block.title, *block.labels))
        case Notes(paragraphs=paragraphs):
            return "\n".join(plain(content) for content in paragraphs)


def _blocks(tokens: list[Token], space: str) -> Iterator[Block]:
    position = 0
    while position < len(tokens):
        token = tokens[position]
        end = _closing(tokens, position)
        inside = tokens[position + 1 : end]
        match token.type:
            case "heading_open":
                yield Heading(int(token.tag[1]), _inline(inside[0], space))
            case "paragraph_open":
                yield Paragraph(_inline(inside[0], space))
            case "bullet_list_open" | "ordered_list_open":
                ordered = token.type.startswith("ordered")
                yield Items(tuple(_entries(inside, space)), ordered)
            case "blockquote_open":
                quoted = (_inline(one, space) for one in inside if one.type == "inline")
                yield Notes(tuple(quoted))
            case "table_open":
                yield _table(inside, space)
            case "fence" if token.info.strip() == "chart":
                yield _chart(token.content)
            case "hr":
                pass
            case _:
                line = token.map[0] + 1 if token.map else 0
                raise BodyFault(
                    f"Line {line} of the body holds something no format can set ({token.type}): "
                    "use headings, paragraphs, lists, tables, quotes and charts only."
                )
        position = end + 1


def _closing(tokens: list[Token], start: int) -> int:
    depth = 0
    for position in range(start, len(tokens)):
        depth += tokens[position].nesting
        if depth == 0:
            return position
    return len(tokens) - 1


def _entries(tokens: list[Token], space: str) -> Iterator[tuple[int, Inline]]:
    depth = -1
    for token in tokens:
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "inline":
            yield depth, _inline(token, space)


def _table(tokens: list[Token], space: str) -> Table:
    rows: list[list[Inline]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token, space))
    return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def _chart(text: str) -> Chart:
    try:
        found = yaml.safe_load(text)
        chart = Chart(
            kind=str(found["type"]),
            title=str(found["title"]),
            unit=str(found.get("unit") or ""),
            labels=tuple(str(label) for label in found["labels"]),
            values=tuple(float(value) for value in found["values"]),
            source=str(found["source"]),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BodyFault(
            f"A chart cannot be read ({error}): it needs type, title, unit, labels, values, source."
        ) from error
    if chart.kind not in ("bar", "line"):
        raise BodyFault(f"The chart '{chart.title}' has the type '{chart.kind}': use bar or line.")
    if len(chart.labels) != len(chart.values) or len(chart.values) < 2:
        raise BodyFault(
            f"The chart '{chart.title}' has {len(chart.labels)} labels and {len(chart.values)} "
            "values: give one value a label, two at least."
        )
    if min(chart.values) < 0:
        raise BodyFault(f"The chart '{chart.title}' has a negative value, which is not drawn.")
    return chart


_STYLES = {"strong": "bold", "em": "italic"}


def _inline(token: Token, space: str) -> Inline:
    spans: list[Span] = []
    bold = italic = 0
    for child in token.children or []:
        name = child.type.rpartition("_")[0]
        if child.type == "text":
            text, code = child.content, False
        elif child.type == "code_inline":
            text, code = child.content, True
        elif child.type in ("softbreak", "hardbreak"):
            text, code = space, False
        elif name in _STYLES:
            bold += child.nesting if name == "strong" else 0
            italic += child.nesting if name == "em" else 0
            continue
        elif name == "link":
            raise BodyFault("The body holds a link: put addresses into `sources` only.")
        else:
            raise BodyFault(f"The body holds {child.type}: use bold, italic and code only.")
        if text:
            spans.append(Span(text, bool(bold), bool(italic), code))
    return tuple(_joined(spans))


def _joined(spans: list[Span]) -> Iterator[Span]:
    held: Span | None = None
    for span in spans:
        same = held and (held.bold, held.italic, held.code) == (span.bold, span.italic, span.code)
        if held and same:
            held = Span(held.text + span.text, held.bold, held.italic, held.code)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


_LETTER = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_NAME = rf"\.?(?:https?://)?[{_LETTER}](?:[{_LETTER}0-9_@./:+&-]*[{_LETTER}0-9+])?"
_NAMES = rf"{_NAME}(?:[ \u00a0](?:{_NAME}|\d+(?:[.,]\d+)*))*"
# Names in Latin or Cyrillic letters, with the dot of a top-level domain before and what stands in
# brackets after them.
_LEFT_TO_RIGHT = re.compile(rf"\u200e?({_NAMES}(?: \({_NAMES}\))?)\u200e?")


def left_to_right_pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Cut Arabic text into pieces, saying which are names written left to right.

    The dot of `.om` is neutral: without this it would stand on the wrong side of the name.
    """
    position = 0
    for found in _LEFT_TO_RIGHT.finditer(text):
        if found.start() > position:
            yield text[position : found.start()], False
        yield found[1], True
        position = found.end()
    if position < len(text):
        yield text[position:], False


def direction(text: str) -> str:
    """Return `rtl` or `ltr`, by the first letter that has a direction."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"
