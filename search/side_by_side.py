"""Cases or regions side by side: the problem, what was done, what came of it, size, governance.

Every cell is a sentence of the library or names the case that says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

import regex

from index.encoding import Encoder
from index.library import Filters, Library, Record, Vectors
from index.topics import is_list_of_sources, prototypes_of
from ingest.registry_names import registry_head
from search.answers import Quotation
from search.choosing import Choice
from search.parts import DONE, OUTCOME, PROBLEM, examples_of, score_parts
from search.profiles import Profile, profile_of
from search.statements import WIDEST, columns, read_statements

MOST: Final = 4
"""Columns at most."""
MOST_READ: Final = 40
"""Documents of a region that are read."""
_QUOTED: Final = 2
"""Sentences in each cell of a region."""
_LINE: Final = regex.compile(r"\S[^\n]*")
_NUMBER: Final = regex.compile(r"\d[\d.,\u00a0\u202f ]*\d|\d")
_WORD: Final = regex.compile(r"[\s+]*(\p{L}+)")
_TELLING: Final = 3
"""Digits from which a figure tells what it counts by itself; letters that tell a word."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a registry in one respect, and where it stands.

    Attributes
    ----------
    governance : one of `GOVERNANCE`, ``, where it is the size; names : domain names.
    record : the case that says so; quotation : its sentence, None where it says so in its head.
    """

    registry: str
    governance: str
    names: int | None
    record: Record
    quotation: Quotation | None


@dataclass(frozen=True, slots=True)
class Column:
    """A case, or what a region tells of a topic.

    Attributes
    ----------
    region : ICANN's, `` for a case; record : the case, None for a region.
    documents : how many were compared.
    """

    region: str
    record: Record | None
    documents: int
    problem: tuple[Quotation, ...]
    done: tuple[Quotation, ...]
    outcome: tuple[Quotation, ...]
    sizes: tuple[Known, ...]
    governance: tuple[Known, ...]


def column_of_case(
    library: Library, encoder: Encoder, record: Record, language: str = "en"
) -> Column:
    """What a case says, one sentence in each respect."""
    topic = record.topics[0] if record.topics else ""
    choice = _choice(library, encoder, [record], topic, language)
    problem = choice.take(PROBLEM, 1)
    cases = choice.take_cases(1)
    done = tuple(quotation for quotation, _ in cases) or choice.take(DONE, 1)
    outcome = tuple(came for _, came in cases if came is not None) or choice.take(OUTCOME, 1)
    known = list(_known(library, [record]))
    return Column("", record, 1, problem, done, outcome, *_parted(known))


def column_of_region(
    library: Library, encoder: Encoder, region: str, topic: str, language: str = "en"
) -> Column:
    """What the cases of a region say of a topic, of several registries."""
    records = library.records(Filters(topics=(topic,), regions=(region,)))[:MOST_READ]
    choice = _choice(library, encoder, records, topic, language)
    problem = choice.take(PROBLEM, _QUOTED)
    cases = choice.take_cases(_QUOTED)
    sizes, governance = _parted(list(_known(library, records)))
    ordered = sorted(sizes, key=lambda one: one.names or 0)
    return Column(
        region,
        None,
        len(records),
        problem,
        tuple(done for done, _ in cases),
        tuple(came for _, came in cases if came is not None),
        tuple(ordered if len(ordered) < 2 else (ordered[0], ordered[-1])),
        governance,
    )


def _choice(
    library: Library, encoder: Encoder, records: Sequence[Record], topic: str, language: str
) -> Choice:
    statements = read_statements(library, records)
    scores = score_parts(statements, examples_of(encoder))
    return Choice(statements, scores, topic, _wanted(encoder, topic), language, Profile())


def _wanted(encoder: Encoder, topic: str) -> Vectors:
    prototypes = prototypes_of(encoder)
    if topic not in prototypes.topics:
        return prototypes.field
    row: Vectors = prototypes.vectors[prototypes.topics.index(topic)]
    return row


def _parted(known: Sequence[Known]) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """Sizes and kinds of governance."""
    sizes = tuple(one for one in known if one.names is not None)
    return sizes, tuple(one for one in known if one.governance)


def _known(library: Library, records: Sequence[Record]) -> Iterator[Known]:
    """What is known of the registries of documents, where the case that says so is in the library.

    A document about many registries tells of none in particular.
    """
    by_stem = {PurePath(one.filename).stem: one for one in library.records()}
    heads = dict.fromkeys(
        registry_head(code) for one in records if len(one.registries) < MOST
        for code in one.registries
    )  # fmt: skip
    for code in heads:
        profile = profile_of(code)
        if profile.names is not None and (case := by_stem.get(profile.sources.get("names", ""))):
            quoted = _sentence_with(library, case, profile.names, profile.says.get("names", ""))
            yield Known(code, "", profile.names, case, quoted)
        if profile.governance and (case := by_stem.get(profile.sources.get("governance", ""))):
            yield Known(code, profile.governance, None, case, None)


def _sentence_with(library: Library, record: Record, names: int, words: str) -> Quotation | None:
    """The first sentence of a case that holds a figure, as some words about it write it."""
    wanted = [
        (_digits(found.group()), _word_after(words, found.end()))
        for found in _NUMBER.finditer(words)
        if _digits(found.group()).rstrip("0") == str(names).rstrip("0")
    ]
    passages = [
        passage
        for passage in library.passages_of(record.document)
        if not is_list_of_sources(passage.text)
    ]
    stored = library.sentences_of([passage.passage for passage in passages])
    for passage in passages:
        lines = [line.span() for line in _LINE.finditer(passage.text)]
        for start, end in (*stored.get(passage.passage, ((), None))[0], *lines):
            said = passage.text[start:end]
            if " | " not in said and columns(said) <= WIDEST and _holds(said, wanted):
                return Quotation(record, passage, (start, end), 1.0)
    return None


def _holds(said: str, wanted: Sequence[tuple[str, str]]) -> bool:
    """Whether a sentence holds one of some figures; a short one with the word that follows it."""
    there = {(_digits(one.group()), _word_after(said, one.end())) for one in _NUMBER.finditer(said)}
    figures = {figure for figure, _word in there}
    return any(
        figure in figures if len(figure) >= _TELLING else (figure, word) in there
        for figure, word in wanted
    )


def _word_after(text: str, place: int) -> str:
    found = _WORD.match(text, place)
    return found[1].casefold()[:_TELLING] if found else ""


def _digits(number: str) -> str:
    return regex.sub(r"\D", "", number)
