"""A briefing laid out: its frame in the reader's language, its sources numbered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import regex
from babel import Locale
from babel.numbers import format_decimal

from index.library import Record
from index.topics import topics
from ingest.errors import N_
from ingest.registry_list import registries
from search.answers import Quotation
from search.briefings import ENOUGH, Briefing
from search.disagreement import SIDES, Disagreement
from search.profiles import Reason
from search.translating import Translation

Translate = Callable[[str], str]

REGION_NAMES: Final = {
    "AF": N_("Africa"),
    "AP": N_("Asia, Australia and the Pacific"),
    "EU": N_("Europe"),
    "LAC": N_("Latin America and the Caribbean"),
    "NA": N_("North America"),
}
KIND_NAMES: Final = {
    "government": N_("Run by government"),
    "private": N_("Run by a company"),
    "non-profit": N_("Run by a non-profit"),
    "academic": N_("Run by a university or research body"),
    "cooperative": N_("Run by a cooperative"),
}
_MOST_CODES: Final = 3
_UNWANTED: Final = regex.compile(
    "[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ud800-\udfff]+"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a briefing.

    Attributes
    ----------
    label : ours, in the reader's language: the registry, the region, the years.
    quotations : the sentences, each with its language and its citation.
    remark : ours, after them.
    """

    label: str
    quotations: tuple[tuple[Quotation, str], ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a briefing under its heading."""

    heading: str
    lines: tuple[Line, ...]
    numbered: bool = False


@dataclass
class Page:
    """A briefing laid out: texts of ours translated, sources numbered.

    Parameters
    ----------
    translate : gettext for the briefing's language.
    translations : by the text of a quotation, its translation by machine.
    """

    briefing: Briefing
    translate: Translate = field(default=str)
    translations: Mapping[str, Translation] = field(default_factory=dict)

    @cached_property
    def locale(self) -> Locale:
        """CLDR's, of the reader's language."""
        return Locale.parse(self.briefing.language)

    @property
    def title(self) -> str:
        """The topic, and what it is narrowed to."""
        names = topics()[self.briefing.topic].names
        parts = [names.get(self.briefing.language, names["en"])]
        if self.briefing.region:
            parts.append(self.translate(REGION_NAMES[self.briefing.region]))
        if self.briefing.registry:
            parts.append(self.registry(self.briefing.registry))
        return " · ".join(parts)

    @property
    def lead(self) -> str:
        """What the page is."""
        if not self.briefing.documents:
            return self.translate(N_("The library holds no document on this topic yet."))
        said = self.translate(
            N_(
                "Documents on it: {documents}; registries: {registries}. Every sentence is quoted "
                "word for word, in the language in which it was written."
            )
        ).format(
            documents=self._number(self.briefing.documents),
            registries=self._number(self.briefing.registries),
        )
        if len(self.briefing.quoted_registries) < ENOUGH:
            said += " " + self.translate(N_("Only few registries have written on it so far."))
        return said

    def sections(self) -> list[Section]:
        """The sections that have something to say, sources last."""
        made = [
            self._quoting(N_("What the problem is"), self.briefing.problem),
            self._tried(),
            self._quoting(
                N_("What came of it"), [came for _, came in self.briefing.cases if came is not None]
            ),
            *(self._sides(found) for found in self.briefing.disagreements),
            self._grouped(N_("What differs by region"), self.briefing.by_region, REGION_NAMES),
            self._grouped(
                N_("What differs by kind of registry"), self.briefing.by_kind, KIND_NAMES
            ),
            Section(self.translate(N_("Where to start reading")), tuple(self._start())),
            Section(self.translate(N_("Whom to ask")), tuple(self._whom())),
            Section(self.translate(N_("Sources")), tuple(self._sources()), numbered=True),
        ]
        return [section for section in made if section.lines]

    def registry(self, code: str) -> str:
        """A ccTLD with its territory."""
        listed = registries().get(code)
        name = self.locale.territories.get(listed.territory, "") if listed else ""
        shown = f"\u200e.{code}\u200e"
        return f"{shown} ({name})" if name else shown

    def translation(self, quotation: Quotation) -> str:
        """A quotation translated, with what did that; `` where it was not."""
        made = self.translations.get(quotation.text)
        if made is None:
            return ""
        said = self.translate(N_("machine translation by {engine}: {text}"))
        return said.format(engine=one_line(made.engine), text=apart(made.text))

    def number_of(self, record: Record) -> int:
        """A document's number in the list of sources."""
        return self._numbers[record.document]

    def sentence(self, reason: Reason) -> str:
        """A reason in the reader's language."""
        values = {
            name: self._number(value) if isinstance(value, int) else value
            for name, value in reason.values.items()
        }
        return self.translate(reason.template).format(**values)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {one.document: at for at, one in enumerate(self.briefing.sources, 1)}

    def _number(self, value: int) -> str:
        return str(format_decimal(value, locale=self.locale))

    def _language(self, code: str) -> str:
        return str(self.locale.languages.get(code, code))

    def _quoting(self, heading: str, quotations: Sequence[Quotation]) -> Section:
        lines = tuple(Line(self._where(one.record), (self._cited(one),)) for one in quotations)
        return Section(self.translate(heading), lines)

    def _tried(self) -> Section:
        """What was done, and in what the registry is like the reader's."""
        lines = []
        for done, _ in self.briefing.cases:
            remark = self._alike(done.record)
            lines.append(Line(self._where(done.record), (self._cited(done),), remark))
        return Section(self.translate(N_("What has been tried")), tuple(lines))

    def _alike(self, record: Record) -> str:
        reasons = self.briefing.alike.get(record.document, ())
        return self._listed([self.sentence(reason) for reason in reasons])

    def _where(self, record: Record) -> str:
        """By whom and when: the registries and the years that a document tells of."""
        codes = list(_one_of_each(record.registries))
        shown = [self.registry(code) for code in codes[:_MOST_CODES]]
        named = self._listed(shown) + (" …" if len(codes) > _MOST_CODES else "")
        if years := self.briefing.periods.get(record.document):
            told = "–".join(dict.fromkeys(map(str, years)))
            return self._listed([named, told]) if named else told
        return named

    def _cited(self, quotation: Quotation) -> tuple[Quotation, str]:
        page = self.translate(N_("p. {page}")).format(page=quotation.passage.page)
        parts = [f"[{self.number_of(quotation.record)}]", page]
        language = quotation.passage.language or quotation.record.language
        if language and language != self.briefing.language:
            parts.append(self._language(language))
        return quotation, self._listed(parts)

    def _listed(self, parts: Sequence[str]) -> str:
        separator = {"ar": "، ", "zh": "，"}.get(self.briefing.language, ", ")
        return separator.join(parts)

    def _sides(self, found: Disagreement) -> Section:
        heading = self.translate(N_("Where cases disagree: {practice}")).format(
            practice=found.name(self.briefing.language)
        )
        lines: list[Line] = []
        for side, said in zip((found.hoped, found.other), SIDES[found.thing], strict=True):
            lines.append(Line(self.translate(said)))
            lines += [
                Line(
                    self._where(one.record),
                    (self._cited(one.done), self._cited(one.outcome)),
                    self._alike(one.record),
                )
                for one in side
            ]
        return Section(heading, tuple(lines))

    def _grouped(
        self, heading: str, groups: Sequence[tuple[str, Quotation]], names: dict[str, str]
    ) -> Section:
        label = self.translate(N_("{group}: {registry}"))
        lines = tuple(
            Line(
                label.format(group=self.translate(names[group]), registry=self._where(one.record)),
                (self._cited(one),),
            )
            for group, one in groups
        )
        return Section(self.translate(heading), lines)

    def _start(self) -> Iterator[Line]:
        for record in self.briefing.start:
            pages = self.translate(N_("pages: {pages}")).format(pages=self._number(record.pages))
            facts = [f"[{self.number_of(record)}]", pages, self._language(record.language)]
            remark = self._listed([one for one in (*facts, self._alike(record)) if one])
            yield Line(title(record), remark=remark)

    def _whom(self) -> Iterator[Line]:
        for asked in self.briefing.whom:
            written = self._listed([self._language(code) for code in asked.languages])
            numbers = "".join(
                f"[{self.number_of(one)}]"
                for one in asked.documents
                if one.document in self._numbers
            )
            remark = self.translate(N_("{organisation}; documents {numbers} in {languages}"))
            if not asked.organisation:
                remark = self.translate(N_("documents {numbers} in {languages}"))
            remark = remark.format(
                organisation=apart(asked.organisation), numbers=numbers, languages=written
            )
            for contact in asked.contacts:
                given = self.translate(N_("contact given there: {address} (p. {page})"))
                remark += "; " + given.format(
                    address=apart(contact.address), page=contact.passage.page
                )
            yield Line(self.registry(asked.registry), remark=remark)

    def _sources(self) -> Iterator[Line]:
        for record in self.briefing.sources:
            facts = [
                " ".join(f"\u200e.{code}\u200e" for code in record.registries[:_MOST_CODES]),
                str(record.year or ""),
                self._language(record.language),
                record.document[:8],
            ]
            yield Line(title(record), remark=self._listed([fact for fact in facts if fact]))


def _one_of_each(codes: Iterable[str]) -> Iterator[str]:
    """The first ccTLD of each territory."""
    seen: set[str] = set()
    for code in codes:
        listed = registries().get(code)
        territory = listed.territory if listed and listed.territory else code
        if territory not in seen:
            seen.add(territory)
            yield code


def one_line(text: str) -> str:
    """Text on one line, without control and direction characters."""
    return " ".join(_UNWANTED.sub(" ", text).split())


def apart(text: str) -> str:
    """Text that is not ours on one line, its direction kept from what stands around it."""
    return f"\u2068{one_line(text)}\u2069"


def title(record: Record) -> str:
    """A document's title, or its file's name where none was found."""
    return apart(record.title or record.filename)
