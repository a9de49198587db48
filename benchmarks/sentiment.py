"""Praise and blame on the fifth of the shared reviews that nothing was trained on: `benchmarks/sentiment.py`.

Ours with the rules for negation, contrast and irony and without; beside it the commonest side, the word lists, and
TF-IDF with logistic regression trained on the same four fifths. Then the same for the texts that have such a marker.
With ``--write FOLDER`` the texts go out as files for `zhanggui evaluate`. With ``--fifths`` TF-IDF and a flat head over
the weights for meaning as they come are also held against every fifth, trained on the other four: whether the fifth
held out is an easy one (the heads that are shipped saw the other four, so nothing can be said of theirs there).
Needs the optional group "oracle".
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging" / "training")]

from labelled import REST, Labelled, polarity  # noqa: E402
from polarity import by_words, vectors_of  # noqa: E402

from desktop_app.language.opinion_words import leaning, marker_of  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.tasks.reading import open_reader  # noqa: E402

SETS = {"en": "English", "zh": "Chinese", "magento": "Magento, never trained on"}


def set_of(row: Labelled) -> str:
    """Return which set a text is scored in."""
    return "zh" if row.chinese else "en" if row.weight else "magento"


def told(way: str, right: np.ndarray, rows: list[Labelled]) -> None:
    """Print the share that is right in each set."""
    own = np.array([set_of(row) for row in rows])
    said = ", ".join(f"{name} {share:.4f} ± {np.sqrt(share * (1 - share) / some.sum()):.4f} of {some.sum()}"
                     for key, name in SETS.items() if (some := own == key).any()
                     for share in (right[some].mean(),))  # fmt: skip
    print(f"{way:>34}: {said}", flush=True)


def main() -> None:
    """Read what was held out and print a line for each way."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    ask.add_argument("--write", type=Path)
    ask.add_argument("--fifths", action="store_true", help="also hold the baselines against all five fifths (minutes)")
    ask.add_argument("--cache", type=Path, default=Path("build/plain-vectors.npz"), help="vectors for --fifths")
    ask.add_argument("--clauses", action="store_true", help="also read them clause by clause (twice as long)")
    wishes = ask.parse_args()
    every = polarity(wishes.data)
    rows = [row for row in every if row.held_out or not row.weight]
    texts, truth = [row.text for row in rows], np.array([row.positive for row in rows])
    if wishes.write:
        write(rows, wishes.write)
    reader, engine = open_reader(Settings())
    try:
        plain = reader.logits(texts, rules=False)
        ways = {"ours": plain + reader.rules(texts), "ours without rules": plain}
        if wishes.clauses:
            ways["clause by clause"] = reader.look(texts).whole
    finally:
        if engine is not None:
            engine.close()
    most = {key: np.mean([r.positive for r in rows if set_of(r) == key]) >= 0.5 for key in SETS}
    right = {name: (score > 0) == truth for name, score in ways.items()}
    right["TF-IDF, logistic regression"] = by_words([r for r in every if not r.held_out and r.weight], rows) == truth
    right["word lists"] = np.array([leaning(text) >= 0 for text in texts]) == truth
    right["commonest side"] = np.array([most[set_of(row)] for row in rows]) == truth
    for name, own in right.items():
        told(name, own, rows)
    for marker in ("negation", "contrast", "irony"):
        some = np.array([marker in marker_of(text) for text in texts])
        for name in ("ours", "ours without rules"):
            told(f"{marker}: {name}", right[name][some], [row for row, s in zip(rows, some, strict=True) if s])
    if wishes.fifths:
        by_fifths([row for row in every if row.weight], wishes.cache)


def by_fifths(rows: list[Labelled], cache: Path) -> None:
    """Print what baselines get right of each fifth, trained on the other four, and the mean."""
    cache.parent.mkdir(parents=True, exist_ok=True)
    meaning = vectors_of([row.text for row in rows], cache, plain=True)
    meaning = (meaning - meaning.mean(0)) / meaning.std(0)
    fifth, truth = np.array([row.fifth for row in rows]), np.array([row.positive for row in rows])
    for key, name in list(SETS.items())[:2]:
        own = np.array([set_of(row) == key for row in rows])
        found: dict[str, list[float]] = {"TF-IDF": [], "flat head, plain weights": []}
        for number in range(REST):
            known, rest = np.flatnonzero(own & (fifth != number)), np.flatnonzero(own & (fifth == number))
            words = by_words([rows[n] for n in known], [rows[n] for n in rest])
            found["TF-IDF"].append(float((words == truth[rest]).mean()))
            flat = by_meaning(meaning[known], truth[known], meaning[rest])
            found["flat head, plain weights"].append(float((flat == truth[rest]).mean()))
        for way, each in found.items():
            shares = " ".join(f"{share:.4f}" for share in each)
            print(f"{way:>34}: {name}, five fifths {np.mean(each):.4f} (held out: {each[0]:.4f}; all: {shares})")


def by_meaning(known: np.ndarray, truth: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Return whether each of ``rest`` is praise by logistic regression over vectors."""
    from sklearn.linear_model import LogisticRegression

    head = LogisticRegression(C=0.003, max_iter=1000).fit(known, truth)
    return np.asarray(head.predict(rest))


def write(rows: list[Labelled], folder: Path) -> None:
    """Write a file a set."""
    folder.mkdir(parents=True, exist_ok=True)
    for key in SETS:
        with (folder / f"rest.{key}.csv").open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["file", "review", "label"])
            table.writerows((row.file, row.text, int(row.positive)) for row in rows if set_of(row) == key)


if __name__ == "__main__":
    main()
