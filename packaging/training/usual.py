"""Keep what 2,000 of the labelled texts mean by the weights as they came: the ground that themes are looked for on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from labelled import polarity  # noqa: E402
from polarity import vectors_of  # noqa: E402

COUNT = 2000


def main() -> None:
    """Choose texts by their weight, and write their vectors in whole steps of one byte."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    ask.add_argument("--cache", type=Path, default=Path("build/plain-vectors.npz"))
    ask.add_argument("--save", type=Path, default=ROOT / "assets" / "reviews" / "usual.npz")
    wishes = ask.parse_args()
    rows = [row for row in polarity(wishes.data) if row.weight and not row.held_out]
    share = np.array([row.weight for row in rows])
    chosen = np.random.default_rng(0).choice(len(rows), COUNT, replace=False, p=share / share.sum())
    vectors = vectors_of([rows[n].text for n in sorted(chosen)], wishes.cache, plain=True)
    centre, spread = vectors.mean(0), np.maximum(vectors.std(0), 1e-9)
    scaled = (vectors - centre) / spread
    step = np.abs(scaled).max() / 127
    np.savez_compressed(wishes.save, points=np.rint(scaled / step).astype(np.int8), step=np.float32(step),
                        spread=spread.astype(np.float32), centre=centre.astype(np.float32))  # fmt: skip


if __name__ == "__main__":
    main()
