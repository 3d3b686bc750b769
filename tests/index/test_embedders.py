"""A model that cannot be had fails at once, with one sentence."""

import socket
import time

import pytest

from index.embedders import SentenceTransformerEmbedder, bundled_embedder
from index.encoding import Encoder
from index.errors import ModelUnavailable


def test_a_hub_model_that_cannot_be_had_fails_at_once_and_says_what_to_do(
    encoder: Encoder,
) -> None:
    begun = time.monotonic()
    with pytest.raises(ModelUnavailable, match="CASELIB_MODEL") as raised:
        SentenceTransformerEmbedder("intfloat/not-here", "intfloat/not-here")
    assert "intfloat/not-here" in str(raised.value)
    assert time.monotonic() - begun < 20


def test_the_bundled_model_opens_without_any_connection(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.delenv("HF_HUB_OFFLINE")
    assert bundled_embedder().embed(["a"], "query").shape == (1, 384)
