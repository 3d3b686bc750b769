"""`python -m typesetting`: make the files of the starter library from the sources of its cases."""

import argparse
import sys
from pathlib import Path

from typesetting.case import CaseFault
from typesetting.library import Made, make, sources, stale, write_catalogue
from typesetting.pdf import FontsMissing

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 when all is made or fresh, 1 when something is not."""
    parser = argparse.ArgumentParser(prog="python -m typesetting", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="ID", default=[], help="make these cases only")
    parser.add_argument(
        "--check", action="store_true", help="make nothing; fail if a file is missing or stale"
    )
    parser.add_argument("--cases", type=Path, default=ROOT / "data" / "cases")
    parser.add_argument("--target", type=Path, default=ROOT / "data" / "starter")
    chosen = parser.parse_args(arguments)
    if chosen.check:
        return _check(chosen.cases, chosen.target)
    try:
        paths = sources(chosen.cases, chosen.only)
        faulty = _make(paths, chosen.target)
    except (CaseFault, FontsMissing) as error:
        print(error, file=sys.stderr)
        return 1
    entries = write_catalogue(chosen.cases, chosen.target)
    print(f"{len(paths) - faulty} made, {faulty} with faults; the catalogue has {entries} entries.")
    return 1 if faulty else 0


def _check(cases: Path, target: Path) -> int:
    found = stale(cases, target)
    for sentence in found:
        print(sentence)
    print(f"{len(found)} to make again." if found else "All files are fresh.")
    return 1 if found else 0


def _make(paths: list[Path], target: Path) -> int:
    faulty = 0
    for place, outcome in enumerate(make(paths, target), 1):
        where = f"[{place:{len(str(len(paths)))}}/{len(paths)}]"
        if isinstance(outcome, Made):
            case = outcome.case
            size = f"{outcome.size / 1000:.0f} kB"
            print(f"{where} {case.filename} ({case.language}, {size})", flush=True)
            for warning in case.warnings:
                print(f"{' ' * len(where)} note: {warning}")
        else:
            faulty += 1
            print(f"{where} {outcome.name} was not made:", flush=True)
            for sentence in outcome.sentences:
                print(f"{' ' * len(where)} {sentence}")
    return faulty


if __name__ == "__main__":
    sys.exit(main())
