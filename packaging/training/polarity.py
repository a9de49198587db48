"""Put together the heads that tell praise from blame, and say what they reach on texts held out; `--help` says how.

What the meaning of a text is asked with comes from `tune.py`, where it was trained together with the adapter; here
words are added, and the head for opinions. Needs the optional group "oracle" (scipy multiplies the sparse rows of
words; scikit-learn makes the baselines).
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
from desktop_app.language.grams import SPACE, grams_of  # noqa: E402
from desktop_app.tasks.opinions import Heads, adapter, packed, unpacked  # noqa: E402

WORDS, OPINION = 4.0, 0.002  # how much the data count in each head
RANK = 12  # of the adapter that is shipped: 99.8 % of what the mean of several adds
SHARE = 0.1  # how much words say beside meaning: they know the goods of the files they come from, and travel badly


def key_of(text: str) -> str:
    """Return under what the vector of a text is kept."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def vectors_of(texts: Sequence[str], cache: Path, *, plain: bool = False) -> np.ndarray:
    """Return the meaning of each text by the bent weights (or the ``plain`` ones), computed once, kept at ``cache``."""
    known = dict(np.load(cache, allow_pickle=False)) if cache.exists() else {}
    held = dict(zip(known.get("keys", np.array([])).tolist(), known.get("rows", []), strict=True))
    keys = [key_of(text) for text in texts]
    missing = sorted({(len(t), k, t) for k, t in zip(keys, texts, strict=True) if k not in held})
    if missing:
        starter = weights.starter("meaning")
        assert starter is not None, "fetch the starter weights first: make setup"
        path = Path(starter.path)
        engine = LlamaEngine(None, meaning_path=path if plain else weights.bent(path, adapter()))
        for start in range(0, len(missing), 512):
            some = missing[start : start + 512]
            for (_n, key, _t), row in zip(
                some, engine.embed([t for _n, _k, t in some], query=True if plain else None), strict=True
            ):
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


def train(
    rows: list[Labelled], some: list[Labelled], meaning: np.ndarray, about: list[Labelled], told: np.ndarray,
    flat: np.ndarray,
) -> Heads:  # fmt: skip
    """Fit the words and the head for opinions; ``flat`` is what `tune.py` found, the bias last.

    ``meaning`` are the vectors of ``some`` of the texts: how far meaning and words spread beside one another.
    """
    labels, weight = [str(int(r.positive)) for r in rows], np.array([r.weight for r in rows])
    words = fit_linear(sparse([r.text for r in rows]), labels, strength=WORDS, sample_weight=weight, steps=150)
    said = grams_of([r.text for r in some]).times(margin(words.weights))
    by_meaning, chinese = meaning @ flat[:-1] + flat[-1], np.array([r.chinese for r in some])
    blend = np.zeros((2, 3))
    for language in (0, 1):
        own = chinese == bool(language)
        share = SHARE * by_meaning[own].std() / said[own].std()
        shift = centred(by_meaning[own], np.array([r.positive for r, o in zip(some, own, strict=True) if o]))
        blend[language] = 1, share, share * (words.bias[1] - words.bias[0]) + shift
    centre, spread = told.mean(0), told.std(0)
    held = fit_linear((told - centre) / spread, [str(int(r.positive)) for r in about], strength=OPINION,
                      class_weight="balanced")  # fmt: skip
    opinion = margin(held.weights) / spread
    bias = held.bias[1] - held.bias[0] - centre @ opinion
    return Heads(flat, margin(words.weights), np.append(opinion, bias), blend)


def centred(logits: np.ndarray, positive: np.ndarray) -> float:
    """Return what to add to log odds so that they promise as much praise as there is: tuning read "query: " before."""
    shift = 0.0
    for _n in range(50):
        chance = 1 / (1 + np.exp(-(logits + shift)))
        shift += float((positive - chance).sum() / np.maximum((chance * (1 - chance)).sum(), 1e-6))
    return shift


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


def by_words(known: list[Labelled], rest: list[Labelled]) -> np.ndarray:
    """Return whether each of ``rest`` is praise by TF-IDF and logistic regression, trained a language on ``known``."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    found = np.zeros(len(rest), bool)
    for zh in (False, True):
        runs = {"analyzer": "char", "ngram_range": (1, 3)} if zh else {"ngram_range": (1, 2)}
        made = TfidfVectorizer(sublinear_tf=True, **runs)
        some = [r for r in known if r.chinese == zh and r.weight]
        asked = [n for n, r in enumerate(rest) if r.chinese == zh]
        if some and asked:
            rows = made.fit_transform([r.text for r in some])
            head = LogisticRegression(C=10, max_iter=1000).fit(rows, [r.positive for r in some])
            found[asked] = head.predict(made.transform([rest[n].text for n in asked]))
    return found


def bend(tuned: Sequence[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Return the mean of the adapters that `tune.py` kept, as it is shipped: in half precision, its strength in it.

    The mean travels better than each (Wortsman et al. 2022, Model soups); of its rank what matters is kept.
    """
    names = [key[:-2] for key in tuned[0] if key.endswith(".a")]
    kept = {}
    for name in names:
        left = np.concatenate([one[f"{name}.b"] * (one["alpha"] / one["rank"] / len(tuned)) for one in tuned], 2)
        right = np.concatenate([one[f"{name}.a"] for one in tuned], 1)
        u, size, v = np.linalg.svd(left @ right, full_matrices=False)  # a matrix a layer
        root = np.sqrt(size[:, :RANK])
        kept[f"{name}.a"] = (v[:, :RANK] * root[:, :, None]).astype(np.float16)
        kept[f"{name}.b"] = (u[:, :, :RANK] * root[:, None]).astype(np.float16)
    return kept


def main() -> None:
    """Train, score and, where asked, keep the heads."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "reviews")
    ask.add_argument("--cache", type=Path, default=Path("build/training-vectors.npz"))
    ask.add_argument(
        "--tuned", type=Path, nargs="+", required=True, help="what tune.py kept, a file a plan: their mean"
    )
    ask.add_argument("--save", type=Path, help="where to keep the heads (assets/reviews/polarity.npz)")
    ask.add_argument("--rest", type=Path, help="write the texts held out here, as CSV, one file a language")
    wishes = ask.parse_args()
    tuned = [dict(np.load(path)) for path in wishes.tuned]
    np.savez_compressed(adapter(), **bend(tuned))
    rows, about = polarity(wishes.data), [r for r in opinions(wishes.data) if not r.held_out]
    wishes.cache.parent.mkdir(parents=True, exist_ok=True)
    apart = np.array([r.held_out or not r.weight for r in rows])
    known, rest = ([r for r, a in zip(rows, apart, strict=True) if a == side] for side in (False, True))
    some = known[:: len(known) // 2000]  # enough to see how far the log odds spread
    both = vectors_of([r.text for r in [*rest, *some, *about]], wishes.cache)
    meaning, told = both[: len(rest)], both[len(rest) + len(some) :]
    flat = np.mean([np.append(one["praise.w"], one["praise.b"]) for one in tuned], 0)
    heads = unpacked(packed(train(known, some, both[len(rest) : len(rest) + len(some)], about, told, flat)))
    told_of("these heads, held out", (scores(heads, rest, meaning) > 0) == [r.positive for r in rest], rest)
    told_of("TF-IDF", by_words(known, rest) == [r.positive for r in rest], rest)
    if wishes.save:
        np.savez_compressed(wishes.save, **packed(heads))
    if wishes.rest:
        _write(rest, wishes.rest)


def _write(rest: list[Labelled], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for zh, name in ((False, "rest.en.csv"), (True, "rest.zh.csv")):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(["file", "review", "label"])
            table.writerows((r.file, r.text, int(r.positive)) for r in rest if r.chinese == zh and r.weight)


if __name__ == "__main__":
    main()
