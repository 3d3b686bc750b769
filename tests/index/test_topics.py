"""Topics are found by meaning, in whatever language a document is, and none where none is."""

from __future__ import annotations

import numpy as np
import pytest

from index.encoding import Encoder
from index.library import Library
from index.topics import (
    MOST,
    NEAR,
    Prototypes,
    choose,
    find_topics,
    kept_prototypes,
    likenesses,
    make_prototypes,
    prototypes_of,
    topic_id,
    topics,
)
from ingest.document import Passage

LANGUAGES = {"ar", "en", "es", "fr", "pt", "ru", "zh"}
IDS = (
    "dns-abuse security resilience operations policy regulation growth marketing csr "
    "capacity-building collaboration idn legal finance"
).split()


@pytest.fixture(scope="module")
def prototypes(encoder: Encoder) -> Prototypes:
    return prototypes_of(encoder)


def found(encoder: Encoder, prototypes: Prototypes, language: str, *texts: str) -> list[str]:
    passages = [Passage(1, text, language) for text in texts]
    topics_found = find_topics(passages, encoder.encode_passages(passages), prototypes)
    return [topic.topic for topic in topics_found]


def test_each_topic_is_named_described_and_shown_in_every_language() -> None:
    assert list(topics()) == IDS
    for topic in topics().values():
        assert set(topic.names) == LANGUAGES | {"zh-Hant"}
        assert set(topic.descriptions) == LANGUAGES
        assert set(topic.examples) >= LANGUAGES
        assert 8 <= sum(map(len, topic.examples.values())) <= 12


def test_no_sentence_stands_for_two_topics() -> None:
    sentences = [
        sentence
        for topic in topics().values()
        for found in (topic.descriptions.values(), *topic.examples.values())
        for sentence in found
    ]
    assert len(sentences) == len(set(sentences))


def test_a_topic_answers_to_its_id_and_its_names() -> None:
    for topic in topics().values():
        assert topic_id(topic.id) == topic.id
        assert {topic_id(name.upper()) for name in topic.names.values()} == {topic.id}
    assert topic_id("gardening") == ""


@pytest.mark.parametrize(
    ("topic", "language", "text"),
    [
        (
            "resilience",
            "en",
            "During the cyclone the submarine cable was cut. The name servers in the shared "
            "anycast cloud kept answering and the domain stayed reachable.",
        ),
        (
            "security",
            "ru",
            "Реестр подписал зону с помощью DNSSEC. Ключи хранятся в двух городах, и смена ключа "
            "прошла ночью без перерыва.",
        ),
        (
            "dns-abuse",
            "ar",
            "أنشأ السجل فريقا صغيرا لمكافحة التصيد الاحتيالي. يفحص الفريق الأسماء الجديدة كل يوم "
            "ويوقف الأسماء الخبيثة خلال ساعتين.",
        ),
        (
            "growth",
            "es",
            "Los registros nuevos se duplicaron en un año y la tasa de renovación de los dominios "
            "subió tres puntos.",
        ),
        (
            "capacity-building",
            "fr",
            "Une formation d'une semaine a appris à vingt techniciens des registres de la région "
            "à exploiter un serveur de noms.",
        ),
        (
            "csr",
            "pt",
            "O registro doou computadores a escolas pobres e financia projetos de inclusão digital "
            "com parte da receita dos domínios.",
        ),
        ("idn", "zh", "注册局开放了中文域名的注册，简体和繁体字作为异体字归同一注册人所有。"),
    ],
)
def test_a_document_has_its_topic_in_each_language(
    encoder: Encoder, prototypes: Prototypes, topic: str, language: str, text: str
) -> None:
    assert found(encoder, prototypes, language, text)[:1] == [topic]


def test_what_is_of_another_field_has_no_topics(encoder: Encoder, prototypes: Prototypes) -> None:
    assert (
        found(
            encoder,
            prototypes,
            "en",
            "Beat the eggs with the sugar until they are white, fold in the flour and bake the "
            "cake for forty minutes.",
            "The lake freezes in December, and the herons move to the river until spring.",
        )
        == []
    )
    assert find_topics([], encoder.encode_passages([]), prototypes) == []


def test_a_list_of_sources_is_not_what_a_document_is_about(
    encoder: Encoder, prototypes: Prototypes
) -> None:
    text = "Fees were raised twice; the surplus of the registry went into a reserve."
    sources = (
        "Phishing report https://example.org/phishing and malware statistics "
        "https://example.org/malware on abuse of domain names"
    )
    alone = found(encoder, prototypes, "en", text)
    assert "finance" in alone
    assert found(encoder, prototypes, "en", text, sources, sources) == alone


def test_the_reason_is_the_nearest_sentence_with_its_page(
    encoder: Encoder, prototypes: Prototypes
) -> None:
    passages = [
        Passage(1, "The registry runs the domain of the country since 1995. It has a staff.", "en"),
        Passage(4, "A court ruled on the trademark. The arbitrator transferred the name.", "en"),
    ]
    vectors = encoder.encode_passages(passages)
    [legal] = [t for t in find_topics(passages, vectors, prototypes) if t.topic == "legal"]
    assert legal.page == 4
    assert legal.sentence in passages[1].text
    assert legal.likeness >= NEAR


def test_prototypes_are_kept_and_need_no_model_afterwards(
    encoder: Encoder, prototypes: Prototypes
) -> None:
    kept_prototypes.cache_clear()
    kept = kept_prototypes(encoder.recipe)
    assert kept is not None
    assert kept.topics == tuple(IDS)
    assert np.array_equal(kept.vectors, prototypes.vectors)


def test_at_most_four_topics_and_none_that_is_far_behind() -> None:
    many = np.array([0.3, 0.29, 0.28, 0.27, 0.26, 0.0], np.float32)
    assert [row for row, _ in choose(many)] == [0, 1, 2, 3][:MOST]
    assert [row for row, _ in choose(np.array([0.1, 0.3, 0.07], np.float32))] == [1]
    assert choose(np.array([0.09, 0.08], np.float32)) == []


def test_prototypes_lie_apart_where_sentences_do() -> None:
    chance = np.random.default_rng(1)
    centres = np.eye(3, 8)
    vectors = {
        name: (centre + 0.1 * chance.normal(size=(10, 8))).astype(np.float32)
        for name, centre in zip("abc", centres, strict=True)
    }
    made = make_prototypes(vectors)
    assert np.allclose(np.linalg.norm(made.vectors, axis=1), 1, atol=1e-5)
    for row, own in enumerate(vectors.values()):
        assert ((own @ made.vectors.T).argmax(axis=1) == row).all()


def test_documents_that_were_added_have_topics_and_reasons(seven: Library) -> None:
    by_title = {record.title: record for record in seven.records()}
    assert by_title["Anycast for a small island"].topics[:1] == ("resilience",)
    assert by_title["مكافحة التصيد"].topics[:1] == ("dns-abuse",)
    for record in seven.records():
        assert record.topics
        lines = record.reasons["topics"].split("\n")
        assert [line.partition(":")[0] for line in lines] == list(record.topics)


def test_likenesses_say_when_a_document_is_of_another_field(
    encoder: Encoder, prototypes: Prototypes
) -> None:
    cake = [Passage(1, "Beat the eggs with the sugar and bake the cake.", "en")]
    assert likenesses(cake, encoder.encode_passages(cake), prototypes) is None
