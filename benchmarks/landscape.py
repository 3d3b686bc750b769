"""Whether neighbours on the map by meaning are alike, and whether languages make its clusters.

    python benchmarks/landscape.py LIBRARY [--neighbours 10]

Prints one JSON object. For the map, for plain principal components, and for the map of the vectors
as they come: the share of each document's nearest documents by meaning that are among its nearest
on the plane, and the share of the nearest on the plane that have the document's language, or its
first topic, beside what chance would give.
"""

from __future__ import annotations

import argparse
import json
from typing import Any

import numpy as np

from index.encoding import default_encoder
from index.opening import open_library
from search.landscape import Places, components, lay_out, nearest, subjects
from search.neighbours import read
from search.statements import unit


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("library")
    parser.add_argument("--neighbours", type=int, default=10)
    arguments = parser.parse_args()
    encoder = default_encoder()
    library = open_library(arguments.library, encoder.recipe)
    records = [record for record in library.records() if record.passages]
    by_subject = subjects(library, encoder, records)
    raw = unit(np.array([read(library, one.document).vectors.mean(axis=0) for one in records]))
    languages = np.array([record.language for record in records])
    topics = np.array([record.topics[0] if record.topics else "" for record in records])
    count = arguments.neighbours

    def measured(places: Places) -> dict[str, float]:
        wanted, found = nearest(by_subject, count), nearest(places, count)
        kept = [len({*one} & {*other}) for one, other in zip(wanted, found, strict=True)]
        return {
            "kept": round(float(np.mean(kept)) / count, 3),
            "same_language": _share(languages, found),
            "same_topic": _share(topics, found),
        }

    report: dict[str, Any] = {
        "documents": len(records),
        "map": measured(lay_out(by_subject)),
        "principal_components": measured(components(by_subject)),
        "map_of_vectors_as_they_come": measured(lay_out(raw)),
        "by_chance": {
            "kept": round(count / (len(records) - 1), 3),
            "same_language": _chance(languages),
            "same_topic": _chance(topics),
        },
    }
    print(json.dumps(report, indent=1))


def _share(values: Any, rows: Any) -> float:
    return round(float(np.mean(values[rows] == values[:, None])), 3)


def _chance(values: Any) -> float:
    counts = np.unique(values, return_counts=True)[1]
    return round(float((counts * (counts - 1)).sum() / (len(values) * (len(values) - 1))), 3)


if __name__ == "__main__":
    main()
