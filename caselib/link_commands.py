"""The commands about the same document in several files: twins, link and unlink."""

from __future__ import annotations

from typing import Annotated

import typer

from caselib import as_json
from caselib.console import (
    AsJSON,
    Document,
    existing,
    messages,
    output,
    print_json,
    run,
    searchable,
)
from caselib.correcting import Who, user
from caselib.outcomes import alike
from index.library import LINKS

app = typer.Typer()
Other = Annotated[str, typer.Argument(help="The other document.")]


@app.command()
def twins(
    documents: Annotated[
        list[str] | None, typer.Argument(help="Documents; all of the library if none is named.")
    ] = None,
    as_json_: AsJSON = False,
) -> None:
    """List documents that seem to be the same one: exported anew, a new edition, a translation."""

    def work() -> int:
        from search.editions import to_confirm

        encoder, library = searchable()
        records = [library.record(name) for name in documents or ()] or library.records()
        found = to_confirm(library, encoder, records)
        if as_json_:
            print_json([as_json.proposal(record, edition) for record, edition in found])
            return 0
        none = True
        for record, edition in found:
            none = False
            output.print(alike(record, edition))
        if none:
            messages.print("No two documents seem to be the same one.")
        return 0

    run(work, as_json_)


@app.command()
def link(
    document: Annotated[str, typer.Argument(help="A document; of two editions the newer one.")],
    other: Other,
    as_: Annotated[
        str, typer.Option("--as", help=f"What they are to one another: {', '.join(LINKS)}.")
    ],
    who: Who = None,
    as_json_: AsJSON = False,
) -> None:
    """Confirm that two documents are the same one, or say that they are different."""

    def work() -> int:
        made = existing().link(document, other, as_, who or user())
        if as_json_:
            print_json(as_json.link(made))
        else:
            output.print(f"{made.document} and {made.other} are linked as {made.kind}.")
        return 0

    run(work, as_json_)


@app.command()
def unlink(document: Document, other: Other, as_json_: AsJSON = False) -> None:
    """Take back what `caselib link` said of two documents."""

    def work() -> int:
        library = existing()
        one, two = library.record(document).document, library.record(other).document
        library.unlink(one, two)
        if as_json_:
            print_json({"document": one, "other": two, "status": "unlinked"})
        else:
            output.print(f"{one} and {two} are not linked any more.")
        return 0

    run(work, as_json_)
