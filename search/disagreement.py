"""Where cases disagree: one practice, after which something rose here and did not rise there.

Found by words (`search.directions`) among statements that tell what was done and what came of it,
so that few are found and those are right. Both sides are quoted; which is right is not decided.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import regex
import yaml

from index.encoding import Encoder
from index.library import Library, Record, Vectors
from ingest.errors import N_
from search.answers import Quotation
from search.directions import (
    DOWN,
    FLAT,
    FOLDER,
    UP,
    clauses,
    movements,
    moves,
    pattern,
    speaks_of,
    words_of,
)
from search.parts import DONE, OUTCOME, examples_of, score_parts
from search.ranking import Evidence
from search.statements import Statement, Statements, read_statements

PER_SIDE: Final = 2
"""Cases quoted on each side."""
NEAREST: Final = 25
"""Documents nearest to a question among which its practice is looked for."""
_WITHIN: Final = 20
"""Statements after the practice within which what came of it is told."""
_SHARE: Final = 0.12
"""Of a document's statements, those that use the practice's words where it is about it."""
_DIGIT: Final = regex.compile(r"\d")
SIDES: Final = {
    "names": (N_("The number of names rose:"), N_("The number of names did not rise:")),
    "renewals": (N_("Renewals rose:"), N_("Renewals did not rise:")),
    "abuse": (N_("Abuse fell:"), N_("Abuse did not fall:")),
}
"""By what is counted, what is said over the cases of either side."""
_HOPED: Final = {"names": UP, "renewals": UP, "abuse": DOWN}
"""What is counted, and the way that a registry hopes for it to move."""


@dataclass(frozen=True, slots=True)
class Practice:
    """An entry of data/briefings/practices.yaml.

    Attributes
    ----------
    thing, direction : the practice is that this moves that way; `` where words alone tell.
    words : by language, the entries that tell, each a tuple of what must stand in one clause.
    about : by language, words that a document about it uses time and again.
    """

    id: str
    names: Mapping[str, str]
    thing: str
    direction: str
    words: Mapping[str, tuple[tuple[regex.Pattern[str], ...], ...]]
    about: Mapping[str, regex.Pattern[str]]

    def is_subject_of(self, items: Sequence[Statement]) -> bool:
        """Whether a document is about it, by its statements."""
        found = sum(
            self.is_named_in(item.text, item.language) or self.is_done_in(item.text, item.language)
            for item in items
        )
        return found >= max(2, _SHARE * len(items))

    def is_named_in(self, text: str, language: str) -> bool:
        """Whether a sentence uses a word of it."""
        return language in self.about and any(
            self.about[language].search(piece) for piece in clauses(text)
        )

    def is_asked_in(self, text: str, language: str) -> bool:
        """Whether a question is about it."""
        return self._by_words(text, language) or (
            bool(self.thing) and speaks_of(text, language, self.thing, self.direction)
        )

    def is_done_in(self, text: str, language: str) -> bool:
        """Whether a sentence says that this was done."""
        if self.thing and moves(text, language, self.thing, self.direction):
            return True
        return self._by_words(text, language)

    def _by_words(self, text: str, language: str) -> bool:
        pieces = clauses(text)
        return any(
            all(word.search(piece) for word in words)
            for words in self.words.get(language, ())
            for piece in pieces
        )


@dataclass(frozen=True, slots=True)
class Experience:
    """What one document tells of a practice.

    Attributes
    ----------
    done : what was done, `outcome` : what came of it.
    """

    done: Quotation
    outcome: Quotation

    @property
    def record(self) -> Record:
        """The document."""
        return self.done.record


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Cases of one practice with opposite outcomes.

    Attributes
    ----------
    practice : its id in data/briefings/practices.yaml; names : in the seven languages.
    thing : what was counted: `names`, `renewals` or `abuse`.
    hoped : the experiences in which it moved as a registry hopes; `other` : in which it did not.
    """

    practice: str
    names: Mapping[str, str]
    thing: str
    hoped: tuple[Experience, ...]
    other: tuple[Experience, ...]

    def quotations(self) -> Iterator[Quotation]:
        """All that is quoted, in the order in which it is shown."""
        for experience in (*self.hoped, *self.other):
            yield from (experience.done, experience.outcome)

    def name(self, language: str) -> str:
        """The practice's name in a language."""
        return self.names.get(language, self.names["en"])


@functools.lru_cache(maxsize=1)
def practices() -> tuple[Practice, ...]:
    """All practices, in the order of the file."""
    listed = yaml.safe_load((FOLDER / "practices.yaml").read_text("utf-8"))["practices"]
    return tuple(
        Practice(
            entry["id"],
            entry["names"],
            entry.get("thing", ""),
            entry.get("direction", ""),
            {
                language: tuple(
                    tuple(pattern([part], language) for part in word.split(" & ")) for word in words
                )
                for language, words in entry.get("words", {}).items()
            },
            {
                language: pattern(words, language)
                for language, words in (entry.get("about") or words_of(entry["thing"])).items()
            },
        )
        for entry in listed
    )


def disagreements(
    statements: Statements, scores: Vectors, among: Iterable[Practice] | None = None
) -> list[Disagreement]:
    """The disagreements among documents, the best evidenced first.

    Parameters
    ----------
    scores : (statements, parts), from `search.parts.score_parts`.
    among : the practices to look for; all where None.
    """
    found = [
        disagreement
        for practice in (practices() if among is None else among)
        for disagreement in _of_practice(practice, statements, scores)
    ]
    return sorted(found, key=lambda one: -min(len(one.hoped), len(one.other)))


def disagreements_about(
    library: Library, encoder: Encoder, question: str, language: str, ranked: Sequence[Evidence]
) -> list[Disagreement]:
    """The disagreements on the practice that a question asks about, none where it names none.

    Parameters
    ----------
    question, language : as of `search.ranking.Question`.
    ranked : passages for the question, best first; the practice is looked for in their documents.
    """
    asked = [practice for practice in practices() if practice.is_asked_in(question, language)]
    if not asked or not ranked:
        return []
    near = dict.fromkeys(found.passage.document for found in ranked)
    records = [library.record(document) for document in list(near)[:NEAREST]]
    statements = read_statements(library, records)
    return disagreements(statements, score_parts(statements, examples_of(encoder)), asked)


def _of_practice(practice: Practice, statements: Statements, scores: Vectors) -> list[Disagreement]:
    sides: dict[str, dict[bool, list[Experience]]] = defaultdict(lambda: {True: [], False: []})
    for rows in statements.by_document().values():
        items = [statements.items[row] for row in rows]
        done = _what_was_done(practice, items, scores)
        if done is None or not practice.is_subject_of(items):
            continue
        for thing, (went_well, outcome) in _what_came(done, items, scores).items():
            experience = Experience(done.quoted(), outcome.quoted())
            sides[thing][went_well].append(experience)
    return [
        Disagreement(
            practice.id,
            practice.names,
            thing,
            _some(found[True]),
            _some(found[False], apart_from=found[True]),
        )
        for thing, found in sides.items()
        if found[True] and _some(found[False], apart_from=found[True])
    ]


def _what_was_done(
    practice: Practice, items: Sequence[Statement], scores: Vectors
) -> Statement | None:
    """The statement that best says that a document's registry did it."""
    found = [
        item
        for item in items
        if scores[item.row].argmax() in (DONE, OUTCOME)
        and practice.is_done_in(item.text, item.language)
    ]
    return max(
        found,
        key=lambda item: (
            not item.leans,
            bool(_DIGIT.search(item.text)),
            float(scores[item.row, DONE] - scores[item.row].max()),
        ),
        default=None,
    )


def _what_came(
    done: Statement, items: Sequence[Statement], scores: Vectors
) -> dict[str, tuple[bool, Statement]]:
    """By what was counted, whether it moved as hoped, and the statement that says so.

    Only what stands after the practice counts; a document that says both is on neither side.
    """
    said: dict[str, list[tuple[bool, Statement]]] = defaultdict(list)
    for item in items:
        if not 0 < item.row - done.row <= _WITHIN or scores[item.row].argmax() != OUTCOME:
            continue
        for movement in movements(item.text, item.language):
            things = [movement.thing] if movement.thing else ["names"]
            for thing in things:
                hoped = movement.direction != FLAT and movement.direction == _HOPED[thing]
                said[thing].append((hoped, item))
    return {
        thing: max(found, key=lambda one: (not one[1].leans, bool(_DIGIT.search(one[1].text))))
        for thing, found in said.items()
        if len({hoped for hoped, _ in found}) == 1
    }


def _some(
    experiences: Sequence[Experience], apart_from: Sequence[Experience] = ()
) -> tuple[Experience, ...]:
    """Some experiences, each of another registry, those of other regions first."""
    seen = {code for one in apart_from for code in one.record.territories}
    regions: set[str] = set()
    chosen: list[Experience] = []
    left = list(experiences)
    while left and len(chosen) < PER_SIDE:
        left = [one for one in left if not seen & set(one.record.territories)]
        if not left:
            break
        best = min(left, key=lambda one: bool(regions & set(one.record.regions)))
        chosen.append(best)
        seen |= set(best.record.territories)
        regions |= set(best.record.regions)
        left.remove(best)
    return tuple(chosen)
