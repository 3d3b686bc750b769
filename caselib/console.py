"""What the commands share: where they print, the library they work on, how they end."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from caselib.outcomes import INTERRUPTED
from index.library import Library
from index.opening import open_library
from ingest.errors import CaselibError

if TYPE_CHECKING:
    from index.encoding import Encoder

AsJSON = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Document = Annotated[str, typer.Argument(help="A document, as `caselib list` names it.")]


output = Console(highlight=False, markup=False, soft_wrap=True)
messages = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
chosen: dict[str, str] = {}


def line(value: Any) -> str:
    """A value of the catalogue as text."""
    if isinstance(value, list):
        return ", ".join(map(line, value))
    if isinstance(value, dict):
        return f"“{value['text']}” (p. {value['page']})"
    return str(value)


def existing() -> Library:
    """The library, which must be there; no model is loaded for it."""
    return open_library(chosen["url"], create=False)


def searchable() -> tuple[Encoder, Library]:
    """The encoder and the library, which must be there."""
    from index.encoding import default_encoder

    encoder = default_encoder(os.environ.get("CASELIB_MODEL"))
    return encoder, open_library(chosen["url"], encoder.recipe, create=False)


def print_json(value: Any) -> None:
    """Print JSON as people and programs read it."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def run(work: Callable[[], int], as_json_: bool) -> None:
    """Run a command; an error of ours becomes one sentence and exit code 1."""
    try:
        code = work()
    except CaselibError as error:
        if as_json_:
            print_json({"error": str(error)})
        messages.print(str(error))
        code = 1
    except KeyboardInterrupt:
        messages.print("Stopped.")
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    raise typer.Exit(code)
