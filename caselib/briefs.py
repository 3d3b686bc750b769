"""A briefing as Markdown and as JSON.

What is quoted is text, never markup: whatever stands in it is escaped here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import regex

from caselib.brief_page import Line, Page, Translate, apart
from index.library import Record
from search.answers import Quotation
from search.briefings import Briefing
from search.disagreement import Disagreement
from search.translating import Translation

QUOTES: Final = {
    "ar": ("«", "»"), "en": ("“", "”"), "es": ("«", "»"), "fr": ("«\u202f", "\u202f»"),
    "pt": ("“", "”"), "ru": ("«", "»"), "zh": ("“", "”"),
}  # fmt: skip
"""Quotation marks of the reader's language."""
_MARKUP: Final = regex.compile(r"([\\`*_{}\[\]<>#|~&$@!=^])")
_MADE_INTO_LINK: Final = regex.compile(r"(?i)(www(?=\.)|https?(?=:))")
_WORD_JOINER: Final = "\u2060"
_RIGHT_TO_LEFT_MARK: Final = "\u200f"


def escaped(text: str) -> str:
    """Text as Markdown that shows it and does nothing else."""
    return _MARKUP.sub(r"\\\1", _MADE_INTO_LINK.sub(rf"\1{_WORD_JOINER}", text))


def as_markdown(
    briefing: Briefing,
    translate: Translate = str,
    translations: Mapping[str, Translation] = MappingProxyType({}),
) -> str:
    """A briefing as Markdown, to be read as it is, printed, or sent on.

    Parameters
    ----------
    translate : gettext for the briefing's language; as it comes, the frame is in English.
    translations : by the text of a quotation, its translation by machine.
    """
    page = Page(briefing, translate, translations)
    marks = QUOTES.get(briefing.language, QUOTES["en"])
    # What begins with a ccTLD would make a right-to-left line run the wrong way.
    first = _RIGHT_TO_LEFT_MARK if briefing.language == "ar" else ""
    parts = [f"# {escaped(page.title)}", page.lead]
    for section in page.sections():
        lines = [
            _line(page, line, f"{number}." if section.numbered else "-", marks, first)
            for number, line in enumerate(section.lines, 1)
        ]
        parts += [f"## {section.heading}", "\n".join(lines).strip("\n")]
    return "\n\n".join(parts) + "\n"


def _line(page: Page, line: Line, mark: str, marks: tuple[str, str], first: str) -> str:
    if not line.quotations and not line.remark:
        return f"\n{first}{line.label}\n"
    said = [f"**{first}{escaped(line.label)}**"] if line.label else []
    for quotation, cited in line.quotations:
        said.append(f"{marks[0]}{escaped(apart(quotation.text))}{marks[1]} ({cited})")
        if translation := page.translation(quotation):
            said.append(f"– {escaped(translation)}")
    if line.remark:
        said.append(f"({escaped(line.remark)})")
    return f"{mark} {' '.join(said)}"


def as_json(
    briefing: Briefing, translations: Mapping[str, Translation] = MappingProxyType({})
) -> dict[str, Any]:
    """A briefing for programs; every sentence with its document, page and language."""
    made = _as_json(briefing)
    if translations:
        made["translations"] = [
            {"text": text, "translation": one.text, "language": one.target, "engine": one.engine}
            for text, one in translations.items()
        ]
    return made


def _as_json(briefing: Briefing) -> dict[str, Any]:
    return {
        "topic": briefing.topic,
        "region": briefing.region or None,
        "registry": briefing.registry or None,
        "language": briefing.language,
        "documents": briefing.documents,
        "registries": briefing.registries,
        "problem": [_quotation(one) for one in briefing.problem],
        "cases": [
            {"done": _quotation(done), "outcome": _quotation(came) if came else None}
            for done, came in briefing.cases
        ],
        "disagreements": [disagreement_as_json(found) for found in briefing.disagreements],
        "by_region": [{"region": one, **_quotation(said)} for one, said in briefing.by_region],
        "by_kind": [{"kind": one, **_quotation(said)} for one, said in briefing.by_kind],
        "start": [_source(record, briefing) for record in briefing.start],
        "whom_to_ask": [
            {
                "registry": asked.registry,
                "organisation": asked.organisation or None,
                "languages": list(asked.languages),
                "documents": [_source(record, briefing) for record in asked.documents],
                "contacts": [
                    {
                        "address": contact.address,
                        "document": contact.passage.document,
                        "page": contact.passage.page,
                    }
                    for contact in asked.contacts
                ],
            }
            for asked in briefing.whom
        ],
    }


def disagreement_as_json(found: Disagreement) -> dict[str, Any]:
    """A disagreement for programs."""
    sides = {"hoped": found.hoped, "other": found.other}
    return {
        "practice": found.practice,
        "counted": found.thing,
        **{
            name: [
                {"done": _quotation(one.done), "outcome": _quotation(one.outcome)} for one in side
            ]
            for name, side in sides.items()
        },
    }


def _quotation(quotation: Quotation) -> dict[str, Any]:
    return {
        "text": quotation.text,
        "language": quotation.passage.language or None,
        "document": quotation.record.document,
        "title": quotation.record.title,
        "registries": list(quotation.record.registries),
        "year": quotation.record.year,
        "page": quotation.passage.page,
    }


def _source(record: Record, briefing: Briefing) -> dict[str, Any]:
    return {
        "document": record.document,
        "title": record.title,
        "registries": list(record.registries),
        "year": record.year,
        "language": record.language or None,
        "tells_of": list(briefing.periods.get(record.document, ())) or None,
        "alike": [str(reason) for reason in briefing.alike.get(record.document, ())],
    }
