"""Of what kind a document is: paper, presentation, report, policy or page, by a few plain rules."""

import re
import unicodedata
from collections.abc import Sequence
from statistics import median
from typing import Final

from ingest.document import Guess, Page
from ingest.formats import HTML, MARKDOWN, ODP, PPT, PPTX, TEXT

KINDS: Final = ("paper", "presentation", "report", "policy", "page")

_SLIDES: Final = frozenset({PPTX, PPT, ODP})
_WEB: Final = frozenset({HTML, MARKDOWN, TEXT})
# A printed page holds 2,000 columns and more, a slide some hundred; Han takes two columns.
_SLIDE_COLUMNS: Final = 900
_LEAST_SLIDES: Final = 5
_REPORT_PAGES: Final = 20
_REPORT_COLUMNS: Final = 60_000
_LEAST_ARTICLES: Final = 4

# Titles that name a set of rules: what comes last in English and Chinese, first in the others.
_RULES: Final = re.compile(
    r"(?i)\b(?:polic(?:y|ies)|rules|regulations?|terms (?:and conditions|of (?:use|service))|"
    r"(?:registration|registrar|registry|registrant) agreement|code of conduct|by-?laws|"
    r"charter|rules of procedure|guidelines)"
    r"(?: (?:for|of|on|under) .{2,60})?(?:,? v(?:ersion)? ?[\d.]+)?$|"
    r"^(?:(?:l[ae]|l[oa]s|les|o|a|os|as) )?(?:pol[ií]ticas? (?:de|para|del|do|da|general)\b|"
    r"politique (?:de|d’|d'|relative|générale)|reglamento|règlement|regulamento|regras|reglas|"
    r"normas?\b|normativa|charte|conditions générales|términos y condiciones|condiciones generales|"
    r"termos e condições|condições gerais|estatutos|statuts\b)|"
    r"^(?:правила|положение|политика|регламент|порядок|устав)\b|"
    r"^(?:ال)?(?:سياسة|سياسات|لائحة|لوائح|قواعد|شروط|ضوابط)(?= |$)|"
    r"^[^，。；：！？]{0,40}(?:政策|办法|辦法|规则|規則|规定|規定|条例|條例|章程|细则|細則|准则|準則|规范|規範|要點|要点|协议|協議書?)"
    r"(?:[（(].{1,12}[)）])?$"
)
_ARTICLE: Final = re.compile(
    r"(?im)^\W{0,3}(?:article|artículo|artigo|art\.|статья|المادة|مادة|section) \(?[\divx]{1,4}\b"
    r"|^\s*第\s?[\d一二三四五六七八九十百]{1,4}\s?[条條]"
)
_REPORT: Final = re.compile(
    r"(?i)\b(?:reports?|survey|statistics|yearbook|white paper|factsheet|"
    r"rapport|étude|enquête|bilan|livre blanc|informe|estudio|encuesta|memoria anual|libro blanco|"
    r"relatório|estudo|pesquisa|livro branco|отч[её]т\w*|доклад\w*|обзор\w*|исследовани\w*)\b|"
    r"(?:^|\s)(?:ال)?(?:تقرير|دراسة|استطلاع|استبيان)(?=\s|$)|"
    r"报告|報告|年报|年報|调查|調查|白皮书|白皮書|统计|統計"
)
_ABSTRACT: Final = re.compile(
    r"(?im)^\W{0,3}(?:abstract|resumen|résumé|resumo|аннотация|реферат|摘\s{0,4}要|(?:ال)?ملخص)"
    r"(?:\s*[.:：—–-]|\s*$|\s{2})"
)
_IN_A_JOURNAL: Final = re.compile(r"(?i)\bdoi\b|\barxiv:|\bissn\b|\bproceedings of\b")
_REFERENCES: Final = re.compile(
    r"(?im)^\W{0,3}(?:\d{1,2}\.?\s+)?(?:references|bibliography|bibliografía|referencias|"
    r"références|bibliographie|referências|bibliografia|список литературы|литература|"
    r"参\s?考\s?文\s?献|參\s?考\s?文\s?獻|المراجع)\W{0,3}$"
)


def find_kind(media_type: str, pages: Sequence[Page], title: str = "") -> Guess:
    """The kind of a document, one of `KINDS`, with the reason; every document has one.

    A set of slides is a presentation, whatever it is about. Then rules are known by their title or
    by numbered articles, slides in a PDF by pages with little on them, papers by an abstract or a
    journal's marks with references, reports by their title or length; what is left is a page
    where it comes from the web or has no pages, a paper where it has.

    Parameters
    ----------
    media_type : as in `ingest.formats`.
    pages : in order, those without text too.
    title : the document's title, or ``.
    """
    if media_type in _SLIDES:
        return Guess("presentation", "The file is a set of slides.")
    guess = _rules(pages, title) or _slides_in_pages(media_type, pages) or _paper(pages)
    if guess:
        return guess
    if found := _REPORT.search(title):
        return Guess("report", f"Its title calls it one: “{found.group().strip()}”.")
    if media_type in _WEB:
        return Guess("page", "It is a web page or a text without pages.")
    return _by_length(pages)


def _rules(pages: Sequence[Page], title: str) -> Guess | None:
    if found := _RULES.search(title):
        return Guess("policy", f"Its title calls it one: “{found.group().strip()}”.")
    articles = [m.group().strip() for page in pages for m in _ARTICLE.finditer(page.text)]
    if len(set(articles)) >= _LEAST_ARTICLES:
        return Guess("policy", f"Its text is divided into articles: “{articles[0]}”.")
    return None


def _slides_in_pages(media_type: str, pages: Sequence[Page]) -> Guess | None:
    """Slides that were printed to a PDF: many pages with little on each."""
    columns = [_columns(page.text) for page in pages if page.text.strip()]
    if media_type in _WEB or len(columns) < _LEAST_SLIDES:
        return None
    if median(columns) >= _SLIDE_COLUMNS:
        return None
    return Guess("presentation", "Its pages hold as little text as slides do.")


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _paper(pages: Sequence[Page]) -> Guess | None:
    opening = "\n".join(f"{page.heading}\n{page.text}" for page in pages[:2])
    if found := _ABSTRACT.search(opening):
        heading = found.group().strip(" .:—–-\n")
        return Guess("paper", f"It begins with an abstract: “{heading}”.")
    ending = "\n".join(page.text for page in pages[-4:])
    if (mark := _IN_A_JOURNAL.search(opening)) and _REFERENCES.search(ending):
        return Guess("paper", f"It has references and a journal's mark: “{mark.group()}”.")
    return None


def _by_length(pages: Sequence[Page]) -> Guess:
    length = sum(_columns(page.text) for page in pages)
    if len(pages) >= _REPORT_PAGES or length >= _REPORT_COLUMNS:
        return Guess("report", "It is a long text without a paper's marks.")
    return Guess("paper", "It is a short text in pages.")
