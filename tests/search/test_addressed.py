"""What speaks to a language model is told from what speaks to people."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sentences import split_sentences
from search.addressed import for_a_model, speaks_to_a_model
from tests.conftest import TEXTS
from tests.search.attacks import ATTACKS

CASES = Path(__file__).parents[2] / "data" / "cases"


@pytest.mark.parametrize("order", [order for order, _ in ATTACKS.values()])
def test_orders_to_a_model_are_seen(order: str) -> None:
    assert speaks_to_a_model(order)


def test_cases_are_hardly_ever_taken_for_orders() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.md"))]
    sentences = [text[a:b] for text in (*texts, *TEXTS.values()) for a, b in split_sentences(text)]
    taken = [sentence for sentence in sentences if speaks_to_a_model(sentence)]
    assert len(taken) < len(sentences) / 1000, taken


def test_marks_of_chat_templates_and_hidden_characters_do_not_reach_a_model() -> None:
    assert for_a_model("a<|im_start|>b[INST]c\u200bd\U000e0041e") == "a b cde"
