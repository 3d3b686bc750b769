"""A sentence-transformers module that runs a transformer in OpenVINO instead of PyTorch.

The folder that carries it is a common sentence-transformers folder, so `SentenceTransformer(path)`
opens it, with prompts, pooling and normalisation as in any other model.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import openvino as ov
import torch
from openvino import opset13 as opset
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Tokenizer
from torch import Tensor, nn

PAD = 1
"""Id of XLM-RoBERTa's padding token."""

_LENGTH_STEP = 16
_SMALLEST_COMPRESSED = 100_000


class OpenVINOTransformer(InputModule):
    """Token embeddings of a text batch, computed by OpenVINO on the processor.

    Parameters
    ----------
    model : a compiled-to-be OpenVINO model with inputs `input_ids`, `attention_mask` (int64,
        batch × tokens) and one output (float32, batch × tokens × dimension).
    tokenizer : counts and cuts the text.
    max_seq_length : tokens seen at once; longer text is cut.
    """

    config_keys: list[str] = ["max_seq_length"]  # noqa: RUF012
    save_in_root = True

    def __init__(self, model: ov.Model, tokenizer: Tokenizer, max_seq_length: int = 512) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.max_seq_length = max_seq_length
        self.tokenizer: Tokenizer = tokenizer
        self.tokenizer.enable_truncation(max_seq_length)
        self.tokenizer.no_padding()
        self.model = model
        # One request serves one caller at a time; a caller is a thread of the app or a worker.
        self._compiled = ov.Core().compile_model(model, "CPU")
        self._dimension = int(model.output(0).partial_shape[2].get_length())

    def get_embedding_dimension(self) -> int:
        return self._dimension

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        texts = [(prompt or "") + text for text in inputs]
        encodings = self.tokenizer.encode_batch(texts)
        longest = max((len(encoding.ids) for encoding in encodings), default=1)
        # Few distinct lengths, since OpenVINO prepares itself for each shape that it meets.
        longest = -(-longest // _LENGTH_STEP) * _LENGTH_STEP
        ids = np.full((len(encodings), longest), PAD, np.int64)
        mask = np.zeros((len(encodings), longest), np.int64)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        return {"input_ids": torch.from_numpy(ids), "attention_mask": torch.from_numpy(mask)}

    def forward(self, features: dict[str, Tensor], **_: Any) -> dict[str, Tensor]:
        request = self._compiled.create_infer_request()
        result = request.infer([features["input_ids"].numpy(), features["attention_mask"].numpy()])
        features["token_embeddings"] = torch.from_numpy(result[0].copy())
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
