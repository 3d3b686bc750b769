"""`python -m tests.index.reembedding_child LIBRARY LOG REVISION`: moves a library, to be killed.

Everything is the product's own but the embedder; a line is printed when passages were kept, and
one is waited for before the next.
"""

from __future__ import annotations

import sys
from pathlib import Path

from index.opening import open_library
from index.reembedding import reembed
from tests.index.letters import hashing_encoder


def main(library_url: str, log: str, revision: str) -> None:
    """Move the library over to another revision of the embedder."""
    library = open_library(library_url, create=False)
    encoder = hashing_encoder(Path(log), revision)

    def report(kept: int, of: int) -> None:
        print(f"{kept} {of}", flush=True)
        sys.stdin.readline()

    reembed(library, encoder, report)


if __name__ == "__main__":
    main(*sys.argv[1:])
