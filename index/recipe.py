"""What a library's vectors were made with; it is stored beside them and never mixed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from index.errors import LibraryMismatch
from ingest.errors import N_


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One encoder of the recipe: which model, how large its vectors, how much they weigh."""

    model: str
    revision: str
    dimension: int
    weight: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """How vectors are made.

    Attributes
    ----------
    ingredients : the encoders whose vectors stand side by side in one.
    centring : digest of the means that are taken away from each language's vectors.
    """

    ingredients: tuple[Ingredient, ...]
    centring: str

    @property
    def dimension(self) -> int:
        """Numbers in one vector, over all encoders."""
        return sum(ingredient.dimension for ingredient in self.ingredients)

    @property
    def name(self) -> str:
        """The models' names, as a person would say them."""
        return " + ".join(ingredient.model for ingredient in self.ingredients)

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        stored = json.loads(text)
        return cls(
            tuple(Ingredient(**ingredient) for ingredient in stored["ingredients"]),
            stored["centring"],
        )

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that differ where anything of the recipe does."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:16]


def mismatch(kept: Recipe, asked: Recipe) -> LibraryMismatch:
    """What is said where a library has another recipe than the one that is asked for."""
    return LibraryMismatch(
        N_(
            "This library was made with {kept}, not with {asked}: set CASELIB_MODEL to that model "
            "(unset it for the bundled one), or move the library over with `caselib reembed`."
        ),
        kept=kept.name,
        asked=asked.name,
    )
