"""`caselib`: the library from the command line, with `--json` on each command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from caselib import as_json, correcting, filter_options
from caselib.outcomes import INTERRUPTED, Bar, gather, sentence
from index.adding import Outcome, add_files, files_in
from index.deposits import count_of
from index.library import Library
from index.opening import default_url, open_library
from ingest.errors import CaselibError
from ingest.fetching import is_link
from ingest.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from index.encoding import Encoder

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="A library of case studies of country-code registries, searched across languages.",
)
_AsJSON = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
_Document = Annotated[str, typer.Argument(help="A document, as `caselib list` names it.")]

_output = Console(highlight=False, markup=False, soft_wrap=True)
_messages = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
_chosen: dict[str, str] = {}


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
    _chosen["url"] = library or default_url()


@app.command()
def add(
    sources: Annotated[
        list[str], typer.Argument(help="Files, folders, ZIP archives and http(s) links.")
    ],
    as_json_: _AsJSON = False,
) -> None:
    """Add documents; a bad one does not stop the others.

    Ctrl+C ends it with what was added so far; the same command goes on from there.
    """

    def work() -> int:
        outcomes, interrupted = _add_all(sources, show=not as_json_)
        return _tell(outcomes, interrupted, as_json_)

    _run(work, as_json_)


@app.command()
def ocr(
    documents: Annotated[
        list[str] | None, typer.Argument(help="Documents; all that need OCR if none is named.")
    ] = None,
    as_json_: _AsJSON = False,
) -> None:
    """Read the pages that are pictures by OCR (Debian: tesseract-ocr and its languages)."""

    def work() -> int:
        from index.encoding import default_encoder
        from index.rereading import read_waiting, waiting_documents

        waiting = waiting_documents(_existing(), documents or [])
        if not waiting:
            _messages.print("No document needs OCR.")
            return _tell([], False, as_json_, empty=0)
        encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
        library = open_library(_chosen["url"], encoder.recipe)
        with Bar(_messages, "Reading", len(waiting), shown=not as_json_) as bar:
            reading = read_waiting(library, encoder, waiting, on_page=bar.reading)
            outcomes, interrupted = gather(reading, bar.done)
        return _tell(outcomes, interrupted, as_json_)

    _run(work, as_json_)


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
    as_json_: _AsJSON = False,
) -> None:
    """Find passages by what they mean, whatever language they are written in."""

    def work() -> int:
        filters = filter_options.filters_of(
            language, topic, registry, region, from_year, to_year, kind, format_
        )
        from search.find import search as find

        encoder, library = _searchable()
        results = find(library, encoder, query, limit, filters)
        if as_json_:
            _print_json(as_json.results(results))
        elif not results.hits and not results.waiting:
            _messages.print("Nothing was found: use other words, or fewer filters.")
        for record, hits in results.by_document() if not as_json_ else ():
            codes = " ".join(f".{code}" for code in record.registries)
            _output.print(f"\n{record.title or record.filename}  {codes}  [{record.document}]")
            for hit in hits:
                by_ocr = ", read by OCR" if hit.passage.read_by_ocr else ""
                _output.print(
                    f"  p. {hit.passage.page} ({hit.passage.language or '?'}, {hit.score:.2f}"
                    f"{by_ocr})  " + " ".join(hit.passage.text.split())
                )
        for record in results.waiting if not as_json_ else ():
            _output.print(f"\n{record.title or record.filename}  [{record.document}]\n  needs OCR")
        return 0

    _run(work, as_json_)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="A question in any of the seven languages.")],
    limit: Annotated[int, typer.Option(min=1, max=20, help="Sentences at most.")] = 6,
    as_json_: _AsJSON = False,
) -> None:
    """Answer a question in sentences quoted from the library, or say that it does not say."""

    def work() -> int:
        from search import answers

        encoder, library = _searchable()
        given = answers.ask(library, encoder, question, limit)
        if as_json_:
            _print_json(as_json.answer(given))
            return 0
        if given.abstained:
            _output.print(given.reason)
            for record in given.nearest:
                _output.print(f"  nearest: {record.title or record.filename}  [{record.document}]")
        for quotation in given.quotations:
            record = quotation.record
            codes = " ".join(f".{code}" for code in record.registries)
            _output.print(
                f"{_line(quotation.text)}\n  {record.title or record.filename}  {codes}  "
                f"p. {quotation.passage.page}  [{record.document}]\n"
            )
        return 0

    _run(work, as_json_)


@app.command()
def similar(
    document: _Document,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Cases at most.")] = 5,
    as_json_: _AsJSON = False,
) -> None:
    """Show the cases that treat the same problem, and what makes them alike."""

    def work() -> int:
        from search.editions import editions
        from search.similar import similar as alike

        encoder, library = _searchable()
        record = library.record(document)
        found = alike(library, encoder, record.document, limit)
        versions = editions(library, encoder, record.document)
        if as_json_:
            _print_json(as_json.similar(record, found, versions))
            return 0
        for edition in versions:
            other = edition.record
            _output.print(f"{edition.kind}: {other.title or other.filename}  [{other.document}]")
        for case in found:
            other = case.record
            _output.print(f"{case.score:.2f}  {other.title or other.filename}  [{other.document}]")
            for likeness in case.because[:1]:
                _output.print(f"      {_line(likeness.text)}\n    ~ {_line(likeness.their_text)}")
        return 0

    _run(work, as_json_)


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
    as_json_: _AsJSON = False,
) -> None:
    """Count the documents by language, topic, registry, region, year, kind and format."""

    def work() -> int:
        filters = filter_options.filters_of(
            language, topic, registry, region, from_year, to_year, kind, format_
        )
        counts = _existing().facets(filters)
        if as_json_:
            _print_json(counts)
            return 0
        for facet, values in counts.items():
            _output.print(f"\n{facet}")
            for value, count in values.items():
                _output.print(f"  {count:6}  {value}")
        return 0

    _run(work, as_json_)


@app.command(name="list")
def list_(as_json_: _AsJSON = False) -> None:
    """List the documents, newest first."""

    def work() -> int:
        records = _existing().records()
        if as_json_:
            _print_json([as_json.record(record) for record in records])
            return 0
        for record in records:
            _output.print(
                f"{record.document}  {record.language or '?':2}  {record.year or '    '}  "
                f"{record.title or record.filename}{'  (needs OCR)' if record.needs_ocr else ''}"
            )
        if not records:
            _messages.print("The library is empty: add a file with `caselib add FILE`.")
        return 0

    _run(work, as_json_)


@app.command()
def show(document: _Document, as_json_: _AsJSON = False) -> None:
    """Show a document: what is known of it, and its pages."""

    def work() -> int:
        library = _existing()
        record = library.record(document)
        pages = library.pages(record.document)
        if as_json_:
            _print_json(as_json.document(record, pages))
            return 0
        for name, value in as_json.record(record).items():
            _output.print(f"{name}: {_line(value)}")
        for page in pages:
            by_ocr = " (read by OCR)" if page.read_by_ocr else ""
            _output.print(f"\n-- {page.number} {page.heading}{by_ocr}\n{page.text}")
        return 0

    _run(work, as_json_)


@app.command()
def correct(
    document: _Document,
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
    as_json_: _AsJSON = False,
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
        record = correcting.apply(_existing(), document, values, withdraw or [], who)
        if as_json_:
            _print_json(as_json.record(record))
        else:
            _output.print(
                f"{record.title or record.filename} [{record.document}]: corrected are "
                f"{', '.join(record.corrected) or 'no fields'}."
            )
        return 0

    _run(work, as_json_)


@app.command()
def remove(
    document: _Document,
    forget: Annotated[
        bool, typer.Option("--forget", help="Forget what was corrected about it too.")
    ] = False,
    as_json_: _AsJSON = False,
) -> None:
    """Remove a document with its file, passages and vectors."""

    def work() -> int:
        record = _existing().remove(document, forget)
        if as_json_:
            _print_json({"document": record.document, "status": "removed"})
        else:
            _output.print(f"Removed {record.title or record.filename} [{record.document}].")
        return 0

    _run(work, as_json_)


@app.command()
def check(
    mend: Annotated[bool, typer.Option("--mend", help="Make the index anew first.")] = False,
    as_json_: _AsJSON = False,
) -> None:
    """Verify the library; exit code 1 on damage, with what mends it."""

    def work() -> int:
        library = _existing()
        if mend:
            library.mend()
        findings = list(library.check())
        if as_json_:
            _print_json({"whole": not findings, "findings": as_json.findings(findings)})
        else:
            for finding in findings:
                _output.print(f"{finding.what} {finding.mend}")
            if not findings:
                _output.print(f"The library is whole: {len(library.records())} documents.")
        return int(bool(findings))

    _run(work, as_json_)


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="Port; another free one where it is taken.")] = 8501,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
) -> None:
    """Serve the app; the first run builds the library from the starter documents."""

    def work() -> int:
        from caselib import serving

        if serving.is_first_run(_chosen["url"]):
            _messages.print("First run: preparing the language models, about a minute.")
        library = serving.open_for_serving(_chosen["url"])
        if serving.needs_starter(library):
            _messages.print("Building the library from the starter documents.")
            with Bar(_messages, "Starter documents", 0, says=False) as bar:
                outcomes = serving.build_starter(
                    library,
                    lambda _, total, outcome: bar.done(outcome) if outcome else bar.expect(total),
                )
            failed = [outcome for outcome in outcomes if outcome.status == "failed"]
            for outcome in failed:
                _messages.print(sentence(outcome))
            _messages.print(f"{len(outcomes) - len(failed)} documents are in the library.")
        library.close()
        chosen = serving.free_port(port)
        _messages.print(f"The library opens at http://{address}:{chosen} (stop with Ctrl+C).")
        return serving.run_app(_chosen["url"], chosen, address)

    _run(work, as_json_=False)


def _add_all(named: list[str], show: bool) -> tuple[list[Outcome], bool]:
    from index.encoding import default_encoder

    sources = files_in([name if is_link(name) else Path(name) for name in named])
    if not sources:
        _messages.print("There is no document in what you named.")
        return [], False
    encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
    library = open_library(_chosen["url"], encoder.recipe)
    count = sum(count_of(source, DEFAULT_LIMITS) for source in sources)
    with Bar(_messages, "Adding", count, show) as bar:
        outcomes, interrupted = gather(
            add_files(library, encoder, sources, on_page=bar.reading), bar.done
        )
    if interrupted:
        _messages.print(
            f"Stopped: {len(outcomes)} of {count} files are done. "
            "The same command goes on from there."
        )
    return outcomes, interrupted


def _tell(outcomes: list[Outcome], interrupted: bool, as_json_: bool, empty: int = 1) -> int:
    """Print outcomes as JSON where that is asked for; give the exit code.

    Parameters
    ----------
    empty : the exit code where there is no outcome.
    """
    if as_json_:
        _print_json([as_json.outcome(outcome) for outcome in outcomes])
    if interrupted:
        return INTERRUPTED
    failed = any(outcome.status == "failed" for outcome in outcomes)
    return int(failed) if outcomes else empty


def _line(value: Any) -> str:
    """A value of the catalogue as text."""
    if isinstance(value, list):
        return ", ".join(map(_line, value))
    if isinstance(value, dict):
        return f"“{value['text']}” (p. {value['page']})"
    return str(value)


def _searchable() -> tuple[Encoder, Library]:
    """The encoder and the library, which must be there."""
    from index.encoding import default_encoder

    encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
    return encoder, open_library(_chosen["url"], encoder.recipe, create=False)


def _existing() -> Library:
    return open_library(_chosen["url"], create=False)


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _run(work: Callable[[], int], as_json_: bool) -> None:
    """Run a command; an error of ours becomes one sentence and exit code 1."""
    try:
        code = work()
    except CaselibError as error:
        if as_json_:
            _print_json({"error": str(error)})
        _messages.print(str(error))
        code = 1
    except KeyboardInterrupt:
        _messages.print("Stopped.")
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    raise typer.Exit(code)
