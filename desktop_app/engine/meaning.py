"""Weights that turn texts into vectors: several short texts a batch, one context and one thread for each core."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import llama_cpp as lib
import numpy as np
import numpy.typing as npt
import psutil

from desktop_app.engine.llama import Model
from desktop_app.engine.pace import cores
from desktop_app.errors import UserError

OVERHEAD = 200 << 20  # bytes beside the weights: cells and buffers of small weights
MEANING_TOKENS = 500  # the meaning of a longer text is the mean of its parts
BATCH = 512  # tokens a context takes at once
TOGETHER, TOGETHER_TOKENS = 16, 128  # texts and tokens a batch: each token attends to all of them, so more is slower
MOST_CONTEXTS = 8

Vector = npt.NDArray[np.float32]
Row = tuple[int, list[int]]  # which part, and its tokens with begin and end


class Meaning:
    """The weights that turn texts into vectors, loaded at the first text.

    A text is small work: two threads that share one wait for each other at every operation, and wait long where another
    program has a core. So each thread has a context of its own, and texts of its own.
    """

    def __init__(self, path: Path | None, threads: int | None) -> None:
        """Remember what to load."""
        self._path, self._threads = path, min(threads or cores(), MOST_CONTEXTS)
        self._model: Model | None = None
        self._contexts: list[Any] = []
        self._pool: ThreadPoolExecutor | None = None
        self.loading = False

    def of(self, texts: Sequence[str]) -> list[bytes]:
        """Return the meaning of each text as float32 bytes of unit length."""
        if not self._contexts:
            self.loading = True
            try:
                self._load()
            finally:
                self.loading = False
        parts = [self._parts(text) for text in texts]
        rows = sorted(enumerate(part for own in parts for part in own), key=lambda row: len(row[1]))
        vectors = self._vectors(rows)
        found, at = [], 0
        for own in parts:
            mean = np.zeros_like(vectors[0])
            for part in own:
                mean += vectors[at] * max(len(part) - 2, 1)
                at += 1
            found.append(np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), np.float32).tobytes())
        return found

    def _parts(self, text: str) -> list[list[int]]:
        """Return the tokens of a text, with begin and end, cut where it is longer than the weights can read."""
        model = self._model
        assert model is not None
        # The vocabulary knows texts only in this form, and llama.cpp brings none into it.
        plain = " ".join(unicodedata.normalize("NFKC", text).split())
        tokens = model.tokens(plain, begin=False, special=False)
        begin, end = lib.llama_vocab_bos(model.vocabulary), lib.llama_vocab_eos(model.vocabulary)
        cuts = range(0, max(len(tokens), 1), MEANING_TOKENS)
        return [[begin, *tokens[cut : cut + MEANING_TOKENS], end] for cut in cuts]

    def _vectors(self, rows: Sequence[Row]) -> dict[int, Vector]:
        """Return the vector of each part; every context takes the next batch as soon as it is done with one."""
        batches = iter(list(_batches(rows)))
        found: dict[int, Vector] = {}
        if len(self._contexts) == 1 or len(rows) == 1:
            _work(self._contexts[0], self._width, batches, found)
            return found
        assert self._pool is not None
        for done in [self._pool.submit(_work, one, self._width, batches, found) for one in self._contexts]:
            done.result()
        return found

    @property
    def _width(self) -> int:
        assert self._model is not None
        return int(lib.llama_model_n_embd(self._model.handle))

    def _load(self) -> None:
        if self._path is None:
            raise UserError(
                "There are no weights that understand meaning. Fetch the starter weights on the Weights page."
            )
        fits(self._path)
        self._model = self._model or Model(self._path)
        params = lib.llama_context_default_params()
        params.n_ctx = params.n_batch = params.n_ubatch = BATCH
        params.n_seq_max, params.kv_unified = TOGETHER, True
        params.n_threads = params.n_threads_batch = 1
        params.embeddings = True
        params.flash_attn_type = lib.LLAMA_FLASH_ATTN_TYPE_AUTO
        made = [lib.llama_init_from_model(self._model.handle, params) for _n in range(self._threads)]
        self._contexts = [context for context in made if context]
        if not self._contexts:
            raise UserError("There is not enough memory to use {name}. Close other programs or choose smaller weights.",
                            name=self._path.name)  # fmt: skip
        self._pool = ThreadPoolExecutor(len(self._contexts), "meaning")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Put texts of about one length together, so many as one batch reads fastest."""
    batch: list[Row] = []
    tokens = 0
    for row in rows:
        if batch and (len(batch) == TOGETHER or tokens + len(row[1]) > TOGETHER_TOKENS):
            yield batch
            batch, tokens = [], 0
        batch.append(row)
        tokens += len(row[1])
    if batch:
        yield batch


def _work(context: Any, width: int, batches: Iterator[list[Row]], found: dict[int, Vector]) -> None:
    for batch in batches:  # an iterator over a list may be shared by threads
        for (part, _tokens), vector in zip(batch, _read(context, width, [row for _p, row in batch]), strict=True):
            found[part] = vector


def _read(context: Any, width: int, rows: Sequence[list[int]]) -> list[Vector]:
    """Read some texts, each a sequence of its own, and return their vectors."""
    batch = lib.llama_batch_init(sum(map(len, rows)), 0, 1)
    try:
        at = 0
        for sequence, row in enumerate(rows):
            for position, token in enumerate(row):
                batch.token[at], batch.pos[at], batch.n_seq_id[at], batch.logits[at] = token, position, 1, 1
                batch.seq_id[at][0] = sequence
                at += 1
        batch.n_tokens = at
        if lib.llama_encode(context, batch) != 0:
            raise RuntimeError("llama_encode failed")
    finally:
        lib.llama_batch_free(batch)
    return [np.ctypeslib.as_array(lib.llama_get_embeddings_seq(context, n), (width,)).copy() for n in range(len(rows))]


def fits(path: Path) -> None:
    """Hold a file against the memory that is free before anything native touches it; `UserError` if it cannot work."""
    try:
        with path.open("rb") as file:
            magic = file.read(4)
        size = path.stat().st_size
    except OSError as error:
        raise UserError(
            "{path} cannot be read: {reason}.", path=str(path), reason=error.strerror or str(error)
        ) from error
    if magic != b"GGUF":
        raise UserError("{name} is not a GGUF file, so it holds no weights this program can read.", name=path.name)
    free = psutil.virtual_memory().available
    if size + OVERHEAD > free:
        raise UserError(
            "{name} needs about {needed} GB of memory, but only {free} GB are free. Close other programs or choose "
            "smaller weights.",
            name=path.name, needed=_gigabytes(size + OVERHEAD), free=_gigabytes(free),
        )  # fmt: skip


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"
