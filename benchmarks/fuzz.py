"""Damage real files in many ways and add each: a document or one sentence must come of it.

    python -m benchmarks.fuzz FOLDER… --mutations 2000 --seed 1

Every mutation is made from a seed that is printed when it fails, so that it can be made again.
Words hashed into vectors stand in for the language models, which see no bytes of a file. The exit
status is 1 if a file took the process down that read it or brought about an error that no reader
knew, if a file took longer than its limit, or if the library holds a document that was not reported
added, lacks one that was, or is not whole (checked after every hundredth file and at the end).
"""

import argparse
import random
import sys
import time
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from index.adding import add_file
from index.encoding import Encoder
from index.library import Library
from index.opening import open_library
from ingest.limits import Limits, broke_its_reader
from tests.index.letters import hashing_encoder

LIMITS = Limits(seconds=20, seconds_per_page=0.1, seconds_per_scan=10, seconds_of_scans=10)
# Time for starting a worker anew and for cleaning up, on a busy machine.
GRACE_SECONDS = 10
NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999")


def flip_bytes(content: bytearray, chance: random.Random) -> bytearray:
    """Change some bytes."""
    for _ in range(chance.choice((1, 4, 30, 300))):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return content


def cut(content: bytearray, chance: random.Random) -> bytearray:
    """Cut the end off, or a piece out."""
    start = chance.randrange(len(content))
    end = len(content) if chance.random() < 0.5 else chance.randrange(start, len(content) + 1)
    del content[start:end]
    return content


def repeat(content: bytearray, chance: random.Random) -> bytearray:
    """Put a piece in at another place."""
    start = chance.randrange(len(content))
    place = chance.randrange(len(content))
    content[place:place] = content[start : start + chance.choice((8, 200, 5000))]
    return content


def change_number(content: bytearray, chance: random.Random) -> bytearray:
    """Put an extreme number in place of some digits."""
    digits = [place for place in range(0, len(content), 7) if content[place : place + 1].isdigit()]
    for place in chance.sample(digits, min(len(digits), 5)):
        content[place : place + 1] = chance.choice(NUMBERS)
    return content


WAYS = (flip_bytes, cut, repeat, change_number)


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Damage a file; of a zip, half of the time, a member inside, so that its parts are reached."""
    if content.startswith(b"PK") and chance.random() < 0.5:
        packed = BytesIO()
        with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
            chosen = chance.choice(old.namelist())
            for name in old.namelist():
                member = old.read(name)
                new.writestr(name, mutate(member, chance) if name == chosen and member else member)
        return packed.getvalue()
    return bytes(chance.choice(WAYS)(bytearray(content), chance))


def main() -> int:
    """Run the mutations and report; see the module's docstring."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--mutations", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    files = [
        sorted(path for path in folder.iterdir() if path.is_file()) for folder in arguments.folders
    ]
    seeds = range(arguments.seed, arguments.seed + arguments.mutations)
    with TemporaryDirectory(prefix="caselib-") as made:
        return run(files, seeds, Path(made))


def run(files: list[list[Path]], seeds: range, folder: Path) -> int:
    """Add a mutation for each seed to a library in a folder; give the exit status.

    Parameters
    ----------
    files : of each folder; each folder has the same share of the mutations.
    """
    encoder = hashing_encoder()
    library = open_library(str(folder / "library"), encoder.recipe)
    outcomes: Counter[str] = Counter()
    times: list[float] = []
    reported: set[str] = set()
    failures = 0
    for done, seed in enumerate(seeds, 1):
        chance = random.Random(seed)
        source = chance.choice(chance.choice(files))
        path = folder / f"mutated{source.suffix}"
        path.write_bytes(mutate(source.read_bytes(), chance))
        started = time.perf_counter()
        outcome, failed, allowed = add(library, encoder, path, reported)
        times.append(time.perf_counter() - started)
        outcomes[outcome] += 1
        if failed or times[-1] > allowed:
            failures += 1
            print(f"seed {seed} {source.name} {times[-1]:.1f} s: {outcome}", flush=True)
        if done % 100 == 0 or done == len(seeds):
            failures += faults(library, reported)
    library.close()
    for outcome, count in outcomes.most_common():
        print(f"{count:6} {outcome}")
    print(f"{len(reported)} documents, {failures} failures")
    print(f"slowest {max(times):.1f} s, median {sorted(times)[len(times) // 2] * 1000:.0f} ms")
    return min(failures, 1)


def add(
    library: Library, encoder: Encoder, path: Path, reported: set[str]
) -> tuple[str, bool, float]:
    """Add a file; give what came of it, whether that is a failure of ours, and its time limit.

    Parameters
    ----------
    reported : the documents that were reported added, to which it comes.
    """
    # A scan that is begun when the time for scans ends is read to its end.
    allowed = GRACE_SECONDS + LIMITS.seconds + LIMITS.seconds_of_scans + LIMITS.seconds_per_scan
    try:
        outcome = add_file(library, encoder, path, limits=LIMITS)
    except Exception as error:
        return f"{type(error).__name__}: {error}", True, allowed
    if outcome.error is not None:
        broken = outcome.error.template == broke_its_reader().template
        return outcome.error.template, broken, allowed
    reported.add(outcome.document)
    return outcome.status, False, allowed + LIMITS.seconds_per_page * outcome.pages


def faults(library: Library, reported: set[str]) -> int:
    """What is wrong with the library, printed and counted."""
    found = [finding.what for finding in library.check()]
    held = {record.document for record in library.records()}
    found += [f"{document} was not reported added" for document in held - reported]
    found += [f"{document} is not there" for document in reported - held]
    for what in found:
        print(what, flush=True)
    return len(found)


if __name__ == "__main__":
    sys.exit(main())
