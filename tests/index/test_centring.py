"""Centring lays languages over one another and survives being kept."""

from pathlib import Path

import numpy as np

from index import centring
from index.encoding import PARALLEL, Encoder


def test_a_sentence_is_nearer_to_its_translation_than_to_its_neighbours(encoder: Encoder) -> None:
    sentences = centring.read_parallel(PARALLEL)
    arabic = encoder.encode(sentences["ar"][:60], ["ar"] * 60, "passage")
    chinese = encoder.encode(sentences["zh"][:60], ["zh"] * 60, "passage")
    nearest = (arabic @ chinese.T).argmax(axis=1)
    assert (nearest == np.arange(60)).mean() > 0.9


def test_without_means_of_its_own_a_language_gets_the_mean_over_all(encoder: Encoder) -> None:
    means = encoder.centrings[0].means
    vectors = np.ones((1, len(means["query", ""])), np.float32)
    unknown = centring.centre(vectors, [""], "query", means)
    klingon = centring.centre(vectors, ["tlh"], "query", means)
    assert np.array_equal(unknown, klingon)


def test_affinity_is_highest_within_a_language_and_known_for_every_pair(encoder: Encoder) -> None:
    languages = ("ar", "en", "es", "fr", "pt", "ru", "zh")
    for asked in languages:
        across = [encoder.affinity(asked, found) for found in languages if found != asked]
        assert 0.3 < min(across) <= max(across) < encoder.affinity(asked, asked) <= 1
    assert encoder.affinity("", "ar") == 1


def test_what_was_learnt_is_read_back_as_it_was_kept(encoder: Encoder, tmp_path: Path) -> None:
    kept = encoder.centrings[0]
    centring.write(tmp_path / "centring.npz", kept)
    found = centring.read(tmp_path / "centring.npz")
    assert found is not None
    assert found.affinities == kept.affinities
    assert all(np.array_equal(found.means[key], mean) for key, mean in kept.means.items())


def test_a_broken_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "centring.npz").write_bytes(b"PK\x03\x04 broken")
    assert centring.read(tmp_path / "centring.npz") is None
    assert centring.read(tmp_path / "missing.npz") is None


def test_parallel_sentences_are_whole() -> None:
    sentences = centring.read_parallel(PARALLEL)
    assert set(sentences) == {"ar", "en", "es", "fr", "pt", "ru", "zh", "zh-Hant"}
    assert {len(column) for column in sentences.values()} == {200}
    assert all(text.strip() for column in sentences.values() for text in column)
