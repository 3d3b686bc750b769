"""How often the language of a sentence and of its first words is told right.

Usage: python benchmarks/languages.py FOLDER

FOLDER holds one text file a language, a sentence on each line, named by its code: `ar.txt`,
`en.txt`, `zh-Hant.txt` (the part before the hyphen is the language). NTREX-128 has that form.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.languages import chinese_variant, detect_language, detect_query_language

FIRST_WORDS = (2, 3, 4, 6)
# Chinese has no spaces: two characters stand for one word.
CHARACTERS_PER_WORD = 2


def main() -> None:
    """Print the accuracy of each file and the mean over all as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, help="one text file a language, named by its code")
    files = sorted(parser.parse_args().folder.glob("*.txt"))
    detect_language("The models are loaded before the clock starts.")
    results = {path.stem: measure(path) for path in files}
    means = {key: _mean(result[key] for result in results.values()) for key in _shares(results)}
    print(json.dumps({"files": results, "mean": means}, indent=2, ensure_ascii=False))


def measure(path: Path) -> dict[str, float]:
    """Shares of right answers for one file, 0 to 1, and milliseconds a sentence."""
    sentences = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    language = path.stem.partition("-")[0]
    start = time.perf_counter()
    result = {"sentence": _right(detect_language, sentences, language)}
    milliseconds = 1000 * (time.perf_counter() - start) / len(sentences)
    for count in FIRST_WORDS:
        openings = [first_words(sentence, count, language) for sentence in sentences]
        result[f"first {count} words"] = _right(detect_query_language, openings, language)
        result[f"first {count} words, not told"] = _right(detect_query_language, openings, "")
    if language == "zh":
        variant = "zh-Hant" if path.stem.endswith("Hant") else "zh-Hans"
        result["variant"] = _right(chinese_variant, sentences, variant)
    return {key: round(value, 4) for key, value in result.items()} | {
        "milliseconds": round(milliseconds, 3)
    }


def first_words(sentence: str, count: int, language: str) -> str:
    """The first words of a sentence; of Chinese twice as many characters."""
    if language == "zh":
        return sentence.strip()[: CHARACTERS_PER_WORD * count]
    return " ".join(sentence.split()[:count])


def _right(detect: Callable[[str], str], texts: list[str], expected: str) -> float:
    return sum(detect(text) == expected for text in texts) / len(texts)


def _shares(results: dict[str, dict[str, float]]) -> list[str]:
    first: dict[str, float] = next(iter(results.values()), {})
    return [key for key in first if all(key in result for result in results.values())]


def _mean(values: Iterable[float]) -> float:
    numbers = list(values)
    return round(sum(numbers) / len(numbers), 4)


if __name__ == "__main__":
    main()
