"""Why a fact about a document was guessed, in the reader's language.

`ingest` gives its reasons as English sentences; the templates that they were made from are known
here, so that the interface can say the same in seven languages. An unknown one stays English.
"""

from __future__ import annotations

import re
from functools import cache

from index.topics import topics
from ingest.errors import N_
from pages import names
from pages.texts import _, language

_TEMPLATES = (
    N_("The file states this title, and its first pages show it."),
    N_("It is the heading of the first page."),
    N_("It is the first line of the first page."),
    N_("The file states this title; its first page does not show it."),
    N_("The file's date and its first page agree."),
    N_("The file states it as the year it was made in."),
    N_("The first page says: “{line}”."),
    N_("The last page says: “{line}”."),
    N_("The first page gives a date: “{line}”."),
    N_("The title gives this year."),
    N_("It is the only year in the first lines."),
    N_("The file is a set of slides."),
    N_("Its pages hold as little text as slides do."),
    N_("Its title calls it one: “{words}”."),
    N_("Its text is divided into articles: “{words}”."),
    N_("It begins with an abstract: “{words}”."),
    N_("It has references and a journal's mark: “{words}”."),
    N_("It is a web page or a text without pages."),
    N_("It is a long text without a paper's marks."),
    N_("It is a short text in pages."),
    N_("The title names {names}."),
    N_("The text names it more than other ccTLDs: {names}."),
    N_("It is the file's name: no page is read yet."),
    N_("The file states them, and its first pages show them."),
    N_("The file states them; its first pages do not show them."),
    N_("The names stand under the title."),
    N_("They are its most central sentences."),
    N_("The nearest sentence is on page {page}: “{sentence}”."),
)
_BY_REGISTRY = re.compile(r"(?:^|(?<=\. ))\.(?P<code>[^\s:.]+): ")
_BY_TOPIC = re.compile(r"(?P<topic>[a-z-]+): (?P<why>.+)")
_BY_LANGUAGE = re.compile(r"Passages by language: (?P<shares>[a-z]{2} \d+(?:, [a-z]{2} \d+)*)\.")


def reason(english: str) -> str:
    """A reason in the language in use."""
    if by_language := _BY_LANGUAGE.fullmatch(english):
        return _languages(by_language["shares"])
    by_topic = [_BY_TOPIC.fullmatch(line) for line in english.split("\n")]
    if all(found and found["topic"] in topics() for found in by_topic):
        return "\n".join(_topic(found) for found in by_topic if found)
    parts = list(_BY_REGISTRY.finditer(english))
    if not parts or parts[0].start() != 0:
        return _sentence(english)
    said = []
    for part, following in zip(parts, [*parts[1:], None], strict=True):
        body = english[part.end() : following.start() if following else None].strip()
        said.append(f"\u200e.{part['code']}\u200e: {_sentence(body)}")
    return " ".join(said)


def _topic(found: re.Match[str]) -> str:
    named = topics()[found["topic"]].names
    return f"{named.get(language(), named['en'])}: {_sentence(found['why'])}"


def _languages(shares: str) -> str:
    counted = (share.split() for share in shares.split(", "))
    items = [f"{names.language_name(code)} {names.number(int(count))}" for code, count in counted]
    return _("Passages by language: {shares}.").format(shares=names.listed(items))


def _sentence(english: str) -> str:
    for template, pattern in _patterns():
        if found := pattern.fullmatch(english):
            return _(template).format(**found.groupdict())
    return english


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            template,
            re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template)), re.DOTALL),
        )
        for template in _TEMPLATES
    )
