"""A case becomes a Markdown file that reads well as it is: charts as tables, sources at the end."""

from collections.abc import Iterable, Iterator

from typesetting.body import Block, Chart, Heading, Inline, Items, Notes, Paragraph, Span, Table
from typesetting.case import Case
from typesetting.wording import WORDINGS, chart_credit, facts, notice, number


def make_markdown(case: Case) -> bytes:
    """Set a case as Markdown (CommonMark with pipe tables) in UTF-8."""
    words = WORDINGS[case.language]
    parts = [f"# {case.title}"]
    parts.append("\n".join(f"- **{label}**{words.colon}{value}" for label, value in facts(case)))
    parts.extend(part for block in case.body for part in _block(block, case))
    parts.append(f"---\n\n{notice(case)}\n\n## {words.sources}")
    parts.append(
        "\n".join(
            f"{place}. {source.supports}: <{source.url}>"
            for place, source in enumerate(case.sources, 1)
        )
    )
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block, case: Case) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_inline(block.content)}"
        case Paragraph():
            yield _inline(block.content)
        case Items():
            marks = (
                f"{place}." if block.ordered else "-" for place in range(1, len(block.entries) + 1)
            )
            yield "\n".join(
                f"{'   ' * level}{mark} {_inline(content)}"
                for mark, (level, content) in zip(marks, block.entries, strict=True)
            )
        case Table():
            yield _table(block.head, block.rows)
        case Chart():
            unit = f" ({block.unit})" if block.unit else ""
            yield f"**{block.title}**{unit}"
            rows = (
                ((Span(label),), (Span(number(value, case.language)),))
                for label, value in zip(block.labels, block.values, strict=True)
            )
            yield _table(((), (Span(block.unit),)), rows)
            yield chart_credit(block, case)
        case Notes():
            yield "\n>\n".join(f"> {_inline(content)}" for content in block.paragraphs)


def _table(head: Iterable[Inline], rows: Iterable[Iterable[Inline]]) -> str:
    lines = [[_inline(cell).replace("|", "\\|") for cell in row] for row in (head, *rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _inline(content: Inline) -> str:
    parts = []
    for span in content:
        part = f"`{span.text}`" if span.code else span.text
        for wanted, mark in ((span.italic, "*"), (span.bold, "**")):
            if wanted:
                inner = part.strip()
                part = part.replace(inner, f"{mark}{inner}{mark}", 1)
        parts.append(part)
    return "".join(parts)
