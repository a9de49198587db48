"""Praise and blame on the fifth of the shared reviews that nothing was trained on: `benchmarks/sentiment.py`.

Ours with the rules for negation, contrast and irony and without; beside it the commonest side, the word lists, and
TF-IDF with logistic regression trained on the same four fifths. Then the same for the texts that have such a marker.
With ``--write FOLDER`` the texts go out as files for `zhanggui evaluate`.
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

from labelled import Labelled, polarity  # noqa: E402
from polarity import by_words  # noqa: E402

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
    said = ", ".join(f"{name} {right[own == key].mean():.4f} of {(own == key).sum()}" for key, name in SETS.items()
                     if (own == key).any())  # fmt: skip
    print(f"{way:>34}: {said}", flush=True)


def main() -> None:
    """Read what was held out and print a line for each way."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    ask.add_argument("--write", type=Path)
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
