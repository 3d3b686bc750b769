"""DOC, PPT and RTF files: LibreOffice, where it is installed, converts them to what is read."""

import contextlib
import os
import shutil
import signal
import subprocess
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.document import FileText
from ingest.errors import N_, NeedsConversion, UnreadableFile
from ingest.formats import CONVERSIONS
from ingest.limits import Limits, OnPage, out_of_time
from ingest.ocr import read_scans
from ingest.sandbox import read_in_sandbox

# LibreOffice reserves more address space than it uses.
MEMORY_TIMES = 2
LIMITED = 'ulimit -c 0; ulimit -v "$1"; ulimit -t "$2"; ulimit -f "$3"; shift 3; exec "$@"'


def read_legacy(
    path: Path, needed: NeedsConversion, limits: Limits, on_page: OnPage | None
) -> FileText:
    """Convert a file with LibreOffice in a process with limits, then read what it became.

    Parameters
    ----------
    needed : the error that `needs_conversion` gave for the file.

    Raises
    ------
    NeedsConversion : LibreOffice is not installed.
    UnreadableFile : it cannot convert the file, or what it made cannot be read.
    """
    program = find_office()
    if program is None:
        raise needed
    kind = str(needed.values["kind"])
    suffix, modern = CONVERSIONS[kind]
    with TemporaryDirectory(prefix="caselib-") as folder:
        source = Path(folder, f"document.{suffix}")
        shutil.copyfile(path, source)
        convert(program, source, modern, limits)
        converted = source.with_suffix(f".{modern}")
        if not converted.is_file():
            raise UnreadableFile(
                N_("LibreOffice cannot open this .{suffix} file; it is damaged or protected."),
                suffix=suffix,
            )
        text = read_in_sandbox(converted, converted.name, limits, on_page=on_page)
        text = read_scans(converted, converted.name, text, limits, on_page=on_page)
    return replace(text, media_type=kind)


def find_office() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(program: str, source: Path, modern: str, limits: Limits) -> None:
    """Let LibreOffice write a file beside its source, in a process with limits and no network.

    Parameters
    ----------
    modern : what it becomes, as `--convert-to` takes it; nothing is written where that fails.

    Raises
    ------
    UnreadableFile : it takes longer than `limits.seconds`.
    """
    folder = source.parent
    memory = str(limits.memory_bytes * MEMORY_TIMES // 1024)
    blocks = str(limits.unpacked_bytes // 512)
    process = subprocess.Popen(
        [
            *("/bin/sh", "-c", LIMITED, "sh", memory, str(int(limits.seconds)), blocks),
            *_without_network(),
            *(program, "--headless", "--norestore", "--nolockcheck", "--nodefault"),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--convert-to", modern, "--outdir", str(folder), str(source)),
        ],
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise out_of_time(limits) from error
    finally:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@cache
def _without_network() -> tuple[str, ...]:
    """The command that takes the network away from a process, where the system permits it."""
    program = shutil.which("unshare")
    if program is None:
        return ()
    command = (program, "--net", "--map-root-user")
    trial = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if trial.returncode == 0 else ()
