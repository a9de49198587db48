"""Train the head that tells praise, blame and neither in a stretch of a review; run after `polarity.py`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from labelled import Labelled, opinions  # noqa: E402
from polarity import vectors_of  # noqa: E402

from desktop_app.formats.aspect_files import aspect_rows  # noqa: E402
from desktop_app.insight import fit_linear  # noqa: E402
from desktop_app.tasks.aspect_targets import target_features  # noqa: E402
from desktop_app.tasks.understanding import Reader  # noqa: E402

FILES = (("en_mams_acsa_val.xml", "mams-acsa", 1.0), ("en_mams_atsa_val.xml", "mams-atsa", 1.0),
         ("en_product_reviews_1_aspects.csv", "columns", 1.0), ("zh_asap_train_sample.csv", "asap", 0.7),
         ("zh_asap_dev_sample.csv", "asap", 0.7))  # fmt: skip


def main() -> None:
    """Train on four fifths of the sentences, say what the rest gives, and keep the head."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    ask.add_argument("--cache", type=Path, default=Path("build/training-stretches.npz"))
    ask.add_argument("--save", type=Path)
    wishes = ask.parse_args()
    wishes.cache.parent.mkdir(parents=True, exist_ok=True)
    rows = [(name, weight, text, targets) for name, form, weight in FILES
            for text, targets in aspect_rows(wishes.data / name, form) if targets]  # fmt: skip
    plain = [r for r in opinions(wishes.data) if not r.positive]
    texts = [row[2] for row in rows] + [r.text for r in plain]
    looked = Reader(lambda some: vectors_of(some, wishes.cache).astype(np.float32)).look(texts)
    from desktop_app.formats.aspect_files import Target

    wanted = [row[3] for row in rows] + [[Target("", "neutral")] for _r in plain]
    made, _places = target_features(texts, looked, wanted)
    labels = [t.polarity for targets in wanted for t in targets]
    files = [row[0] for row in rows for _t in row[3]] + ["plain sentences"] * len(plain)
    weight = np.array([row[1] for row in rows for _t in row[3]] + [0.3] * len(plain))
    apart = [Labelled("", row[2], True).held_out for row in rows for _t in row[3]] + [r.held_out for r in plain]
    rest = np.array(apart)
    known = [label for label, r in zip(labels, rest, strict=True) if not r]
    for strength in (0.01, 0.03, 0.1):
        head = fit_linear(made[~rest], known, strength=strength, sample_weight=weight[~rest])
        found = head.predict(made)
        for name in dict.fromkeys(files):
            some = [f == y for f, y, r, n in zip(found, labels, rest, files, strict=True) if r and n == name]
            print(f"{strength} {name}: {np.mean(some):.3f} of {len(some)} held out")
    head = fit_linear(made[~rest], known, strength=0.1, sample_weight=weight[~rest])
    if wishes.save:
        np.savez_compressed(wishes.save, weights=head.weights.astype(np.float32), bias=head.bias.astype(np.float32),
                            classes=np.array(head.classes))  # fmt: skip


if __name__ == "__main__":
    main()
