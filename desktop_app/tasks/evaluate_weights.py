"""How well weights foresee text: the perplexity of a file under them."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.engine import LlamaEngine
from desktop_app.errors import UserError
from desktop_app.formats import encodings, labelled
from desktop_app.records import Progress
from desktop_app.tasks.evaluate import Score


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One text: its perplexity, over how many tokens."""

    n: int
    perplexity: float
    tokens: int


def evaluate_perplexity(
    engine: LlamaEngine, stop: threading.Event, *, path: Path, text: str = ""
) -> Iterator[Foreseen | Progress | Score]:
    """Score each text of a table's column ``text``, or the whole of a text file.

    Perplexity is exp(-mean natural log probability a token), each token given those before it in its text; texts of
    more than 512 tokens are read in windows that overlap by half (as llama.cpp's own tool does). ``bits_per_byte`` can
    be compared between weights with different vocabularies.
    """
    started = time.monotonic()
    texts = [row.get(text, "") for row in labelled(path, (text,))] if text else [_whole(path)]
    total, tokens, size = 0.0, 0, 0
    for number, one in enumerate(texts, 1):
        if stop.is_set():
            break
        found, count = engine.likelihood(one)
        if count:
            total, tokens, size = total + found, tokens + count, size + len(one.encode())
            yield Foreseen(number, round(math.exp(-found / count), 4), count)
        yield Progress(number, len(texts), path.name)
    if not tokens:
        raise UserError("There is no text in {name} to score.", name=path.name)
    metrics = {
        "perplexity": round(math.exp(-total / tokens), 4), "tokens": tokens,
        "bits_per_byte": round(-total / math.log(2) / max(size, 1), 4),
    }  # fmt: skip
    yield Score("perplexity", len(texts), metrics, round(time.monotonic() - started, 3))


def _whole(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError("{path} cannot be read: {reason}.", path=str(path), reason=error.strerror or "") from error
    return data.decode(encodings.detect(data).encoding, "replace")
