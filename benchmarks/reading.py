"""How much of a text is read from troubled PDF files, and in which order, beside plain pypdf.

    python -m benchmarks.reading [FOLDER]

The files are our own (`tests/ingest/troubled_files.py`), each with one trouble and the text that a
reader sees. A FOLDER with a MANIFEST.tsv (`file`, `must_contain`) is told by the phrases found.

A word is a run of letters, marks and digits; Chinese has no spaces, so there it is what stands
between two marks, and a stray space divides it. For each file:

recall : share of the text's words that were read, each as often as it stands there.
precision : share of the words read that are the text's; running heads and page numbers are not.
order : of the words found, the share in the longest row of them that stands in the same order
    (longest common subsequence); 1 where fewer than two were found.
"""

import argparse
import csv
import logging
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdf
import regex

from ingest.errors import CaselibError
from ingest.read import read_file
from tests.ingest.troubled_files import TROUBLED

Reader = Callable[[Path], str]

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def words_of(text: str) -> list[str]:
    """The words of a text, in NFC and small letters."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def matched(known: Sequence[str], read: Sequence[str]) -> int:
    """Words that stand in both, each counted as often as it does."""
    return sum((Counter(known) & Counter(read)).values())


def recall(known: Sequence[str], read: Sequence[str]) -> float:
    """Share of the known words that were read."""
    return matched(known, read) / max(len(known), 1)


def precision(known: Sequence[str], read: Sequence[str]) -> float:
    """Share of the words read that are known."""
    return matched(known, read) / max(len(read), 1)


def order(known: Sequence[str], read: Sequence[str]) -> float:
    """Share of the words found that stand in the order of the text."""
    found = matched(known, read)
    lengths = [0] * (len(read) + 1)
    for word in known:
        before = lengths[:]
        for place, other in enumerate(read, 1):
            lengths[place] = (
                before[place - 1] + 1 if word == other else max(before[place], lengths[place - 1])
            )
    return lengths[-1] / found if found > 1 else 1.0


def by_pypdf(path: Path) -> str:
    """A file's text by pypdf alone, as it comes; `` where it raises."""
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted:
            reader.decrypt("")
        return "\n".join(page.extract_text() for page in reader.pages)
    except Exception:
        return ""


def by_us(path: Path) -> str:
    """A file's text as it goes into the library; `` where it is refused."""
    try:
        return "\n".join(page.text for page in read_file(path).pages)
    except CaselibError:
        return ""


READERS: tuple[Reader, ...] = (by_pypdf, by_us)


def main() -> None:
    """Print the tables; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    folder: Path | None = parser.parse_args().folder
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    print(
        "| | " + " | ".join(f"{m}: pypdf | ours" for m in ("recall", "precision", "order")) + " |"
    )
    print("|---" * 7 + "|")
    with tempfile.TemporaryDirectory(prefix="caselib-") as made:
        for troubled in TROUBLED:
            path = troubled.make(Path(made) / "a.pdf")
            known = words_of(troubled.text)
            texts = [words_of(reader(path)) for reader in READERS]
            cells = [f"{m(known, text):.2f}" for m in (recall, precision, order) for text in texts]
            print(f"| {troubled.trouble} | {' | '.join(cells)} |")
    if folder is not None:
        print_phrases(folder)


def print_phrases(folder: Path) -> None:
    """Count the phrases of a manifest that stand in the texts of its PDF files."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    phrases = {
        row["file"]: re.sub(r" \(.*", "", row["must_contain"])
        for row in rows
        if row["file"].endswith(".pdf") and row["must_contain"] != "-"
    }
    for reader in READERS:
        found = sum(
            phrase in " ".join(reader(folder / name).split()) for name, phrase in phrases.items()
        )
        print(f"{reader.__name__}: {found} of {len(phrases)} phrases of {folder}")


if __name__ == "__main__":
    main()
