"""The seam between those who want text and those who write it: requests go in, events come out as they happen."""

from __future__ import annotations

import threading
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from desktop_app.errors import UserError
from desktop_app.records import Verdict, Weights

Role = Literal["system", "user", "assistant"]
Reason = Literal["stop", "length", "refused", "stopped"]
Vectors = npt.NDArray[np.float32]


class Check(Protocol):
    """A judge of sentences, carried to where the text is written: small and picklable.

    It is given the sentences of one candidate so far and answers for the last of them.
    A check that raises counts as a refusal.
    """

    def __call__(self, sentences: tuple[str, ...], /) -> Verdict:
        """Judge the last of ``sentences``."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is drawn. ``temperature`` 0 always takes the likeliest."""

    temperature: float = 0.7
    top_p: float = 0.95
    top_k: int = 40
    min_p: float = 0.05
    repeat_penalty: float = 1.0  # 1 leaves repetition alone
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """One text that is wanted. Either ``messages`` (the weights' own chat template is applied) or a bare ``prompt``.

    ``prefill`` is text the answer opens with; it is not part of what comes back. ``stops`` end the text and are cut
    off. ``grammar`` (GBNF, root rule ``root``) or ``json_schema`` bind the form. With a ``check``, each finished
    sentence is judged; one that is refused is taken back and written again with another seed, at most ``retries``
    times in a row, then left out (the weights go on as if they had said it, nobody reads it) or the text ends, as
    ``on_refusal`` says. After ``sentences`` that passed the text ends (0: it ends by itself). ``candidates`` are
    written side by side, each with a seed of its own.

    The same request with the same seed gives the same text, all of its candidates, whenever it is alone and its prompt
    was read before. Beside other work, or beside the same work that came in a moment later, sums are added in another
    order, so a near tie between two tokens may fall the other way, and the text goes on differently from there.
    """

    id: str
    messages: tuple[Message, ...] = ()
    prompt: str = ""
    sampling: Sampling = field(default_factory=Sampling)
    max_tokens: int = 256
    stops: tuple[str, ...] = ()
    grammar: str | None = None
    json_schema: str | None = None
    candidates: int = 1
    check: Check | None = None
    retries: int = 7
    on_refusal: Literal["leave_out", "end"] = "leave_out"
    priority: Literal["bulk", "interactive"] = "bulk"
    prefill: str = ""
    sentences: int = 0


def must_fit_among(request: Request, under_way: Container[str]) -> None:
    """Raise `ValueError` for a request that cannot run beside those called ``under_way``, or asks for nothing."""
    if request.id in under_way:
        raise ValueError(f"two requests under way are called {request.id!r}")
    if request.candidates < 1 or request.max_tokens < 1:
        raise ValueError("a request wants at least one candidate of at least one token")


@dataclass(frozen=True, slots=True)
class Began:
    """The weights have begun to read this request."""

    request: str


@dataclass(frozen=True, slots=True)
class Written:
    """Some more text of a candidate, never cut within a character.

    Without a check it comes token by token. With one it comes sentence by sentence, each after it passed.
    """

    request: str
    candidate: int
    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A sentence that was written, refused and taken back; it was never in a `Written`."""

    request: str
    candidate: int
    text: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Ended:
    """A candidate is finished; its pieces joined are ``text``.

    ``likelihood`` is the mean natural logarithm of the probability the weights gave to the tokens kept, before any
    sampling settings: over all of them where several candidates are to be ranked, else over every eighth.
    """

    request: str
    candidate: int
    text: str
    reason: Reason
    likelihood: float = 0.0
    prompt_tokens: int = 0
    decoded_tokens: int = 0  # every token drawn, those taken back included
    kept_tokens: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Broken:
    """A request could not be written; no other event of it follows. The next request works."""

    request: str
    error: UserError


EngineEvent = Began | Written | Refused | Ended | Broken


@dataclass(frozen=True, slots=True)
class Measures:
    """What a process of an engine has spent since it was started."""

    decodes: int
    tokens: int  # read and written in them
    seconds: float  # while texts were written
    seconds_in_llama: float  # of those, in llama.cpp's own decode
    memory: int  # bytes it holds now
    parallel: int  # bulk texts written side by side
    layers: int = 0  # of the weights on graphics cards,
    of: int = 0  # and how many there are


class Engine(Protocol):
    """What can write. All methods may be called from any thread, several at a time."""

    def run(self, requests: Iterable[Request], stop: threading.Event) -> Iterator[EngineEvent]:
        """Write each request; every candidate ends in exactly one `Ended`, or its request in one `Broken`.

        Requests are taken lazily, a few ahead of what is being written, so the iterable may be endless. When ``stop``
        is set, no more are taken and everything under way ends with reason "stopped" and the text so far.
        """
        ...

    def embed(self, texts: Sequence[str], *, query: bool = False) -> Vectors:
        """Return the meaning of each text as a row of unit length, shape (n, d). `UserError` without such weights."""
        ...

    def choose(self, text: str, labels: Sequence[str]) -> list[float]:
        """Return how likely each label is to follow ``text``, as probabilities over the labels."""
        ...

    def count_tokens(self, text: str) -> int:
        """Return how many tokens the weights read ``text`` as."""
        ...

    def about(self) -> Weights:
        """Return what the weights say about themselves, loading them if need be. `UserError` if they do not load."""
        ...

    @property
    def alive(self) -> bool:
        """Whether weights are loaded and answering at this moment."""
        ...

    def close(self) -> None:
        """Let go of the weights; what is under way ends as stopped. May be called twice."""
        ...
