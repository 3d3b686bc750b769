"""What is to be added: files, the documents in archives, and links, as files one after another."""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.archives import archive_members, count_members, is_archive
from ingest.errors import N_, CaselibError, UnreadableFile
from ingest.fetching import FetchLimits, fetch
from ingest.limits import Limits


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that was deposited under another name than its path's."""

    path: Path
    filename: str


Source = Path | NamedFile | str
"""A file, a file under another name, or a link."""


@dataclass(frozen=True, slots=True)
class Deposit:
    """One file to be read.

    Attributes
    ----------
    name : as it is shown: a path, a link, or `archive.zip/member.pdf`.
    filename : the name to keep it under; only what follows its last slash counts.
    error : why there is no file at `path`.
    passing : it is a copy of ours, to be deleted once it is in the library.
    """

    name: str
    filename: str
    path: Path
    error: CaselibError | None = None
    passing: bool = False

    def discard(self) -> None:
        """Delete the file if it is a copy of ours."""
        if self.passing:
            self.path.unlink(missing_ok=True)


def deposits_of(
    source: Source, folder: Path, limits: Limits, loopback_port: int | None = None
) -> Iterator[Deposit]:
    """The files of a source: itself, what a link leads to, or an archive's members.

    What goes wrong with one of them is in its deposit, not raised.

    Parameters
    ----------
    folder : for copies, which stay until they are discarded.
    loopback_port : a port of this machine that links may lead to, for tests.
    """
    found = _file_of(source, folder, limits, loopback_port)
    try:
        archive = found.error is None and is_archive(found.path, found.filename, limits)
    except (CaselibError, OSError):
        # Reading it gives the sentence that says why.
        archive = False
    if not archive:
        yield found
        return
    try:
        yield from _members(found, folder, limits)
    except CaselibError as error:
        yield Deposit(found.name, found.filename, found.path, error)
    found.discard()


def count_of(source: Source, limits: Limits) -> int:
    """How many files a source gives, as far as it can be told without reading it."""
    if isinstance(source, Path) and source.suffix.lower() == ".zip":
        with contextlib.suppress(CaselibError, OSError):
            return max(count_members(source, limits), 1)
    return 1


def _file_of(source: Source, folder: Path, limits: Limits, loopback_port: int | None) -> Deposit:
    if isinstance(source, Path):
        return Deposit(str(source), source.name, source)
    if isinstance(source, NamedFile):
        return Deposit(source.filename, source.filename, source.path)
    place = folder / uuid.uuid4().hex
    place.mkdir()
    try:
        bounds = FetchLimits(file_bytes=limits.file_bytes)
        fetched = fetch(source, place, bounds, loopback_port)
    except CaselibError as error:
        return Deposit(source, source, place, error)
    return Deposit(source, fetched.filename, fetched.path, passing=True)


def _members(archive: Deposit, folder: Path, limits: Limits) -> Iterator[Deposit]:
    count = 0
    for member in archive_members(archive.path, limits):
        count += 1
        name = f"{archive.name}/{member.filename}"
        copy = folder / uuid.uuid4().hex
        if member.error is None:
            # The archive deletes its own copy when the next member is asked for.
            shutil.move(member.path, copy)
        yield Deposit(name, member.filename, copy, member.error, passing=True)
    if not count:
        raise UnreadableFile(N_("There is no document in this archive."))
