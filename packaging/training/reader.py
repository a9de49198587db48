"""Train the reader beside the check's lists, and say what it is worth on hands it has not seen.

    python packaging/training/first_looks.py looks.jsonl
    python packaging/training/reader.py looks.jsonl [--save assets/language/reader.npz]

Every set ("hand") is scored by weights trained on the others, with bars set on the others: that is the table printed.
What is saved is trained on all. Needs the optional group "oracle" (scikit-learn).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from reader_data import OLDEST, sets_of  # noqa: E402

from desktop_app.language import reader, reader_signs  # noqa: E402
from desktop_app.records import Finding  # noqa: E402

# Sets by people who had seen neither the check nor its lists: they are what counts.
BLIND = (*OLDEST, "stranger", "fourth", "fifth", "open3")
LAST = ("stranger", "fourth", "fifth", "open3")  # … of these, those nobody had tuned anything for at the look we have
STRENGTH = 0.2  # how much the data count against small weights (C)
AGAIN = 0.5  # what a second look at a sentence weighs beside the first
# The share of false hard sentences with unknown words alone that the first bar lets pass, among all other hands …
LOST = 0.03
# … and of the true quiet sentences of the other blind hands that the second marks; where claims alone need facts, half.
MARKED = {"en": 0.02, "zh": 0.03}

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Looks:
    """The looks of one language, one place a look. ``state``: 0 nothing found, 1 unknown words alone, 2 more."""

    signs: csr_matrix
    false: Flags
    hard: Flags
    first: Flags
    hand: npt.NDArray[np.str_]
    state: npt.NDArray[np.int64]
    length: npt.NDArray[np.int64]
    restates: Flags  # says a fact again, or the title: never marked


def read(path: Path, language: str) -> Looks:
    """Return the looks of a language with the signs that today's code sees in them."""
    rows = [r for r in map(json.loads, path.read_text("utf-8").splitlines()) if r["language"] == language]
    known = {name: sets_of(ROOT / "tests" / "data" / "claims", name, language)[1] for name in {r["set"] for r in rows}}
    made = [
        reader_signs.signs(
            r["text"], language, known[r["set"]][str(r["product"])],
            [Finding(a, b, text, kind, "") for kind, a, b, text in r["findings"]],
        )
        for r in rows
    ]  # fmt: skip
    return Looks(
        _matrix(made), np.array([r["label"] == "false" for r in rows]), np.array([bool(r["hard"]) for r in rows]),
        np.array([r["first"] for r in rows]), np.array([r["set"] for r in rows]),
        np.array([_state(r) for r in rows]), np.array([len(r["text"]) for r in rows]),
        np.array([
            reader_signs.restates(r["text"], language, known[r["set"]][str(r["product"])]) for r in rows
        ]),
    )  # fmt: skip


def _state(row: dict[str, Any]) -> int:
    kinds = {kind for kind, *_rest in row["findings"]}
    return 0 if not kinds else 1 if kinds <= reader.PASSES else 2


def _matrix(made: list[dict[str, float]]) -> csr_matrix:
    places = [(n, reader.place(name), value) for n, signs in enumerate(made) for name, value in signs.items() if value]
    at, where, values = zip(*places, strict=True)
    return csr_matrix((values, (at, where)), shape=(len(made), reader.SPACE))


def weigh(looks: Looks) -> Floats:
    """Return how much each look counts: within a hand, the length of a sentence shall tell nothing.

    Whoever writes sentences to be told wrong writes the false ones shorter; no shop does.
    """
    weights = np.ones(len(looks.false))
    for hand in np.unique(looks.hand):
        for state in (0, 1, 2):
            for first in (True, False):
                _level(weights, (looks.hand == hand) & (looks.state == state) & (looks.first == first), looks)
    return np.where(looks.first, 1.0, AGAIN) * np.clip(weights, 0.2, 5.0)


def _level(weights: Floats, some: Flags, looks: Looks) -> None:
    if some.sum() < 8:
        return
    cuts = np.quantile(looks.length[some], np.linspace(0, 1, max(2, min(6, some.sum() // 25 + 1))))
    share = looks.false[some].mean()
    for part in range(len(cuts) - 1):
        inside = some & (np.digitize(looks.length, cuts[1:-1]) == part)
        wrong, right = inside & looks.false, inside & ~looks.false
        both = inside.sum() + 2.0
        weights[wrong], weights[right] = share * both / (wrong.sum() + 1), (1 - share) * both / (right.sum() + 1)


def fit(looks: Looks, weights: Floats, some: Flags) -> LogisticRegression:
    """Return the head trained on some looks."""
    head = LogisticRegression(C=STRENGTH, solver="liblinear", tol=1e-3, random_state=0)
    return head.fit(looks.signs[some], looks.false[some], sample_weight=weights[some])


def bars(language: str, looks: Looks, scores: Floats, some: Flags) -> tuple[float, float, float]:
    """Return the bar below which unknown words pass, and those above which quiet sentences are marked."""
    unknown = scores[some & looks.false & looks.hard & (looks.state == 1)]
    quiet = scores[some & np.isin(looks.hand, BLIND) & ~looks.false & (looks.state == 0) & ~looks.restates]
    return (
        float(np.quantile(unknown, LOST)),
        float(np.quantile(quiet, 1 - MARKED[language])),
        float(np.quantile(quiet, 1 - MARKED[language] / 2)),
    )


def main() -> None:
    """Print what the reader is worth for each hand, and save it where wished."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("looks", type=Path)
    words.add_argument("--save", type=Path)
    wishes = words.parse_args()
    kept: dict[str, npt.NDArray[Any]] = {}
    for language in ("en", "zh"):
        looks = read(wishes.looks, language)
        weights, scores = weigh(looks), np.zeros(len(looks.false))
        for hand in np.unique(looks.hand):
            head = fit(looks, weights, looks.hand != hand)
            scores[looks.hand == hand] = head.decision_function(looks.signs[looks.hand == hand])
        report(language, looks, scores)
        head = fit(looks, weights, np.ones(len(scores), bool))
        scale = float(np.abs(head.coef_).max()) / 127
        kept[f"{language}.weights"] = np.round(head.coef_[0] / scale).astype(np.int8)
        inside = bars(language, looks, scores, looks.first)
        kept[f"{language}.numbers"] = np.array([scale, float(head.intercept_[0]), *inside])
    if wishes.save:
        np.savez_compressed(wishes.save, **kept)
        print(f"{wishes.save}: {wishes.save.stat().st_size} bytes")


def report(language: str, looks: Looks, scores: Floats) -> None:
    """Print, for each hand and for the blind ones together, what was found without and with the reader."""
    marked = looks.state == 2
    for hand in np.unique(looks.hand):
        passes, strict, _lenient = bars(language, looks, scores, looks.first & (looks.hand != hand))
        mine = looks.hand == hand
        marked |= mine & (looks.state == 1) & (scores >= passes)
        marked |= mine & (looks.state == 0) & ~looks.restates & (scores > strict)
    groups = [(str(h), looks.hand == h) for h in np.unique(looks.hand)]
    groups += [("LAST BLIND", np.isin(looks.hand, LAST)), ("ALL BLIND", np.isin(looks.hand, BLIND))]
    groups += [("OUR OWN", ~np.isin(looks.hand, BLIND)), ("ALL", np.ones(len(scores), bool))]
    for name, some in groups:
        hard, true = some & looks.first & looks.false & looks.hard, some & looks.first & ~looks.false
        if not hard.any():
            continue
        said = [f"{row[hard].sum()}/{hard.sum()}, {row[true].sum()}/{true.sum()}" for row in (looks.state > 0, marked)]
        print(f"{language} {name}: hard false caught and alarms, lists alone {said[0]}; with the reader {said[1]}")


if __name__ == "__main__":
    main()
