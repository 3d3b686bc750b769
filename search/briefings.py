"""A briefing: a topic on one page for a newcomer, in sentences quoted from the library.

What the problem is, what was tried, what came of it, where cases disagree, what differs by region
and by kind of registry, where to start reading and whom to ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from index.correcting import REGIONS
from index.encoding import Encoder
from index.errors import WrongValue
from index.library import Filters, Library, Record, Vectors
from index.topics import prototypes_of, topic_id, topics
from ingest.errors import N_
from ingest.registry_names import registry_code, registry_head
from search.answers import Quotation
from search.choosing import Case, Choice
from search.contacts import Asked, whom_to_ask
from search.disagreement import Disagreement, disagreements
from search.parts import PROBLEM, examples_of, score_parts
from search.periods import stated_period
from search.profiles import GOVERNANCE, Profile, Reason, profile_of
from search.statements import read_statements

MOST_READ: Final = 60
"""Documents that are read for a briefing, the nearest to the topic."""
PROBLEMS, CASES, DISAGREEMENTS, KINDS, TO_START, TO_ASK = 3, 5, 1, 3, 3, 5
"""How many of each are on the page; together they fill it."""
ENOUGH: Final = 3
"""Registries that a briefing quotes at least, where the library has them."""
_PASSAGES: Final = 400


@dataclass(frozen=True, slots=True)
class Briefing:
    """One page on a topic.

    Attributes
    ----------
    topic : an id of data/topics; region, registry : what it is narrowed to, ``, if to nothing.
    language : the reader's; quotations keep their own.
    cases : what was done, each with what came of it where that is told.
    by_region, by_kind : what the documents of a region, or of registries of one governance, tell
        that the others tell less.
    start : documents to read first.
    documents, registries : how many the library has on it.
    alike : by document, in what its registry is like the reader's.
    periods : by document, the first and last year that it says it tells of.
    """

    topic: str
    region: str
    registry: str
    language: str
    problem: tuple[Quotation, ...]
    cases: tuple[Case, ...]
    disagreements: tuple[Disagreement, ...]
    by_region: tuple[tuple[str, Quotation], ...]
    by_kind: tuple[tuple[str, Quotation], ...]
    start: tuple[Record, ...]
    whom: tuple[Asked, ...]
    documents: int
    registries: int
    alike: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    periods: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def quotations(self) -> Iterator[Quotation]:
        """Everything that is quoted, in the order of the page."""
        yield from self.problem
        yield from (done for done, _ in self.cases)
        yield from (outcome for _, outcome in self.cases if outcome is not None)
        for disagreement in self.disagreements:
            yield from disagreement.quotations()
        yield from (quotation for _, quotation in (*self.by_region, *self.by_kind))

    @property
    def sources(self) -> tuple[Record, ...]:
        """The documents quoted or named, each once, in the order of the page."""
        records = [quotation.record for quotation in self.quotations()]
        records += [*self.start, *(asked.documents[0] for asked in self.whom)]
        return tuple({record.document: record for record in records}.values())

    @property
    def quoted_registries(self) -> tuple[str, ...]:
        """The ccTLDs whose documents are quoted."""
        codes = (code for one in self.quotations() for code in one.record.registries)
        return tuple(dict.fromkeys(registry_head(code) for code in codes))


def brief(
    library: Library,
    encoder: Encoder,
    topic: str,
    region: str = "",
    registry: str = "",
    language: str = "en",
    profile: Profile = Profile(),
) -> Briefing:
    """A briefing on a topic from what the library holds; an empty one where it holds nothing.

    Parameters
    ----------
    topic : its id, or its name in any of the seven languages.
    region : ICANN's, to narrow it; registry : a ccTLD, or the name of a registry or territory.
    language : the reader's: sentences in it are taken where others are about as good.
    profile : what the reader's registry is like; cases from registries alike come first.

    Raises
    ------
    WrongValue : there is no such topic, region or registry.
    """
    topic, region, registry = _checked(topic, region, registry)
    filters = Filters(
        topics=(topic,),
        regions=(region,) if region else (),
        registries=(registry,) if registry else (),
    )
    prototypes = prototypes_of(encoder)
    wanted = prototypes.vectors[prototypes.topics.index(topic)]
    records = library.records(filters)
    statements = read_statements(library, _nearest(library, records, wanted, filters))
    scores = score_parts(statements, examples_of(encoder))
    choice = Choice(statements, scores, topic, wanted, language, profile)
    apart = disagreements(statements, scores)[:DISAGREEMENTS]
    choice.note(quotation for found in apart for quotation in found.quotations())
    # A document without a whole sentence can still be read, and its registry asked.
    nearest = list({one.document: one for one in (*choice.records(), *records)}.values())
    made = Briefing(
        *(topic, region, registry, language),
        problem=choice.take(PROBLEM, PROBLEMS),
        cases=choice.take_cases(CASES),
        disagreements=tuple(apart),
        by_region=() if region or registry else _differences(choice, REGIONS, _region_of),
        by_kind=() if registry else _differences(choice, GOVERNANCE, _kind_of)[:KINDS],
        start=_start(nearest, language),
        whom=whom_to_ask(library, nearest, TO_ASK),
        documents=len(records),
        registries=len({registry_head(code) for one in records for code in one.registries}),
        alike={document: found for document, found in choice.alike.items() if found},
    )
    told = {
        record.document: stated_period(library.passages_of(record.document))
        for record in made.sources
    }
    return replace(made, periods={name: found for name, found in told.items() if found})


def _checked(topic: str, region: str, registry: str) -> tuple[str, str, str]:
    """The topic's id, the region and the ccTLD that were meant."""
    known = topic_id(topic) or _one_of(topic, "topic", tuple(topics()))
    code = registry_code(registry) if registry else ""
    if registry and not code:
        raise WrongValue(
            N_("There is no registry {name}: give its ccTLD such as .tw, its name or its country."),
            name=registry,
        )
    return known, _one_of(region.upper(), "region", REGIONS) if region else "", code


def _one_of(name: str, what: str, known: Sequence[str]) -> str:
    if name in known:
        return name
    raise WrongValue(
        N_("There is no {what} {name}: use one of {known}."),
        what=what,
        name=name,
        known=", ".join(known),
    )


def _nearest(
    library: Library, records: Sequence[Record], wanted: Vectors, filters: Filters
) -> list[Record]:
    """The documents to read, those with the nearest passages first."""
    if len(records) <= MOST_READ:
        return list(records)
    ids, _ = library.nearest(wanted, _PASSAGES, filters)
    found = library.passages([int(number) for number in ids])
    order = dict.fromkeys(found[int(n)].document for n in ids if int(n) in found)
    by_name = {record.document: record for record in records}
    return [by_name[document] for document in order if document in by_name][:MOST_READ]


def _differences(
    choice: Choice, groups: Sequence[str], group_of: Callable[[Record], str]
) -> tuple[tuple[str, Quotation], ...]:
    """For each group of documents what it tells more than the others; nothing where one is all."""
    rows: dict[str, list[int]] = defaultdict(list)
    for item in choice.statements.items:
        rows[group_of(item.record)].append(item.row)
    there = [group for group in groups if rows[group]]
    if len(there) < 2:
        return ()
    # The groups with most to choose from come first, so that a small one does not take their best.
    found = {
        group: choice.take_distinct(rows[group])
        for group in sorted(there, key=lambda group: -len(rows[group]))
    }
    told = tuple((group, one) for group in there if (one := found[group]) is not None)
    return told if len(told) > 1 else ()


def _region_of(record: Record) -> str:
    return record.regions[0] if len(record.regions) == 1 else ""


def _kind_of(record: Record) -> str:
    heads = {registry_head(code) for code in record.registries}
    return profile_of(heads.pop()).governance if len(heads) == 1 else ""


def _start(nearest: Sequence[Record], language: str) -> tuple[Record, ...]:
    """Documents to read first: near ones, of different registries, in the reader's language."""
    within = list(nearest[: 4 * TO_START])
    order = sorted(within, key=lambda one: within.index(one) - 4 * (one.language == language))
    chosen: list[Record] = []
    for record in order:
        seen = {territory for one in chosen for territory in one.territories}
        if len(chosen) < TO_START and not seen & set(record.territories):
            chosen.append(record)
    return tuple(chosen)
