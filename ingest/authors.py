"""Who wrote a document, as it is printed on its first page, else as its metadata states it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.document import Guess, Page

SEPARATOR: Final = "; "
"""Between the names in a guess's value."""

_MOST: Final = 30
_TOP: Final = 25
_UNDER_TITLE: Final = 4
# A first page that holds no more is a cover or a title slide.
_COVER: Final = 600
_PLACE_OF_WORK: Final = 200
"""Characters that an affiliation has at most; more is running text."""
_LABEL: Final = re.compile(
    r"(?i)^\W{0,3}(?:(?:authors?|written by|prepared by|presented by|presenters?|speakers?|"
    r"autor(?:es|as|a)?|autor\(es\)|elaborado por|preparado por|presentado por|apresentado por|"
    r"auteure?s?|présenté par|rédigé par|préparé par|автор(?:ы|а|ов)?|докладчики?|"
    r"подготовил[аи]?)\s*[:：]?\s+|"
    r"(?:作\s?者|撰\s?文|撰\s?稿|报告人|報告人|演讲人|主讲人|主講人|讲者|講者)\s*[:：\s]\s*|"
    r"(?:إعداد|تأليف|المؤلفون|المؤلف|بقلم|تقديم)\s*[:：/]\s*)(?P<names>\S.{1,200})$"
)
_BY: Final = re.compile(r"^(?:[Bb]y|BY|[Pp]or|[Pp]ar)\s+(?P<names>[^\W\d_].{3,200})$")
_BETWEEN: Final = re.compile(
    r"\s*[,;،؛，；、]\s*|\s+(?:and|y|e|et|и|&)\s+|(?<=\w)\s*\bو(?=\w{3,} )"
)
_FOOTNOTE: Final = re.compile(
    r"[∗*†‡§¶‖+⋆★#$\d⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,，]\d+)*|\([^)]{0,60}\)|（[^）]{0,60}）"
)
_PARTICLES: Final = frozenset(
    "de del della der den di da das do dos du des la le el al bin ibn van von zu y e ter".split()
)
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:[-’'ʼ][^\W\d_]+)*\.?|[^\W\d_]\.(?:-?[^\W\d_]\.)*")
_TITLE_OF_PERSON: Final = re.compile(r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Ing|Eng|Sr|Sra|Mme|M|Lic)\.?\s+)+")
# Capitalised words under a title that are no one's name.
_NO_NAME: Final = re.compile(
    r"(?i)\b(?:universi\w*|institut\w*|depart\w*|départ\w*|facult\w*|school|college|laborator\w*|"
    r"registr\w*|network\w*|internet|domains?|dominios?|domínios?|domaines?|cent(?:er|re|ro)|"
    r"foundation|fundación|fondation|fundação|compan\w*|corp\w*|inc|ltd|gmbh|ltda|group|"
    r"associa\w*|asocia\w*|committee|comité|council|ministry|minist\w*|autorité|authority|agency|"
    r"agencia|agência|academ\w*|national|nacional|nic|bank|office|research|case|study|estudio|étude|estudo|report|informe|rapport|"
    r"relatório|annual|workshop|meeting|conference|forum|summit|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    r"ccnso|centr|icann|lacnic|lactld|aptld|aftld|dns|dnssec|tld|cctlds?|introduction|overview|"
    r"security|policy|update|version|draft|"
    r"университет\w*|институт\w*|кафедр\w*|центр\w*|реестр\w*|домен\w*|компани\w*|отдел\w*|"
    r"пример|практик\w*|отч[её]т\w*)\b"
)
_AFFILIATION: Final = re.compile(
    r"(?i)@|universi|institut|depart|départ|registr|network|nic\b|centre|center|foundation|"
    r"ministr|университет|институт|центр|大学|大學|学院|學院|研究|中心|公司|جامعة|معهد|مركز"
)
_SURNAMES: Final = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于蒋蔣蔡余杜"
    "叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢"
    "严嚴覃武戴莫孔向汤湯"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_CAPITALISED: Final = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w.’'-]*(?: [\w.’'-]+)*")


def find_authors(pages: Sequence[Page], title: str, stated: Sequence[str] = ()) -> Guess | None:
    """The authors with the reason, their names joined by `SEPARATOR`; None where nothing names any.

    Best first: a line of the first page that says who wrote it; names under the title; names in the
    file's metadata, as the first pages print them where they do. Nothing is invented: lines that
    may be a company or a subtitle are passed over.

    Parameters
    ----------
    pages : in order.
    title : the document's title, or ``.
    stated : authors as the file's metadata gives them.
    """
    text = next((page.text for page in pages if page.text.strip()), "")
    for line in [line.strip() for line in text.split("\n") if line.strip()][:_TOP]:
        if (labelled := _LABEL.match(line) or _BY.match(line)) and (
            names := _names(labelled["names"], labelled=labelled.re is _LABEL)
        ):
            return _guess(names, f"The first page says: “{line}”.")
    printed = _as_printed(stated, pages[:2])
    if printed and len(printed) == len(stated):
        return _guess(printed, "The file states them, and its first pages show them.")
    if under := _under_title(text, title, cover=len(pages) > 1 and len(text) <= _COVER):
        return _guess(under, "The names stand under the title.")
    if stated:
        return _guess([*stated], "The file states them; its first pages do not show them.")
    return None


def _guess(names: Sequence[str], reason: str) -> Guess:
    return Guess(SEPARATOR.join(dict.fromkeys(names[:_MOST])), reason)


def _as_printed(stated: Sequence[str], pages: Sequence[Page]) -> list[str]:
    """Stated names as the pages write them (`DE LA CRUZ`), those that they do not show left out."""
    text = unicodedata.normalize("NFC", "\n".join(f"{p.heading}\n{p.text}" for p in pages))
    found = []
    for name in stated:
        words = re.escape(unicodedata.normalize("NFC", name)).replace(r"\ ", r"\s+")
        if match := re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE):
            found.append(" ".join(match.group().split()))
    return found


def _under_title(text: str, title: str, cover: bool) -> list[str]:
    """Names in the paragraphs below the title: several, or one with a place of work or a cover."""
    found: list[str] = []
    below = _below_title(text, title, cover)
    for place, paragraph in enumerate(below):
        names = _names_in_paragraph(paragraph)
        if not names and found:
            break
        found += names
        following = " ".join(below[place + 1 : place + 2])
        if len(found) == len(names) == 1 and not (cover or _is_place_of_work(following)):
            return []
    return found


def _is_place_of_work(paragraph: str) -> bool:
    if len(paragraph) > _PLACE_OF_WORK or paragraph.rstrip().endswith((".", "。")):
        return False
    return bool(_AFFILIATION.search(paragraph))


def _below_title(text: str, title: str, cover: bool) -> list[str]:
    """The first paragraphs under the title; on a cover the title's own may hold names too."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()][:12]
    places = [_last_of_title(paragraph, title) for paragraph in paragraphs]
    first = next((at for at, place in enumerate(places) if place is not None), None)
    if first is None:
        return []
    while first + 1 < len(places) and places[first + 1] is not None:
        first += 1
    rest = paragraphs[first].split("\n")[(places[first] or 0) + 1 :] if cover else []
    return [*rest, *paragraphs[first + 1 :]][:_UNDER_TITLE]


def _last_of_title(paragraph: str, title: str) -> int | None:
    """The last line of a paragraph that is a part of the title."""
    whole = _plain(title)
    of_title = [
        at
        for at, line in enumerate(paragraph.split("\n"))
        if len(_plain(line)) >= 4 and _plain(line) in whole
    ]
    return of_title[-1] if of_title else None


def _names_in_paragraph(paragraph: str) -> list[str]:
    """Names that a paragraph consists of: in one list, or one or several to a line."""
    together = _names(" ".join(paragraph.split("\n")), labelled=False)
    by_line = [_names(line, labelled=False) for line in paragraph.split("\n")]
    apart = [name for names in by_line for name in names] if all(by_line) else []
    return max(together, apart, key=len)


def _plain(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _names(text: str, labelled: bool) -> list[str]:
    """The names in a line that holds nothing else; none where any part of it is no name."""
    if len(text) > 300 or text[-1:] in ":：":
        return []
    bare = _FOOTNOTE.sub(lambda mark: "," if mark.group()[0] in "([（" else " ", text)
    parts = [part.strip(" .·|/-–—\u200e\u200f") for part in _BETWEEN.split(bare)]
    names = [_TITLE_OF_PERSON.sub("", " ".join(part.split())) for part in parts if part]
    good = [_is_name(name, labelled) for name in names]
    # In a long list one name may have lost its space ('MelissaDell').
    if not names or sum(good) < (len(names) if len(names) < 4 else 0.75 * len(names)):
        return []
    if not all(map(_CAPITALISED.fullmatch, names)) and not all(good):
        return []
    if _HAN.search(text) and len(names) < 2 and not labelled:
        return []
    return names


def _is_name(name: str, labelled: bool) -> bool:
    if _HAN.search(name):
        plain = name.replace(" ", "")
        return 2 <= len(plain) <= 4 and (labelled or plain[0] in _SURNAMES)
    words = name.split()
    if not 2 <= len(words) <= 5 or len(name) > 60 or _NO_NAME.search(name):
        return False
    if not all(map(_NAME_WORD.fullmatch, words)):
        return False
    proper = [word for word in words if word.casefold() not in _PARTICLES]
    return len(proper) >= 2 and all(_is_capital(word, labelled) for word in proper)


def _is_capital(word: str, labelled: bool) -> bool:
    if word.isupper() or word.islower():
        return word.isupper()
    cased = any(c.islower() or c.isupper() for c in word)
    return word[0].isupper() if cased else labelled


def names_in(guess: Guess | None) -> Iterator[str]:
    """The names in the value of a guess of authors."""
    if guess:
        yield from guess.value.split(SEPARATOR)
