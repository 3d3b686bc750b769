"""Tesseract, the OCR program (Debian: tesseract-ocr), as a command: a picture in, words out."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from statistics import fmean
from typing import TYPE_CHECKING

from ingest.errors import N_, UnreadableFile

if TYPE_CHECKING:
    from PIL import Image

PROGRAM = "tesseract"
# Its training data for the scripts of our seven languages, the most likely first.
LANGUAGES_OF_SCRIPT = {
    "Latin": ("eng", "fra", "spa", "por"),
    "Han": ("chi_sim", "chi_tra"),
    "Arabic": ("ara",),
    "Cyrillic": ("rus",),
}
# How Tesseract's script detection calls what is read with the data of one of these four.
SCRIPTS = {
    "Fraktur": "Latin",
    "HanS": "Han",
    "HanT": "Han",
    "Japanese": "Han",
    "Korean": "Han",
    "Hangul": "Han",
}
# Under this confidence the turn that it suggests is a guess (measured: right ones have 6 to 30).
SURE_OF_TURN = 2.0
# Confidence, of 100, under which a line is a drawing, and a page no text at all.
LEAST_OF_LINE = 40.0
LEAST_OF_PAGE = 50.0
# The grain of a photograph is read as two or three short words, at a confidence of 50 to 75.
FEW_CHARACTERS = 12
LEAST_OF_FEW = 80.0
# Its rejection of noisy lines loses whole lines of Arabic, on a page in three at 200 to 300 dpi.
SETTINGS = ("-c", "textord_noise_rejrows=0")

_space_beside_han = re.compile(r" (?=[^\x00-\x7f])|(?<=[^\x00-\x7f]) ")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read in a picture, or on a page.

    Attributes
    ----------
    text : a line of print on each line, a blank line between paragraphs; `` where there is none.
    script : `Latin`, `Han`, `Arabic`, `Cyrillic`, or `` where it cannot be told.
    language : the training data that it was read with, such as `fra` or `chi_tra`.
    confidence : mean over its characters, from 0 to 100.
    """

    text: str = ""
    script: str = ""
    language: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page to be read by OCR.

    Attributes
    ----------
    number : of the page, from 1.
    program : path of Tesseract.
    languages : by script the training data to read it with; where there are several, the one
        that reads with more confidence is taken.
    otherwise : the training data for a page whose script cannot be told, or is none of these.
    """

    number: int
    program: str
    languages: Mapping[str, Sequence[str]]
    otherwise: Sequence[str]


def find_program() -> str | None:
    """The path of the program, None where it is not installed."""
    return shutil.which(PROGRAM)


@cache
def installed_languages(program: str) -> frozenset[str]:
    """The training data that is installed, such as `eng`, `chi_sim` and `osd`."""
    listed = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, check=False, timeout=60
    )
    return frozenset(line.strip() for line in listed.stdout.splitlines()[1:])


def script_of_picture(program: str, picture: Image.Image) -> tuple[str, int]:
    """The script of a picture and by how many degrees clockwise to turn it to be upright.

    Returns
    -------
    A script of `LANGUAGES_OF_SCRIPT` or another, `` where it cannot be told; and 0, 90, 180, 270.
    """
    # A picture of few letters makes it give up, which is no fault.
    answer = _run(program, picture, "--psm", "0") or ""
    stated = dict(line.split(": ", 1) for line in answer.splitlines() if ": " in line)
    script = stated.get("Script", "").strip()
    try:
        turn = int(stated.get("Rotate", "0"))
        sure = float(stated.get("Orientation confidence", "0")) >= SURE_OF_TURN
    except ValueError:
        turn, sure = 0, False
    return SCRIPTS.get(script, script), turn if sure else 0


def read_picture(program: str, picture: Image.Image, language: str) -> tuple[str, float]:
    """Read a picture in one language.

    Parameters
    ----------
    language : training data, such as `ara`.

    Returns
    -------
    The text, as `Recognised.text`, and its confidence.

    Raises
    ------
    UnreadableFile : the program failed, so that it is not known if there is text.
    """
    table = _run(program, picture, "-l", language, "--psm", "3", *SETTINGS, "tsv")
    if table is None:
        raise UnreadableFile(N_("The OCR program failed on this page."))
    return text_of_table(table, spaced=language not in LANGUAGES_OF_SCRIPT["Han"])


def text_of_table(table: str, spaced: bool = True) -> tuple[str, float]:
    """The text of Tesseract's TSV output and the mean confidence of its characters.

    Lines that are too doubtful to be text are left out; a page of doubtful lines gives no text.

    Parameters
    ----------
    spaced : whether the language puts spaces between its words; Chinese puts none.
    """
    paragraphs: dict[tuple[str, ...], dict[str, list[tuple[str, float]]]] = {}
    for row in table.splitlines():
        columns = row.split("\t")
        if len(columns) == 12 and columns[0] == "5" and columns[11].strip():
            _, _, block, paragraph, line = columns[:5]
            lines = paragraphs.setdefault((block, paragraph), {})
            lines.setdefault(line, []).append((columns[11].strip(), float(columns[10])))
    kept = [
        [line for line in lines.values() if _confidence(line) >= LEAST_OF_LINE]
        for lines in paragraphs.values()
    ]
    words = [word for lines in kept for line in lines for word in line]
    few = sum(len(word) for word, _ in words) < FEW_CHARACTERS
    least = LEAST_OF_FEW if few else LEAST_OF_PAGE
    if not words or (confidence := _confidence(words)) < least:
        return "", 0.0
    texts = ("\n".join(_joined(line, spaced) for line in lines) for lines in kept)
    return "\n\n".join(filter(None, texts)), confidence


def _joined(line: Sequence[tuple[str, float]], spaced: bool) -> str:
    text = " ".join(word for word, _ in line)
    return text if spaced else _space_beside_han.sub("", text)


def _confidence(words: Sequence[tuple[str, float]]) -> float:
    return fmean([sure for _, sure in words], weights=[len(word) for word, _ in words])


def _run(program: str, picture: Image.Image, *arguments: str) -> str | None:
    """Run the program on a picture; None where it fails."""
    content = BytesIO()
    # PGM: written and read at once, and lost with the pipe.
    picture.save(content, "PPM")
    done = subprocess.run(
        [program, "stdin", "stdout", *arguments],
        input=content.getvalue(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # More threads are slower than more pages at once.
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=False,
    )
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
