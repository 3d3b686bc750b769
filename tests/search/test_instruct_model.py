"""A model that follows instructions answers in five languages; `make test-model` runs these."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.encoding import Encoder
from index.library import Library
from search import answers, checking
from search.endpoint import Endpoint, Patience, configured
from search.find import search
from search.translating import translate
from search.writing import sources_for, write


@pytest.fixture
def model() -> Endpoint:
    found = configured()
    if found is None or "Qwen" not in found.model:
        pytest.skip("no instruct model is set: make test-model")
    return replace(found, patience=Patience(piece=900, whole=1800))


@pytest.mark.parametrize(
    ("language", "question", "filename"),
    [
        ("en", "How many schools built their own web sites?", "schools.md"),
        ("fr", "Quand le câble sous-marin a-t-il été coupé ?", "anycast.md"),
        ("es", "¿Cuántas escuelas crearon su propio sitio web?", "schools.md"),
        ("zh", "锁定的域名需要几个人才能修改？", "lock.md"),
        ("ru", "Сколько школ создали собственные сайты?", "schools.md"),
    ],
)
def test_a_question_is_answered_in_its_language_from_the_right_case(
    seven: Library,
    encoder: Encoder,
    model: Endpoint,
    language: str,
    question: str,
    filename: str,
) -> None:
    results = search(seven, encoder, question)
    assert results.question is not None
    given = answers.answer(seven, results.question, results.evidence)
    sources = sources_for(seven, given, results.evidence)
    *_, written = write(model, seven, encoder, results.question, sources)
    assert written.note == ""
    print(language, [(s.text, s.citations, s.check) for s in written.sentences])
    for sentence in written.kept:
        assert sentence.check.likeness >= checking.LEAST_LIKENESS
    assert written.kept, "no sentence held"
    assert filename in {written.sources[number - 1].record.filename for number in written.cited}


def test_it_translates_and_the_translation_is_held_against_the_original(
    encoder: Encoder, model: Endpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made = translate(encoder, "The registry halved the price for one year.", "en", "es")
    assert "precio" in made.text and made.engine == model.name
