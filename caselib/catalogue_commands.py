"""The commands about the catalogue: list, show, count, correct and remove documents."""

from __future__ import annotations

from typing import Annotated

import typer

from caselib import as_json, correcting, filter_options
from caselib.console import (
    AsJSON,
    Document,
    existing,
    line,
    messages,
    output,
    print_json,
    run,
)
from caselib.outcomes import relation

app = typer.Typer()


@app.command()
def facets(
    language: filter_options.Languages = None,
    topic: filter_options.Topics = None,
    registry: filter_options.Registries = None,
    region: filter_options.Regions = None,
    from_year: filter_options.FromYear = None,
    to_year: filter_options.ToYear = None,
    kind: filter_options.Kinds = None,
    format_: filter_options.Formats = None,
    as_json_: AsJSON = False,
) -> None:
    """Count the documents by language, topic, registry, region, year, kind and format."""

    def work() -> int:
        filters = filter_options.filters_of(
            language, topic, registry, region, from_year, to_year, kind, format_
        )
        counts = existing().facets(filters)
        if as_json_:
            print_json(counts)
            return 0
        for facet, values in counts.items():
            output.print(f"\n{facet}")
            for value, count in values.items():
                output.print(f"  {count:6}  {value}")
        return 0

    run(work, as_json_)


@app.command(name="list")
def list_(as_json_: AsJSON = False) -> None:
    """List the documents, newest first."""

    def work() -> int:
        records = existing().records()
        if as_json_:
            print_json([as_json.record(record) for record in records])
            return 0
        for record in records:
            output.print(
                f"{record.document}  {record.language or '?':2}  {record.year or '    '}  "
                f"{record.title or record.filename}{'  (needs OCR)' if record.needs_ocr else ''}"
            )
        if not records:
            messages.print("The library is empty: add a file with `caselib add FILE`.")
        return 0

    run(work, as_json_)


@app.command()
def show(document: Document, as_json_: AsJSON = False) -> None:
    """Show a document: what is known of it, and its pages."""

    def work() -> int:
        from search.editions import confirmed

        library = existing()
        record = library.record(document)
        pages = library.pages(record.document)
        same = confirmed(library, record.document)
        if as_json_:
            print_json(as_json.document(record, pages, same))
            return 0
        for name, value in as_json.record(record).items():
            output.print(f"{name}: {line(value)}")
        for edition in same:
            other = edition.record
            output.print(
                f"{relation(edition)}: {other.title or other.filename} [{other.document}], "
                f"confirmed by {edition.link.who if edition.link else ''}"
            )
        for page in pages:
            by_ocr = " (read by OCR)" if page.read_by_ocr else ""
            output.print(f"\n-- {page.number} {page.heading}{by_ocr}\n{page.text}")
        return 0

    run(work, as_json_)


@app.command()
def correct(
    document: Document,
    title: correcting.Title = None,
    author: correcting.Authors = None,
    year: correcting.Year = None,
    registry: correcting.Registries = None,
    region: correcting.Regions = None,
    topic: correcting.Topics = None,
    kind: correcting.Kind = None,
    language: correcting.Languages = None,
    withdraw: correcting.Withdrawn = None,
    who: correcting.Who = None,
    as_json_: AsJSON = False,
) -> None:
    """Correct what was guessed about a document; a correction is never overwritten."""

    def work() -> int:
        values = {
            "title": title,
            "authors": author,
            "year": year,
            "registries": registry,
            "regions": region,
            "topics": topic,
            "kind": kind,
            "languages": language,
        }
        record = correcting.apply(existing(), document, values, withdraw or [], who)
        if as_json_:
            print_json(as_json.record(record))
        else:
            output.print(
                f"{record.title or record.filename} [{record.document}]: corrected are "
                f"{', '.join(record.corrected) or 'no fields'}."
            )
        return 0

    run(work, as_json_)


@app.command()
def remove(
    document: Document,
    forget: Annotated[
        bool, typer.Option("--forget", help="Forget what was corrected about it too.")
    ] = False,
    as_json_: AsJSON = False,
) -> None:
    """Remove a document with its file, passages and vectors."""

    def work() -> int:
        record = existing().remove(document, forget)
        if as_json_:
            print_json({"document": record.document, "status": "removed"})
        else:
            output.print(f"Removed {record.title or record.filename} [{record.document}].")
        return 0

    run(work, as_json_)
