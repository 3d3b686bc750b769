"""The FAISS index finds what exact arithmetic finds, and a broken one is not used."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.vector_index import Selection, VectorIndex

Vectors = npt.NDArray[np.float32]
FIRST = 1000
"""Number of the first vector."""


def like_real_ones(many: int, seed: int = 7) -> Vectors:
    """Vectors of length 1 around some subjects, as passages lie."""
    chance = np.random.default_rng(seed)
    subjects = np.random.default_rng(1).normal(size=(40, 64))
    made = subjects[chance.integers(0, 40, many)] + chance.normal(size=(many, 64))
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


def nearest(vectors: Vectors, query: Vectors, limit: int) -> set[int]:
    return set(map(int, np.argsort(-(vectors @ query))[:limit] + FIRST))


def recall(
    index: VectorIndex, vectors: Vectors, limit: int, among: Selection | None = None
) -> float:
    """Share of the really nearest that is found, over queries that are not in the index."""
    held = np.ones(len(vectors), np.bool_)
    if among is not None:
        held = among.holds(np.arange(FIRST, FIRST + len(vectors)))
    shares = []
    for query in like_real_ones(40, seed=99):
        scores = np.where(held, vectors @ query, -2)
        right = set(map(int, np.argsort(-scores)[: min(limit, held.sum())] + FIRST))
        shares.append(len(right & set(map(int, index.search(query, limit, among)[0]))) / len(right))
    return float(np.mean(shares))


@pytest.fixture
def vectors() -> Vectors:
    made = np.random.default_rng(7).normal(size=(500, 64)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


@pytest.fixture
def index(vectors: Vectors) -> VectorIndex:
    made = VectorIndex(64)
    made.add(np.arange(FIRST, FIRST + 500), vectors)
    return made


@pytest.fixture(scope="module")
def many() -> Vectors:
    return like_real_ones(12_000)


@pytest.fixture
def large(many: Vectors) -> VectorIndex:
    """An index that holds more than it searches exactly; it came bit by bit."""
    made = VectorIndex(64, exact_up_to=2000)
    for start in range(0, len(many), 500):
        made.add(np.arange(FIRST + start, FIRST + start + 500), many[start : start + 500])
    return made


def test_the_nearest_come_first(index: VectorIndex, vectors: Vectors) -> None:
    ids, scores = index.search(vectors[42], 10)
    assert ids[0] == 1042
    assert set(ids) == nearest(vectors, vectors[42], 10)
    assert np.all(np.diff(scores) <= 0)


def test_a_narrowed_search_is_exact(index: VectorIndex, vectors: Vectors) -> None:
    among = np.array([1003, 1400, 1450, 1499])
    ids, _ = index.search(vectors[42], 3, Selection(among))
    exact = among[np.argsort(-(vectors[among - FIRST] @ vectors[42]))[:3]]
    assert list(ids) == list(exact)


def test_narrowed_to_nothing_or_to_strangers_nothing_is_found(
    index: VectorIndex, large: VectorIndex, vectors: Vectors
) -> None:
    for one in (index, large):
        for ids in ([], [3], [999_999]):
            assert len(one.search(vectors[0], 5, Selection(np.array(ids, np.int64)))[0]) == 0


def test_a_selection_holds_what_it_was_made_of_and_nothing_else() -> None:
    chance = np.random.default_rng(3)
    chosen = np.unique(chance.integers(0, 5000, 700))
    asked = np.arange(-10, 6000)
    assert np.array_equal(asked[Selection(chosen).holds(asked)], chosen)
    assert not Selection(np.zeros(0, np.int64)).holds(asked).any()


def test_what_is_removed_is_not_found(index: VectorIndex, vectors: Vectors) -> None:
    index.remove(np.array([1042, 9999]))
    ids, _ = index.search(vectors[42], 500)
    assert len(index) == 499
    assert 1042 not in ids


def test_it_becomes_approximate_when_it_holds_more_than_is_searched_exactly(
    many: Vectors,
) -> None:
    made = VectorIndex(64, exact_up_to=2000)
    made.add(np.arange(FIRST, FIRST + 2000), many[:2000])
    assert made.exact
    assert recall(made, many[:2000], 50) > 0.99
    made.add(np.array([FIRST + 2000]), many[2000:2001])
    assert not made.exact
    assert len(made) == 2001
    assert recall(made, many[:2001], 50) > 0.97


def test_what_came_bit_by_bit_is_found(large: VectorIndex, many: Vectors) -> None:
    assert len(large) == len(many)
    assert recall(large, many, 50) > 0.9
    for row in range(0, len(many), 500):
        assert large.search(many[row], 1)[0][0] == FIRST + row


def test_what_is_removed_from_a_large_index_is_not_found_and_the_rest_is(
    large: VectorIndex, many: Vectors
) -> None:
    gone = np.random.default_rng(5).permutation(len(many))[:3000]
    large.remove(gone + FIRST)
    assert len(large) == len(many) - 3000
    left = np.array(many)
    left[gone] = -left.mean(axis=0)
    assert recall(large, left, 50) > 0.9
    ids, _ = large.search(many[gone[0]], 5000)
    assert not set(map(int, ids)) & set(map(int, gone + FIRST))
    large.add(gone[:1] + FIRST + 50_000, many[gone[:1]])
    assert large.search(many[gone[0]], 1)[0][0] == gone[0] + FIRST + 50_000


def test_a_large_index_narrowed_to_few_misses_none_of_them(
    large: VectorIndex, many: Vectors
) -> None:
    few = Selection(FIRST + np.random.default_rng(2).permutation(len(many))[:150])
    for query in like_real_ones(10, seed=98):
        ids, _ = large.search(query, 500, few)
        assert len(ids) == 150
        assert few.holds(ids).all()
    assert recall(large, many, 20, few) > 0.97


def test_a_large_index_narrowed_to_half_finds_only_that_half(
    large: VectorIndex, many: Vectors
) -> None:
    half = Selection(np.arange(FIRST, FIRST + len(many), 2))
    ids, _ = large.search(many[0], 200, half)
    assert len(ids) == 200
    assert half.holds(ids).all()
    assert recall(large, many, 20, half) > 0.97


def test_it_says_when_it_has_outgrown_its_lists(many: Vectors) -> None:
    made = VectorIndex(64, exact_up_to=1000)
    made.add(np.arange(1001), many[:1001])
    assert not made.outgrown
    made.add(np.arange(1001, 4100), many[1001:4100])
    assert made.outgrown


@pytest.mark.parametrize("size", ["small", "large"])
def test_an_index_comes_back_from_its_folder(
    size: str, index: VectorIndex, large: VectorIndex, many: Vectors, tmp_path: Path
) -> None:
    kept = index if size == "small" else large
    kept.version = 9
    kept.write(tmp_path)
    found = VectorIndex.read(tmp_path, 64)
    assert found is not None
    assert (found.version, found.exact) == (9, size == "small")
    assert np.array_equal(found.search(many[3], 5)[0], kept.search(many[3], 5)[0])
    found.add(np.array([77]), many[3:4])
    assert found.search(many[3], 2)[1][0] > 0.99


@pytest.mark.parametrize("damage", ["truncated", "flipped", "missing", "other dimension"])
def test_a_damaged_index_is_not_used(index: VectorIndex, tmp_path: Path, damage: str) -> None:
    index.write(tmp_path)
    path = tmp_path / "passages.faiss"
    content = bytearray(path.read_bytes())
    if damage == "truncated":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        content[:4] = b"XXXX"
        path.write_bytes(content)
    elif damage == "missing":
        path.unlink()
    assert VectorIndex.read(tmp_path, 32 if damage == "other dimension" else 64) is None


def test_an_empty_index_finds_nothing() -> None:
    ids, scores = VectorIndex(8).search(np.ones(8, np.float32), 5)
    assert len(ids) == len(scores) == 0
