"""The command by which a librarian gives a document a title and a summary in another language."""

from __future__ import annotations

from typing import Annotated

import typer

from caselib import correcting
from caselib.console import AsJSON, Document, existing, output, print_json, run

app = typer.Typer()


@app.command()
def translate(
    document: Document,
    language: Annotated[
        str, typer.Option("--language", help="Of the title and summary: ar en es fr pt ru zh.")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="The title in that language.")] = "",
    summary: Annotated[str, typer.Option("--summary", help="A summary in that language.")] = "",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take back what was given in that language.")
    ] = False,
    who: correcting.Who = None,
    as_json_: AsJSON = False,
) -> None:
    """Give a document a title and a summary in another language, or show those that it has.

    Only what is named changes; readers in that language see it beside the original.
    """

    def work() -> int:
        library = existing()
        name = library.record(document).document
        if title or summary or withdraw:
            known = {given.language: given for given in library.supplied(name)}.get(language)
            kept = ("", "") if withdraw or known is None else (known.title, known.summary)
            library.supply(
                name, language, title or kept[0], summary or kept[1], who or correcting.user()
            )
        given = library.supplied(name)
        if as_json_:
            print_json(
                [
                    {"language": one.language, "title": one.title, "summary": one.summary}
                    for one in given
                ]
            )
        for one in given if not as_json_ else ():
            output.print(f"{one.language}  {one.title}\n    {one.summary}".rstrip())
        return 0

    run(work, as_json_)
