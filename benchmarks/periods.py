"""How well the years that a case names tell of which years it is, where it does not say.

    python benchmarks/periods.py LIBRARY

The starter cases' sources (data/cases) say of which years they tell. Prints one JSON object: cases,
those that say so themselves, and, with that statement left aside, the share whose years by count
overlap with theirs and the mean share of years that both have of the years that either has.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path, PurePath

import regex
import yaml

from index.opening import open_library
from search.periods import named_period, stated_period

CASES = Path(__file__).resolve().parent.parent / "data" / "cases"


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("library")
    library = open_library(parser.parse_args().library, create=False)
    stated, shares = 0, []
    for record in library.records():
        source = CASES / f"{PurePath(record.filename).stem}.md"
        if not source.is_file():
            continue
        head = yaml.safe_load(source.read_text("utf-8").split("---")[1])
        years = [int(year) for year in regex.findall(r"\d{4}", str(head["year"]))]
        passages = library.passages_of(record.document)
        stated += stated_period(passages) is not None
        found = named_period(passages, record.year)
        named = set(range(found.first, found.last + 1)) if found else set()
        told = set(range(years[0], years[-1] + 1))
        shares.append(len(named & told) / len(named | told))
    report = {
        "cases": len(shares),
        "stated": stated,
        "overlapping": round(sum(share > 0 for share in shares) / len(shares), 3),
        "shared_years": round(sum(shares) / len(shares), 3),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
