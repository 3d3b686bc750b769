"""The starter library is what its README says: enough cases, well spread, each checked twice."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

DATA = Path(__file__).parents[2] / "data"
TOPICS = frozenset(
    "dns-abuse security resilience operations policy regulation growth marketing csr "
    "capacity-building collaboration idn legal finance".split()
)


@pytest.fixture(scope="module")
def catalogue() -> list[dict[str, Any]]:
    entries = yaml.safe_load((DATA / "starter" / "catalogue.yaml").read_text(encoding="utf-8"))
    assert isinstance(entries, list)
    return entries


def regions(entry: dict[str, Any]) -> list[str]:
    found = entry["region"]
    return found if isinstance(found, list) else [found]


def test_there_are_a_hundred_cases_and_each_has_its_file(catalogue: list[dict[str, Any]]) -> None:
    assert len(catalogue) >= 100
    assert len({entry["id"] for entry in catalogue}) == len(catalogue)
    for entry in catalogue:
        assert (DATA / "starter" / entry["file"]).stat().st_size > 1000, entry["id"]


def test_all_seven_languages_and_both_chinese_scripts_are_written(
    catalogue: list[dict[str, Any]],
) -> None:
    languages = Counter(entry["language"] for entry in catalogue)
    for language in ("ar", "es", "fr", "pt", "ru"):
        assert languages[language] >= 12
    assert languages["zh-Hans"] + languages["zh-Hant"] >= 12
    assert languages["zh-Hant"] >= 8


def test_all_regions_topics_and_many_registries_are_there(catalogue: list[dict[str, Any]]) -> None:
    by_region = Counter(region for entry in catalogue for region in regions(entry))
    assert min(by_region[region] for region in ("AF", "AP", "EU", "LAC")) >= 12
    assert by_region["NA"] >= 6
    by_topic = Counter(topic for entry in catalogue for topic in entry["topics"])
    assert set(by_topic) == TOPICS
    assert min(by_topic.values()) >= 5
    ascii_registries = {
        code for entry in catalogue for code in entry["registries"] if code.isascii()
    }
    assert len(ascii_registries) >= 60
    assert sum("tw" in entry["registries"] for entry in catalogue) >= 8
    assert by_topic["collaboration"] >= 10
    assert {"government", "private", "non-profit", "academic"} <= {
        entry["governance"] for entry in catalogue
    }


def test_formats_are_mixed(catalogue: list[dict[str, Any]]) -> None:
    kinds = Counter(Path(entry["file"]).suffix for entry in catalogue)
    share = {kind: count / len(catalogue) for kind, count in kinds.items()}
    assert 0.4 <= share[".pdf"] <= 0.6
    assert 0.25 <= share[".pptx"] <= 0.4
    assert min(kinds[".docx"], kinds[".html"], kinds[".md"]) >= 4
    size = sum(path.stat().st_size for path in (DATA / "starter").iterdir())
    assert size <= 25_000_000


def test_titles_and_summaries_stand_in_all_seven_languages(
    catalogue: list[dict[str, Any]],
) -> None:
    for entry in catalogue:
        for field in ("titles", "summaries"):
            assert set(entry[field]) == {"ar", "en", "es", "fr", "pt", "ru", "zh"}, entry["id"]
            assert all(text.strip() for text in entry[field].values()), entry["id"]


def test_every_case_has_the_record_of_its_second_reading(catalogue: list[dict[str, Any]]) -> None:
    for entry in catalogue:
        path = DATA / "cases" / f"{entry['id']}.checks.yaml"
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert len(record["claims"]) >= 5, entry["id"]
        for claim in record["claims"]:
            assert claim["verdict"] in {"confirmed", "corrected", "cut"}, entry["id"]
            assert claim["claim"], entry["id"]


def test_every_case_names_its_sources(catalogue: list[dict[str, Any]]) -> None:
    for entry in catalogue:
        assert entry["sources"], entry["id"]
        for source in entry["sources"]:
            assert re.match(r"https?://\S+$", source["url"]), entry["id"]
            assert source["supports"].strip(), entry["id"]


def test_files_are_up_to_date_with_their_sources() -> None:
    from typesetting.__main__ import main

    assert main(["--check"]) == 0
