"""An engine that says what it was told to, word by word: for tests and screenshots where the text is fixed."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from desktop_app.engine.flow import has_words, sentence_end
from desktop_app.engine.seam import Began, Broken, Ended, EngineEvent, Reason, Refused, Request, Vectors, Written
from desktop_app.engine.writing import judged
from desktop_app.errors import UserError
from desktop_app.records import Weights

DIMENSIONS = 64

Answer = Callable[[Request], str | UserError]


class ScriptedEngine:
    """Answers each request with a text given beforehand, through the same seam and the same check as real weights.

    ``answers`` is one text for every request, a list of texts taken in turn, or a function of the request, which may
    answer with a `UserError` to break it. ``before_piece`` is called before each piece: a test may wait there, or stop
    the run.
    """

    def __init__(
        self, answers: str | Sequence[str] | Answer = "", *, before_piece: Callable[[], None] = lambda: None
    ) -> None:
        """Remember what to say."""
        self._answers = answers
        self._before_piece = before_piece
        self._asked = 0
        self._closed = False

    def run(self, requests: Iterable[Request], stop: threading.Event) -> Iterator[EngineEvent]:
        """Write each request, one after another."""
        for request in requests:
            if stop.is_set():
                return
            yield Began(request.id)
            for candidate in range(request.candidates):
                answer = self._answer(request)
                if isinstance(answer, UserError):
                    yield Broken(request.id, answer)
                    break
                yield from self._write(request, candidate, answer, stop)

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """Return vectors that lie close where texts share words or Chinese characters; shape (n, 64)."""
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in [*re.findall(r"[a-z0-9]+|[一-鿿]", text.lower()), ""]:
                row[hashlib.sha256(word.encode()).digest()[0] % DIMENSIONS] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32) if len(texts) else rows

    def choose(self, text: str, labels: Sequence[str]) -> list[float]:
        """Prefer labels that occur in ``text``."""
        weights = [9.0 if label.strip().lower() in text.lower() else 1.0 for label in labels]
        return [weight / sum(weights) for weight in weights]

    def count_tokens(self, text: str) -> int:
        """Count words and Chinese characters."""
        return len(re.findall(r"[一-鿿]|[^\s一-鿿]+", text))

    def about(self) -> Weights:
        """Return a record that says what this is."""
        return Weights(name="scripted", path="", size=0, languages=("en", "zh"), context=4096, template=True)

    @property
    def alive(self) -> bool:
        """Whether it was not closed."""
        return not self._closed

    def close(self) -> None:
        """Say nothing more."""
        self._closed = True

    def _answer(self, request: Request) -> str | UserError:
        self._asked += 1
        if isinstance(self._answers, str):
            return self._answers
        if callable(self._answers):
            return self._answers(request)
        return self._answers[(self._asked - 1) % len(self._answers)]

    def _write(self, request: Request, candidate: int, text: str, stop: threading.Event) -> Iterator[EngineEvent]:
        out: list[str] = []
        refused = 0
        pieces = re.findall(r"[一-鿿]|\s*[^\s一-鿿]+|\s+", text) if request.check is None else _sentences(text)
        reason: Reason = "stop"
        for piece in pieces:
            self._before_piece()
            if stop.is_set():
                reason = "stopped"
                break
            verdict = judged(request.check, (*(s.strip() for s in out), piece.strip()))
            if verdict.ok:
                out.append(piece)
                yield Written(request.id, candidate, piece)
                if request.check is not None and 0 < request.sentences <= len(out):
                    break
            else:
                refused += 1
                yield Refused(request.id, candidate, piece.strip(), verdict)
                if request.on_refusal == "end":
                    reason = "refused"
                    break
        if reason == "stop" and refused and not out:
            reason = "refused"
        tokens = self.count_tokens("".join(out))
        yield Ended(request.id, candidate, "".join(out), reason, decoded_tokens=tokens, kept_tokens=tokens,
                    refused=refused)  # fmt: skip


def _sentences(text: str) -> list[str]:
    """Cut a text behind each sentence; the pieces joined are the text."""
    found, start = [], 0
    while start < len(text):
        end = sentence_end(text, start) or len(text)
        if has_words(text[start:end]):
            found.append(text[start:end])
        start = end
    return found
