"""A sentence-transformers module that runs a transformer in OpenVINO instead of PyTorch.

The folder that carries it is a common sentence-transformers folder, so `SentenceTransformer(path)`
opens it, with prompts and normalisation as in any other model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

import numpy as np
import numpy.typing as npt
import openvino as ov
import torch
from openvino import opset13 as opset
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Tokenizer
from torch import Tensor, nn

Numbers = npt.NDArray[Any]
Key = TypeVar("Key")

PAD = 1
"""Id of XLM-RoBERTa's padding token."""

_LENGTH_STEP = 16
_BATCH_TOKENS = 640
"""Tokens that one core computes at once; more would leave its cache."""

_QUANTISED_GROUP = "128"
"""Values of a token that share one scale where a processor multiplies in int8 (its own 32 is
slower by a fifth; with 128 the cosine to float32 stays above 0.9995)."""

_SMALLEST_COMPRESSED = 100_000


class OpenVINOTransformer(InputModule):
    """Mean token embedding of each text, computed by OpenVINO on the processor.

    It takes any number of texts at once: it batches them itself, by their number of tokens, and
    computes a batch on each core.

    Parameters
    ----------
    model : an OpenVINO model with inputs `input_ids`, `attention_mask` (int64, batch × tokens) and
        one output (float32, batch × tokens × dimension).
    tokenizer : counts and cuts the text.
    max_seq_length : tokens seen at once; longer text is cut.
    """

    config_keys: list[str] = ["max_seq_length"]  # noqa: RUF012
    save_in_root = True
    batches_itself = True

    def __init__(self, model: ov.Model, tokenizer: Tokenizer, max_seq_length: int = 512) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.max_seq_length = max_seq_length
        self.tokenizer: Tokenizer = tokenizer
        self.tokenizer.enable_truncation(max_seq_length)
        self.tokenizer.no_padding()
        self.model = model
        self._compiled = compile_for_processor(model)
        self._dimension = int(model.output(0).partial_shape[2].get_length())

    def get_embedding_dimension(self) -> int:
        return self._dimension

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """The tokens of all texts, one text behind the other, and how many each has."""
        encodings = self.tokenizer.encode_batch([(prompt or "") + text for text in inputs])
        ids = [encoding.ids for encoding in encodings]
        return {
            "input_ids": torch.tensor([token for text in ids for token in text]),
            "lengths": torch.tensor([len(text) for text in ids]),
        }

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        lengths = features["lengths"].numpy()
        texts = np.split(features["input_ids"].numpy(), np.cumsum(lengths)[:-1])
        means = np.empty((len(texts), self._dimension), np.float32)

        def take(batch: npt.NDArray[np.int64], hidden: Numbers) -> None:
            for row, text in enumerate(batch):
                means[text] = hidden[row, : lengths[text]].mean(axis=0)

        compute(
            self._compiled,
            ((batch, _padded([texts[text] for text in batch])) for batch in _batches(lengths)),
            take,
        )
        features["sentence_embedding"] = torch.from_numpy(means)
        return features

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        folder = Path(output_path)
        ov.save_model(self.model, folder / "openvino_model.xml", compress_to_fp16=True)
        self.tokenizer.save(str(folder / "tokenizer.json"))
        self.save_config(output_path)

    @classmethod
    def load(  # type: ignore[override]
        cls, model_name_or_path: str, subfolder: str = "", **_: Any
    ) -> Self:
        folder = Path(model_name_or_path) / subfolder
        config = cls.load_config(str(folder))
        return cls(
            ov.Core().read_model(folder / "openvino_model.xml"),
            Tokenizer.from_file(str(folder / "tokenizer.json")),
            **config,
        )


def _batches(lengths: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """Places of texts of like length, as many as one core computes at once."""
    order = np.argsort(-lengths, kind="stable")
    start = 0
    while start < len(order):
        many = max(1, _BATCH_TOKENS // _rounded(int(lengths[order[start]])))
        yield order[start : start + many]
        start += many


def _rounded(length: int) -> int:
    """Few distinct lengths, since OpenVINO prepares itself for each shape that it meets."""
    return -(-length // _LENGTH_STEP) * _LENGTH_STEP


def _padded(texts: Sequence[npt.NDArray[np.int64]]) -> list[Numbers]:
    """`input_ids` and `attention_mask` of a batch."""
    ids = np.full((len(texts), _rounded(max(map(len, texts)))), PAD, np.int64)
    mask = np.zeros_like(ids)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return [ids, mask]


def compile_for_processor(model: ov.Model) -> ov.CompiledModel:
    """A model with a stream for each core: batches side by side beat one batch on all cores."""
    cores = str(torch.get_num_threads())
    return ov.Core().compile_model(
        model,
        "CPU",
        {
            "NUM_STREAMS": cores,
            "INFERENCE_NUM_THREADS": cores,
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": _QUANTISED_GROUP,
        },
    )


def compute(
    compiled: ov.CompiledModel,
    batches: Iterable[tuple[Key, list[Numbers]]],
    take: Callable[[Key, Numbers], None],
) -> None:
    """Compute batches, as many side by side as the model has streams.

    Parameters
    ----------
    batches : a key of the caller's and the model's inputs.
    take : given the key and the first output, which is only there during the call.
    """
    queue = ov.AsyncInferQueue(compiled)
    queue.set_callback(lambda request, key: take(key, request.get_output_tensor(0).data))
    for key, inputs in batches:
        queue.start_async(dict(enumerate(inputs)), key)
    queue.wait_all()


class _LastHiddenState(nn.Module):
    """What is traced: token embeddings only, under the names of OpenVINO's inputs."""

    def __init__(self, bert: nn.Module) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        hidden: Tensor = self.bert(
            input_ids=input_ids, attention_mask=attention_mask
        ).last_hidden_state
        return hidden


def convert(bert: nn.Module) -> ov.Model:
    """A transformers encoder as an OpenVINO model with int8 weights and free batch and length."""
    example = torch.ones((2, 8), dtype=torch.long)
    model = ov.convert_model(
        _LastHiddenState(bert), example_input={"input_ids": example, "attention_mask": example}
    )
    compress_weights(model)
    return model


def compress_weights(model: ov.Model) -> None:
    """Store the weights of matrix products and lookups as int8 with a scale a row.

    Computation stays in the processor's own precision (bf16 where it has it, else float32); only
    what has to be read from memory shrinks.
    """
    for node in model.get_ordered_ops():
        kind = node.get_type_name()
        if kind not in {"MatMul", "Gather"}:
            continue
        port = 1 if kind == "MatMul" else 0
        constant = node.input_value(port).get_node()
        if constant.get_type_name() != "Constant" or constant.get_element_type() != ov.Type.f32:
            continue
        weights = constant.data
        if weights.ndim != 2 or weights.size < _SMALLEST_COMPRESSED:
            continue
        by_row = kind == "Gather" or node.get_attributes()["transpose_b"]
        scale = np.abs(weights).max(axis=1 if by_row else 0, keepdims=True) / 127
        scale[scale == 0] = 1
        restored = opset.multiply(
            opset.convert(opset.constant(np.round(weights / scale).astype(np.int8)), "f32"),
            opset.constant(scale.astype(np.float32)),
        )
        node.input(port).replace_source_output(restored.output(0))
