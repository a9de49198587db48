"""A small trained reader beside the lists of the check: which unknown words cry wolf, and which quiet sentences to look at.

Two decisions, both by one linear score over the signs of `reader_signs.py`, learned from labelled sentences and what
earlier checks said of them at first sight (`packaging/training/reader.py`; `assets/language/reader.md` says from what).
It may let words pass that are merely unknown. A number, stuff, colour, size, promise or any other claim that was found
stays found, whatever the score.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from desktop_app import paths
from desktop_app.language import reader_signs
from desktop_app.records import Finding, Product
from desktop_app.words import _

SPACE = 1 << 14  # features, hashed as in Weinberger et al. 2009
PASSES = frozenset({"unsupported"})  # the only kind that is ever let pass
KIND = "doubtful"
_LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Reader:
    """The trained numbers of one language: weights by place, and the three bars a score is held against."""

    weights: tuple[float, ...]
    bias: float
    passes: float  # below it, unknown words are let pass
    strict: float  # above it, a sentence nothing was found in is marked
    lenient: float  # the same where the shop asks facts for claims alone


@cache
def of(language: str, path: Path | None = None) -> Reader:
    """Return the reader of a language, "en" or "zh"; OSError when the file is not there."""
    with np.load(path or paths.assets() / "language" / "reader.npz", allow_pickle=False) as kept:
        scale, bias, *bars = (float(x) for x in kept[f"{language}.numbers"])
        weights = kept[f"{language}.weights"].astype(np.float64) * scale
    return Reader(tuple(weights.tolist()), bias, *bars)


def place(sign: str) -> int:
    """Return where the weight of a sign stands."""
    return zlib.crc32(sign.encode()) & (SPACE - 1)


def score(signs: dict[str, float], reader: Reader) -> float:
    """Return how much the signs speak for a sentence that says what no fact carries; 0 is even."""
    return reader.bias + sum(reader.weights[place(name)] * value for name, value in signs.items())


def look_again(
    sentence: str, found: list[Finding], product: Product, language: str, *, strict: bool = True
) -> list[Finding]:
    """Return the findings of one sentence that stand: fewer where only unknown words were found and they look harmless,
    or one of kind "doubtful" where nothing was found and the sentence looks like a claim that is not so.
    """
    if language not in _LANGUAGES or any(f.kind not in PASSES for f in found):
        return found
    reader = of(language)
    value = score(reader_signs.signs(sentence, language, product, found), reader)
    if found:
        return [] if value < reader.passes else found
    if value <= (reader.strict if strict else reader.lenient) or reader_signs.restates(sentence, language, product):
        return found
    return [Finding(0, len(sentence), sentence, KIND, _reason(sentence, language, product))]


def _reason(sentence: str, language: str, product: Product) -> str:
    near = reader_signs.nearest(sentence, language, product)
    if near is None:
        return _("Sentences like this often claim what is not so, and no fact here says it. Is it true?")
    return _(
        "Sentences like this are often not what the facts say. Nearest is “{name}: {value}”. Does it say just this?",
        name=near.name, value=f"{near.value} {near.unit}".strip(),
    )  # fmt: skip
