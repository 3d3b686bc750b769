"""`ask`, `search` and `brief` with a language model and with translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.encoding import Encoder
from index.library import Library
from tests import endpoints
from tests.caselib.test_command_line import CommandLine

QUESTION = "How many schools built their own web sites?"
RIGHT = "Four hundred schools built their own web sites in three years [1]."


@pytest.fixture
def caselib(
    seven: Library, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> CommandLine:
    monkeypatch.setenv("CASELIB_MODELS", str(Path.home() / ".cache" / "caselib" / "models"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("CASELIB_LLM_URL", raising=False)
    return CommandLine(Path(seven.url))


def test_without_a_model_the_answer_is_quoted_and_says_so(caselib: CommandLine) -> None:
    answer = caselib.json("ask", QUESTION)
    assert answer["written"] is None
    assert "translation" not in answer["answer"][0]


def test_what_a_model_writes_is_told_apart_from_what_is_quoted(
    caselib: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoints.endpoint(endpoints.saying(f"{RIGHT} They had nine teachers [1].")) as (
        url,
        asked,
    ):
        monkeypatch.setenv("CASELIB_LLM_URL", url)
        answer = caselib.json("ask", QUESTION)
        printed = caselib.run("ask", QUESTION)
        assert len(asked) == 2
        assert caselib.json("ask", QUESTION, "--quoted")["written"] is None
        assert len(asked) == 2
    right, wrong = answer["written"]["sentences"]
    assert (right["kept"], right["citations"], right["faults"]) == (True, [1], [])
    assert (wrong["kept"], len(wrong["faults"]) > 0) == (False, True)
    assert answer["written"]["sources"][0]["number"] == 1
    assert answer["answer"] and "四百所" in answer["answer"][0]["text"]
    assert "  Four hundred schools built their own web sites in three years. [1]" in printed.stdout
    assert "nine teachers" not in printed.stdout
    assert "1 of its sentences are left out" in printed.stderr
    assert "四百所" in printed.stdout.partition("Quoted from the library")[2]


def test_a_model_that_is_down_is_a_note(
    caselib: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CASELIB_LLM_URL", "http://127.0.0.1:9/v1")
    result = caselib.run("ask", QUESTION)
    assert result.exit_code == 0
    assert "四百所" in result.stdout
    assert "cannot be reached" in result.stderr


def test_what_is_found_is_translated_beside_the_original(
    caselib: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Forty per cent of it is nonsense."
    with endpoints.endpoint(endpoints.saying(said)) as (url, _):
        monkeypatch.setenv("CASELIB_LLM_URL", url)
        hit = caselib.json("search", QUESTION, "--limit", "1", "--translate", "en")["hits"][0]
    assert "四百所" in hit["text"]
    assert hit["translation"]["text"] is None and hit["translation"]["note"]


def test_a_language_that_is_none_is_one_sentence(caselib: CommandLine) -> None:
    result = caselib.run("search", "x", "--translate", "xx")
    assert result.exit_code == 1
    assert "There is no language" in result.stderr


def test_a_librarian_gives_a_title_in_another_language(
    caselib: CommandLine, seven: Library
) -> None:
    document = next(one.document for one in seven.records() if one.filename == "lock.md")
    try:
        given = caselib.json("translate", document, "--language", "en", "--title", "Name locks")
        assert given == [{"language": "en", "title": "Name locks", "summary": ""}]
        more = caselib.json("translate", document, "--language", "en", "--summary", "Two people.")
        assert more == [{"language": "en", "title": "Name locks", "summary": "Two people."}]
    finally:
        assert caselib.json("translate", document, "--language", "en", "--withdraw") == []
