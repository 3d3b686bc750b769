"""The options that narrow a search, and the filters that they make."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from index.correcting import REGIONS, one_of, registry_named, topic_named
from index.library import Filters
from ingest import formats
from ingest.kinds import KINDS

Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="Only passages in this language; may be repeated."),
]
Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", help="Only this topic, by its id or name; may be repeated."),
]
Registries = Annotated[
    list[str] | None,
    typer.Option(
        "--registry", help="Only this registry: .tw, TWNIC or Taiwan in any of the languages."
    ),
]
Regions = Annotated[
    list[str] | None, typer.Option("--region", help="Only this ICANN region: AF, AP, EU, LAC, NA.")
]
FromYear = Annotated[int | None, typer.Option("--from-year", help="Only from this year on.")]
ToYear = Annotated[int | None, typer.Option("--to-year", help="Only up to this year.")]
Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Only this kind: paper, presentation, report, policy, page."),
]
Formats = Annotated[
    list[str] | None, typer.Option("--format", help="Only this format: pdf, pptx, docx, html …")
]
Reads = Annotated[
    list[str] | None,
    typer.Option("--reads", help="A language that you read; may be repeated."),
]

FORMATS: Final = {
    "pdf": formats.PDF,
    "pptx": formats.PPTX,
    "ppt": formats.PPT,
    "docx": formats.DOCX,
    "doc": formats.DOC,
    "rtf": formats.RTF,
    "odt": formats.ODT,
    "odp": formats.ODP,
    "epub": formats.EPUB,
    "html": formats.HTML,
    "md": formats.MARKDOWN,
    "txt": formats.TEXT,
}


def filters_of(
    language: list[str] | None = None,
    topic: list[str] | None = None,
    registry: list[str] | None = None,
    region: list[str] | None = None,
    from_year: int | None = None,
    to_year: int | None = None,
    kind: list[str] | None = None,
    format_: list[str] | None = None,
) -> Filters:
    """The filters that options ask for.

    Raises
    ------
    WrongValue : a name stands for no topic, registry, region, kind or format.
    """
    return Filters(
        languages=tuple(language or ()),
        registries=tuple(registry_named(name) for name in registry or ()),
        media_types=tuple(_format(name) for name in format_ or ()),
        first_year=from_year,
        last_year=to_year,
        topics=tuple(topic_named(name) for name in topic or ()),
        regions=tuple(one_of(name.upper(), "region", REGIONS) for name in region or ()),
        kinds=tuple(one_of(name.lower(), "kind", KINDS) for name in kind or ()),
    )


def _format(name: str) -> str:
    """A media type, by its ending or as it is."""
    return name if "/" in name else FORMATS[one_of(name.lower().lstrip("."), "format", FORMATS)]
