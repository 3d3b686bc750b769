"""Which statements are quoted: what they do, how near they are, and what they would repeat.

Maximal marginal relevance (Carbonell and Goldstein 1998): each next one is worth its own score less
its likeness to those chosen already; another registry and another region are worth more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import regex

from index.library import Record, Vectors
from ingest.registries import named_territories
from search.answers import Quotation
from search.parts import DONE, OUTCOME, PROBLEM
from search.profiles import Profile, Reason, alike, likeness
from search.statements import Statement, Statements, unit

_PART, _TOPIC, _DOCUMENT, _CENTRAL, _REPEATED = 0.6, 1.0, 1.0, 0.4, 0.5
"""Weights of what a sentence does, of its likeness to the topic, of its document's, of its own to
its document, and of what it repeats."""
_SAME: Final = 0.8
"""Likeness from which two sentences say the same."""
_LEAST_LIKENESS: Final = 0.05
"""Likeness to the topic that a sentence has at least; its passage's counts half."""
_TELLING, _LEANING, _NAMED, _OWN_LANGUAGE, _ALIKE = 0.12, 0.3, 0.15, 0.06, 0.15
"""Worth of a figure or a year, of a sentence that needs the one before, of one that names its
registry, of one in the reader's language, and of a registry like the reader's."""
_REGISTRY_HERE, _REGISTRY_ELSEWHERE, _REGION_HERE = 0.2, 0.08, 0.06
"""What each quotation of the same registry in this part, elsewhere, and of its region costs."""
_PER_DOCUMENT: Final = 3
_WEIGHED: Final = 80
_LOW, _HIGH = -0.3, 0.4

_FIGURE: Final = regex.compile(r"\d")
_YEAR: Final = regex.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")


class Choice:
    """The statements of some documents, and those chosen so far.

    Parameters
    ----------
    scores : (statements, parts), from `search.parts.score_parts`.
    topic : (dimension,), what they are to be about.
    language : the reader's.
    profile : what the reader's registry is like.
    """

    def __init__(
        self,
        statements: Statements,
        scores: Vectors,
        topic: Vectors,
        language: str,
        profile: Profile,
    ) -> None:
        self.statements = statements
        self.scores = scores
        self.chosen: list[Statement] = []
        self._near = _likeness_to(topic, statements)
        records = {item.record.document: item.record for item in statements.items}
        self.alike: dict[str, tuple[Reason, ...]] = {
            name: alike(profile, record) for name, record in records.items()
        }
        self._liked = {name: likeness(profile, found) for name, found in self.alike.items()}
        self._about = _by_document(self._near, statements)
        self._worth = _TOPIC * self._near + _CENTRAL * _centrality(statements)
        for item in statements.items:
            self._worth[item.row] += (
                _DOCUMENT * self._about[item.record.document]
                + _ALIKE * self._liked[item.record.document]
                + _OWN_LANGUAGE * (item.language == language)
                - _LEANING * item.leans
            )

    def records(self) -> list[Record]:
        """The documents, the nearest to the topic first; those of registries alike earlier."""
        near = {name: about + _ALIKE * self._liked[name] for name, about in self._about.items()}
        records = {item.record.document: item.record for item in self.statements.items}
        return sorted(records.values(), key=lambda record: -near[record.document])

    def take(self, part: int, count: int) -> tuple[Quotation, ...]:
        """Choose statements of a part, one after the other."""
        margin = self._margin(part)
        worth = self._worth + _PART * np.clip(margin, _LOW, _HIGH)
        if part != PROBLEM:
            telling = _YEAR if part == DONE else _FIGURE
            for item in self.statements.items:
                worth[item.row] += _TELLING * bool(telling.search(item.text))
        return self._choose(worth, np.flatnonzero(margin >= 0), count)

    def take_distinct(self, rows: Sequence[int]) -> Quotation | None:
        """Choose the statement of a group that tells what other statements tell less."""
        vectors = self.statements.vectors
        own = unit(vectors[list(rows)].mean(axis=0) - vectors.mean(axis=0))
        margin = np.maximum(self._margin(DONE), self._margin(OUTCOME))
        worth = self._worth + _PART * np.clip(margin, _LOW, _HIGH) + vectors @ own
        found = self._choose(worth, [row for row in rows if margin[row] >= 0], 1)
        return found[0] if found else None

    def note(self, quotations: Iterable[Quotation]) -> None:
        """Keep what was quoted already from being quoted again."""
        said = {(quotation.passage.passage, quotation.span) for quotation in quotations}
        self.chosen += [
            item for item in self.statements.items if (item.passage.passage, item.span) in said
        ]

    def _margin(self, part: int) -> Vectors:
        """How much more speaks for a part than for the next, (statements,)."""
        others = np.delete(self.scores, part, axis=1).max(axis=1, initial=-np.inf)
        return np.asarray(self.scores[:, part] - others, np.float32)

    def _choose(self, worth: Vectors, rows: Iterable[int], count: int) -> tuple[Quotation, ...]:
        near = [int(row) for row in rows if self._near[row] >= _LEAST_LIKENESS]
        best = sorted(near, key=lambda row: -worth[row])[:_WEIGHED]
        value = {row: worth[row] + _NAMED * _names_its_own(self._item(row)) for row in best}
        here: list[Statement] = []
        for _ in range(count):
            left = [row for row in best if self._may_be_quoted(row, here)]
            if not left:
                break
            taken = self._item(max(left, key=lambda row: value[row] - self._cost(row, here)))
            here.append(taken)
            self.chosen.append(taken)
        return tuple(Quotation(one.record, one.passage, one.span, 1.0) for one in here)

    def _item(self, row: int) -> Statement:
        return self.statements.items[row]

    def _may_be_quoted(self, row: int, here: Sequence[Statement]) -> bool:
        document = self._item(row).record.document
        quoted = Counter(one.record.document for one in self.chosen)
        return (
            document not in {one.record.document for one in here}
            and quoted[document] < _PER_DOCUMENT
            and self._repeats(row) < _SAME
        )

    def _repeats(self, row: int) -> float:
        """Likeness to the nearest of the statements chosen; 1 for one of them."""
        rows = [one.row for one in self.chosen]
        vectors = self.statements.vectors
        return float((vectors[rows] @ vectors[row]).max()) if rows else 0.0

    def _cost(self, row: int, here: Sequence[Statement]) -> float:
        record = self._item(row).record
        own, regions = set(record.territories), set(record.regions)
        return (
            _REPEATED * self._repeats(row)
            + _REGISTRY_HERE * sum(bool(own & set(one.record.territories)) for one in here)
            + _REGISTRY_ELSEWHERE * sum(bool(own & set(o.record.territories)) for o in self.chosen)
            + _REGION_HERE * sum(bool(regions & set(one.record.regions)) for one in here)
        )


def _likeness_to(topic: Vectors, statements: Statements) -> Vectors:
    """Likeness of each statement to a topic, half its own and half its passage's mean."""
    own = statements.vectors @ unit(topic)
    passages = np.array([item.passage.passage for item in statements.items])
    mean = {number: own[passages == number].mean() for number in np.unique(passages)}
    return np.asarray(
        [(own[row] + mean[number]) / 2 for row, number in enumerate(passages)], np.float32
    )


def _by_document(near: Vectors, statements: Statements) -> dict[str, float]:
    """Likeness of each document to the topic: the mean of the nearer half of its statements."""
    return {
        name: float(np.sort(near[rows])[-max(3, len(rows) // 2) :].mean())
        for name, rows in statements.by_document().items()
    }


def _centrality(statements: Statements) -> Vectors:
    """Likeness of each statement to the whole of its document."""
    found = np.zeros(len(statements.items), np.float32)
    for rows in statements.by_document().values():
        own = statements.vectors[rows]
        found[rows] = own @ unit(own.mean(axis=0))
    return found


def _names_its_own(item: Statement) -> bool:
    """Whether a statement names the registry or territory that it is about."""
    return bool(set(item.record.territories) & named_territories(item.text))
