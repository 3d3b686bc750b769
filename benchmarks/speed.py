"""How fast the product embeds, opens, searches and adds, and how much memory it takes.

    python -m benchmarks.speed DIR [--size 10000 100000] [--libraries FOLDER] [--only embedding]

DIR holds `passages.jsonl` and `questions.jsonl` as for `retrieval.py`. Prints one JSON object:

embedding  passages a second, each at its best of some rounds: `torch`, the bundled weights as a
           plain float32 model of sentence-transformers; `ours`, every encoder of the recipe;
           `with sentences`, their vectors as well, as when a document is added. Each round times
           all of them, so a busy machine slows all; `times torch` are ratios of the best. The
           smallest cosine of our first encoder with torch, and of a text alone with itself in a
           batch. `question ms`: the median time of one question's vector in either way.
libraries  by size in passages (synthetic, see synthetic.py; a million takes some 13 GB of disk and
           half an hour to make, once if `--libraries` keeps them): seconds to open one and answer
           the first vector; milliseconds of a question from its text to its hits, warm (each was
           asked once before, so that what it reads is in memory), without and with filters
           (`first` is the first use of each filter); of a document's similar cases; the share of
           the first 200 passages by exact arithmetic that the index proposes; milliseconds to add
           a document of 20 passages, vectors given, until the index has it, and the ratio to
           adding the same to a library of 2000; gigabytes of memory at most while all this was
           done, models included. A library is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import resource
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.synthetic import Maker, Seeds, add, fill, read_passages, seeds_of
from index import rows
from index.encoding import Encoder, default_encoder
from index.library import Filters, Library, Vectors
from index.opening import open_library
from index.sqlite_library import SQLiteLibrary
from ingest.document import Passage
from search.find import search

SEED_PASSAGES = 900
SMALL = 2000
QUERIES = 60
SIMILAR = 12
ADDED = 15
ADDED_PASSAGES = 20
CANDIDATES = 200
FILTERS = (
    Filters(languages=("en", "fr", "es")),
    Filters(topics=("security",)),
    Filters(registries=("tw", "jp", "fr")),
    Filters(first_year=2015),
    Filters(languages=("zh",), kinds=("report",)),
    Filters(regions=("EU",), first_year=2010),
)


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


# -- embedding ------------------------------------------------------------------------------


def plain_torch(folder: Path) -> Callable[[list[str]], Vectors]:
    """The bundled weights as sentence-transformers runs any model, in float32."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.normalize import Normalize
    from sentence_transformers.base.modules.transformer import Transformer
    from sentence_transformers.sentence_transformer.modules.pooling import Pooling
    from transformers import PreTrainedTokenizerFast

    from index.bundled_model import bert_of, bundled_file, read_bundled_model, tokenizer_of

    bundled = read_bundled_model(bundled_file())
    bert_of(bundled).save_pretrained(folder)
    PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer_of(bundled),
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=512,
        model_input_names=["input_ids", "attention_mask"],
    ).save_pretrained(folder)
    module = Transformer(str(folder), model_kwargs={"dtype": torch.float32})
    model = SentenceTransformer(
        modules=[module, Pooling(module.get_embedding_dimension(), "mean"), Normalize()],
        device="cpu",
    )

    def embed(texts: list[str]) -> Vectors:
        found: Vectors = model.encode(texts, prompt="passage: ", show_progress_bar=False)
        return found

    return embed


def of_usual_length(encoder: Encoder, passages: list[Passage], many: int) -> list[Passage]:
    """Passages of 110 to 200 tokens: about 150 in the mean."""
    tokenizer = encoder.embedders[0][0].transformer[0].tokenizer  # type: ignore[attr-defined]
    lengths = [len(tokenizer.encode(passage.text).ids) for passage in passages]
    usual = [p for p, length in zip(passages, lengths, strict=True) if 110 <= length <= 200]
    return usual[:many]


def measure_embedding(
    encoder: Encoder, passages: list[Passage], questions: list[str], rounds: int
) -> dict[str, Any]:
    """Passages a second of torch and of ours, side by side, and milliseconds for a question."""
    chosen = of_usual_length(encoder, passages, 96)
    texts = [unicodedata.normalize("NFKC", passage.text) for passage in chosen]
    languages = [passage.language for passage in chosen]
    first = encoder.embedders[0][0]
    with tempfile.TemporaryDirectory() as folder:
        torch_embed = plain_torch(Path(folder))
    cosines = (torch_embed(texts) * first.embed(texts, "passage")).sum(axis=1)
    together = encoder.encode(texts, languages, "passage")
    alone = np.concatenate(
        [
            encoder.encode([text], [language], "passage")
            for text, language in zip(texts[:24], languages, strict=False)
        ]
    )
    whole = (together[0] ** 2).sum()
    ways: dict[str, Callable[[], object]] = {
        "torch": lambda: torch_embed(texts),
        "ours": lambda: encoder.encode(texts, languages, "passage"),
        "with sentences": lambda: encoder.encode_passages(chosen),
    }
    best = dict.fromkeys(ways, np.inf)
    for number in range(rounds):
        say(f"embedding, round {number + 1} of {rounds}")
        for name, work in ways.items():
            best[name] = min(best[name], seconds(work))
    single: dict[str, Callable[[str], object]] = {
        "torch": lambda question: torch_embed([question]),
        "ours": lambda question: encoder.encode([question], ["en"], "query"),
    }
    return {
        "passages": len(chosen),
        "question ms": {name: _median_ms(work, questions) for name, work in single.items()},
        "tokens": round(_mean_tokens(encoder, texts), 1),
        "passages per second": {name: round(len(texts) / best[name], 1) for name in ways},
        "times torch": {name: round(best["torch"] / best[name], 2) for name in ways},
        "smallest cosine with torch": round(float(cosines.min()), 5),
        "smallest cosine alone and in a batch": round(
            float((together[: len(alone)] * alone).sum(axis=1).min() / whole), 6
        ),
    }


def _median_ms(work: Callable[[str], object], questions: list[str]) -> float:
    """Of one call for each question, each having been asked before."""
    for question in questions:
        work(question)
    times = []
    for question in questions:
        begun = time.perf_counter()
        work(question)
        times.append(1000 * (time.perf_counter() - begun))
    return round(float(np.median(times)), 1)


def _mean_tokens(encoder: Encoder, texts: list[str]) -> float:
    tokenizer = encoder.embedders[0][0].transformer[0].tokenizer  # type: ignore[attr-defined]
    return float(np.mean([len(tokenizer.encode(text).ids) for text in texts]))


# -- libraries ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Task:
    """What a process of its own measures."""

    folder: Path
    small: Path
    seeds: Seeds
    questions: list[str]


def measure_library(task: Task) -> dict[str, Any]:
    """All figures of one library; it has its index already."""
    encoder = default_encoder()
    library: Library | None = None

    def open_it() -> None:
        nonlocal library
        library = open_library(str(task.folder), encoder.recipe)
        library.nearest(np.zeros(encoder.recipe.dimension, np.float32), 1)

    opened = seconds(open_it)
    assert isinstance(library, SQLiteLibrary)
    warm, asked = task.questions[:20], task.questions[20:]
    for question in warm:
        search(library, encoder, question)
    report = {
        "passages": rows.count(library._connection()),
        "open s": round(opened, 2),
        "question ms": _times(library, encoder, asked, (Filters(),)),
        "filtered ms": _filtered(library, encoder, asked),
        "similar ms": _similar(library, encoder),
        "adding": _adding(library, encoder, task),
        "memory GB": round(_peak_bytes() / 1e9, 2),
    }
    report["recall at 200"] = round(_recall(library, encoder, asked[:20]), 4)
    return report


def _milliseconds(library: Library, encoder: Encoder, question: str, filters: Filters) -> float:
    return 1000 * seconds(lambda: search(library, encoder, question, filters=filters))


def _times(
    library: Library, encoder: Encoder, questions: list[str], filters: tuple[Filters, ...]
) -> dict[str, Any]:
    def once() -> list[float]:
        return [
            _milliseconds(library, encoder, question, filters[place % len(filters)])
            for place, question in enumerate(questions)
        ]

    once()
    median, late = np.percentile(once(), [50, 95])
    return {"median": round(float(median), 1), "p95": round(float(late), 1)}


def _filtered(library: Library, encoder: Encoder, questions: list[str]) -> dict[str, Any]:
    first = [_milliseconds(library, encoder, questions[0], filters) for filters in FILTERS]
    return {
        **_times(library, encoder, questions, FILTERS),
        "first": [round(one, 1) for one in first],
    }


def _similar(library: Library, encoder: Encoder) -> float:
    """Median milliseconds of a document's similar cases, each asked for once before."""
    from search.similar import similar

    some = library.records(Filters(first_year=2020, topics=("idn",)))
    documents = [record.document for record in some[:SIMILAR]]

    def once() -> list[float]:
        times = []
        for name in documents:
            begun = time.perf_counter()
            similar(library, encoder, name)
            times.append(1000 * (time.perf_counter() - begun))
        return times

    once()
    return round(float(np.median(once())), 1)


def _adding(library: SQLiteLibrary, encoder: Encoder, task: Task) -> dict[str, float]:
    """Documents added by turns to this library and to a small one, until the index has them.

    The index takes them in before a search; what a second search takes is not counted.
    """
    maker = Maker(task.seeds, encoder)
    small = SQLiteLibrary(task.small, encoder.recipe)
    query = np.zeros(encoder.recipe.dimension, np.float32)
    begun = time.time_ns()
    times: dict[str, list[float]] = {"ms": [], "to a small one": []}
    for number in range(ADDED):
        for name, one in (("ms", library), ("to a small one", small)):

            def work(one: SQLiteLibrary = one, number: int = number) -> None:
                add(one, maker, begun + number, ADDED_PASSAGES)
                one.nearest(query, 1)

            searched = 1000 * seconds(lambda one=one: one.nearest(query, 1))  # type: ignore[misc]
            times[name].append(1000 * seconds(work) - searched)
    small.close()
    medians = {name: round(float(np.median(found)), 1) for name, found in times.items()}
    return medians | {"ratio": round(medians["ms"] / medians["to a small one"], 2)}


def _recall(library: SQLiteLibrary, encoder: Encoder, questions: list[str]) -> float:
    """Share of the nearest by exact arithmetic that the index proposes."""
    from search.ranking import prepare

    queries = np.stack([prepare(encoder, question).vector for question in questions])
    best: Any = np.zeros((len(queries), 0), np.float32)
    numbers: Any = np.zeros((len(queries), 0), np.int64)
    connection = library._connection()
    for ids, vectors in rows.vectors_after(connection, 0, encoder.recipe.dimension):
        best = np.concatenate([best, queries @ vectors.T], axis=1)
        numbers = np.concatenate([numbers, np.tile(ids, (len(queries), 1))], axis=1)
        kept = np.argsort(-best, axis=1)[:, :CANDIDATES]
        best, numbers = (np.take_along_axis(one, kept, axis=1) for one in (best, numbers))
    found = [library.nearest(query, CANDIDATES)[0] for query in queries]
    shares = [
        len(set(right) & set(ids)) / len(right) for right, ids in zip(numbers, found, strict=True)
    ]
    return float(np.mean(shares))


def _peak_bytes() -> int:
    """The most memory that this process held (on Linux without what it was forked from)."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return 1024 * int(lines["VmHWM"].split()[0])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def make_library(folder: Path, maker: Maker, encoder: Encoder, size: int) -> None:
    """A synthetic library with its index, unless it is there already."""
    library = SQLiteLibrary(folder, encoder.recipe)
    fill(library, maker, size)
    say(f"\rfilled {size}: making the index")
    library.nearest(np.zeros(encoder.recipe.dimension, np.float32), 1)
    library.close()


def measure_libraries(
    sizes: list[int], folder: Path, encoder: Encoder, seeds: Seeds, questions: list[str]
) -> dict[str, Any]:
    maker = Maker(seeds, encoder)
    small = folder / str(SMALL)
    make_library(small, maker, encoder, SMALL)
    report = {}
    for size in sizes:
        make_library(folder / str(size), maker, encoder, size)
        say(f"measuring {size}")
        task = Task(folder / str(size), small, seeds, questions)
        fresh = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=fresh) as process:
            report[str(size)] = process.submit(measure_library, task).result()
        say(json.dumps(report[str(size)]))
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--size", type=int, nargs="+", default=[10_000])
    parser.add_argument("--libraries", type=Path, help="where libraries are made and kept")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=["embedding", "libraries"])
    chosen = parser.parse_args()
    lines = (chosen.folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    step = max(1, len(lines) // (QUERIES + 20))
    questions = [json.loads(line)["question"] for line in lines[::step]][: QUERIES + 20]
    encoder = default_encoder()
    passages = read_passages(chosen.folder, SEED_PASSAGES)
    report: dict[str, Any] = {
        "processor": platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
    }
    if chosen.only != "libraries":
        report["embedding"] = measure_embedding(encoder, passages, questions[:40], chosen.rounds)
    if chosen.only != "embedding":
        say("embedding what libraries are made of")
        seeds = seeds_of(passages, encoder.encode_passages(passages))
        with tempfile.TemporaryDirectory() as temporary:
            folder = chosen.libraries or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            report["libraries"] = measure_libraries(chosen.size, folder, encoder, seeds, questions)
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
