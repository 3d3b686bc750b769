"""`--translate`: what is quoted, in the reader's language as well, where a machine can do that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from caselib.console import line, messages
from index.correcting import one_of
from ingest.errors import CaselibError
from ingest.languages import LANGUAGES

if TYPE_CHECKING:
    from index.encoding import Encoder
    from search.answers import Quotation
    from search.translating import Translation

Translate = Annotated[
    str,
    typer.Option("--translate", help="Translate by machine into this language, where one can."),
]


@dataclass(frozen=True)
class Machine:
    """Translates into one language, or into none.

    Raises
    ------
    WrongValue : there is no such language.
    """

    encoder: Encoder
    language: str = ""

    def __post_init__(self) -> None:
        if self.language:
            one_of(self.language, "language", LANGUAGES)

    def as_json(self, text: str, source: str) -> dict[str, Any] | None:
        """The translation of a text; None where it has none, or needs none."""
        from search.translating import translate

        if not self.language or not source or source == self.language:
            return None
        try:
            made = translate(self.encoder, text, source, self.language)
        except CaselibError as error:
            return {"text": None, "language": self.language, "engine": None, "note": str(error)}
        return {"text": made.text, "language": made.target, "engine": made.engine, "note": None}

    def lines(self, text: str, source: str) -> str:
        """The translation for the terminal, with what made it; `` where there is none."""
        made = self.as_json(text, source)
        if made is None:
            return ""
        if made["text"] is None:
            return f"  ({made['note']})\n"
        said = " ".join(made["text"].split())
        return f"  {said}\n  (machine translation by {made['engine']})\n"

    def translations(self, quotations: Iterable[Quotation]) -> dict[str, Translation]:
        """By its text, the translation of each quotation that has one; the rest is named."""
        from search.translating import Translation

        made: dict[str, Translation] = {}
        for quotation in quotations:
            source = quotation.passage.language or quotation.record.language
            found = self.as_json(quotation.text, source)
            if found and found["text"]:
                said = " ".join(found["text"].split())
                made[quotation.text] = Translation(said, source, self.language, found["engine"])
            elif found:
                messages.print(f"Not translated: {line(quotation.text)} ({found['note']})")
        return made
