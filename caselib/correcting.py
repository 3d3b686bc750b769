"""`caselib correct`: what a librarian says on the command line about a document."""

from __future__ import annotations

import getpass
from typing import Annotated, Any

import typer

from index.correcting import checked, checked_field
from index.library import Library, Record

Title = Annotated[str | None, typer.Option("--title", help="Its title.")]
Year = Annotated[int | None, typer.Option("--year", help="Its year; 0 where none is known.")]
Registries = Annotated[
    list[str] | None,
    typer.Option("--registry", help="A registry it is about; may be repeated, '' for none."),
]
Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", help="A topic it has; may be repeated, '' for none."),
]
Kind = Annotated[
    str | None,
    typer.Option("--kind", help="Its kind: paper, presentation, report, policy or page."),
]
Authors = Annotated[
    list[str] | None,
    typer.Option("--author", help="An author as printed; may be repeated, '' for none."),
]
Languages = Annotated[
    list[str] | None,
    typer.Option("--language", help="A language it is in, the main one first; may be repeated."),
]
Regions = Annotated[
    list[str] | None,
    typer.Option("--region", help="An ICANN region it is about, where its registries do not say."),
]
Withdrawn = Annotated[
    list[str] | None,
    typer.Option("--withdraw", help="A field whose guess shall hold again; may be repeated."),
]
Who = Annotated[str | None, typer.Option("--who", help="Who says so; your user name otherwise.")]


def apply(
    library: Library,
    document: str,
    values: dict[str, Any],
    withdrawn: list[str],
    who: str | None,
) -> Record:
    """Correct what has a value and withdraw what shall be withdrawn; the document as it is then.

    Parameters
    ----------
    values : by field; None leaves a field as it is, in a list '' stands for nothing.
    """
    name = who or user()
    record = library.record(document)
    # All are checked before the first is kept.
    checks = {
        field: checked(library, record, field, _meant(value))
        for field, value in values.items()
        if value is not None
    }
    for field in map(checked_field, withdrawn):
        library.withdraw(document, field, name)
    for field, value in checks.items():
        library.correct(document, field, value, name)
    return library.record(document)


def _meant(value: Any) -> Any:
    """A value without the '' and the 0 that stand for nothing."""
    if isinstance(value, list):
        return [item for item in value if item.strip()]
    return None if value == 0 else value


def user() -> str:
    """The name of whoever runs the command."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "librarian"
