"""The whole library at a glance: its cases by topic, region, registry, period and meaning.

What is counted under one kind of choice is counted under all others that were made, so that every
count is what choosing it gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from index.correcting import REGIONS
from index.encoding import Encoder
from index.library import Library, Record, Vectors
from index.topics import prototypes_of, topics
from ingest.registry_names import registry_head
from search.landscape import lay_out, subjects
from search.periods import Period, period_of
from search.statements import unit

KINDS: Final = ("topics", "regions", "registries", "languages", "years")
"""By what cases can be chosen."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document, with what its pictures need.

    Attributes
    ----------
    registries : ccTLDs, an internationalised one as its registry's ASCII one.
    period : of which years it tells; None where it names none.
    place : on the map by meaning, each coordinate from 0 to 1.
    likeness : to each topic, in the order of `topics()`.
    """

    record: Record
    registries: tuple[str, ...]
    period: Period | None
    place: tuple[float, float]
    likeness: tuple[float, ...]

    @property
    def topic(self) -> str:
        """The nearest topic, `` where it has none."""
        return self.record.topics[0] if self.record.topics else ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader narrowed the pictures to; an empty field narrows nothing.

    Several values of a field are alternatives; of several fields all must hold.

    Attributes
    ----------
    years : a case counts whose period covers one of them.
    """

    topics: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    registries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self != Chosen()

    def without(self, *kinds: str) -> Chosen:
        """The same without some kinds of choice."""
        return replace(self, **dict.fromkeys(kinds, ()))


@dataclass(frozen=True, slots=True)
class Gap:
    """A topic of which a region tells nothing, and the case that comes nearest.

    Attributes
    ----------
    case : of the region, the nearest to the topic by meaning; of the topic, where the region has
        no case at all; None in an empty library.
    """

    topic: str
    region: str
    case: Case | None


def overview(library: Library, encoder: Encoder) -> tuple[Case, ...]:
    """Every document that could be read, newest first; seconds for some hundreds, so keep it."""
    records = [record for record in library.records() if record.passages]
    vectors = subjects(library, encoder, records)
    places = lay_out(vectors)
    likeness = _likeness(encoder, vectors)
    return tuple(
        Case(
            record,
            tuple(dict.fromkeys(registry_head(code) for code in record.registries)),
            period_of(library.passages_of(record.document), record.year),
            (float(places[row, 0]), float(places[row, 1])),
            tuple(map(float, likeness[row])),
        )
        for row, record in enumerate(records)
    )


def _likeness(encoder: Encoder, vectors: Vectors) -> Vectors:
    """Of documents to topics, (documents, topics)."""
    prototypes = prototypes_of(encoder)
    rows = [prototypes.topics.index(topic) for topic in topics()]
    return np.asarray(vectors @ unit(prototypes.vectors[rows]).T, np.float32)


def chosen_from(cases: Iterable[Case], chosen: Chosen) -> list[Case]:
    """The cases that pass what was chosen, in their order."""
    return [case for case in cases if _passes(case, chosen)]


def _passes(case: Case, chosen: Chosen) -> bool:
    return (
        _meets(chosen.topics, case.record.topics)
        and _meets(chosen.regions, case.record.regions)
        and _meets(tuple(map(registry_head, chosen.registries)), case.registries)
        and _meets(chosen.languages, case.record.languages)
        and (not chosen.years or any(_tells_of(case, year) for year in chosen.years))
    )


def _meets(wanted: Sequence[str], there: Sequence[str]) -> bool:
    return not wanted or bool({*wanted} & {*there})


def _tells_of(case: Case, year: int) -> bool:
    return case.period is not None and case.period.covers(year)


def by_region(cases: Iterable[Case], chosen: Chosen) -> dict[str, int]:
    """Cases of each region, all five, under the other choices."""
    found = Counter(
        region for case in chosen_from(cases, chosen.without("regions", "registries"))
        for region in case.record.regions
    )  # fmt: skip
    return {region: found[region] for region in REGIONS}


def by_registry(cases: Iterable[Case], chosen: Chosen) -> dict[str, int]:
    """Cases of each registry that has one under the other choices, most first."""
    found = Counter(
        code for case in chosen_from(cases, chosen.without("registries"))
        for code in case.registries
    )  # fmt: skip
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def by_year(cases: Iterable[Case], chosen: Chosen) -> dict[int, int]:
    """Cases that tell of each year, from the first to the last, under the other choices."""
    periods = [case.period for case in chosen_from(cases, chosen.without("years")) if case.period]
    years = [year for one in periods for year in range(one.first, one.last + 1)]
    found = Counter(years)
    return {year: found[year] for year in range(min(years), max(years) + 1)} if years else {}


def matrix(cases: Iterable[Case], chosen: Chosen) -> dict[str, dict[str, int]]:
    """Cases of each topic and region under the other choices, all topics and all regions."""
    found = Counter(
        (topic, region)
        for case in chosen_from(cases, chosen.without("topics", "regions"))
        for topic in case.record.topics
        for region in case.record.regions
    )
    return {topic: {region: found[topic, region] for region in REGIONS} for topic in topics()}


def gap(cases: Sequence[Case], topic: str, region: str) -> Gap:
    """What comes nearest where a region tells nothing of a topic."""
    column = list(topics()).index(topic)
    there = [case for case in cases if region in case.record.regions]
    others = there or [case for case in cases if topic in case.record.topics]
    nearest = max(others, key=lambda case: case.likeness[column], default=None)
    return Gap(topic, region, nearest)


def gaps(cases: Sequence[Case], chosen: Chosen) -> list[Gap]:
    """Topics of which a region tells nothing, under the choices."""
    counts = matrix(cases, chosen)
    there = chosen_from(cases, chosen.without("topics", "regions"))
    return [
        gap(there, topic, region)
        for topic, row in counts.items()
        if not chosen.topics or topic in chosen.topics
        for region, count in row.items()
        if not count and (not chosen.regions or region in chosen.regions)
    ]
