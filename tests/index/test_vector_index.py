"""The FAISS index finds what exact arithmetic finds, and a broken one is not used."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.vector_index import VectorIndex


@pytest.fixture
def vectors() -> npt.NDArray[np.float32]:
    made = np.random.default_rng(7).normal(size=(500, 64)).astype(np.float32)
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True), np.float32)


@pytest.fixture
def index(vectors: npt.NDArray[np.float32]) -> VectorIndex:
    made = VectorIndex(64)
    made.add(np.arange(1000, 1500), vectors)
    return made


def test_the_nearest_come_first(index: VectorIndex, vectors: npt.NDArray[np.float32]) -> None:
    ids, scores = index.search(vectors[42], 10)
    exact = np.argsort(-(vectors @ vectors[42]))[:10] + 1000
    assert ids[0] == 1042
    assert set(ids) == set(exact)
    assert np.all(np.diff(scores) <= 0)


def test_a_narrowed_search_is_exact(index: VectorIndex, vectors: npt.NDArray[np.float32]) -> None:
    among = np.array([1003, 1400, 1450, 1499])
    ids, _ = index.search(vectors[42], 3, among)
    exact = among[np.argsort(-(vectors[among - 1000] @ vectors[42]))[:3]]
    assert list(ids) == list(exact)


def test_what_is_removed_is_not_found(index: VectorIndex, vectors: npt.NDArray[np.float32]) -> None:
    index.remove(np.array([1042, 9999]))
    ids, _ = index.search(vectors[42], 500)
    assert len(index) == 499
    assert 1042 not in ids


def test_an_index_comes_back_from_its_folder(
    index: VectorIndex, vectors: npt.NDArray[np.float32], tmp_path: Path
) -> None:
    index.version = 9
    index.write(tmp_path)
    found = VectorIndex.read(tmp_path, 64)
    assert found is not None
    assert found.version == 9
    assert np.array_equal(found.search(vectors[3], 5)[0], index.search(vectors[3], 5)[0])


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
