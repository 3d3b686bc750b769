"""Documents that treat the same problem, measured on families of starter cases.

    python benchmarks/similar.py [--library PATH]

`data/families.yaml` says which cases treat the same problem. Every case of a family asks for the
others. The families in odd places were tuned on (`tuned`), those in even places were not
(`held_out`); what only the other half's families hold is left out of a ranking, since it is
neither right nor wrong there. Prints one JSON object with the figures of `product` and three plain
rankings: `mean` (cosine of the documents' mean vectors), `mean_less_library` (the library's mean
taken away first) and `subject_less_nothing` (the product's space of concepts, but nothing taken
away of what all documents say):

mAP                     mean average precision
recall@5                share of the family among the first five (at most five can be)
recall@5_cross          the same for those in another language alone
own_language_first      share of first documents in the asking document's language
own_language_expected   share of its language among the right ones: what no favour would give

`editions_among_cases` counts the pairs of different cases that are taken for editions or
translations of one another; none is right.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from benchmarks.retrieval import average_precision
from index.adding import add_files
from index.encoding import Encoder, default_encoder
from index.library import Library, Record
from index.opening import open_library
from search.concept_space import concept_space
from search.editions import editions
from search.neighbours import read
from search.similar import by_subject

DATA = Path(__file__).resolve().parent.parent / "data"
DEPTH = 5

Related = dict[str, set[str]]
Rankings = Mapping[str, Sequence[str]]


def families() -> list[list[str]]:
    """The cases of each family, in the order of the file."""
    with (DATA / "families.yaml").open(encoding="utf-8") as file:
        return [entry["cases"] for entry in yaml.safe_load(file)]


def related(chosen: Sequence[Sequence[str]], known: Mapping[str, Record]) -> Related:
    """For each case those that share a family with it."""
    found: Related = defaultdict(set)
    for family in chosen:
        present = [case for case in family if case in known]
        for case in present:
            found[case] |= {*present} - {case}
    return found


def by_vectors(vectors: npt.NDArray[np.float32], cases: Sequence[str]) -> Rankings:
    """Rankings by cosine."""
    units = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    orders = np.argsort(-(units @ units.T), axis=1, kind="stable")
    return {
        case: [cases[place] for place in order if cases[place] != case]
        for case, order in zip(cases, orders, strict=True)
    }


def rankings(
    library: Library, encoder: Encoder, records: Mapping[str, Record]
) -> dict[str, Rankings]:
    """The rankings of the product and of the plain ways."""
    cases = list(records)
    name_of = {record.document: case for case, record in records.items()}
    readings = {case: read(library, record.document) for case, record in records.items()}
    means = np.stack([reading.vectors.mean(axis=0) for reading in readings.values()])
    product = {}
    for number, (case, reading) in enumerate(readings.items()):
        print(f"\rranking {number}/{len(cases)}  ", end="", file=sys.stderr, flush=True)
        ranked = by_subject(library, encoder, reading, len(cases))
        product[case] = [name_of[found.document] for found, _ in ranked]
    return {
        "product": product,
        "mean": by_vectors(means, cases),
        "mean_less_library": by_vectors(means - means.mean(axis=0), cases),
        "subject_less_nothing": by_vectors(concept_space(encoder).subject(means), cases),
    }


def figures(
    found: Rankings, right: Related, elsewhere: Related, records: Mapping[str, Record]
) -> dict[str, float]:
    """The figures of one way of ranking on some of the families."""
    values: dict[str, list[float]] = defaultdict(list)
    for case, others in right.items():
        own = records[case].language
        ranking = [other for other in found[case] if other not in elsewhere[case] - others]
        first = ranking[:DEPTH]
        values["mAP"].append(average_precision([o in others for o in ranking], len(others)))
        values["recall@5"].append(len(others.intersection(first)) / min(DEPTH, len(others)))
        if cross := {other for other in others if records[other].language != own}:
            share = len(cross.intersection(first)) / min(DEPTH, len(cross))
            values["recall@5_cross"].append(share)
        values["own_language_first"].append(records[ranking[0]].language == own)
        values["own_language_expected"].append(
            float(np.mean([records[other].language == own for other in others]))
        )
    return {name: round(float(np.mean(found)), 3) for name, found in values.items()}


def measure(library: Library, encoder: Encoder) -> dict[str, Any]:
    """All figures for a library of the starter cases."""
    records = {Path(record.filename).stem: record for record in library.records()}
    every = families()
    whole = related(every, records)
    found = rankings(library, encoder, records)
    report: dict[str, Any] = {"documents": len(records), "families": len(every)}
    for half, chosen in (("tuned", every[0::2]), ("held_out", every[1::2]), ("all", every)):
        right = related(chosen, records)
        report[half] = {
            name: figures(ranking, right, whole, records) for name, ranking in found.items()
        }
    report["editions_among_cases"] = sum(
        len(editions(library, encoder, record.document)) for record in records.values()
    )
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--library", type=Path, help="a library of the starter cases, if made")
    chosen = parser.parse_args()
    encoder = default_encoder()
    with tempfile.TemporaryDirectory() as temporary:
        library = open_library(str(chosen.library or temporary), encoder.recipe)
        if chosen.library is None:
            for number, outcome in enumerate(add_files(library, encoder, [DATA / "starter"])):
                print(f"\radding {number} {outcome.status}  ", end="", file=sys.stderr, flush=True)
        report = measure(library, encoder)
        library.close()
    print(file=sys.stderr)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
