"""Deposited files, kept under the SHA-256 of their bytes."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from index.errors import LibraryUnavailable
from ingest.errors import N_

_CHUNK = 1 << 20
_PARTIAL = ".partial-"
_OLD_SECONDS = 3600
"""Nobody writes a copy for so long: it was left behind by a process that was killed."""


class FileStore:
    """A folder of files named by their digest; a file is there whole or not at all.

    Parameters
    ----------
    folder : made when the first file comes.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def put(self, sha256: str, source: Path) -> int:
        """Keep a copy of a file; returns its size in bytes.

        Raises
        ------
        OSError : it could not be written.
        LibraryUnavailable : its bytes have changed since they were read.
        """
        target = self.path(sha256)
        if target.exists() and digest_of(target) == sha256:
            return target.stat().st_size
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        descriptor, name = tempfile.mkstemp(prefix=_PARTIAL, dir=target.parent)
        try:
            state = hashlib.sha256()
            with os.fdopen(descriptor, "wb") as copy, source.open("rb") as original:
                while chunk := original.read(_CHUNK):
                    state.update(chunk)
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            if state.hexdigest() != sha256:
                raise LibraryUnavailable(
                    N_("The file changed while it was being read: add it again.")
                )
            os.replace(name, target)
            _sync_folder(target.parent)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return target.stat().st_size

    def get(self, sha256: str) -> bytes:
        """The bytes of a file.

        Raises
        ------
        FileNotFoundError : it is not here.
        """
        return self.path(sha256).read_bytes()

    def discard(self, sha256: str) -> None:
        """Delete a file; one that is not here is passed over."""
        self.path(sha256).unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """Names of all whole files that are here."""
        for path in self.folder.glob("??/*"):
            if not path.name.startswith("."):
                yield path.name


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sweep(folder: Path) -> None:
    """Delete what killed processes left half written."""
    for path in folder.glob(f"{_PARTIAL}*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _OLD_SECONDS:
                path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make a rename survive a power cut (POSIX asks for the folder to be synced)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
