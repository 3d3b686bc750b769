"""The starter library: every case's file, the catalogue, and what each was made from."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from typesetting.case import Case, CaseFault, read_case
from typesetting.markdown import make_markdown
from typesetting.pdf import make_pdf
from typesetting.presentation import make_pptx
from typesetting.web_page import make_html
from typesetting.word_document import make_docx

CATALOGUE = "catalogue.yaml"
CHECKSUMS = "SHA256SUMS"
MAKERS: dict[str, Callable[[Case], bytes]] = {
    "pdf": make_pdf,
    "pdf-two-column": make_pdf,
    "pptx": make_pptx,
    "docx": make_docx,
    "html": make_html,
    "md": make_markdown,
}


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made: its case and its size in bytes."""

    case: Case
    size: int


def sources(folder: Path, only: Iterable[str] = ()) -> list[Path]:
    """Return the sources of cases in a folder, sorted by id; with `only`, those ids alone.

    Raises
    ------
    CaseFault : an id of `only` has no source.
    """
    found = {path.stem: path for path in sorted(folder.glob("*.md"))}
    wanted = list(only) or list(found)
    for name in wanted:
        if name not in found:
            raise CaseFault(name, [f"There is no {name}.md in {folder}."])
    return [found[name] for name in wanted]


def make(paths: Iterable[Path], target: Path) -> Iterator[Made | CaseFault]:
    """Make the file of each source, giving what became of each as it is done.

    Files are written whole or not at all, and `SHA256SUMS` says what each was made from.
    """
    target.mkdir(parents=True, exist_ok=True)
    sums = read_checksums(target)
    for path in paths:
        try:
            case = read_case(path)
        except CaseFault as fault:
            yield fault
            continue
        data = MAKERS[case.format](case)
        _replace(target / case.filename, data)
        sums[_source_name(path)] = _digest(path.read_bytes())
        sums[case.filename] = _digest(data)
        yield Made(case, len(data))
    _write_checksums(target, sums)


def write_catalogue(folder: Path, target: Path) -> int:
    """Write the catalogue of all files made, and remove files whose case is gone.

    Returns the number of entries. The faulty sources and those not made yet are left out.
    """
    cases = []
    for path in sources(folder):
        try:
            case = read_case(path)
        except CaseFault:
            continue
        if (target / case.filename).is_file():
            cases.append(case)
    entries = [_entry(case) for case in sorted(cases, key=lambda case: case.id)]
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=100)
    _replace(target / CATALOGUE, text.encode())
    _forget(folder, target, {case.filename for case in cases})
    return len(entries)


def stale(folder: Path, target: Path) -> list[str]:
    """Say of each file that is missing, changed or older than its source what is wrong."""
    sums = read_checksums(target)
    found: list[str] = []
    for path in sources(folder):
        try:
            case = read_case(path)
        except CaseFault as fault:
            found += [f"{path.name}: {sentence}" for sentence in fault.sentences]
            continue
        made = target / case.filename
        if not made.is_file():
            found.append(f"{case.filename} is missing: run python -m typesetting.")
        elif sums.get(_source_name(path)) != _digest(path.read_bytes()):
            found.append(f"{case.filename} was made from another {path.name}: make it again.")
        elif sums.get(case.filename) != _digest(made.read_bytes()):
            found.append(f"{case.filename} is not the file that was made: make it again.")
    return found


def read_checksums(target: Path) -> dict[str, str]:
    """Return the SHA-256 of each file as hexadecimal digits, by its path from `target`."""
    path = target / CHECKSUMS
    if not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def _write_checksums(target: Path, sums: dict[str, str]) -> None:
    text = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    _replace(target / CHECKSUMS, text.encode())


def _forget(folder: Path, target: Path, kept: set[str]) -> None:
    """Remove files and checksums of cases that are gone or have another format now.

    The file of a case that has a fault just now stays until the fault is put right.
    """
    sums = read_checksums(target)
    present = {path.stem for path in sources(folder)}
    known = {Path(name).stem for name in kept}
    for name in list(sums):
        stem = Path(name).stem
        if name.startswith("../"):
            gone = stem not in present
        else:
            gone = name not in kept and (stem in known or stem not in present)
        if gone:
            del sums[name]
        if gone and not name.startswith("../"):
            (target / name).unlink(missing_ok=True)
    _write_checksums(target, sums)


def _source_name(path: Path) -> str:
    return f"../cases/{path.name}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _replace(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


def _entry(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "file": case.filename,
        "title": case.title,
        "language": case.language,
        "format": case.format,
        "registries": list(case.registries),
        "organisations": list(case.organisations),
        "region": list(case.region),
        "governance": case.governance,
        "size": case.size,
        "year": case.year,
        "topics": list(case.topics),
        "written": case.written,
        "sources": [{"url": one.url, "supports": one.supports} for one in case.sources],
        "titles": case.titles,
        "summaries": case.summaries,
    }
