"""The commands of the desk: queue, approve, reject, unpublish, restore, log, export, password.

Who can run them can read and write the library's folder: they act as its librarian.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from caselib import correcting
from caselib.console import AsJSON, existing, line, messages, output, print_json, run
from desk import accounts, decisions, export, log, queue
from desk.opening import open_desk
from desk.people import Person, Role
from desk.queue import STATES, Deposit, State
from desk.stores import Desk
from index.library import Record
from ingest.errors import CaselibError

app = typer.Typer()

Documents = Annotated[
    list[str], typer.Argument(help="Documents, as `caselib queue` and `caselib list` name them.")
]
Who = Annotated[str | None, typer.Option("--who", help="Who acts; your user name otherwise.")]


@app.command(name="queue")
def queue_(
    state: Annotated[
        str, typer.Option("--state", help="waiting, rejected, withdrawn, published or draft.")
    ] = "waiting",
    as_json_: AsJSON = False,
) -> None:
    """List the deposits that wait for a librarian, the one that waits longest first."""

    def work() -> int:
        chosen: State = next((one for one in STATES if one == state), "waiting")
        if chosen != state:
            raise typer.BadParameter(f"use one of {', '.join(STATES)}", param_hint="--state")
        found = queue.in_state(_desk(), _librarian(None), chosen)
        if as_json_:
            print_json([_as_json(deposit, record) for deposit, record in found])
            return 0
        for deposit, record in found:
            output.print(
                f"{record.document}  {record.language or '?':2}  {deposit.deposited[:10]}  "
                f"{line(record.title or record.filename)}  ({deposit.licence})"
            )
        if not found:
            messages.print(f"No document is {chosen}.")
        return 0

    run(work, as_json_)


@app.command()
def approve(documents: Documents, who: Who = None, as_json_: AsJSON = False) -> None:
    """Make documents public that wait."""
    _act_on(documents, who, as_json_, "published", decisions.approve)


@app.command()
def reject(
    documents: Documents,
    reason: Annotated[str, typer.Option("--reason", help="Why; the depositor reads it.")],
    who: Who = None,
    as_json_: AsJSON = False,
) -> None:
    """Refuse documents that wait; they are kept with the reason until they are deleted."""
    _act_on(
        documents,
        who,
        as_json_,
        "rejected",
        lambda desk, person, document: decisions.reject(desk, person, document, reason),
    )


@app.command()
def unpublish(
    documents: Documents,
    reason: Annotated[str, typer.Option("--reason", help="Why; stands in the log.")] = "",
    who: Who = None,
    as_json_: AsJSON = False,
) -> None:
    """Take public documents out of the library, back to the desk."""
    _act_on(
        documents,
        who,
        as_json_,
        "withdrawn",
        lambda desk, person, document: decisions.unpublish(desk, person, document, reason),
    )


@app.command()
def restore(documents: Documents, who: Who = None, as_json_: AsJSON = False) -> None:
    """Undo: withdrawn documents are public again, rejected ones wait again."""
    _act_on(documents, who, as_json_, "restored", decisions.restore)


@app.command(name="log")
def log_(
    document: Annotated[str, typer.Argument(help="Only of this document.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Lines at most.")] = 50,
    as_json_: AsJSON = False,
) -> None:
    """Show who did what, the newest first; the log only grows."""

    def work() -> int:
        desk, person = _desk(), _librarian(None)
        found = log.lines(desk.database, person, document, limit)
        if as_json_:
            print_json(
                [
                    {
                        "number": one.number,
                        "time": one.time,
                        "who": one.who,
                        "act": one.act,
                        "document": one.document or None,
                        "title": one.title,
                        "details": one.details,
                    }
                    for one in found
                ]
            )
            return 0
        for one in found:
            details = "; ".join(f"{name}: {value}" for name, value in one.details.items() if value)
            output.print(
                f"{one.time}  {one.who}  {one.act}  {one.document}  {line(one.title)}  {details}"
            )
        return 0

    run(work, as_json_)


@app.command(name="export")
def export_(
    format_: Annotated[str, typer.Option("--format", help="csv, json, bibtex or ris.")] = "csv",
    address: Annotated[
        str,
        typer.Option(help="Address of the page of a document, such as https://…/document."),
    ] = "",
) -> None:
    """Print the public catalogue as CSV or JSON, or its citations as BibTeX or RIS."""

    def work() -> int:
        if format_ not in export.FORMATS:
            raise typer.BadParameter(
                f"use one of {', '.join(export.FORMATS)}", param_hint="--format"
            )
        print(export.export(_desk(), format_, address), end="")
        return 0

    run(work, as_json_=False)


@app.command()
def password(who: Who = None) -> None:
    """Set the administrator's password of the app; signs everybody out."""

    def work() -> int:
        desk = _desk()
        chosen = typer.prompt(
            f"New password, at least {accounts.SHORTEST_PASSWORD} letters",
            hide_input=True,
            confirmation_prompt=True,
            err=True,
        )
        accounts.set_password(desk.database, chosen, who or correcting.user())
        output.print("The password is set.")
        return 0

    run(work, as_json_=False)


def _desk() -> Desk:
    return open_desk(existing())


def _librarian(who: str | None) -> Person:
    return Person(who or correcting.user(), Role.LIBRARIAN)


def _act_on(
    documents: list[str],
    who: str | None,
    as_json_: bool,
    done: str,
    decide: Callable[[Desk, Person, str], Record],
) -> None:
    """Decide on documents one by one; one that fails does not stop the others."""

    def work() -> int:
        desk, person = _desk(), _librarian(who)
        outcomes: list[dict[str, Any]] = []
        for document in documents:
            try:
                record = decide(desk, person, document)
            except CaselibError as error:
                outcomes.append({"document": document, "status": "failed", "reason": str(error)})
                messages.print(str(error))
                continue
            outcomes.append({"document": record.document, "status": done, "reason": None})
            if not as_json_:
                output.print(f"{record.document} {done}: {line(record.title or record.filename)}")
        if as_json_:
            print_json(outcomes)
        return int(any(outcome["status"] == "failed" for outcome in outcomes))

    run(work, as_json_)


def _as_json(deposit: Deposit, record: Record) -> dict[str, Any]:
    return {
        "document": record.document,
        "title": record.title,
        "filename": record.filename,
        "state": deposit.state,
        "registries": list(record.registries),
        "languages": list(record.languages),
        "topics": list(record.topics),
        "pages": record.pages,
        "licence": deposit.licence,
        "depositor": deposit.depositor or None,
        "contact": deposit.contact or None,
        "remark": deposit.remark or None,
        "source": deposit.source or None,
        "reason": deposit.reason or None,
        "deposited": deposit.deposited,
        "changed": deposit.changed,
    }
