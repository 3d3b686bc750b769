"""Text cleaned of what files do to it; pure functions, used by every reader."""

import re
from collections.abc import Sequence

from ingest.characters import close_han_gaps, fold_characters, repair_visual_order
from ingest.lines import join_lines, words_of
from ingest.running_heads import remove_running_heads

_blank_lines = re.compile(r"\n{3,}")
# Fake bold draws a line two to six times over itself, and the file repeats it as often.
_repeated_line = re.compile(r"(.{3,}?)\s*(?:\1\s*){1,7}")
LONGEST_FAKE_BOLD = 600


def clean_text(text: str) -> str:
    """Clean text whose paragraphs are known: each line is one.

    Parameters
    ----------
    text : from a slide, a section or a plain file.

    Returns
    -------
    NFC text without control, direction or private-use characters, no more than one blank line
    together.
    """
    return _blank_lines.sub("\n\n", repair_visual_order(fold_characters(text))).strip()


def clean_printed_pages(pages: Sequence[str], slides: bool = False) -> list[str]:
    """Clean the pages of a printed document, of which only the lines are known.

    Running heads and page numbers go, words divided at line ends are mended, the lines of a
    paragraph are joined.

    Parameters
    ----------
    pages : the text of each page as its file gives it, a line of print on each line.
    slides : the pages are slides, whose first lines are titles.

    Returns
    -------
    The pages, in the same number and order.
    """
    folded = [_clean_lines(repair_visual_order(fold_characters(page))) for page in pages]
    folded = remove_running_heads(folded, slides)
    words = words_of(folded)
    return [_blank_lines.sub("\n\n", join_lines(page, words)).strip() for page in folded]


def has_fake_bold(text: str) -> bool:
    """True where two lines of a page, or a fifth of them, are one text several times over."""
    lines = [line.strip() for line in text.split("\n") if len(line.strip()) >= 6]
    repeated = sum(1 for line in lines if collapse_repeats(line) != line)
    return repeated >= 2 or repeated * 5 > len(lines)


def collapse_repeats(line: str) -> str:
    """Give a line that is one text two or more times over only once.

    Parameters
    ----------
    line : without a line break; lines of over 600 characters come back as they are.
    """
    if not 6 <= len(line) <= LONGEST_FAKE_BOLD:
        return line
    match = _repeated_line.fullmatch(line)
    if match and any(map(str.isalpha, match[1])):
        return match[1].rstrip()
    doubled = line.replace(" ", "")
    if len(doubled) % 2 == 0 and doubled[0::2] == doubled[1::2] and any(map(str.isalpha, line)):
        return " ".join(word[0::2] for word in line.split(" "))
    return line


def _clean_lines(page: str) -> str:
    """Mend each line by itself and drop one that repeats the line before it."""
    lines: list[str] = []
    for line in page.split("\n"):
        mended = collapse_repeats(close_han_gaps(line))
        if not (len(mended) > 10 and lines and lines[-1] == mended):
            lines.append(mended)
    return "\n".join(lines)
