"""How adding and reading go on, shown as they go on: a bar, and a sentence for each file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from index.adding import Outcome
from index.library import Record
from search.editions import Edition

INTERRUPTED = 130
"""Exit code of a command that Ctrl+C ended, as shells have it (128 and the signal's number)."""
_LONGEST_NAME = 40


class Bar:
    """A bar with files, pages, passages, rate and the time that is left; `with` bounds its life.

    Parameters
    ----------
    console : where it is drawn.
    total : number of files.
    shown : whether anything is.
    says : whether a sentence is printed for each file.
    """

    def __init__(
        self, console: Console, doing: str, total: int, shown: bool = True, says: bool = True
    ) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[counts]}"),
            console=console,
            disable=not shown,
        )
        self._says = shown and says
        self._total = total
        self._task = self._progress.add_task(doing, total=total, counts="")
        self._done = self._pages = self._passages = 0
        self._started = time.monotonic()

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def expect(self, total: int) -> None:
        """Set the number of files."""
        self._total = total
        self._progress.update(self._task, total=total)

    def reading(self, name: str, page: int, of: int) -> None:
        """Show which page is being read."""
        shown = f"{_shortened(name)} p. {page}/{of}"
        self._progress.update(self._task, description=shown, counts=self._counts())

    def done(self, outcome: Outcome) -> None:
        """Count a file that is done, and say what became of it."""
        self._done += 1
        if outcome.status in ("added", "read"):
            self._pages += outcome.pages
            self._passages += outcome.passages
        self._progress.update(
            self._task,
            completed=self._done,
            total=max(self._total, self._done),
            counts=self._counts(),
        )
        if self._says:
            self._progress.console.print(sentence(outcome))

    def _counts(self) -> str:
        seconds = time.monotonic() - self._started
        counts = f"{self._pages} pages · {self._passages} passages"
        if self._pages:
            counts += f" · {self._pages / seconds:.1f} pages/s"
        if self._done:
            left = round(seconds / self._done * max(self._total - self._done, 0))
            counts += f" · {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left"
        return counts


def gather(
    outcomes: Iterator[Outcome], on_outcome: Callable[[Outcome], None]
) -> tuple[list[Outcome], bool]:
    """All outcomes until Ctrl+C, and whether it came."""
    found: list[Outcome] = []
    try:
        for outcome in outcomes:
            found.append(outcome)
            on_outcome(outcome)
    except KeyboardInterrupt:
        return found, True
    return found, False


def sentence(outcome: Outcome) -> str:
    """What became of a file, on one line."""
    name = _printable(outcome.file)
    if outcome.status == "failed":
        return f"{name}: not {'read' if outcome.document else 'added'}. {outcome.error}"
    waiting = _waiting(len(outcome.pictures))
    if outcome.status == "duplicate":
        return f"{name}: already here as {outcome.document}.{waiting}"
    done = "read" if outcome.status == "read" else f"added as {outcome.document}"
    return f"{name}: {done}, {outcome.pages} pages.{waiting}"


def alike(record: Record, edition: Edition) -> str:
    """That two documents seem to be the same one, why, and what confirms it, on one line."""
    seems = {
        "twin": "seems to be the same document as",
        "edition": "seems to be a newer edition of",
        "translation": "seems to be a translation of",
    }
    return (
        f"{_named(record)} {seems[edition.kind]} {_named(edition.record)}. {edition.reason} "
        f"Confirm it with `caselib link {record.document} {edition.record.document} "
        f"--as {edition.kind}`, or say `--as different`."
    )


def relation(edition: Edition) -> str:
    """What another document is to one, in a word or two."""
    if edition.kind == "edition":
        return "newer edition" if edition.newer else "older edition"
    return edition.kind


def _named(record: Record) -> str:
    return f"{_printable(record.title or record.filename)} [{record.document}]"


def _waiting(pages: int) -> str:
    if not pages:
        return ""
    return f" It needs OCR: {pages} of them are pictures that wait for `caselib ocr`."


def _shortened(name: str) -> str:
    name = _printable(name)
    return name if len(name) <= _LONGEST_NAME else "…" + name[1 - _LONGEST_NAME :]


def _printable(name: str) -> str:
    return "".join(character if character.isprintable() else " " for character in name)
