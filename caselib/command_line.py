"""`caselib`: the library from the command line, with `--json` on each command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from caselib import as_json
from index.adding import Outcome, add_file, files_in
from index.library import Filters, Library
from index.opening import default_url, open_library
from ingest.errors import CaselibError

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
    paths: Annotated[list[Path], typer.Argument(help="Files and folders.")],
    as_json_: _AsJSON = False,
) -> None:
    """Add files, and the documents in folders; a bad one does not stop the others."""

    def work() -> int:
        outcomes = _add_all(paths, show=not as_json_)
        if as_json_:
            _print_json([as_json.outcome(outcome) for outcome in outcomes])
        return int(not outcomes or any(outcome.status == "failed" for outcome in outcomes))

    _run(work, as_json_)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="A question in any of the seven languages.")],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Hits at most.")] = 10,
    language: Annotated[
        list[str] | None, typer.Option(help="Only passages in this language; may be repeated.")
    ] = None,
    as_json_: _AsJSON = False,
) -> None:
    """Find passages by what they mean, whatever language they are written in."""

    def work() -> int:
        from index.encoding import default_encoder
        from search.find import search as find

        encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
        library = open_library(_chosen["url"], encoder.recipe, create=False)
        results = find(library, encoder, query, limit, Filters(languages=tuple(language or ())))
        if as_json_:
            _print_json(as_json.results(results))
        elif not results.hits:
            _messages.print("Nothing was found: use other words, or fewer filters.")
        for record, hits in results.by_document() if not as_json_ else ():
            codes = " ".join(f".{code}" for code in record.registries)
            _output.print(f"\n{record.title or record.filename}  {codes}  [{record.document}]")
            for hit in hits:
                _output.print(
                    f"  p. {hit.passage.page} ({hit.passage.language or '?'}, {hit.score:.2f})  "
                    + " ".join(hit.passage.text.split())
                )
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
                f"{record.title or record.filename}"
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
            _output.print(f"{name}: {', '.join(value) if isinstance(value, list) else value}")
        for page in pages:
            _output.print(f"\n-- {page.number} {page.heading}\n{page.text}")
        return 0

    _run(work, as_json_)


@app.command()
def remove(document: _Document, as_json_: _AsJSON = False) -> None:
    """Remove a document with its file, passages and vectors."""

    def work() -> int:
        record = _existing().remove(document)
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

        library = serving.open_for_serving(_chosen["url"])
        if serving.needs_starter(library):
            _messages.print("First run: building the library from the starter documents.")
            with _progress_bar(shown=True) as progress:
                task = progress.add_task("Starter documents", total=None)
                outcomes = serving.build_starter(
                    library,
                    lambda done, total, _: progress.update(task, completed=done, total=total),
                )
            failed = [outcome for outcome in outcomes if outcome.status == "failed"]
            for outcome in failed:
                _messages.print(_sentence(outcome))
            _messages.print(f"{len(outcomes) - len(failed)} documents are in the library.")
        library.close()
        chosen = serving.free_port(port)
        _messages.print(f"The library opens at http://{address}:{chosen} (stop with Ctrl+C).")
        return serving.run_app(_chosen["url"], chosen, address)

    _run(work, as_json_=False)


def _progress_bar(shown: bool) -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=_messages, disable=not shown)


def _add_all(paths: list[Path], show: bool) -> list[Outcome]:
    from index.encoding import default_encoder

    files = files_in(paths)
    if not files:
        _messages.print("There is no document in what you named.")
        return []
    encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
    library = open_library(_chosen["url"], encoder.recipe)
    outcomes = []
    with _progress_bar(show) as progress:
        task = progress.add_task("Adding", total=len(files))
        for file in files:
            progress.update(task, description=_shortened(file.name))
            outcome = add_file(library, encoder, file)
            outcomes.append(outcome)
            progress.advance(task)
            if show:
                progress.console.print(_sentence(outcome))
    return outcomes


def _shortened(name: str) -> str:
    name = "".join(character if character.isprintable() else " " for character in name)
    return name if len(name) <= 40 else name[:37] + "…"


def _sentence(outcome: Outcome) -> str:
    name = "".join(c if c.isprintable() else " " for c in outcome.file)
    if outcome.status == "failed":
        return f"{name}: not added. {outcome.error}"
    if outcome.status == "duplicate":
        return f"{name}: already here as {outcome.document}."
    return f"{name}: added as {outcome.document}, {outcome.pages} pages."


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
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    raise typer.Exit(code)
