"""A text's language is told by its script, then by two detectors, or it is not told."""

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.languages import (
    LANGUAGES,
    chinese_variant,
    detect_language,
    detect_query_language,
    has_function_words,
)

SENTENCES = {
    "ar": "أطلقت الجهة المسؤولة عن النطاق خدمة جديدة لتسجيل الأسماء العربية في عام 2019.",
    "en": "The registry opened a new service for the registration of names in 2019.",
    "es": "El registro abrió un nuevo servicio para el registro de nombres en 2019.",
    "fr": "Le registre a ouvert un nouveau service pour l’enregistrement des noms en 2019.",
    "pt": "O registro abriu um novo serviço para o registro de nomes de domínio em 2019.",
    "ru": "Реестр открыл новую службу для регистрации доменных имён в 2019 году.",
    "zh": "注册局在2019年推出了新的域名注册服务。",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_in_each_language_is_told(language: str) -> None:
    assert detect_language(SENTENCES[language]) == language
    assert detect_query_language(SENTENCES[language]) == language


def test_traditional_chinese_is_chinese_and_its_writing_is_told() -> None:
    traditional = "註冊局在2019年推出了新的網域名稱註冊服務。"
    assert detect_language(traditional) == "zh"
    assert chinese_variant(traditional) == "zh-Hant"
    assert chinese_variant(SENTENCES["zh"]) == "zh-Hans"
    assert chinese_variant("中文") == ""
    assert chinese_variant("no Chinese at all") == ""


@pytest.mark.parametrize(
    "text",
    [
        "این متن به زبان فارسی درباره نام‌های دامنه است و چگونگی ثبت آن",
        "یہ اردو زبان کا متن ہے جو ڈومین ناموں کے بارے میں ہے",
        "Це текст українською мовою про доменні імена та їх реєстрацію",
        "Ово је текст на српском језику о називима домена",
        "Този текст е на български език и е за домейните, който трябва да бъде достатъчно дълъг, "
        "за да се разбере къде съществува твърдият знак",
        "日本のドメイン名について説明します",
        "국가 도메인 이름 정책에 관한 문서입니다",
        "Die Vergabestelle verwaltet die Länderdomain und betreibt seit Jahren die Nameserver",
        "Alan adı kayıt kuruluşu ülke kodlu alan adlarını yönetir ve yeni kurallar getirdi",
        "κείμενο στα ελληνικά",
        "",
        "2019 – 2020: 37 %",
    ],
)
def test_other_languages_are_not_taken_for_one_of_the_seven(text: str) -> None:
    assert detect_language(text) == ""


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("DNSSEC 部署", "zh"),
        ("انتشار DNSSEC", "ar"),
        ("внедрение DNSSEC", "ru"),
        ("中文域名", "zh"),
        ("política de .br", "es"),
        ("governança da internet", "pt"),
        ("la gouvernance de l'internet", "fr"),
        ("how to stop phishing", "en"),
    ],
)
def test_a_query_of_few_words_is_told(query: str, language: str) -> None:
    assert detect_query_language(query) == language


def test_the_same_text_gives_the_same_answer_in_any_thread() -> None:
    texts = [
        " ".join(SENTENCES[language].split()[:2]) for language in ("en", "es", "fr", "pt")
    ] * 50
    alone = [detect_query_language(text) for text in texts]
    random.Random(1).shuffle(order := list(range(len(texts))))
    with ThreadPoolExecutor(8) as pool:
        together = dict(
            zip(order, pool.map(detect_query_language, [texts[i] for i in order]), strict=True)
        )
    assert [together[i] for i in range(len(texts))] == alone


def test_names_and_code_have_no_function_words() -> None:
    assert has_function_words("the name of the registry")
    assert not has_function_words("example.com. 600 IN RRSIG A 7 2 600")
    assert not has_function_words("https://www.icann.org/en/system/files/files/de.pdf")


@given(text=st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert detect_language(text) in ("", *LANGUAGES)
    assert detect_query_language(text) in ("", *LANGUAGES)
    assert chinese_variant(text) in ("", "zh-Hant", "zh-Hans")


def test_on_real_sentences_it_is_as_right_as_we_say(shared: Path) -> None:
    sentence_shares, query_shares = [], []
    for path in sorted((shared / "eval" / "ntrex-dev").glob("*.txt")):
        language = path.stem[:2]
        lines = path.read_text("utf-8").splitlines()
        # Chinese has no spaces: the first six characters stand for three words.
        openings = [line[:6] if language == "zh" else " ".join(line.split()[:3]) for line in lines]
        sentence_shares.append(sum(detect_language(t) == language for t in lines) / len(lines))
        query_shares.append(
            sum(detect_query_language(t) == language for t in openings) / len(lines)
        )
    assert len(sentence_shares) == 8
    assert sum(sentence_shares) / 8 >= 0.99
    assert sum(query_shares) / 8 >= 0.94
