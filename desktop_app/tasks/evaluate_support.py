"""Score what this installation understands: intents of messages, and which passage answers which question."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from desktop_app import formats
from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.insight import intents
from desktop_app.insight.linear import fit_linear
from desktop_app.insight.sparse import Sparse
from desktop_app.language import hybrid, pieces
from desktop_app.language.wordsearch import WordSearch
from desktop_app.records import Progress
from desktop_app.tasks.evaluate import Score
from desktop_app.tasks.intent_reader import Example, Reader

FOLDS = 5
SHOWN = 10  # passages a row names
SLICE = 64  # texts between two looks at the stop signal

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Guess:
    """What was understood of one input row."""

    n: int
    label: str
    predicted: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """The passages found for one question, best first; ``label`` is the right one."""

    n: int
    label: str
    ranked: tuple[str, ...]


def evaluate_intents(
    engine: Engine, stop: threading.Event, *, train: Path, test: Path | None = None, text: str, label: str,
    oos: str = "", split: str = "", folds: int = 0,
) -> Iterator[Guess | Score | Progress]:  # fmt: skip
    """Learn from one part of labelled messages, read the other; yield a `Guess` each, then the `Score`.

    With ``test`` that file is read, with ``split`` the rows whose cell there does not begin with "train". With
    ``folds``, or where nothing else is left to read, every row is read by a head that did not see it. Rows labelled
    ``oos`` belong to no label: those of the training part help to find the bar, the others should be refused. The
    metrics hold a plain word model (TF-IDF and logistic regression) beside ours.
    """
    started = time.monotonic()
    examples = list(_examples(train, text, label, split))
    unread = list(_examples(test, text, label, "")) if test else []
    if test:
        kept = [e for e in examples if e.train or not split]
        plan = [(kept, unread)]
    else:
        plan = _plan(examples, oos, split, folds)
    everything = list(dict.fromkeys(e.text for part in plan[:1] for side in part for e in side))
    meanings: dict[str, Floats] = {}
    yield from _embedded(engine, stop, everything, meanings)
    truth, ours, plain = list[str](), list[str](), list[str]()
    for learned, read in plan:
        if stop.is_set():
            return
        known = [e for e in learned if e.label != oos]
        reader = Reader(known, [e for e in learned if e.label == oos], meanings, bool(oos))
        guesses = [r.label for r in reader.read([e.text for e in read])]
        for guess, example in zip(guesses, read, strict=True):
            truth.append(example.label)
            ours.append(oos if guess == intents.NONE and oos else guess)
            yield Guess(len(truth), example.label, ours[-1])
        plain += _plain_words(known, [e for e in learned if e.label == oos], [e.text for e in read])
    metrics = _intent_metrics(truth, ours, oos) | {
        f"baseline_{name}": value for name, value in _intent_metrics(truth, plain, oos).items()
    }
    yield Score("intents", len(truth), metrics, round(time.monotonic() - started, 3))


def evaluate_retrieval(
    engine: Engine, stop: threading.Event, *, path: Path, question: str, answer: str, id: str
) -> Iterator[Ranking | Score | Progress]:
    """Find the passage for each question; yield a `Ranking` each, then the `Score`.

    Every distinct answer is a passage. A row whose question is its answer is answered but not counted. The questions of
    the file stand for the messages a shop has seen: they tell what questions have in common, never which is answered
    by what. The metrics hold word search alone and meanings alone beside both together.
    """
    started = time.monotonic()
    wanted = (question, answer, id) if id else (question, answer)
    rows = [(c[question].strip(), c[answer].strip(), c.get(id, "")) for c in formats.labelled(path, wanted)]
    names: dict[str, str] = {}
    for _q, told, name in rows:
        names.setdefault(told, name or told)
    passages = [told for told in names if told]
    if not passages:
        raise UserError("{name} holds no answers.", name=path.name)
    meanings: dict[str, Floats] = {}
    asked = list(dict.fromkeys([q for q, _a, _i in rows] + passages))
    yield from _embedded(engine, stop, asked, meanings)
    if stop.is_set():
        return
    vectors = np.stack([meanings[q] for q, _a, _i in rows])
    as_told, as_question = engine.embed(passages), np.stack([meanings[p] for p in passages])
    search = WordSearch(passages)
    known = np.stack([meanings[q] for q in dict.fromkeys(q for q, a, _i in rows if q != a) or asked])
    behind = hybrid.background(known, as_told, as_question)
    both = hybrid.found(vectors, as_told, as_question, behind, search.shares([q for q, _a, _i in rows]))
    for n, ((_q, told_, _i), scores) in enumerate(zip(rows, both, strict=True), 1):
        best = np.argsort(-scores, kind="stable")[:SHOWN]
        yield Ranking(n, names[told_], tuple(names[passages[b]] for b in best))
    counted = [n for n, (q, a, _i) in enumerate(rows) if q != a and a]
    right = np.array([passages.index(rows[n][1]) for n in counted], np.intp)
    alone = {"bm25": search.scores([rows[n][0] for n in counted]), "embeddings": (vectors @ as_told.T)[counted]}
    metrics = _ranked(both[counted], right)
    for name, scores in alone.items():
        metrics |= {f"{name}_{key}": value for key, value in _ranked(scores, right).items()}
    yield Score("retrieval", len(counted), metrics, round(time.monotonic() - started, 3))


def _plain_words(known: Sequence[Example], strangers: Sequence[Example], texts: Sequence[str]) -> list[str]:
    """Return what TF-IDF over whole words and logistic regression say; strangers are one more label to it."""
    examples = [*known, *strangers]
    learned = Sparse(*pieces.hashed_words([e.text for e in examples]), pieces.BUCKETS)
    keep = np.unique(learned.places)
    rarity = (learned := learned.kept(keep)).rarity()
    head = fit_linear(learned.weighted(rarity), [e.label for e in examples], steps=100, tolerance=1e-3)
    read = Sparse(*pieces.hashed_words(texts), pieces.BUCKETS).kept(keep).weighted(rarity)
    return head.predict(read)


def _examples(path: Path, text: str, label: str, split: str) -> Iterator[Example]:
    columns = (text, label, split) if split else (text, label)
    for cells in formats.labelled(path, columns):
        yield Example(cells[text], cells[label].strip(), bool(split) and "train" in cells[split].casefold())


def _plan(examples: Sequence[Example], oos: str, split: str, folds: int) -> list[tuple[list[Example], list[Example]]]:
    """Return what is learned from and what is read, once or fold by fold."""
    held = [e for e in examples if not e.train] if split else []
    if held and not folds and any(e.label != oos for e in held):
        return [([e for e in examples if e.train], held)]
    # Rows of no label that are marked for training stay there; all others are read once.
    always = [e for e in examples if split and e.train and oos and e.label == oos]
    turn = [e for e in examples if not (split and e.train and oos and e.label == oos)]
    folds = max(2, min(folds or FOLDS, len(turn)))
    order = np.random.default_rng(0).permutation(len(turn))
    by_label = sorted(order.tolist(), key=lambda n: turn[n].label)  # every fold gets its share of every label
    parts = [[turn[n] for n in by_label[k::folds]] for k in range(folds)]
    return [([*always, *(e for j, part in enumerate(parts) if j != k for e in part)], parts[k]) for k in range(folds)]


def _embedded(
    engine: Engine, stop: threading.Event, texts: Sequence[str], into: dict[str, Floats]
) -> Iterator[Progress]:
    for start in range(0, len(texts), SLICE):
        if stop.is_set():
            return
        some = texts[start : start + SLICE]
        into.update(zip(some, engine.embed(some, query=True), strict=True))
        yield Progress(min(start + SLICE, len(texts)), len(texts), "read")


def _intent_metrics(truth: Sequence[str], said: Sequence[str], oos: str) -> dict[str, float]:
    right = [t == s for t, s in zip(truth, said, strict=True)]
    inside = [ok for ok, t in zip(right, truth, strict=True) if not oos or t != oos]
    metrics = {"accuracy": _mean(right), "macro_f1": _macro_f1(truth, said), "in_scope_accuracy": _mean(inside)}
    if oos:
        metrics["oos_recall"] = _mean([ok for ok, t in zip(right, truth, strict=True) if t == oos])
    return metrics


def _macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    found = []
    for label in sorted(set(truth)):
        hit = sum(t == s == label for t, s in zip(truth, said, strict=True))
        found.append(2 * hit / max(sum(t == label for t in truth) + sum(s == label for s in said), 1))
    return round(statistics.fmean(found or [0.0]), 4)


def _mean(values: Sequence[bool]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0


def _ranked(scores: Floats, right: npt.NDArray[np.intp]) -> dict[str, float]:
    """Return the usual figures; passages with the same score share the places they take."""
    if not len(right):
        return {"recall@1": 0.0, "recall@3": 0.0, "mrr": 0.0}
    own = scores[np.arange(len(right)), right][:, None]
    rank = 1 + (scores > own).sum(1) + ((scores == own).sum(1) - 1) / 2
    figures = {"recall@1": rank <= 1, "recall@3": rank <= 3, "mrr": 1 / rank}
    return {name: round(float(values.mean()), 4) for name, values in figures.items()}
