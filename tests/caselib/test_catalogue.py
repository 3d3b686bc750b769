"""What is known of documents, from the command line: shown, counted, narrowed by, corrected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.encoding import Encoder
from index.library import FACETS
from tests.caselib.test_command_line import CommandLine
from tests.conftest import TEXTS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> CommandLine:
    """A library of seven short cases; not to be changed."""
    folder = tmp_path_factory.mktemp("catalogue")
    for name, text in TEXTS.items():
        dated = f"{text}\n\nTWNIC .tw\n\nPublished: 12 May 2019"
        (folder / name).write_text(dated, encoding="utf-8")
    caselib = CommandLine(folder / "library")
    assert caselib.run("add", *(str(folder / name) for name in TEXTS)).exit_code == 0
    return caselib


@pytest.fixture
def caselib(tmp_path: Path, encoder: Encoder) -> CommandLine:
    (tmp_path / "lock.md").write_text(TEXTS["lock.md"], encoding="utf-8")
    caselib = CommandLine(tmp_path / "library")
    caselib.run("add", str(tmp_path / "lock.md"))
    return caselib


def titles(made: CommandLine, *options: str) -> set[str]:
    hits = made.json("search", "registry", "--limit", "100", *options)["hits"]
    return {hit["title"] for hit in hits}


def test_list_and_show_say_what_is_known(made: CommandLine) -> None:
    [anycast] = [r for r in made.json("list") if r["title"] == "Anycast for a small island"]
    assert anycast["topics"][0] == "resilience"
    assert (anycast["kind"], anycast["authors"], anycast["corrected"]) == ("page", [], [])
    assert (anycast["registries"], anycast["territories"]) == (["tw"], ["TW"])
    assert anycast["regions"] == ["AP"]
    assert all(set(quote) == {"page", "text"} for quote in anycast["summary"])
    shown = made.json("show", anycast["document"])
    assert "nearest sentence" in shown["reasons"]["topics"]
    assert "web page" in shown["reasons"]["kind"]
    text = made.run("show", anycast["document"]).output
    assert f"topics: {', '.join(anycast['topics'])}" in text
    assert f"“{anycast['summary'][0]['text']}” (p. 1)" in text


@pytest.mark.parametrize("registry", [".tw", "TWNIC", "Taiwan", "Тайвань", "تايوان", "台湾"])
def test_a_registry_is_found_by_any_of_its_names(made: CommandLine, registry: str) -> None:
    assert len(titles(made, "--registry", registry)) == len(TEXTS)
    assert titles(made, "--registry", ".fr") == set()


def test_a_search_is_narrowed_by_each_of_the_filters(made: CommandLine) -> None:
    assert titles(made, "--topic", "resilience") == {"Anycast for a small island"}
    assert titles(made, "--topic", "Abus du DNS") == titles(made, "--topic", "dns-abuse")
    assert "مكافحة التصيد" in titles(made, "--topic", "dns-abuse")
    everything = titles(made)
    for options, found in (
        (("--region", "ap"), everything),
        (("--region", "EU"), set()),
        (("--kind", "page"), everything),
        (("--kind", "paper"), set()),
        (("--format", "md"), everything),
        (("--format", "text/markdown"), everything),
        (("--format", "pdf"), set()),
        (("--from-year", "2019", "--to-year", "2019"), everything),
        (("--from-year", "2020"), set()),
        (("--to-year", "2018"), set()),
    ):
        assert titles(made, *options) == found, options


def test_documents_are_counted_under_the_other_filters(made: CommandLine) -> None:
    counts = made.json("facets")
    assert tuple(counts) == FACETS
    assert counts["registry"] == {"tw": 7}
    assert counts["year"] == {"2019": 7}
    assert counts["language"] == dict.fromkeys(("ar", "en", "es", "fr", "pt", "ru", "zh"), 1)
    narrowed = made.json("facets", "--topic", "resilience", "--language", "ru")
    assert narrowed["topic"]["security"] == 1
    assert narrowed["language"]["en"] == 1
    assert "     7  tw" in made.run("facets").output


@pytest.mark.parametrize(
    "options",
    [
        ("--topic", "gardening"),
        ("--registry", "moon"),
        ("--region", "Europe"),
        ("--kind", "poem"),
        ("--format", "xyz"),
    ],
)
def test_an_unknown_name_is_one_sentence_and_exit_code_one(
    made: CommandLine, options: tuple[str, str]
) -> None:
    for command in (["search", "x"], ["facets"]):
        result = made.run(*command, *options, "--json")
        assert result.exit_code == 1
        assert "There is no" in json.loads(result.stdout)["error"]


def test_what_is_corrected_is_shown_searched_and_kept(caselib: CommandLine, tmp_path: Path) -> None:
    document = caselib.json("list")[0]["document"]
    corrected = caselib.json(
        *("correct", document, "--title", "Un autre titre", "--year", "2020"),
        *("--registry", "Afnic", "--topic", "Sécurité", "--topic", "csr", "--kind", "report"),
        *("--author", "Anne Gris", "--who", "Marie"),
    )
    assert corrected["title"] == "Un autre titre"
    assert (corrected["year"], corrected["registries"]) == (2020, ["fr"])
    assert (corrected["topics"], corrected["kind"]) == (["security", "csr"], "report")
    assert (corrected["authors"], corrected["regions"]) == (["Anne Gris"], ["EU"])
    fields = {"title", "year", "registries", "topics", "kind", "authors"}
    assert set(corrected["corrected"]) == fields
    assert not fields & set(caselib.json("show", document)["reasons"])
    assert titles(caselib, "--registry", "France") == {"Un autre titre"}
    # Adding the file again, and removing it before, changes nothing of it.
    caselib.run("add", str(tmp_path / "lock.md"))
    caselib.run("remove", document)
    caselib.run("add", str(tmp_path / "lock.md"))
    again = caselib.json("list")[0]
    assert {**again, "added": ""} == {**corrected, "added": ""}


def test_a_correction_is_withdrawn_and_a_field_is_emptied(caselib: CommandLine) -> None:
    before = caselib.json("list")[0]
    document = before["document"]
    emptied = caselib.json("correct", document, "--topic", "", "--year", "0", "--title", "x y")
    assert (emptied["topics"], emptied["year"], emptied["title"]) == ([], None, "x y")
    fields = [word for field in emptied["corrected"] for word in ("--withdraw", field)]
    assert caselib.json("correct", document, *fields) == before


def test_of_several_corrections_all_are_kept_or_none(caselib: CommandLine) -> None:
    before = caselib.json("list")[0]
    result = caselib.run("correct", before["document"], "--title", "Other", "--kind", "poem")
    assert result.exit_code == 1
    assert "use one of paper" in result.output
    assert caselib.json("list")[0] == before


def test_a_removed_document_can_be_forgotten(caselib: CommandLine, tmp_path: Path) -> None:
    before = caselib.json("list")[0]
    caselib.run("correct", before["document"], "--title", "Other")
    caselib.run("remove", before["document"], "--forget")
    caselib.run("add", str(tmp_path / "lock.md"))
    assert caselib.json("list")[0]["title"] == before["title"]
