"""From the lines of a printed page to its paragraphs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest.characters import BULLET

SENTENCE_ENDS = ".!?。！？…؟۔:：;；؛"
CLOSING = "\"'”’»)]」』）】"
# A line is full if the next line's first word would have gone beyond this part of the width.
FULL = 0.86
# Narrower pages are slides: each of their lines stands for itself.
PROSE_WIDTH = 30
# Wider lines are whole paragraphs, not lines of print.
UNWRAPPED_WIDTH = 200
MARKS = "•●○◦▪■□◆◇►▶➢➤✓✔‣⁃∙·–—*-"

_word = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_list_mark = re.compile(
    rf"(?:[{MARKS}] ?|\(?\d{{1,3}}[.)] |\(?[a-zA-Z][.)] |[一二三四五六七八九十]{{1,3}}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）])(?=\S)"
)
_bare_mark = re.compile(rf"[{MARKS}]$")
# Bounded, for a line may be a million letters long.
_divided = re.compile(r"([^\W\d_]{1,60})[-\u2010]$")
_divided_word = re.compile(r"[^\W\d_]{1,60}[-\u2010]\n[^\W\d_]{1,60}")
_first_letters = re.compile(r"[^\W\d_]+")
_other_bullets = re.compile(r"^[●▪■►▶➢➤‣⁃∙] *(?=\S)", re.MULTILINE)
_joined_scripts = re.compile(
    r"[\u3001-\u303f\u3041-\u30ff\u3400-\u9fff\uff01-\uffef\U00020000-\U0002ebef]"
)


def words_of(texts: Iterable[str]) -> Counter[str]:
    """Count the words of a document in lower case: `well-known` as one, none divided by a line."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_word.findall(_divided_word.sub(" ", text).lower()))
    return counts


def display_width(line: str) -> int:
    """Columns that a line takes up in print: Han characters take two."""
    if line.isascii():
        return len(line)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


def join_lines(text: str, words: Counter[str] | None = None) -> str:
    """Join the lines of each paragraph and mend words divided at line ends.

    Parameters
    ----------
    text : one page, a line of print on each line.
    words : the document's words, by which a hyphen at a line end is kept or dropped.

    Returns
    -------
    The page with a blank line between paragraphs and a line break between list items and lines
    that stand alone, such as headings.
    """
    words = words if words is not None else Counter()
    lines = [line.strip() for line in text.split("\n")]
    width = _usual_width([line for line in lines if line])
    shown: list[str] = []
    paragraph: list[str] = []
    last = ""
    for line in lines:
        if last and line and (_bare_mark.match(last) or _continues(last, line, width)):
            paragraph[-1:] = _join(paragraph[-1], line, words)
        elif line:
            if paragraph:
                shown += [*paragraph, _separator(paragraph, line, last)]
            paragraph = [line]
        last = line
    return _other_bullets.sub(f"{BULLET} ", "".join((*shown, *paragraph)))


def _usual_width(lines: Sequence[str]) -> int:
    """Width of a full line: that which a tenth of the lines of running text exceed."""
    widths = sorted(display_width(line) for line in lines)
    if not widths:
        return 0
    return widths[int(len(widths) * 0.85)] if len(widths) > 6 else widths[-1]


def _continues(line: str, following: str, width: int) -> bool:
    """True where the second of two lines goes on with the sentence or paragraph of the first."""
    if _list_mark.match(following):
        return False
    first = following[0]
    if _divided.search(line[-62:]) and first.islower():
        return True
    ends = line.rstrip(CLOSING)[-1:] in SENTENCE_ENDS
    if first.islower() and not ends:
        return True
    if not PROSE_WIDTH <= width <= UNWRAPPED_WIDTH:
        return False
    first_word = 2 if _joined_scripts.match(first) else len(following.split(" ", 1)[0]) + 1
    full = display_width(line) + first_word > width * FULL
    if not full:
        return False
    # A full line that ends a sentence may end its paragraph too: only the width tells.
    return not ends or display_width(line) >= width * 0.8


def _join(before: str, line: str, words: Counter[str]) -> tuple[str, str]:
    """What the end of a paragraph and the line that goes on with it become, side by side."""
    divided = _divided.search(before[-62:])
    if divided and line[0].isalpha():
        return before[:-1] + ("-" if _keeps_hyphen(divided[1], line, words) else ""), line
    if before.endswith("-") and before[-2:-1].isalnum():
        return before, line
    if _joined_scripts.match(before[-1]) and _joined_scripts.match(line):
        return before, line
    return f"{before} ", line


def _keeps_hyphen(before: str, line: str, words: Counter[str]) -> bool:
    """True where a hyphen at a line end belongs to the word: `well-` + `known`."""
    letters = _first_letters.match(line)
    after = letters[0] if letters else ""
    whole = words[(before + after).lower()]
    with_hyphen = words[f"{before}-{after}".lower()]
    if whole != with_hyphen:
        return with_hyphen > whole
    if words[before.lower()] and words[after]:
        # Both halves are words of this document.
        return True
    return not after.islower() or (len(before) > 1 and before.isupper())


def _separator(paragraph: Sequence[str], line: str, last: str) -> str:
    """A blank line after a paragraph; a line break beside list items and lines that stand alone."""
    if not last:
        return "\n\n"
    if _list_mark.match(line):
        return "\n"
    ends = paragraph[-1].rstrip(CLOSING)[-1:] in SENTENCE_ENDS
    return "\n\n" if ends and not _list_mark.match(paragraph[0]) else "\n"
