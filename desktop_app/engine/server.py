"""The server engine: the same seam, written by an OpenAI-compatible server that the merchant named and switched on."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from desktop_app.engine.seam import Began, Broken, Ended, Engine, EngineEvent, Request, Vectors, Written, must_fit_among
from desktop_app.engine.server_talk import Talk, lost
from desktop_app.engine.server_wire import MOST, Away, Busy, Gate, Unwanted, Wire
from desktop_app.engine.server_writing import ServerWriting
from desktop_app.errors import UserError
from desktop_app.records import Weights

LOOK_SECONDS = 0.05
OUTAGE = 300.0  # seconds without an answer before a text is given up; a server that restarts takes some of them
EMBEDDED_AT_ONCE = 32
USUAL = 7_000_000_000  # parameters of a model whose name does not tell; few run a server for less


class ServerEngine:
    """Writes by asking a server. Nothing is sent before something is asked for, and nothing to any other address.

    Results repeat with the seed only as far as the server's do.
    """

    def __init__(
        self, address: str, *, model: str = "", key: str = "", meaning: Engine | None = None, at_once: int = MOST,
        patience: float = OUTAGE,
    ) -> None:  # fmt: skip
        """``meaning`` embeds on this machine instead of there; ``at_once`` bounds the texts under way."""
        self._talk = Talk(Wire(address, key), model)
        self._gate = Gate(at_once)
        self._at_once, self._patience = at_once, patience
        self._meaning = meaning
        self._closed = threading.Event()

    @property
    def address(self) -> str:
        """Where text goes."""
        return self._talk.wire.address

    def run(self, requests: Iterable[Request], stop: threading.Event) -> Iterator[EngineEvent]:
        """Write each request, as many at once as the server takes; see `Engine.run`."""
        return _Run(self._talk, self._gate, iter(requests), stop, self._at_once + 4, self._patience).events()

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """Return the meaning of each text, computed here where that can be done, else there if it is offered."""
        if self._meaning is not None:
            return self._meaning.embed(texts, query=query)
        rows: list[list[float]] = []
        for start in range(0, len(texts), EMBEDDED_AT_ONCE):
            body = {"model": self._talk.model, "input": list(texts[start : start + EMBEDDED_AT_ONCE])}
            try:
                told = self._talk.wire.ask("/embeddings", body)
                rows += [entry["embedding"] for entry in sorted(told["data"], key=lambda entry: int(entry["index"]))]
            except (Unwanted, KeyError, TypeError) as error:
                raise UserError("The server at {address} does not compare texts by meaning. Fetch the starter weights "
                                "on the Weights page.", address=self.address) from error  # fmt: skip
            except (Away, Busy) as error:
                raise lost(self.address, error) from error
        if not rows:
            return np.empty((0, 0), np.float32)
        found = np.asarray([np.mean(row, axis=0) if np.ndim(row) > 1 else row for row in rows], np.float32)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), np.float32)

    def choose(self, text: str, labels: Sequence[str]) -> list[float]:
        """Return how likely each label is to follow ``text``; by its first token, or by asking, as the server can."""
        try:
            return self._talk.choose(text, labels)
        except (Away, Busy, Unwanted) as error:
            raise self._told(error) from error

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the server reads ``text`` as, or about how many where it does not tell."""
        try:
            return self._talk.count_tokens(text)
        except (Away, Busy) as error:
            raise lost(self.address, error) from error

    def about(self) -> Weights:
        """Return what the server says of its model; size and languages are guessed from its name."""
        try:
            told = self._talk.about()
        except (Away, Busy, Unwanted) as error:
            raise self._told(error) from error
        meta = told.get("meta") or {}
        context = told.get("max_model_len") or meta.get("n_ctx_train") or 0
        found = named(str(told.get("id", "")))
        return replace(found, parameters=int(meta.get("n_params") or found.parameters), context=int(context))

    def models(self) -> list[str]:
        """Return the names of what the server offers; `UserError` where it does not answer."""
        try:
            return self._talk.names()
        except (Away, Busy, Unwanted) as error:
            raise self._told(error) from error

    @property
    def alive(self) -> bool:
        """Whether it was not closed: a server is always loaded."""
        return not self._closed.is_set()

    def close(self) -> None:
        """Close every connection."""
        self._closed.set()
        self._talk.wire.close()
        if self._meaning is not None:
            self._meaning.close()

    def _told(self, error: Exception) -> UserError:
        if isinstance(error, Unwanted):
            return UserError("The server at {address} does not speak the language this program knows ({reason}).",
                             address=self.address, reason=str(error))  # fmt: skip
        return lost(self.address, error)


class _Run:
    """Everything one call of ``run`` has under way."""

    def __init__(
        self, talk: Talk, gate: Gate, requests: Iterator[Request], stop: threading.Event, ahead: int, patience: float
    ) -> None:
        self._talk, self._gate, self._requests, self._stop = talk, gate, requests, stop
        self._ahead, self._patience = ahead, patience
        self._inbox: queue.SimpleQueue[EngineEvent] = queue.SimpleQueue()
        self._open: dict[str, dict[int, ServerWriting]] = {}
        self._told: dict[tuple[str, int], list[str]] = {}
        self._exhausted = False

    def events(self) -> Iterator[EngineEvent]:
        """Yield what happens until everything has ended."""
        try:
            while not self._stop.is_set():
                yield from self._feed()
                if not self._open and self._exhausted:
                    return
                try:
                    yield from self._take(self._inbox.get(timeout=LOOK_SECONDS))
                except queue.Empty:
                    continue
            yield from self._stopped()
        finally:
            self._end()

    def _feed(self) -> Iterator[EngineEvent]:
        while not self._exhausted and not self._stop.is_set() and sum(map(len, self._open.values())) < self._ahead:
            request = next(self._requests, None)
            if request is None:
                self._exhausted = True
                return
            must_fit_among(request, self._open)
            writings = {
                c: ServerWriting(self._talk, self._gate, request, c, self._inbox.put, patience=self._patience)
                for c in range(request.candidates)
            }  # fmt: skip
            self._open[request.id] = writings
            yield Began(request.id)
            for c, writing in writings.items():
                self._told[request.id, c] = []
                threading.Thread(target=writing.write, name=f"server text {request.id}", daemon=True).start()

    def _take(self, event: EngineEvent) -> Iterator[EngineEvent]:
        writings = self._open.get(event.request)
        if writings is None:
            return  # of a request that is broken already
        if isinstance(event, Broken):
            self._drop(event.request)
        elif isinstance(event, Written):
            self._told[event.request, event.candidate].append(event.text)
        elif isinstance(event, Ended):
            event = replace(event, text="".join(self._told.pop((event.request, event.candidate))))
            del writings[event.candidate]
            if not writings:
                del self._open[event.request]
        yield event

    def _drop(self, request: str) -> None:
        for c, writing in self._open.pop(request).items():
            writing.cut()
            self._told.pop((request, c), None)

    def _stopped(self) -> Iterator[EngineEvent]:
        """Tell what came before the stop, then end everything with the text so far."""
        self._end()
        while True:
            try:
                yield from self._take(self._inbox.get_nowait())
            except queue.Empty:
                break
        for name, writings in self._open.items():
            for c, writing in writings.items():
                yield Ended(name, c, "".join(self._told[name, c]), "stopped", decoded_tokens=writing.decoded,
                            refused=writing.refused)  # fmt: skip
        self._open.clear()

    def _end(self) -> None:
        for writings in self._open.values():
            for writing in writings.values():
                writing.cut()


def _parameters(name: str) -> int:
    """Read a size out of a name: "Qwen2.5-7B-Instruct" has 7 billion parameters, "SmolLM2-135M" 135 million."""
    found = re.findall(r"(?<![A-Za-z0-9.])(\d+(?:\.\d+)?)([bBmM])(?![A-Za-z])", name)
    sizes = [float(count) * (1e9 if unit in "bB" else 1e6) for count, unit in found]
    return int(max(sizes, default=USUAL))


def named(name: str) -> Weights:
    """Return what can be said of a model by its name alone."""
    short = name.replace("\\", "/").rpartition("/")[2].removesuffix(".gguf")
    return Weights(name=short or name, path="", size=0, parameters=_parameters(name), template=True,
                   architecture="server")  # fmt: skip
