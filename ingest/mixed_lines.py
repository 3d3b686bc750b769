"""Lines of Arabic with figures or Latin words in them, put into the order in which they are read.

pypdf gives the words of such a line rightly and its stretches as drawn, from left to right, in some
files; pdfium gives the stretches in the order of reading and may turn the words' letters round. So
a line's stretches are turned where that agrees better with pdfium on which word follows which.
"""

import re
import unicodedata
from itertools import pairwise

_arabic = (
    "\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
)
_first = "0-9\u0660-\u0669A-Za-zÀ-ɏ"
_left_to_right = rf"[.%،,:؛;]?\s?(?:[{_first}][^{_arabic}()\n]*[{_first}%]|[{_first}])"
_stretch = re.compile(f"{_left_to_right}|(?:(?!{_left_to_right})[^\\n])+")
_begins_left_to_right = re.compile(_left_to_right)
_token = re.compile(f"[{_arabic}]+|[0-9A-Za-zÀ-ɏ\u0660-\u0669]+")
_has_arabic = re.compile(f"[{_arabic}]")
_loose_mark = re.compile(r" (?=[.،؛:](?: |$))")
# What looks ahead at each letter costs the square of a line's length.
LONGEST_LINE = 1000
_mark_before = re.compile(r"([.%،,:؛;])\s?(.*?)\s*", re.DOTALL)


def order_mixed_lines(text: str, as_read: str) -> str:
    """Turn the stretches of mixed lines round where another reader's order says so.

    Parameters
    ----------
    text : a page by pypdf.
    as_read : the same page by pdfium.
    """
    following = {pair for line in as_read.split("\n") for pair in pairwise(_tokens(line))}
    return "\n".join(_ordered(line, following) for line in text.split("\n"))


def _ordered(line: str, following: set[tuple[str, str]]) -> str:
    if len(line) > LONGEST_LINE or not _has_arabic.search(line):
        return line
    stretches = _stretch.findall(line)
    if len(stretches) < 2:
        return line
    turned = " ".join(filter(None, (_tidy(stretch) for stretch in reversed(stretches))))
    turned = _loose_mark.sub("", turned)
    agree, agree_turned = (
        sum(pair in following for pair in pairwise(_tokens(one))) for one in (line, turned)
    )
    return turned if agree_turned > agree else line


def _tidy(stretch: str) -> str:
    """A stretch without white space around it; a mark drawn before a figure follows it."""
    if _begins_left_to_right.match(stretch) and (found := _mark_before.fullmatch(stretch)):
        return f"{found[2]}{found[1]}"
    return stretch.strip()


def _tokens(line: str) -> list[str]:
    """Words of a line, each as its letters in alphabetical order: whether turned or not."""
    return [
        "".join(sorted(filter(str.isalnum, unicodedata.normalize("NFKC", word))))
        for word in _token.findall(line)
    ]
