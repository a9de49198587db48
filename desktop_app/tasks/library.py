"""The shop's knowledge made ready to be asked: meanings computed once and kept, words counted, both searched."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from desktop_app import weights
from desktop_app.engine import Engine, ScriptedEngine
from desktop_app.errors import UserError
from desktop_app.knowledge_records import Found, Passage
from desktop_app.language import hybrid
from desktop_app.language.tongue import language_of
from desktop_app.language.wordsearch import WordSearch
from desktop_app.shop import Shop
from desktop_app.shop.knowledge import digest_of

Floats = npt.NDArray[np.floating]
SLICE = 64  # texts embedded at once
BEST = 8


class Library:
    """The passages of a shop that are valid on a day, ready to be searched."""

    def __init__(self, shop: Shop, engine: Engine | None, *, on: str) -> None:
        """Read the passages; without weights for meaning only words are compared."""
        self.mark = (shop.path, shop.knowledge_mark(), on)
        self.passages = shop.passages(on=on)
        self._engine = engine
        self._words = WordSearch([p.whole for p in self.passages])
        self._told, self._asked = _meanings(shop, engine, self.passages)
        self._behind: hybrid.Background | None = None
        if self._told is not None and self._asked is not None and len(self.passages) > 1:
            self._behind = hybrid.background(self._asked, self._told, self._asked)

    def search(self, questions: Sequence[str], *, limit: int = BEST) -> list[list[Found]]:
        """Return for each question the passages that fit best, the likeliest first."""
        if not self.passages or not questions:
            return [[] for _q in questions]
        words = self._words.shares(questions)
        near: Floats = words
        if self._told is not None and self._asked is not None and self._engine is not None:
            asked = self._engine.embed(list(questions), query=True)
            if self._behind is not None:
                near = hybrid.fused(hybrid.meaning(asked, self._told, self._asked, self._behind), words)
            raw: Floats = (asked @ self._told.T + asked @ self._asked.T) / 2
        else:
            raw = words
        found = []
        for scores, close in zip(near, raw, strict=True):
            best = np.argsort(-scores, kind="stable")[:limit]
            found.append([Found(self.passages[n], float(scores[n]), float(close[n])) for n in best])
        return found


def meaning_mark(engine: Engine) -> str:
    """Return what the weights for meaning are known by; "" where there are none."""
    if isinstance(engine, ScriptedEngine):
        return "scripted"
    found = weights.starter("meaning")
    if found is None:
        return ""
    return found.sha256 or hashlib.sha256(f"{found.name}:{found.size}".encode()).hexdigest()


def _meanings(shop: Shop, engine: Engine | None, passages: Sequence[Passage]) -> tuple[Floats | None, Floats | None]:
    if engine is None or not passages:
        return None, None
    mark = meaning_mark(engine)
    if not mark:
        return None, None
    kept = shop.meanings(mark)
    digests = [digest_of(p) for p in passages]
    fresh = {d: p for d, p in zip(digests, passages, strict=True) if d not in kept}
    try:
        for start in range(0, len(fresh), SLICE):
            some = list(fresh.items())[start : start + SLICE]
            told = engine.embed([p.whole for _d, p in some])
            asked = engine.embed([p.question or p.text for _d, p in some], query=True)
            shop.keep_meanings(mark, [d for d, _p in some], told, asked)
    except UserError:  # weights that cannot embed: words alone must do
        return None, None
    kept = shop.meanings(mark)
    return np.stack([kept[d][0] for d in digests]), np.stack([kept[d][1] for d in digests])


def tongue_of(text: str) -> str:
    """Return the language of a message, English where it cannot be told."""
    return language_of(text) or "en"
