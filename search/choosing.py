"""Which statements are quoted: what they do, how near they are, and what they would repeat.

Maximal marginal relevance (Carbonell and Goldstein 1998): each next one is worth its own score less
its likeness to those chosen already; another registry and another region are worth more.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import regex

from index.library import Record, Vectors
from ingest.registries import named_territories
from search.answers import Quotation
from search.directions import movements
from search.parts import DONE, OUTCOME, PROBLEM
from search.profiles import Profile, Reason, alike, likeness
from search.statements import Statement, Statements, columns, unit

_PART, _TOPIC, _DOCUMENT, _CENTRAL, _REPEATED = 0.4, 0.6, 2.0, 0.7, 0.5
"""Weights of what a sentence does, of its likeness to the topic, of its document's, of its own to
its document, and of what it repeats."""
_CLEAREST, _BEHIND = 0.25, 1.0
"""Weight of how far behind the clearest sentence of its document one falls, and how far at most."""
_CLEAR: Final = 0.4
"""Margin from which it is clear what a sentence does, whatever its document."""
_OF_PROBLEMS: Final = 1.5
"""Weight of likeness to the topic that a problem has besides: it must be the topic's own."""
_SHORT, _COLUMNS = 0.15, 70
"""What a sentence loses that takes fewer columns and tells no figure: it rarely stands alone."""
_TELLING, _LEANING, _NAMED, _OWN_LANGUAGE, _ALIKE = 0.1, 0.3, 0.2, 0.08, 0.15
"""Worth of a figure, a year, or a rise or fall, of a sentence that needs the one before, of one
that names its registry, of one in the reader's language, and of a registry like the reader's."""
_IN_ORDER: Final = 0.1
"""Worth of an outcome that is told after what was done."""
_DISTINCT: Final = 0.2
"""Weight of a sentence's likeness to what its group tells and others do not."""
_SAME: Final = 0.8
"""Likeness from which two sentences say the same."""
_REGISTRY_HERE, _REGISTRY_ELSEWHERE, _REGION_HERE = 0.25, 0.1, 0.08
"""What each quotation of the same registry in this part, elsewhere, and of its region costs."""
_PER_DOCUMENT: Final = 3
_RANK: Final = 0.03
"""What a document's likeness to the topic loses for each topic that it is nearer to."""
_LEAST: Final = 0.5
"""Of the nearest document's likeness to the topic, what another one has that is quoted."""
_FEW: Final = 8
"""Documents that may be quoted however near they are."""
_LEAST_OF_GROUP: Final = 0.25
"""The same share for a document that is quoted as one of a region or a kind of registry."""
_TRIED: Final = 3
"""Statements of a document that are considered for a part, its best ones."""

_FIGURE: Final = regex.compile(r"\d")
_YEAR: Final = regex.compile(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)")

Case = tuple[Quotation, Quotation | None]
"""What was done, and what came of it where that is told."""


class Choice:
    """The statements of some documents, and those chosen so far.

    Parameters
    ----------
    scores : (statements, parts), from `search.parts.score_parts`.
    topic, prototype : what they are to be about, and its vector, (dimension,).
    language : the reader's.
    profile : what the reader's registry is like.
    """

    def __init__(
        self,
        statements: Statements,
        scores: Vectors,
        topic: str,
        prototype: Vectors,
        language: str,
        profile: Profile,
    ) -> None:
        self.statements = statements
        self.chosen: list[Statement] = []
        self._scores = scores
        self._near = _likeness_to(prototype, statements)
        self._records = {item.record.document: item.record for item in statements.items}
        self.alike: dict[str, tuple[Reason, ...]] = {
            name: alike(profile, record) for name, record in self._records.items()
        }
        self._about = {
            name: about
            - _RANK * _rank(self._records[name], topic)
            + _ALIKE * likeness(profile, self.alike[name])
            for name, about in _by_document(self._near, statements).items()
        }
        self._worth = _TOPIC * self._near + _CENTRAL * _centrality(statements)
        for item in statements.items:
            self._worth[item.row] += (
                _DOCUMENT * self._about[item.record.document]
                + _OWN_LANGUAGE * (item.language == language)
                - _LEANING * item.leans
                - _SHORT * (columns(item.text) < _COLUMNS and not _FIGURE.search(item.text))
            )

    def records(self) -> list[Record]:
        """The documents, the nearest to the topic first; those of registries alike earlier."""
        return sorted(self._records.values(), key=lambda one: -self._about[one.document])

    def take(self, part: int, count: int) -> tuple[Quotation, ...]:
        """Choose statements of a part, one after the other, each from another document."""
        worth = self._worth_as(part)
        rows = [row for found in self._best(part, worth).values() for row in found]
        return tuple(self._item(row).quoted() for row in self._choose(worth, rows, count))

    def take_cases(self, count: int) -> tuple[Case, ...]:
        """Choose documents, each with what was done and what came of it."""
        worth = self._worth_as(DONE), self._worth_as(OUTCOME)
        done, came = self._best(DONE, worth[0]), self._best(OUTCOME, worth[1])
        new = {
            name: [row for row in rows if self._repeats(row) < _SAME] for name, rows in came.items()
        }
        pairs = {
            name: max(
                ((one, other) for one in rows for other in new[name]),
                key=lambda pair: (
                    worth[0][pair[0]] + worth[1][pair[1]] + _IN_ORDER * (pair[0] < pair[1])
                ),
            )
            for name, rows in done.items()
            if new.get(name)
        }
        chosen = self._choose(worth[0], [one for one, _ in pairs.values()], count)
        found: list[Case] = []
        for row in chosen:
            outcome = self._item(pairs[self._item(row).record.document][1])
            self.chosen.append(outcome)
            found.append((self._item(row).quoted(), outcome.quoted()))
        alone = [rows[0] for name, rows in done.items() if name not in pairs]
        for row in self._choose(worth[0], alone, count - len(found)):
            found.append((self._item(row).quoted(), None))
        return tuple(found)

    def take_distinct(self, rows: Sequence[int]) -> Quotation | None:
        """Choose the statement of a group that tells what other statements tell less."""
        vectors = self.statements.vectors
        own = vectors @ unit(vectors[list(rows)].mean(axis=0) - vectors.mean(axis=0))
        worth = np.maximum(self._worth_as(DONE), self._worth_as(OUTCOME)) + _DISTINCT * own
        best = [
            row
            for part in (DONE, OUTCOME)
            for found in self._best(part, worth, rows).values()
            for row in found
        ]
        chosen = self._choose(worth, best, 1)
        return self._item(chosen[0]).quoted() if chosen else None

    def note(self, quotations: Iterable[Quotation]) -> None:
        """Keep what was quoted already from being quoted again."""
        said = {(quotation.passage.passage, quotation.span) for quotation in quotations}
        self.chosen += [
            item for item in self.statements.items if (item.passage.passage, item.span) in said
        ]

    def _worth_as(self, part: int) -> Vectors:
        """What each statement is worth as one of a part, (statements,)."""
        margin = self._margin(part)
        worth = self._worth + _PART * np.clip(margin, -_CLEAR, _CLEAR)
        for rows in self.statements.by_document().values():
            worth[rows] -= _CLEAREST * np.clip(margin[rows].max() - margin[rows], 0, _BEHIND)
        if part == PROBLEM:
            worth += _OF_PROBLEMS * self._near
        for item in self.statements.items:
            worth[item.row] += _TELLING * _telling(item, part)
        return np.asarray(worth, np.float32)

    def _margin(self, part: int) -> Vectors:
        """How much more speaks for a part than for the next, (statements,)."""
        others = np.delete(self._scores, part, axis=1).max(axis=1, initial=-np.inf)
        return np.asarray(self._scores[:, part] - others, np.float32)

    def _best(
        self, part: int, worth: Vectors, among: Iterable[int] | None = None
    ) -> dict[str, list[int]]:
        """The best statements of a part of each document that is near enough to the topic.

        Parameters
        ----------
        among : rows of the documents to choose from, all if None.
        """
        rows = list(range(len(self.statements.items)) if among is None else among)
        near = self._near_enough() if among is None else self._near_enough(_LEAST_OF_GROUP, 0)
        margin = self._margin(part)
        fit = [row for row in rows if margin[row] >= 0 and self._near[row] >= 0]
        best: dict[str, list[int]] = {}
        for row in sorted(fit, key=lambda row: -worth[row]):
            name = self._item(row).record.document
            if name in near:
                best.setdefault(name, []).append(row)
        return {name: self._naming_first(found, worth) for name, found in best.items()}

    def _naming_first(self, rows: Sequence[int], worth: Vectors) -> list[int]:
        """The best rows, those that name their registry earlier."""
        some = rows[: 2 * _TRIED]
        value = {row: worth[row] + _NAMED * _names_its_own(self._item(row)) for row in some}
        return sorted(some, key=lambda row: -value[row])[:_TRIED]

    def _near_enough(self, share: float = _LEAST, few: int = _FEW) -> frozenset[str]:
        """The documents that come near the nearest one, and a few at least."""
        order = sorted(self._about, key=lambda name: -self._about[name])
        least = share * self._about[order[0]] if order else 0.0
        return frozenset(order[:few]) | {name for name in order if self._about[name] >= least}

    def _choose(self, worth: Vectors, rows: Iterable[int], count: int) -> list[int]:
        left = list(rows)
        here: list[Statement] = []
        while len(here) < count:
            left = [row for row in left if self._may_be_quoted(row, here)]
            if not left:
                break
            taken = max(left, key=lambda row: worth[row] - self._cost(row, here))
            here.append(self._item(taken))
            self.chosen.append(self._item(taken))
        return [item.row for item in here]

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


def _rank(record: Record, topic: str) -> int:
    """How many topics a document is nearer to."""
    return record.topics.index(topic) if topic in record.topics else 0


def _telling(item: Statement, part: int) -> int:
    """1 where it says when something was done, or how much came of it; -1 for a wrong one."""
    moved = bool(movements(item.text, item.language))
    if part == DONE:
        return bool(_YEAR.search(item.text)) - 2 * moved
    return part == OUTCOME and (moved or bool(_FIGURE.search(item.text)))


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
    return bool(set(item.record.territories) & _named_in(item.text))


@functools.lru_cache(maxsize=8192)
def _named_in(text: str) -> frozenset[str]:
    return named_territories(text)
