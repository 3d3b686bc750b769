"""Pages become passages: whole sentences, 100 to 200 tokens, one page and one language each."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import inf

from ingest.document import Page, Passage
from ingest.languages import detect_language, has_function_words, script_of
from ingest.sentences import split_sentences

LEAST, MOST, LIMIT = 100, 200, 220
# Tokens under which a stretch joins its neighbour, if both stay within LIMIT.
LEFTOVER = 60
# Tokens from which a stretch in another language stands alone.
LANGUAGE_RUN = 40

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_CJK = rf"{_HAN}\u3001-\u303f\u3040-\u30ff\uff00-\uffef"
_BREAK_INSIDE_CJK = re.compile(rf"(?<=[{_CJK}])[^\S\n]*\n\s*(?=[{_CJK}])")
_SPACE = re.compile(r"\s+")
# Where a sentence longer than a passage may be cut, best first.
_CUTS = tuple(map(re.compile, (r"[;；؛]\s*", r"[:：,，、،]\s*|\s[–—]\s", r"\s+")))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, or a piece of one that is longer than a passage."""

    text: str
    tokens: float
    # None where it has too little to tell, `` where it is none of ours.
    language: str | None
    # White space before it on the page: none, a space, a line break or a blank line.
    gap: str
    heading: bool


@dataclass(slots=True)
class _Run:
    """Units one after another in one language."""

    language: str | None
    units: list[_Unit]
    tokens: float

    def take(self, other: "_Run") -> None:
        self.units.extend(other.units)
        self.tokens += other.tokens


def estimate_tokens(text: str) -> float:
    """Tokens that multilingual-e5-small's tokenizer makes of `text`, without its two special ones.

    Weights per character, fitted on 2,000 texts in seven languages: within 3% on average for each
    language, 5 to 8% away for a single passage, 14 to 18% on slides of names and numbers.
    """
    return sum(_weights(text))


def _weights(text: str) -> Iterator[float]:
    """Tokens by character; a mark that is repeated, as leaders are, makes hardly any more."""
    before = ""
    for character in text:
        weight = _weight(character)
        yield 0.1 if character == before and weight > 1 else weight
        before = character


@lru_cache(maxsize=20_000)
def _weight(character: str) -> float:
    if character.isspace():
        return 0.0
    if "a" <= character.lower() <= "z":
        return 0.24
    if character.isdigit():
        return 0.62
    if not character.isalpha():
        return 0.325 if unicodedata.category(character) == "Mn" else 1.12
    point = ord(character)
    if 0x0400 <= point < 0x0530:
        return 0.262
    if 0x0600 <= point < 0x0780 or 0xFB50 <= point < 0xFF00:
        return 0.325
    if point >= 0x2E80:
        return 0.70
    return 0.75 if point < 0x0250 else 0.5


def page_text(page: Page) -> str:
    """Text of a page with its heading in front, unless the text begins with it anyway."""
    heading = page.heading.strip()
    if not heading or _bare(page.text).startswith(_bare(heading)):
        return page.text
    return f"{heading}\n\n{page.text}"


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def split_into_passages(pages: Sequence[Page]) -> tuple[Passage, ...]:
    """Passages of all pages, in order.

    A passage holds whole sentences of one page and, where a page changes its language for a
    while, of one language. It has 100 to 200 tokens where the page has as many, never over 220;
    borders stand between paragraphs where they can. Its own sentences are divided by a space, a
    line break or a blank line, as they were on the page; a line break inside a sentence is gone.

    Parameters
    ----------
    pages : as the readers give them; a page without text gives no passage.
    """
    texts = [
        (page, run.language, _join(run.units[start:end]))
        for page in pages
        for run in _stretches(_units(page_text(page), page.heading.strip()))
        for start, end in _best_borders(run.units)
    ]
    passages: list[Passage] = []
    known = next((language for _, language, _ in texts if language is not None), None)
    for page, told, text in texts:
        language = told if told is not None else known
        if language is None:
            language = detect_language(text)
        elif told is not None:
            known = told
        passages.append(Passage(page.number, text, language, page.read_by_ocr))
    return tuple(passages)


def _language(sentence: str) -> str | None:
    """A sentence's language, or None for names, numbers and code in the Latin alphabet."""
    if script_of(sentence) == "latin" and not has_function_words(sentence):
        return None
    return detect_language(sentence) if any(map(str.isalpha, sentence)) else None


def _units(text: str, heading: str) -> list[_Unit]:
    units: list[_Unit] = []
    end_before = 0
    for start, end in split_sentences(text, detect_language(text)):
        sentence = _SPACE.sub(" ", _BREAK_INSIDE_CJK.sub("", text[start:end]))
        is_heading = bool(heading) and _bare(sentence) == _bare(heading)
        language = _language(sentence)
        gap = _gap(text[end_before:start]) if units else ""
        for piece_start, piece_end in _pieces(sentence):
            piece = sentence[piece_start:piece_end]
            shown = piece.strip()
            units.append(_Unit(shown, estimate_tokens(shown), language, gap, is_heading))
            gap = " " if piece.endswith(" ") else ""
        end_before = end
    return units


def _gap(between: str) -> str:
    lines = between.count("\n")
    if lines:
        return "\n" if lines == 1 else "\n\n"
    return " " if between else ""


def _pieces(sentence: str) -> Iterator[tuple[int, int]]:
    """The sentence whole, or cut after clause marks, else spaces, else anywhere."""
    totals = [0.0, *accumulate(_weights(sentence))]
    start = 0
    while totals[-1] - totals[start] > LIMIT:
        least = bisect_left(totals, totals[start] + LEAST)
        most = max(bisect_right(totals, totals[start] + MOST - 20) - 1, least)
        end = _last_cut(sentence, least, most)
        yield start, end
        start = end
    yield start, len(sentence)


def _last_cut(sentence: str, least: int, most: int) -> int:
    for pattern in _CUTS:
        found = [match.end() for match in pattern.finditer(sentence, least, most)]
        if found:
            return found[-1]
    while most > least + 1 and unicodedata.combining(sentence[most]):
        most -= 1
    return most


def _stretches(units: list[_Unit]) -> list[_Run]:
    """Stretches in one language each; a short one joins the longer of its neighbours."""
    runs = _runs(units)
    joined: list[_Run] = []
    for index, run in enumerate(runs):
        following = runs[index + 1] if index + 1 < len(runs) else None
        before = joined[-1] if joined else None
        is_short = run.tokens < LANGUAGE_RUN
        if following and is_short and not (before and before.tokens >= following.tokens):
            run.language = following.language
            run.take(following)
            runs[index + 1] = run
        elif before and (is_short or before.language == run.language):
            before.take(run)
        else:
            joined.append(run)
    return joined


def _runs(units: list[_Unit]) -> list[_Run]:
    """Units by language; what tells none goes with what stands before it."""
    runs: list[_Run] = []
    for unit in units:
        run = _Run(unit.language, [unit], unit.tokens)
        before = runs[-1] if runs else None
        if before and (before.language is None or unit.language in (None, before.language)):
            before.language = unit.language if before.language is None else before.language
            before.take(run)
        else:
            runs.append(run)
    return runs


def _best_borders(units: list[_Unit]) -> list[tuple[int, int]]:
    """Cut a stretch into passages at the least cost (dynamic programming over its units)."""
    costs = [0.0]
    cuts = [0]
    for end in range(1, len(units) + 1):
        best, cut, tokens = inf, end - 1, 0.0
        for start in range(end - 1, -1, -1):
            tokens += units[start].tokens
            if tokens > LIMIT and start < end - 1:
                break
            cost = costs[start] + _size_cost(tokens) + _border_cost(units, start)
            if cost < best:
                best, cut = cost, start
        costs.append(best)
        cuts.append(cut)
    borders: list[tuple[int, int]] = []
    end = len(units)
    while end:
        borders.append((cuts[end], end))
        end = cuts[end]
    return borders[::-1]


def _size_cost(tokens: float) -> float:
    if tokens < LEFTOVER:
        return 3.0
    if tokens < LEAST:
        return 1.5 * (LEAST - tokens) / LEAST
    return 0.0 if tokens <= MOST else 0.2


def _border_cost(units: list[_Unit], start: int) -> float:
    """What it costs to begin a passage at `start`: little before a paragraph or a heading."""
    if start == 0 or units[start].heading:
        return 0.0
    if units[start - 1].heading:
        return 2.0
    return {"\n\n": 0.1, "\n": 0.25}.get(units[start].gap, 0.4)


def _join(units: list[_Unit]) -> str:
    return units[0].text + "".join(unit.gap + unit.text for unit in units[1:])
