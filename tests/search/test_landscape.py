"""On the map by meaning neighbours are alike in any language, and it is always the same."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoding import Encoder
from index.library import Library
from search import landscape
from search.landscape import lay_out, nearest, subjects


def clusters(count: int, each: int) -> np.ndarray:
    random = np.random.default_rng(7)
    centres = random.normal(size=(count, 32))
    points = np.repeat(centres, each, axis=0) + 0.2 * random.normal(size=(count * each, 32))
    return np.asarray(points / np.linalg.norm(points, axis=1, keepdims=True), np.float32)


def test_documents_on_one_subject_stand_beside_one_another() -> None:
    found = nearest(lay_out(clusters(6, 12)), 5)
    own = np.repeat(np.arange(6), 12)
    assert np.mean(own[found] == own[:, None]) > 0.95


def test_the_map_is_the_same_every_time_and_fits_its_frame() -> None:
    vectors = clusters(4, 10)
    first, second = lay_out(vectors), lay_out(vectors)
    assert np.array_equal(first, second)
    assert first.min() == 0.0 and first.max() == 1.0


def test_documents_beyond_the_most_are_put_among_their_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vectors = clusters(4, 10)[np.random.default_rng(1).permutation(40)]
    monkeypatch.setattr(landscape, "MOST", 30)
    places = lay_out(vectors)
    assert places.shape == (40, 2)
    wanted, found = nearest(vectors, 9), nearest(places, 9)
    kept = [len({*wanted[row]} & {*found[row]}) / 9 for row in range(30, 40)]
    assert np.mean(kept) > 0.6


def test_few_documents_are_laid_out_too() -> None:
    for count in range(5):
        places = lay_out(clusters(5, 1)[:count])
        assert places.shape == (count, 2)
        assert np.isfinite(places).all()


def test_languages_do_not_make_the_clusters(priced: Library, encoder: Encoder) -> None:
    records = priced.records()
    vectors = subjects(priced, encoder, records)
    assert vectors.shape == (len(records), encoder.recipe.dimension)
    languages = np.array([record.language for record in records])
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    assert np.mean(languages[likeness.argmax(axis=1)] == languages) < 0.5
