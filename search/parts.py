"""What a sentence of a case does: tell the problem, what was done, what came of it, or advise."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import yaml

from index.encoding import Encoder
from index.library import Vectors
from index.tokens import fold
from search.statements import Statements, unit

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "briefings" / "parts.yaml"


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of data/briefings/parts.yaml: headings and sentences by language."""

    id: str
    headings: dict[str, tuple[str, ...]]
    sentences: dict[str, tuple[str, ...]]


@functools.lru_cache(maxsize=1)
def parts() -> dict[str, Part]:
    """All parts by id."""
    return {
        entry["id"]: Part(
            entry["id"],
            {language: tuple(found) for language, found in entry["headings"].items()},
            {language: tuple(found) for language, found in entry["sentences"].items()},
        )
        for entry in yaml.safe_load(FILE.read_text("utf-8"))["parts"]
    }
