"""`caselib`: the library from the command line, with `--json` on each command."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caselib import (
    as_json,
    ask_command,
    brief_command,
    catalogue_commands,
    desk_commands,
    filter_options,
    link_commands,
    reembed_command,
    supply_command,
    translated,
)
from caselib.console import (
    AsJSON,
    Document,
    chosen,
    existing,
    line,
    messages,
    output,
    print_json,
    run,
    searchable,
)
from caselib.outcomes import INTERRUPTED, Bar, alike, gather, relation, sentence
from index.adding import Outcome, add_files, files_in
from index.deposits import count_of
from index.library import Record
from index.opening import default_url, open_library
from ingest.fetching import is_link
from ingest.limits import DEFAULT_LIMITS
from search.editions import Edition, of_document

if TYPE_CHECKING:
    from search.find import Results

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="A library of case studies of country-code registries, searched across languages.",
)
app.add_typer(catalogue_commands.app)
app.add_typer(ask_command.app)
app.add_typer(link_commands.app)
app.add_typer(brief_command.app)
app.add_typer(supply_command.app)
app.add_typer(reembed_command.app)
app.add_typer(desk_commands.app)


@app.callback()
def choose(
    library: Annotated[
        str | None,
        typer.Option(
            "--library", envvar="CASELIB_LIBRARY", help="Folder of the library.", metavar="PATH"
        ),
    ] = None,
) -> None:
    """Choose the library that the command works on."""
    chosen["url"] = library or default_url()


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, ZIP archives and http(s) links.")
    ],
    as_json_: AsJSON = False,
) -> None:
    """Add documents; a bad one does not stop the others.

    Ctrl+C ends it with what was added so far; the same command goes on from there.
    """

    def work() -> int:
        outcomes, interrupted = _add_all(sources, show=not as_json_)
        same = [] if interrupted else _seem_the_same(outcomes)
        for record, edition in same if not as_json_ else ():
            messages.print(alike(record, edition))
        return _tell(outcomes, interrupted, as_json_, same=same)

    run(work, as_json_)


@app.command()
def ocr(
    documents: Annotated[
        list[str] | None, typer.Argument(help="Documents; all that need OCR if none is named.")
    ] = None,
    as_json_: AsJSON = False,
) -> None:
    """Read the pages that are pictures by OCR (Debian: tesseract-ocr and its languages)."""

    def work() -> int:
        from index.encoding import default_encoder
        from index.rereading import read_waiting, waiting_documents

        waiting = waiting_documents(existing(), documents or [])
        if not waiting:
            messages.print("No document needs OCR.")
            return _tell([], False, as_json_, empty=0)
        encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
        library = open_library(chosen["url"], encoder.recipe)
        with Bar(messages, "Reading", len(waiting), shown=not as_json_) as bar:
            reading = read_waiting(library, encoder, waiting, on_page=bar.reading)
            outcomes, interrupted = gather(reading, bar.done)
        return _tell(outcomes, interrupted, as_json_)

    run(work, as_json_)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="A question in any of the seven languages.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Hits at most.")] = 10,
    language: filter_options.Languages = None,
    topic: filter_options.Topics = None,
    registry: filter_options.Registries = None,
    region: filter_options.Regions = None,
    from_year: filter_options.FromYear = None,
    to_year: filter_options.ToYear = None,
    kind: filter_options.Kinds = None,
    format_: filter_options.Formats = None,
    translate: translated.Translate = "",
    reads: filter_options.Reads = None,
    as_json_: AsJSON = False,
) -> None:
    """Find passages by what they mean, whatever language they are written in."""

    def work() -> int:
        filters = filter_options.filters_of(
            language, topic, registry, region, from_year, to_year, kind, format_
        )
        from search.find import search as find

        encoder, library = searchable()
        machine = translated.Machine(encoder, translate)
        results = find(library, encoder, query, limit, filters, reads or ())
        if as_json_:
            print_json(_results(results, machine))
        elif not results.hits and not results.waiting:
            messages.print("Nothing was found: use other words, or fewer filters.")
        elif results.best_evidence.read is False:
            languages = ", ".join(results.best_evidence.languages)
            output.print(f"The best passages are in languages that you may not read: {languages}.")
        for record, hits in results.by_document() if not as_json_ else ():
            codes = " ".join(f".{code}" for code in record.registries)
            output.print(f"\n{record.title or record.filename}  {codes}  [{record.document}]")
            if newer := hits[0].newer:
                output.print(
                    f"  newer edition: {newer.title or newer.filename}  [{newer.document}]"
                )
            for hit in hits:
                by_ocr = ", read by OCR" if hit.passage.read_by_ocr else ""
                output.print(
                    f"  p. {hit.passage.page} ({hit.passage.language or '?'}, {hit.score:.2f}"
                    f"{by_ocr})  " + " ".join(hit.passage.text.split())
                )
                if said := machine.lines(hit.passage.text, hit.passage.language):
                    output.print(said, end="")
        for record in results.waiting if not as_json_ else ():
            output.print(f"\n{record.title or record.filename}  [{record.document}]\n  needs OCR")
        return 0

    run(work, as_json_)


@app.command()
def similar(
    document: Document,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Cases at most.")] = 5,
    as_json_: AsJSON = False,
) -> None:
    """Show the cases that treat the same problem, and what makes them alike."""

    def work() -> int:
        from search.editions import editions
        from search.similar import similar as alike

        encoder, library = searchable()
        record = library.record(document)
        found = alike(library, encoder, record.document, limit)
        versions = editions(library, encoder, record.document)
        if as_json_:
            print_json(as_json.similar(record, found, versions))
            return 0
        for edition in versions:
            other = edition.record
            sure = "" if edition.link else ", not confirmed"
            output.print(
                f"{relation(edition)}{sure}: {other.title or other.filename}  [{other.document}]"
            )
        for case in found:
            other = case.record
            output.print(f"{case.score:.2f}  {other.title or other.filename}  [{other.document}]")
            for likeness in case.because[:1]:
                mine, theirs = (
                    f"{line(text)}{' (read by OCR)' if by_ocr else ''}"
                    for text, by_ocr in (
                        (likeness.text, likeness.read_by_ocr),
                        (likeness.their_text, likeness.their_read_by_ocr),
                    )
                )
                output.print(f"      {mine}\n    ~ {theirs}")
        return 0

    run(work, as_json_)


@app.command()
def check(
    mend: Annotated[bool, typer.Option("--mend", help="Make the index anew first.")] = False,
    as_json_: AsJSON = False,
) -> None:
    """Verify the library; exit code 1 on damage, with what mends it."""

    def work() -> int:
        library = existing()
        if mend:
            library.mend()
        findings = list(library.check())
        if as_json_:
            print_json({"whole": not findings, "findings": as_json.findings(findings)})
        else:
            for finding in findings:
                output.print(f"{finding.what} {finding.mend}")
            if not findings:
                output.print(f"The library is whole: {len(library.records())} documents.")
        return int(bool(findings))

    run(work, as_json_)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port; another free one where it is taken.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the app; the first run builds the library from the starter documents."""

    def work() -> int:
        from caselib import serving

        if serving.is_first_run(chosen["url"]):
            messages.print("First run: preparing the language models, about a minute.")
        library = serving.open_for_serving(chosen["url"])
        if serving.needs_starter(library):
            messages.print("Building the library from the starter documents.")
            with Bar(messages, "Starter documents", 0, says=False) as bar:
                outcomes = serving.build_starter(
                    library,
                    lambda _, total, outcome: bar.done(outcome) if outcome else bar.expect(total),
                )
            failed = [outcome for outcome in outcomes if outcome.status == "failed"]
            for outcome in failed:
                messages.print(sentence(outcome))
            messages.print(f"{len(outcomes) - len(failed)} documents are in the library.")
        code = serving.first_code(library)
        library.close()
        free = serving.free_port(port)
        messages.print(f"The library opens at http://{address}:{free} (stop with Ctrl+C).")
        if code:
            messages.print(f"To set the librarian's password, open /desk there; the code is {code}")
        return serving.run_app(chosen["url"], free, address)

    run(work, as_json_=False)


def _results(results: Results, machine: translated.Machine) -> dict[str, Any]:
    made = as_json.results(results)
    if machine.language:
        for hit in made["hits"]:
            hit["translation"] = machine.as_json(hit["text"], hit["language"] or "")
    return made


def _add_all(named: list[str], show: bool) -> tuple[list[Outcome], bool]:
    from index.encoding import default_encoder

    sources = files_in([name if is_link(name) else Path(name) for name in named])
    if not sources:
        messages.print("There is no document in what you named.")
        return [], False
    encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
    library = open_library(chosen["url"], encoder.recipe)
    count = sum(count_of(source, DEFAULT_LIMITS) for source in sources)
    with Bar(messages, "Adding", count, show) as bar:
        outcomes, interrupted = gather(
            add_files(library, encoder, sources, on_page=bar.reading), bar.done
        )
    if interrupted:
        messages.print(
            f"Stopped: {len(outcomes)} of {count} files are done. "
            "The same command goes on from there."
        )
    return outcomes, interrupted


def _seem_the_same(outcomes: list[Outcome]) -> list[tuple[Record, Edition]]:
    """The documents just added, with those of the library that seem to be the same."""
    from search.editions import to_confirm

    added = [outcome.document for outcome in outcomes if outcome.status == "added"]
    if not added:
        return []
    encoder, library = searchable()
    found: list[tuple[Record, Edition]] = []
    # The documents are kept already: Ctrl+C ends the comparing alone.
    with contextlib.suppress(KeyboardInterrupt):
        found.extend(to_confirm(library, encoder, map(library.record, added)))
    return found


def _tell(
    outcomes: list[Outcome],
    interrupted: bool,
    as_json_: bool,
    empty: int = 1,
    same: Sequence[tuple[Record, Edition]] = (),
) -> int:
    """Print outcomes as JSON where that is asked for; give the exit code.

    Parameters
    ----------
    empty : the exit code where there is no outcome.
    same : the documents just added that seem to be the same as others.
    """
    if as_json_:
        print_json(
            [as_json.outcome(outcome, of_document(same, outcome.document)) for outcome in outcomes]
        )
    if interrupted:
        return INTERRUPTED
    failed = any(outcome.status == "failed" for outcome in outcomes)
    return int(failed) if outcomes else empty
