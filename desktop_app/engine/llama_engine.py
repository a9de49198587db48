"""The usual engine: GGUF weights run by llama.cpp in a process of their own, which this side outlives."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from desktop_app.engine.child import HUNG, Config
from desktop_app.engine.link import Gone, Link
from desktop_app.engine.run import FRUITLESS, KILLS, Run
from desktop_app.engine.seam import EngineEvent, Measures, Request, Vectors
from desktop_app.errors import UserError
from desktop_app.records import Weights

EMBEDDED_AT_ONCE = 64  # texts that cross the pipe together


class LlamaEngine:
    """Writes with GGUF weights. Nothing is loaded before it is asked for; a process that dies is replaced."""

    def __init__(
        self,
        weights_path: Path | str | None,
        *,
        meaning_path: Path | str | None = None,
        context: int | None = None,
        threads: int | None = None,
        adapters: Sequence[tuple[Path | str, float]] = (),
        rests: Callable[[], bool] = lambda: False,
        patience: int = HUNG,
        layers: Sequence[int] = (0,),
        parallel: int | None = None,
        most_threads: int | None = None,
        stepped: Callable[[tuple[int, ...]], object] = lambda steps: None,
    ) -> None:
        """Name what to write with and what to `embed` with.

        ``context`` is how many tokens are held at a time over all texts, ``adapters`` are LoRA files with their scales.
        While ``rests`` says so, no further bulk text is begun.
        A process that has stood still for ``patience`` seconds counts as hung and is replaced.
        ``layers`` says how many layers go on graphics cards, and how many if that fails, down to 0; ``measures`` tells
        how many are there, and ``stepped`` hears what is left to try when a driver ended the process.
        ``parallel`` bulk texts are written side by side. ``threads`` is how many threads decode, whatever else runs;
        without it as many as other programs leave cores free, at most ``most_threads``.
        """
        self._config = Config(
            Path(weights_path) if weights_path is not None else None,
            Path(meaning_path) if meaning_path is not None else None,
            context, threads, tuple((Path(path), scale) for path, scale in adapters), patience,
            tuple(layers), most_threads, parallel,
        )  # fmt: skip
        self._rests, self._stepped = rests, stepped
        self._lock = threading.Lock()
        self._link: Link | None = None
        self._jobs = itertools.count(1)
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The number of the process that computes, or None while there is none."""
        link = self._link
        return link.pid if link is not None and not link.gone else None

    def run(self, requests: Iterable[Request], stop: threading.Event) -> Iterator[EngineEvent]:
        """Write each request, many side by side; see `Engine.run`.

        When the process dies, every text goes on behind what was already written of it, so nothing is told twice;
        only a request that sees several deaths in a row without progress is broken.
        """
        return Run(next(self._jobs), requests, stop, self._living, self._rests).events()

    def embed(self, texts: Sequence[str], *, query: bool | None = False) -> Vectors:
        """Return the meaning of each text as a row of unit length, shape (n, d) float32; (0, 0) for no texts.

        Weights of the E5 kind read a text as a question (``query``) or as what may answer one; None as it stands,
        which saves three tokens a text where heads were made for it.
        """
        rows: list[Vectors] = []
        for start in range(0, len(texts), EMBEDDED_AT_ONCE):
            some = list(texts[start : start + EMBEDDED_AT_ONCE])
            count, raw = self._ask("embed", some, query)
            rows.append(np.frombuffer(raw, np.float32).reshape(count, -1))
        return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)

    def choose(self, text: str, labels: Sequence[str]) -> list[float]:
        """Return how likely each label is to follow ``text``, as probabilities over the labels."""
        return list(self._ask("ask", "choose", text, list(labels)))

    def likelihood(self, text: str) -> tuple[float, int]:
        """Return the natural logarithm of the probability the weights give a text, and how many tokens that is over."""
        total, tokens = self._ask("ask", "likelihood", text)
        return float(total), int(tokens)

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the weights read ``text`` as."""
        return int(self._ask("ask", "count_tokens", text))

    def about(self) -> Weights:
        """Return what the weights say about themselves, loading them if need be."""
        told = self._ask("ask", "about")
        assert isinstance(told, Weights)
        return told

    def use_adapters(self, adapters: Sequence[tuple[Path | str, float]]) -> None:
        """Write with these LoRA files and their scales instead of those before; with none, as the weights themselves.

        Texts under way end as they began. `UserError` for a file that was not made for these weights; then the
        adapters stay as they were.
        """
        chosen = tuple((Path(path), scale) for path, scale in adapters)
        if self.alive:
            self._ask("ask", "use_adapters", chosen)
        self._config = replace(self._config, adapters=chosen)

    def measures(self) -> Measures:
        """Return what the present process has spent so far."""
        told = self._ask("ask", "measures")
        assert isinstance(told, Measures)
        return told

    @property
    def alive(self) -> bool:
        """Whether a process is running that has answered."""
        link = self._link
        return link is not None and not link.gone and link.answered

    def close(self) -> None:
        """Let go of the weights; what is under way ends."""
        with self._lock:
            self._closed = True
            link, self._link = self._link, None
        if link is not None:
            link.close()

    def _living(self) -> Link:
        with self._lock:
            if self._closed:
                raise UserError("The engine was closed while it was writing.")
            if self._link is None or self._link.gone or self._link.broken:
                if self._link is not None and len(self._config.layers) > 1 and not self._link.killed:
                    # A driver that ends the process does so again: fewer layers, and in the end none.
                    self._config = replace(self._config, layers=self._config.layers[1:])
                    self._stepped(self._config.layers)
                self._link = Link(self._config)
            return self._link

    def _ask(self, kind: str, *content: Any) -> Any:
        failed = killed = 0
        while failed < FRUITLESS and killed < KILLS:
            link = self._living()
            try:
                return link.ask(kind, *content)
            except Gone:
                killed, failed = (killed + 1, failed) if link.killed else (killed, failed + 1)
        raise UserError("The engine stopped again and again. The weights may be damaged or too large for this machine.")
