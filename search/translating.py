"""The Translator seam: a passage in the reader's language, beside the original and never alone.

Which machine translates is a matter of what is installed; without any, nothing is offered, and
the titles and summaries that librarians wrote in other languages (`Library.supplied`) remain.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from index.encoding import Encoder
from ingest.errors import N_, CaselibError
from search import translation_cache
from search.checking import LEAST_LIKENESS
from search.endpoint import configured
from search.numbers import numbers_in, stated_numbers
from search.translators import Argos, ByLanguageModel, FastTranslate

LONGEST: Final = 4000
"""Characters of a text that is translated."""
_WIDEST: Final = 4
_log = logging.getLogger("caselib.search")

NOT_TRANSLATED = N_("This could not be translated; read the original.")


class NotTranslated(CaselibError):
    """No machine gave a translation that may be shown; the original stands."""


class Translator(Protocol):
    """A machine that translates between some languages."""

    name: str
    """What a reader is told it is; part of what a cached translation is found by."""

    def offers(self, source: str, target: str) -> bool:
        """Whether it translates from one language into another, here and now."""
        ...

    def translate(self, text: str, source: str, target: str) -> str:
        """The text in the other language; `` where it had better not be translated."""
        ...


@dataclass(frozen=True, slots=True)
class Translation:
    """A text in another language.

    Attributes
    ----------
    engine : the machine that made it.
    """

    text: str
    source: str
    target: str
    engine: str


_INSTALLED: Final[tuple[Translator, ...]] = (Argos(), FastTranslate())


def translator_for(source: str, target: str) -> Translator | None:
    """The first machine that translates from one language into another; None where none does."""
    if not source or not target or source == target:
        return None
    endpoint = configured()
    machines = [*_INSTALLED, *([ByLanguageModel(endpoint)] if endpoint else [])]
    return next((one for one in machines if one.offers(source, target)), None)


def engines(target: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Names of the machines that translate into a language."""
    found = (translator_for(source, target) for source in sources)
    return tuple(dict.fromkeys(one.name for one in found if one is not None))


def translate(encoder: Encoder, text: str, source: str, target: str) -> Translation:
    """Translate a text, or find the translation made before.

    What a machine gives is held against the original: it must be like it and have its numbers.

    Raises
    ------
    NotTranslated : there is no machine for the languages, or it gave none that may be shown.
    EndpointFailed : the machine is the language model, and it did not answer.
    """
    machine = translator_for(source, target)
    if machine is None or len(text) > LONGEST or not text.strip():
        raise NotTranslated(NOT_TRANSLATED)
    key = hashlib.sha256("\x00".join((machine.name, source, target, text)).encode()).hexdigest()
    kept = translation_cache.find(key)
    if kept is None:
        kept = _made(machine, encoder, text, source, target)
        translation_cache.keep(key, kept)
    return Translation(kept, source, target, machine.name)


def _made(machine: Translator, encoder: Encoder, text: str, source: str, target: str) -> str:
    try:
        made = machine.translate(text, source, target)
    except CaselibError:
        raise
    except Exception as error:
        # Machines that are not ours fail in ways that are not ours either.
        _log.warning("%s failed: %r", machine.name, error)
        raise NotTranslated(NOT_TRANSLATED) from error
    if not _says_the_same(encoder, text, source, made, target):
        _log.warning("%s gave no translation of %r", machine.name, text[:80])
        raise NotTranslated(NOT_TRANSLATED)
    return made


def _says_the_same(encoder: Encoder, text: str, source: str, made: str, target: str) -> bool:
    """Whether a translation is one, as far as numbers, length and vectors tell."""
    if not made.strip() or len(made) > _WIDEST * len(text) + 100:
        return False
    there = {value for readings in numbers_in(text) for value in readings}
    if any(not there & readings for readings in stated_numbers(made)):
        return False
    one, other = encoder.encode([text, made], [source, target], "passage")
    whole = sum(ingredient.weight for ingredient in encoder.recipe.ingredients)
    return float(one @ other) / (whole * encoder.affinity(source, target)) >= LEAST_LIKENESS
