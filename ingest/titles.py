"""The title of a document: as its metadata states it, else as its first page shows it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from ingest.document import FileText, Guess, Page

_LONGEST = 200
_MOST_WORDS = 20
# Lines at the top of a page that are something else than its title.
_NO_TITLE = re.compile(
    r"(?i)https?://|www\.|@|\bissn\b|\bisbn\b|\bdoi\b|©|copyright|\.{4}|…{2}|"
    r"^(?:table of )?contents$|^índice$|^sommaire$|^table des matières$|^sumário$|^содержание$|"
    r"^оглавление$|^目\s*[录錄次]$|^المحتويات$|^فهرس|^abstract$|^resumen$|^résumé$|^resumo$|"
    r"^аннотация$|^摘\s*要$|^page \d+|^\d+ ?/ ?\d+$|"
    r"^(?:chapter|section|part|capítulo|chapitre|partie|глава|часть) \S+$|"
    r"^第.{1,3}[章部节節]$|[-\u2010]$"
)
_FILE_NAME = re.compile(
    r"(?i)^(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|presentation ?\d*|document ?\d*|"
    r"slide ?\d+|diapositiv[ae] ?\d+|слайд ?\d+|幻灯片 ?\d+|投影片 ?\d+|"
    r"\S+\.[a-z]{3,4}|.*\.(?:docx?|pptx?|pdf))$"
)
# People and places under a title: numbers and signs of footnotes, lists of names.
_PEOPLE = re.compile(
    r"[∗*†‡§¶]|[^\W\d]\d|[,;،、，]|\b(?:and|y|et|e|и)\b.*\b[A-ZÀ-ÝА-Я]\.|\d{4,}|"
    r"(?i:\buniversi|\binstitut|\bdepart|\bdépart|университет|институт|大学|大學|جامعة|\bby\b|\bpor\b|\bpar\b)"
)
_UNFINISHED = re.compile(
    r"(?i)(?:[:,–—-]|\b(?:a|an|and|as|at|by|de|del|des|do|da|dos|du|e|el|em|en|et|for|from|in|la|le|"
    r"les|los|las|of|on|or|para|por|pour|the|to|un|une|with|y|в|во|для|и|из|к|на|о|об|от|по|с|"
    r"من|في|على|إلى|عن))$"
)
# A line above the title that says of what kind the document is: 'Case study · .tw'.
_KICKER = re.compile(r"[^·|•]{3,30} [·|•] .{2,30}$")
# A line that goes on with a sentence begins in lower case, which 'eIDAS' does not.
_RUNNING_TEXT = re.compile(r"[a-zà-ÿа-я](?:[a-zà-ÿа-я]|\b(?![.-]))")
_HAN = re.compile(r"[\u3400-\u9fff]")


def find_title(file_text: FileText) -> Guess | None:
    """A document's title with the reason it was taken, or None where nothing shows one.

    The file's own statement is taken where its first pages show the same words; a statement that
    they do not bear out is taken only where the first page has no heading of its own. Nothing is
    invented: a title is words of the file.
    """
    stated = " ".join(file_text.metadata_title.split())
    if stated and _FILE_NAME.match(stated):
        stated = ""
    opening = [page for page in file_text.pages if page.text.strip() or page.heading][:2]
    if stated and _agrees(stated, opening):
        return Guess(stated, "The file states this title, and its first pages show it.")
    if opening and (heading := _heading(opening[0])):
        return Guess(heading, "It is the heading of the first page.")
    if opening and (line := _first_line(opening[0], file_text.authors)):
        return Guess(line, "It is the first line of the first page.")
    if stated and _is_title(stated):
        return Guess(stated, "The file states this title; its first page does not show it.")
    return None


def title_of_name(filename: str) -> Guess:
    """The title of a document whose pages wait for OCR: the name of its file, without the suffix.

    Parameters
    ----------
    filename : a safe one (`ingest.names`).
    """
    stem = filename.rpartition(".")[0] or filename
    return Guess(" ".join(re.split(r"[\s_]+", stem)), "It is the file's name: no page is read yet.")


def _agrees(stated: str, pages: Sequence[Page]) -> bool:
    """Whether most words of a stated title stand on the first pages."""
    words = set(_words(stated))
    shown = set(_words(" ".join(f"{page.heading} {page.text}" for page in pages)))
    return bool(words) and len(words & shown) >= 0.8 * len(words) and _is_title(stated)


def _words(text: str) -> Iterator[str]:
    for match in re.finditer(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+", text.casefold()):
        decomposed = unicodedata.normalize("NFKD", match.group())
        yield "".join(c for c in decomposed if not unicodedata.combining(c))


def _heading(page: Page) -> str:
    heading = " ".join(page.heading.split())
    return heading if _is_title(heading) else ""


def _first_line(page: Page, authors: Sequence[str]) -> str:
    """The first line that can be a title, with the lines that go on with it."""
    lines = [line.strip() for line in page.text.split("\n")]
    known = {author.casefold() for author in authors}
    for index, line in enumerate(lines[:8]):
        if line.casefold() in known or not _is_line_of_title(line) or _RUNNING_TEXT.match(line):
            continue
        title = _with_next_lines(line, lines[index + 1 :])
        return title if _is_title(title) else ""
    return ""


def _with_next_lines(title: str, lines: Sequence[str]) -> str:
    for following, after in zip(lines, [*lines[1:], ""], strict=False):
        if not following and title.endswith((":", "：", "—", "–")):
            continue
        if not _goes_on(title, following, after):
            break
        title += following if _in_han(title, following) else f" {following}"
    return title


def _goes_on(title: str, following: str, after: str) -> bool:
    if not _is_line_of_title(following) or _PEOPLE.search(following):
        return False
    if len(title) + len(following) > _LONGEST or title[-1] in ".!?。！？؟":
        return False
    if _UNFINISHED.search(title) or following[0].islower():
        return True
    if _in_han(title, following):
        return 5 <= len(following) <= len(title)
    # A title of two lines stands directly above the names of those who wrote it.
    return len(following.split()) >= 3 and bool(after) and bool(_PEOPLE.search(after))


def _in_han(title: str, following: str) -> bool:
    return bool(_HAN.match(following) and not title[-1].isascii())


def _is_line_of_title(line: str) -> bool:
    if not line or len(line) > _LONGEST or len(line.split()) > _MOST_WORDS:
        return False
    if _NO_TITLE.search(line) or _KICKER.match(line):
        return False
    letters = sum(map(str.isalpha, line))
    return letters >= 3 and letters >= 0.5 * len(line.replace(" ", ""))


def _is_title(text: str) -> bool:
    """Long enough to tell one document from another, short enough to be no paragraph."""
    if not text or _FILE_NAME.match(text) or not _is_line_of_title(text):
        return False
    return len(_HAN.findall(text)) >= 4 or sum(map(str.isalpha, text)) >= 6
