"""The asker is told when the best evidence is in languages that they do not read."""

import pytest

from index.encoding import Encoder
from index.library import Library
from search.find import search
from search.reading import BestEvidence, best_evidence


@pytest.mark.parametrize(
    ("hits", "reads", "best"),
    [
        ([("a", "ru", 0.8), ("b", "zh", 0.78), ("c", "fr", 0.6)], {"fr"}, (("ru", "zh"), False)),
        ([("a", "ru", 0.8), ("b", "fr", 0.78)], {"fr"}, (("ru", "fr"), True)),
        ([("a", "ru", 0.8)], {"fr", "ru"}, (("ru",), True)),
        ([("a", "ru", 0.8)], set(), (("ru",), None)),
        ([("a", "", 0.8)], {"fr"}, ((), None)),
        ([], {"fr"}, ((), None)),
    ],
)
def test_the_best_hits_are_those_nearly_as_good_as_the_first(
    hits: list[tuple[str, str, float]],
    reads: set[str],
    best: tuple[tuple[str, ...], bool | None],
) -> None:
    assert best_evidence(hits, reads) == BestEvidence(*best)


def test_several_passages_of_one_document_are_one_witness() -> None:
    hits = [("a", "ru", 0.8), ("a", "ru", 0.8), ("a", "ru", 0.8), ("b", "fr", 0.8)]
    assert best_evidence(hits, {"fr"}).read is True


def test_a_search_knows_whether_its_best_evidence_is_read(seven: Library, encoder: Encoder) -> None:
    question = "Quel registre offre des sites aux écoles rurales ?"
    found = search(seven, encoder, question)
    assert found.best_evidence == BestEvidence(("zh",), False)
    assert search(seven, encoder, question, reads=("zh",)).best_evidence.read is True
    assert found.reads == {"fr"}
