"""Train the heads that tell praise from blame, and say what they reach on texts held out; `--help` says how.

Needs the optional group "oracle" (scipy multiplies the sparse rows of words; scikit-learn makes the baselines).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from labelled import Labelled, opinions, polarity  # noqa: E402

from desktop_app import weights  # noqa: E402
from desktop_app.engine import LlamaEngine  # noqa: E402
from desktop_app.insight import fit_linear  # noqa: E402
from desktop_app.insight.nearness import landmarks  # noqa: E402
from desktop_app.language.grams import SPACE, grams_of  # noqa: E402
from desktop_app.tasks.opinions import Heads, packed, unpacked  # noqa: E402

COUNT, REACH = 2000, 0.5
NEAR, FLAT, WORDS, OPINION = 2.0, 0.002, 4.0, 0.002  # how much the data count in each head
# How much each head has to say, in units of its own spread, chosen by leaving whole files and kinds of shop out:
# words know the goods of the files they were trained on and travel badly, nearness travels best.
SHARES = np.array([[1.0, 0.6, 0.25], [1.0, 0.5, 0.35]])


def vectors_of(texts: Sequence[str], cache: Path) -> np.ndarray:
    """Return the meaning of each text, computed once and kept at ``cache``."""
    known = dict(np.load(cache, allow_pickle=False)) if cache.exists() else {}
    held = dict(zip(known.get("keys", np.array([])).tolist(), known.get("rows", []), strict=True))
    keys = [hashlib.sha256(text.encode()).hexdigest()[:20] for text in texts]
    missing = sorted({(len(t), k, t) for k, t in zip(keys, texts, strict=True) if k not in held})
    if missing:
        starter = weights.starter("meaning")
        assert starter is not None, "fetch the starter weights first: make setup"
        engine = LlamaEngine(None, meaning_path=Path(starter.path))
        for start in range(0, len(missing), 512):
            some = missing[start : start + 512]
            for (_n, key, _t), row in zip(some, engine.embed([t for _n, _k, t in some], query=True), strict=True):
                held[key] = row
            print(f"{start + len(some)}/{len(missing)} read", file=sys.stderr)
        engine.close()
        np.savez(cache, keys=np.array(list(held)), rows=np.stack(list(held.values())))
    return np.stack([held[key] for key in keys])


def sparse(texts: Sequence[str]) -> csr_matrix:
    """Return the features of plain words as a sparse matrix."""
    grams = grams_of(texts)
    return csr_matrix((grams.value.astype(np.float64), grams.index, grams.start), (len(texts), SPACE))


def margin(table: np.ndarray) -> np.ndarray:
    """Return one weight a feature from those of the two classes "0" and "1"."""
    return table[:, 1] - table[:, 0]


def train(rows: list[Labelled], meaning: np.ndarray, about: list[Labelled], told: np.ndarray) -> Heads:
    """Fit every head to these texts, then how much each has to say to a fifth of them that was kept apart."""
    truth = np.array([str(int(r.positive)) for r in rows])
    weight = np.array([r.weight for r in rows])
    inner = np.random.default_rng(5).random(len(rows)) < 0.25
    fitted = _fit(rows, meaning, truth, weight, ~inner)
    blend = _blend(rows, meaning, truth, weight, inner, fitted)
    whole = _fit(rows, meaning, truth, weight, np.ones(len(rows), bool))
    marks, near, flat, words = whole
    fits = fit_linear(
        marks.scaled(told), [str(int(r.positive)) for r in about], strength=OPINION, class_weight="balanced"
    )
    opinion = np.append(margin(fits.weights), fits.bias[1] - fits.bias[0])
    return Heads(marks, near, flat, words, opinion, blend)


def _fit(rows: list[Labelled], meaning: np.ndarray, truth: np.ndarray, weight: np.ndarray, use: np.ndarray) -> tuple:
    use = use & (weight > 0)
    texts, labels = [r.text for r, u in zip(rows, use, strict=True) if u], truth[use].tolist()
    marks = landmarks(meaning[use], COUNT, REACH, weight=weight[use])
    whitening = marks.whitening()
    near = fit_linear(marks.near(meaning[use]) @ whitening, labels, strength=NEAR, sample_weight=weight[use], steps=150)
    flat = fit_linear(marks.scaled(meaning[use]), labels, strength=FLAT, sample_weight=weight[use])
    words = fit_linear(sparse(texts), labels, strength=WORDS, sample_weight=weight[use], steps=150)
    return marks, whitening @ margin(near.weights), margin(flat.weights), margin(words.weights)


def _blend(
    rows: list[Labelled], meaning: np.ndarray, truth: np.ndarray, weight: np.ndarray, inner: np.ndarray, fitted: tuple
) -> np.ndarray:
    marks, near, flat, words = fitted
    blend = np.zeros((2, 4))
    chinese = np.array([r.chinese for r in rows])
    for language in (0, 1):
        use = inner & (chinese == bool(language)) & (weight > 0)
        texts = [r.text for r, u in zip(rows, use, strict=True) if u]
        parts = np.stack(
            [marks.near(meaning[use]) @ near, marks.scaled(meaning[use]) @ flat, grams_of(texts).times(words)], 1
        )
        mixed = (parts / parts.std(0)) @ SHARES[language]
        line = fit_linear(mixed[:, None], truth[use].tolist(), strength=1.0, sample_weight=weight[use])
        slope, bias = line.weights[0, 1] - line.weights[0, 0], line.bias[1] - line.bias[0]
        blend[language] = [*(SHARES[language] / parts.std(0) * slope), bias]
    return blend


def scores(heads: Heads, rows: list[Labelled], meaning: np.ndarray) -> np.ndarray:
    """Return the log odds of praise for each row."""
    return heads.logits([r.text for r in rows], meaning.astype(np.float32), np.array([r.chinese for r in rows]))


def told_of(name: str, right: np.ndarray, rows: list[Labelled]) -> None:
    """Print the share that is right, by file and by language."""
    by_file = {f: right[[r.file == f for r in rows]] for f in sorted({r.file for r in rows})}
    print(f"{name:>28} " + "  ".join(f"{f.split('.')[0]} {v.mean():.3f} ({len(v)})" for f, v in by_file.items()))
    for zh in (False, True):
        some = right[[r.chinese == zh for r in rows]]
        if len(some):
            print(f"{'':>28} {'Chinese' if zh else 'English'}: {some.mean():.4f} of {len(some)}")


def baseline(train_rows: list[Labelled], rest: list[Labelled]) -> None:
    """Print what TF-IDF and logistic regression reach on the same texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    right = np.zeros(len(rest), bool)
    for zh in (False, True):
        made = TfidfVectorizer(
            sublinear_tf=True, **({"analyzer": "char", "ngram_range": (1, 3)} if zh else {"ngram_range": (1, 2)})
        )
        some, asked = (
            [r for r in train_rows if r.chinese == zh and r.weight],
            [n for n, r in enumerate(rest) if r.chinese == zh],
        )
        if not some or not asked:
            continue
        head = LogisticRegression(C=10, max_iter=1000).fit(
            made.fit_transform([r.text for r in some]), [r.positive for r in some]
        )
        found = head.predict(made.transform([rest[n].text for n in asked]))
        right[asked] = found == np.array([rest[n].positive for n in asked])
    told_of("TF-IDF", right, rest)


def travel(rows: list[Labelled], meaning: np.ndarray, about: list[Labelled], told: np.ndarray) -> None:
    """Leave one file out after another, with every text that is also in it."""
    akin = {"en_amazon_snippets_vader.tsv": "en_product_reviews_1_aspects.csv"}
    akin |= {value: key for key, value in akin.items()}
    for name in ("en_amazon_snippets_vader.tsv", "en_product_reviews_1_aspects.csv", "en_pros_cons_8000.csv"):
        away = np.array([r.file in {name, akin.get(name)} for r in rows])
        asked = np.array([r.file == name for r in rows])
        heads = train([r for r, a in zip(rows, away, strict=True) if not a], meaning[~away], about, told)
        rest = [r for r, a in zip(rows, asked, strict=True) if a]
        told_of("without this file", (scores(heads, rest, meaning[asked]) > 0) == [r.positive for r in rest], rest)
        baseline([r for r, a in zip(rows, away, strict=True) if not a], rest)


def main() -> None:
    """Train, score and, where asked, keep the heads."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    ask.add_argument("--cache", type=Path, default=Path("build/training-vectors.npz"))
    ask.add_argument("--save", type=Path, help="where to keep the heads (assets/reviews/polarity.npz)")
    ask.add_argument("--rest", type=Path, help="write the texts held out here, as CSV, one file a language")
    ask.add_argument("--travel", action="store_true", help="also leave one file out after another")
    wishes = ask.parse_args()
    rows, about = polarity(wishes.data), [r for r in opinions(wishes.data) if not r.held_out]
    wishes.cache.parent.mkdir(parents=True, exist_ok=True)
    both = vectors_of([r.text for r in [*rows, *about]], wishes.cache)
    meaning, told = both[: len(rows)], both[len(rows) :]
    apart = np.array([r.held_out or not r.weight for r in rows])
    known, rest = (
        [r for r, a in zip(rows, apart, strict=True) if not a],
        [r for r, a in zip(rows, apart, strict=True) if a],
    )
    heads = unpacked(packed(train(known, meaning[~apart], about, told)))
    told_of("these heads, held out", (scores(heads, rest, meaning[apart]) > 0) == [r.positive for r in rest], rest)
    baseline(known, rest)
    if wishes.save:
        np.savez_compressed(wishes.save, **packed(heads))
    if wishes.rest:
        _write(rest, wishes.rest)
    if wishes.travel:
        travel(rows, meaning, about, told)


def _write(rest: list[Labelled], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for zh, name in ((False, "rest.en.csv"), (True, "rest.zh.csv")):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["file", "review", "label"])
            table.writerows((r.file, r.text, int(r.positive)) for r in rest if r.chinese == zh and r.weight)


if __name__ == "__main__":
    main()
