"""`caselib reembed`: the library moves over to the model that CASELIB_MODEL names."""

from __future__ import annotations

import os

import numpy as np
import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from caselib.console import AsJSON, chosen, existing, messages, output, print_json, run
from index.opening import open_library

app = typer.Typer()


@app.command()
def reembed(as_json_: AsJSON = False) -> None:
    """Move the library over to the model that CASELIB_MODEL names.

    The library is searched as before meanwhile. Ctrl+C, or whatever ends it, loses nothing: the
    same command goes on. Afterwards start the app again with the same CASELIB_MODEL.
    """

    def work() -> int:
        from index.encoding import default_encoder
        from index.reembedding import reembed as move

        library = existing()
        before = library.recipe
        encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
        with _bar(shown=not as_json_) as bar:
            task = bar.add_task("Embedding passages", total=None)
            embedded = move(
                library, encoder, lambda kept, of: bar.update(task, completed=kept, total=of)
            )
        library.close()
        if before != encoder.recipe:
            messages.print("Making the search index.")
            moved = open_library(chosen["url"], encoder.recipe)
            moved.nearest(np.zeros(encoder.recipe.dimension, np.float32), 1)
            moved.close()
        if as_json_:
            print_json({"from": before.name, "to": encoder.recipe.name, "embedded": embedded})
        elif before == encoder.recipe:
            output.print(f"The library has {before.name} already: there is nothing to move.")
        else:
            output.print(
                f"The library has moved from {before.name} to {encoder.recipe.name}; "
                f"{embedded} passages were embedded now."
            )
        return 0

    run(work, as_json_)


def _bar(shown: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=messages,
        disable=not shown,
    )
