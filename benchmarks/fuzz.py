"""Damage real files in many ways and read each: a document or one sentence must come of it.

    python benchmarks/fuzz.py FOLDER --mutations 500 --seed 1

Every mutation is made from a seed that is printed when it fails, so that it can be made again.
The exit status is 1 if a file took the process down that read it or brought about an error that no
reader knew, if text could not be encoded, or if a file took longer than its limit.
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

from ingest.errors import CaselibError
from ingest.limits import Limits, broke_its_reader
from ingest.read import read_file

LIMITS = Limits(seconds=20, seconds_per_page=0.1)
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--mutations", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    files = sorted(path for path in arguments.folder.iterdir() if path.is_file())
    outcomes: Counter[str] = Counter()
    times: list[float] = []
    failures = 0
    with TemporaryDirectory(prefix="caselib-") as folder:
        for seed in range(arguments.seed, arguments.seed + arguments.mutations):
            chance = random.Random(seed)
            source = chance.choice(files)
            path = Path(folder, "mutated" + source.suffix)
            path.write_bytes(mutate(source.read_bytes(), chance))
            started = time.perf_counter()
            outcome, failed = read(path)
            times.append(time.perf_counter() - started)
            outcomes[outcome] += 1
            if failed or times[-1] > LIMITS.seconds + GRACE_SECONDS:
                failures += 1
                print(f"seed {seed} {source.name} {times[-1]:.1f} s: {outcome}")
    for outcome, count in outcomes.most_common():
        print(f"{count:6} {outcome}")
    print(f"slowest {max(times):.1f} s, median {sorted(times)[len(times) // 2] * 1000:.0f} ms")
    return 1 if failures else 0


def read(path: Path) -> tuple[str, bool]:
    """Read a file; give what came of it, and whether that is a failure of ours."""
    try:
        text = read_file(path, limits=LIMITS)
        for page in text.pages:
            page.text.encode("utf-8")
    except CaselibError as error:
        return error.template, error.template == broke_its_reader().template
    except Exception as error:
        return f"{type(error).__name__}: {error}", True
    return ("read" if not text.damaged else "read, with damaged pages"), False


if __name__ == "__main__":
    sys.exit(main())
