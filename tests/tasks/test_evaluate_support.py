"""What messages want and which answer fits, scored on labelled files with the real weights for meaning."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.tasks import evaluate_support
from desktop_app.tasks.evaluate import Score
from desktop_app.tasks.evaluate_support import Guess, Ranking

RETRIEVAL = Path(__file__).resolve().parents[1] / "data" / "retrieval"


def table(path: Path, rows: list[tuple[str, str]]) -> Path:
    path.write_text("utterance,intent\n" + "".join(f'"{text}",{label}\n' for text, label in rows), "utf-8")
    return path


WANTS = [(f"where is my order {n}", "track") for n in ("now", "today", "please", "number 12")] + [
    (f"I want my money back {n}", "refund") for n in ("now", "today", "please", "for the mug")
]


def test_every_row_is_answered_and_the_score_stands_beside_a_plain_baseline(engine: Engine, tmp_path: Path) -> None:
    train = table(tmp_path / "train.csv", WANTS)
    test = table(tmp_path / "test.csv", [("my order, where is it", "track"), ("give me the money back", "refund")])
    found = list(evaluate_support.evaluate_intents(
        engine, threading.Event(), train=train, test=test, text="utterance", label="intent",
    ))  # fmt: skip
    assert [(g.n, g.predicted) for g in found if isinstance(g, Guess)] == [(1, "track"), (2, "refund")]
    (score,) = [s for s in found if isinstance(s, Score)]
    assert score.metrics["accuracy"] == 1.0
    assert {"macro_f1", "in_scope_accuracy", "baseline_accuracy"} <= set(score.metrics)


def test_without_a_second_file_every_row_is_read_by_a_head_that_did_not_see_it(engine: Engine, tmp_path: Path) -> None:
    found = list(evaluate_support.evaluate_intents(
        engine, threading.Event(), train=table(tmp_path / "all.csv", WANTS), text="utterance", label="intent", folds=4,
    ))  # fmt: skip
    assert sum(isinstance(g, Guess) for g in found) == len(WANTS)


def test_one_label_alone_is_said_to_be_too_few(engine: Engine, tmp_path: Path) -> None:
    train = table(tmp_path / "one.csv", WANTS[:4])
    with pytest.raises(UserError, match="too few labels"):
        list(evaluate_support.evaluate_intents(
            engine, threading.Event(), train=train, test=train, text="utterance", label="intent",
        ))  # fmt: skip


@pytest.mark.parametrize(
    "name",
    ["ordinary.zh", *(pytest.param(f"{n}.{t}", marks=pytest.mark.long) for n in ("faq", "ordinary", "aside")
                      for t in ("en", "zh") if f"{n}.{t}" != "ordinary.zh")],
)  # fmt: skip
def test_meaning_and_words_together_find_more_than_either_alone(engine: Engine, name: str) -> None:
    path = RETRIEVAL / f"{name}.csv"
    found = list(evaluate_support.evaluate_retrieval(
        engine, threading.Event(), path=path, question="user_question", answer="standard_question", id="label_id",
    ))  # fmt: skip
    (score,) = [s for s in found if isinstance(s, Score)]
    assert sum(isinstance(r, Ranking) for r in found) >= score.n >= 150
    for alone in ("bm25", "embeddings"):
        assert score.metrics["recall@1"] >= score.metrics[f"{alone}_recall@1"]
        assert score.metrics["mrr"] >= score.metrics[f"{alone}_mrr"]
