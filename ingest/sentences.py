"""Where sentences end, in the seven languages, decided by marks and a few rules around them."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.abbreviations import GOES_ON, MAY_END, STARTERS

_CLOSERS: Final = "\"'”’»›)]}）］」』】〉》＂"
# Not among them: ';', '؛' and '；', which stand inside a sentence (GB/T 15834 for Chinese).
_MARK: Final = re.compile(rf"[.!?؟۔。！？｡．…]+(?:[{re.escape(_CLOSERS)}]|[ \u00a0\u202f][»])*")
_CJK: Final = re.compile(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
)
_ARABIC: Final = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_CYRILLIC: Final = re.compile("[\u0400-\u04ff]")
_BREAKS: Final = "\n\r\x0b\x0c\x85\u2028\u2029"
_LINE_BREAK: Final = re.compile(rf"[{_BREAKS}]\s*")
_BULLET: Final = re.compile(
    r"[•‣▪▫●○◦◆◇■□►▶▸–—·∙※★☆✓✔➢➤*+-]\s|"
    r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zа-я]|[ivx]{1,4})[.)]\s|[（(]?[一二三四五六七八九十\d]{1,3}[）、]"
)
_ENUMERATOR: Final = re.compile(r"[(（\[]?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]|[IVXivx]{1,5})\.")
_ACRONYM: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_WORD_BEFORE: Final = re.compile(r"[^\s(\[«“\"'‘’„¿¡/]*\Z")
_LONGEST_WORD: Final = 40
_GOES_ON_MARKS: Final = ",;:،؛，；、"


def split_sentences(text: str, language: str = "") -> list[tuple[int, int]]:
    """Spans of the sentences of `text`, in order.

    A sentence ends at a full stop, question or exclamation mark of any of the seven languages that
    is none of an abbreviation, a number or a name such as `.tw` or `nic.br`; at a blank line, and
    at a line break unless the next line goes on in lower case.

    Parameters
    ----------
    text : any text.
    language : `ar`, `en`, `es`, `fr`, `pt`, `ru`, `zh` or ``; all marks are known in any text, so
        it decides only what a mark leaves open.

    Returns
    -------
    Pairs of start and end in characters, without white space at either side. Together they hold
    every character of the text that is not white space. Time is linear in the text's length.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _blocks(text):
        first = len(spans)
        begin = _next(text, start, end)
        for mark in _MARK.finditer(text, start, end):
            if mark.end() < end and _ends_sentence(text, begin, mark, end, language):
                _add(spans, text, begin, mark.end(), first)
                begin = _next(text, mark.end(), end)
        _add(spans, text, begin, end, first)
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int, first: int) -> None:
    """Add a sentence; marks alone, such as a quotation mark set apart, join the one before."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return
    if len(spans) > first and not any(map(str.isalnum, text[start:end])):
        spans[-1] = (spans[-1][0], end)
    else:
        spans.append((start, end))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between the line breaks that end a sentence; other breaks stay inside."""
    start = 0
    for found in _LINE_BREAK.finditer(text):
        if _is_hard(text, start, found):
            yield start, found.start()
            start = found.end()
    yield start, len(text)


def _is_hard(text: str, start: int, found: re.Match[str]) -> bool:
    breaks = found.group().replace("\r\n", "\n")
    if found.end() == len(text) or sum(breaks.count(character) for character in _BREAKS) > 1:
        return True
    if _BULLET.match(text, found.end()):
        return True
    line = text[max(start, found.start() - 3) : found.start()].rstrip(" \t\u00a0")
    ends_open = line.endswith((",", "،", "，", "、", "("))
    following = text[found.end()]
    return not (following.islower() or following in _GOES_ON_MARKS or ends_open)


def _ends_sentence(text: str, begin: int, mark: re.Match[str], end: int, language: str) -> bool:
    marks = mark.group().rstrip(_CLOSERS + " \u00a0\u202f")
    after = mark.end()
    following = text[after]
    if marks[-1] in "。！？｡؟۔":
        return following not in _GOES_ON_MARKS
    if marks[-1] in "!?":
        if _CJK.match(following):
            return True
        return following.isspace() and not _continues(text, after, end)
    if not following.isspace():
        return _glued_end(text, begin, mark, following)
    if mark.start() == begin or text[mark.start() - 1].isspace():
        # A dot that stands alone, as in '. tw', ends nothing.
        return False
    if _continues(text, after, end):
        return False
    if len(marks) > 1 or marks == "…":
        # Arabic has no capitals to tell whether the sentence goes on.
        return language != "ar" and not _ARABIC.match(text, _next(text, after, end))
    return _full_stop_ends(text, begin, mark, end)


def _next(text: str, after: int, end: int) -> int:
    while after < end and text[after].isspace():
        after += 1
    return after


def _word_at(text: str, position: int) -> str:
    return text[position : position + _LONGEST_WORD].split(maxsplit=1)[0]


def _continues(text: str, after: int, end: int) -> bool:
    """Whether what follows a mark goes on with the sentence: a lower-case word, a comma."""
    position = _next(text, after, end)
    if position >= end:
        return False
    if text[position] in _GOES_ON_MARKS:
        return True
    if text[position] in "—–" and _next(text, position + 1, end) < end:
        # '«Почему?» — спросил он.'
        position = _next(text, position + 1, end)
    if not text[position].islower():
        return False
    word = _word_at(text, position)
    # 'nic.br', 'iPhone' and 'eIDAS' may begin a sentence.
    return "." not in word[:-1] and not any(map(str.isupper, word[1:3]))


def _glued_end(text: str, begin: int, mark: re.Match[str], following: str) -> bool:
    """A full stop with no space after it, as careless typing leaves in Arabic and Chinese."""
    word = _word_before(text, begin, mark.start())
    if mark.group() != "." or not word:
        return False
    if _ARABIC.match(following):
        return len(word) >= 3 and "." not in word and bool(_ARABIC.match(word[-1]))
    return bool(_CJK.match(following) and _CJK.match(word[-1]))


def _word_before(text: str, begin: int, dot: int) -> str:
    found = _WORD_BEFORE.search(text[max(begin, dot - _LONGEST_WORD) : dot])
    return found.group() if found else ""


def _full_stop_ends(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    word = _word_before(text, begin, mark.start())
    if not word or mark.group() != ".":
        return True
    if _ENUMERATOR.fullmatch(text, begin, mark.start() + 1):
        return False
    folded = word.lower()
    joined = _joined_before(text, begin, mark.start(), folded)
    if folded in GOES_ON or joined in GOES_ON:
        return False
    if folded in MAY_END or joined in MAY_END or _ACRONYM.fullmatch(folded):
        return _starts_sentence(text, mark.end(), end)
    # An initial: 'J. Postel'.
    return not (len(word) == 1 and word.isupper())


def _joined_before(text: str, begin: int, dot: int, word: str) -> str:
    """'т.е' for 'т. е', 'p.ej' for 'p. ej': an abbreviation that is written with a space."""
    if len(word) > 3:
        return ""
    before = text[max(begin, dot - len(word) - 6) : dot - len(word)].lower().rstrip()
    if not before.endswith("."):
        return ""
    return f"{_word_before(before, 0, len(before) - 1)}.{word}"


def _starts_sentence(text: str, after: int, end: int) -> bool:
    position = _next(text, after, end)
    if not text[position].isupper():
        return bool(_CJK.match(text, position)) or text[position] in '¿¡«“"'
    word = _word_at(text, position)
    if _CYRILLIC.match(word) or word.isascii():
        return word.lower().strip(",;:’'") in STARTERS
    return True
