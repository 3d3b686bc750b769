"""`python -m tests.index.adding_child LIBRARY FOLDER LOG`: adds a folder, to be killed meanwhile.

Everything is the product's own but the embedder; each outcome is a line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from index.adding import add_files
from index.opening import open_library
from tests.index.letters import hashing_encoder


def main(library_url: str, folder: str, log: str) -> int:
    """Add the folder's files; exit code 130 where Ctrl+C came."""
    encoder = hashing_encoder(Path(log))
    library = open_library(library_url, encoder.recipe)
    try:
        for outcome in add_files(library, encoder, [Path(folder)]):
            line = {
                "file": outcome.file,
                "status": outcome.status,
                "document": outcome.document,
                "passages": outcome.passages,
                "pages": outcome.pages,
            }
            print(json.dumps(line), flush=True)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
