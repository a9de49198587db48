"""Learn how sure a found passage is, and where each language's questions lie, from questions of our own.

The sets in ``tests/data/retrieval`` have one right passage a question. With it, the best passage found is right; with
it taken away, the best one found is wrong: both kinds of examples come from the same questions, and no shop's file is
needed. Printed are the weights that ``language/sureness.py`` holds; kept are the middles (``assets/replies``).
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from desktop_app.engine import Engine  # noqa: E402
from desktop_app.language import hybrid  # noqa: E402
from desktop_app.language.wordsearch import WordSearch  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.tasks import engines, intents  # noqa: E402
from desktop_app.tasks.library import meaning_mark, signs  # noqa: E402

SETS = ("faq", "ordinary", "aside")
Floats = npt.NDArray[np.floating]


class Set:
    """One set of questions with the meanings of everything in it."""

    def __init__(self, engine: Engine, path: Path) -> None:
        with path.open(encoding="utf-8") as file:
            rows = [(r["user_question"], r["standard_question"]) for r in csv.DictReader(file)]
        self.tongue = path.stem.rpartition(".")[2]
        self.questions = [q for q, _a in rows]
        self.passages = list(dict.fromkeys(a for _q, a in rows))
        self.right = [self.passages.index(a) for _q, a in rows]
        self.asking = embedded(engine, self.questions, query=True)
        self.told = embedded(engine, self.passages, query=False)
        self.asked = embedded(engine, self.passages, query=True)
        mark = meaning_mark(engine)
        wants = intents.chances(mark, self.questions, self.asking), intents.chances(mark, self.passages, self.asked)
        assert wants[0] is not None
        assert wants[1] is not None
        self.agree = wants[0] @ wants[1].T


def embedded(engine: Engine, texts: list[str], *, query: bool) -> Floats:
    """Return the meanings of texts, shape (n, d)."""
    return np.vstack([engine.embed(texts[n : n + 64], query=query) for n in range(0, len(texts), 64)])


def examples(one: Set, middles: dict[str, dict[str, Floats]]) -> tuple[list[tuple[float, ...]], list[bool]]:
    """Return the signs of the best passage of each question, with the right one there and without."""
    tongues = [one.tongue] * len(one.passages)
    told = hybrid.apart(one.told, tongues, hybrid.middles(one.told, tongues, middles["told"]))
    asked = hybrid.apart(one.asked, tongues, hybrid.middles(one.asked, tongues, middles["asked"]))
    asking = hybrid.apart(one.asking, [one.tongue] * len(one.questions), middles["question"])
    shares = WordSearch(one.passages).shares(one.questions)
    scores = hybrid.fused(hybrid.near(asking, told, asked), shares)
    raw = one.asking @ one.asked.T
    rows, labels = list[tuple[float, ...]](), list[bool]()
    for n, right in enumerate(one.right):
        if int(scores[n].argmax()) == right:
            rows.append((*signs(scores[n], raw[n], shares[n], right), float(one.agree[n][right])))
            labels.append(True)
        without = scores[n].copy()
        without[right] = -9
        best = int(without.argmax())
        rows.append((*signs(without, raw[n], shares[n], best), float(one.agree[n][best])))
        labels.append(False)
    return rows, labels


def main() -> None:
    """Learn, print the weights and how well they tell, keep the middles."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--save", type=Path, help="where to keep the middles (assets/replies/middles.npz)")
    wishes = ask.parse_args()
    engine = engines.engine_for(Settings())
    assert engine is not None
    sets = [Set(engine, ROOT / "tests" / "data" / "retrieval" / f"{n}.{t}.csv") for n in SETS for t in ("en", "zh")]
    kinds = {"question": "asking", "told": "told", "asked": "asked"}
    middles = {
        kind: {t: np.vstack([getattr(s, name) for s in sets if s.tongue == t]).mean(0) for t in ("en", "zh")}
        for kind, name in kinds.items()
    }
    rows, labels = list[tuple[float, ...]](), list[bool]()
    for one in sets:
        some, told = examples(one, middles)
        rows += some
        labels += told
    whole, y = np.array(rows), np.array(labels)
    for name, columns in (("three signs", 3), ("with what is wanted", 4)):
        x = whole[:, :columns]
        mean, spread = x.mean(0), x.std(0)
        head = LogisticRegression(class_weight="balanced").fit((x - mean) / spread, y)
        weights = head.coef_[0] / spread
        chances = head.predict_proba((x - mean) / spread)[:, 1]
        bias = round(float(head.intercept_[0] - (weights * mean).sum()), 2)
        print(f"{name}: weights", weights.round(2).tolist(), "bias", bias)
        print("  area under the curve", round(roc_auc_score(y, chances), 3))
        refused, answered = float((chances[~y] < 0.5).mean()), float((chances[y] >= 0.5).mean())
        print("  refused", round(refused, 3), "answered", round(answered, 3))
    if wishes.save:
        arrays = {f"{kind}.{t}": v.astype(np.float32) for kind, own in middles.items() for t, v in own.items()}
        np.savez(wishes.save, weights=np.array(meaning_mark(engine)), **arrays)
    engine.close()


if __name__ == "__main__":
    main()
