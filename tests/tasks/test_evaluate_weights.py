"""How well weights foresee text is what llama-cpp-python's own numbers say it is."""

from __future__ import annotations

import math
import threading
from pathlib import Path

import llama_cpp
import numpy as np
import pytest

from desktop_app.engine import LlamaEngine
from desktop_app.errors import UserError
from desktop_app.tasks.evaluate import Score
from desktop_app.tasks.evaluate_weights import Foreseen, evaluate_perplexity

TEXT = "The bamboo cutting board is made of bamboo. It is 38 cm long and has a juice groove on one side."


def theirs(starter: Path, text: str) -> tuple[float, int]:
    """Return the log probability of a text from the logits of llama-cpp-python itself."""
    model = llama_cpp.Llama(str(starter), n_ctx=512, logits_all=True, verbose=False)
    tokens = model.tokenize(text.encode(), add_bos=True)
    model.eval(tokens)
    logits = np.array(model.scores[: len(tokens)], np.float64)
    chances = logits - logits.max(axis=1, keepdims=True)
    chances -= np.log(np.exp(chances).sum(axis=1, keepdims=True))
    return sum(float(chances[n, token]) for n, token in enumerate(tokens[1:])), len(tokens) - 1


def test_a_text_is_as_likely_as_llama_cpp_says(engine: LlamaEngine, starter: Path, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, "utf-8")
    score = next(e for e in evaluate_perplexity(engine, threading.Event(), path=file) if isinstance(e, Score))
    total, count = theirs(starter, TEXT)
    assert score.metrics["tokens"] == count
    assert score.metrics["perplexity"] == pytest.approx(math.exp(-total / count), rel=0.02)


def test_sense_is_foreseen_better_than_nonsense_and_each_row_is_scored(engine: LlamaEngine, tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    words = TEXT.split()
    file.write_text(f'text\n"{TEXT}"\n"{" ".join(sorted(words))}"\n', "utf-8")
    rows = [
        e for e in evaluate_perplexity(engine, threading.Event(), path=file, text="text") if isinstance(e, Foreseen)
    ]
    assert rows[0].perplexity < rows[1].perplexity / 3


def test_a_long_text_is_read_in_windows(engine: LlamaEngine, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text(" ".join(f"{TEXT} Number {n}." for n in range(40)), "utf-8")
    score = next(e for e in evaluate_perplexity(engine, threading.Event(), path=file) if isinstance(e, Score))
    assert score.metrics["tokens"] > 1000
    assert score.metrics["perplexity"] < 3  # it repeats itself, and the window sees that


def test_an_empty_file_is_said_to_hold_no_text(engine: LlamaEngine, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    with pytest.raises(UserError, match="no text"):
        list(evaluate_perplexity(engine, threading.Event(), path=tmp_path / "empty.txt"))
