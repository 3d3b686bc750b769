"""No language is favoured: the fair share of first hits is one in the number of languages."""

from index.encoding import Encoder
from index.library import Library
from search.find import search

SUBJECT = {
    "ar": "سجل النطاق",
    "en": "a domain registry",
    "es": "un registro de dominios",
    "fr": "un registre de noms de domaine",
    "pt": "um registro de domínios",
    "ru": "реестр доменов",
    "zh": "域名注册局",
}


def test_a_subject_that_every_case_shares_does_not_bring_the_own_language_first_always(
    seven: Library, encoder: Encoder
) -> None:
    first = [
        search(seven, encoder, query).hits[0].passage.language == language
        for language, query in SUBJECT.items()
    ]
    assert sum(first) <= 5


def test_a_case_in_the_own_language_is_still_found(seven: Library, encoder: Encoder) -> None:
    for question, filename in (
        ("How did the island stay reachable during the cyclone?", "anycast.md"),
        ("¿Qué pasó con la tasa de renovación?", "price.md"),
        ("كم ساعة يستغرق إيقاف الأسماء الخبيثة؟", "abuse.md"),
    ):
        assert search(seven, encoder, question).hits[0].record.filename == filename
