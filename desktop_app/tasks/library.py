"""The shop's knowledge made ready to be asked: meanings computed once and kept, words counted, both searched."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from desktop_app import paths, weights
from desktop_app.engine import Engine, ScriptedEngine
from desktop_app.errors import UserError
from desktop_app.knowledge_records import Found, Passage
from desktop_app.language import hybrid, sureness
from desktop_app.language.tongue import language_of
from desktop_app.language.wordsearch import WordSearch
from desktop_app.shop import Shop
from desktop_app.shop.knowledge import digest_of

Floats = npt.NDArray[np.floating]
SLICE = 64  # texts embedded at once
BEST = 8
# Two passages of two languages answer the same from here on, and the second best falls back so far behind: of the 22
# questions that the sample's FAQs ask in both languages and five more, the right one is at .39 and above or not taken;
# the nearest answer to something else reached .35.
SAME, AHEAD = 0.38, 0.05
MANY = 20  # passages from which a lead says what it says


class Library:
    """The passages of a shop that are valid on a day, ready to be searched; good until ``stale`` says otherwise."""

    def __init__(self, shop: Shop, engine: Engine | None, *, on: str) -> None:
        """Read the passages; without weights for meaning only words are compared."""
        self.mark = (str(shop.path), shop.knowledge_mark(), on)
        self.passages = shop.passages(on=on)
        self._engine = engine
        self._words = WordSearch([p.whole for p in self.passages])
        self._tongues = [p.language or "en" for p in self.passages]
        kept = _meanings(shop, engine, self.passages)
        self._mark = meaning_mark(engine) if engine is not None else ""
        self._known = _known(self._mark) if engine is not None else {}
        self._asked: Floats | None = None
        if kept is not None:
            told, self._asked = kept
            self._told_apart, self._asked_apart = (
                hybrid.apart(rows, self._tongues, hybrid.middles(rows, self._tongues, self._known.get(kind, {})))
                for kind, rows in (("told", told), ("asked", self._asked))
            )

    def stale(self, shop: Shop, *, on: str) -> bool:
        """Tell whether the knowledge or the day changed since this was made."""
        return self.mark != (str(shop.path), shop.knowledge_mark(), on)

    def search(self, questions: Sequence[str], *, limit: int = BEST) -> list[list[Found]]:
        """Return for each question the passages that fit best, the likeliest first.

        Only the first is ever surer than the rest: ``sure`` of the others says how they would do in its place.
        """
        if not self.passages or not questions:
            return [[] for _q in questions]
        if self._asked is None or self._engine is None:
            shares = self._words.shares(questions)
            return [self._found(row, row, row, limit, words=True) for row in shares]
        return self.search_vectors(questions, self._engine.embed(list(questions), query=True), limit=limit)

    def search_vectors(self, questions: Sequence[str], asking: Floats, *, limit: int = BEST) -> list[list[Found]]:
        """Do the same for questions whose meanings (n, d) are known already."""
        assert self._asked is not None
        shares = self._words.shares(questions)
        tongues = [tongue_of(q) for q in questions]
        apart = hybrid.apart(asking, tongues, self._known.get("question", {}))
        scores = hybrid.fused(hybrid.near(apart, self._told_apart, self._asked_apart), shares)
        closer = hybrid.drawn(apart, scores, self._asked_apart)
        ranked = hybrid.fused(hybrid.near(closer, self._told_apart, self._asked_apart), shares)
        raw = self._evened(hybrid.products(asking, self._asked), apart, tongues)
        agreed = self._agreed(questions, asking, ranked)
        return [
            self._found(own, near, share, limit, words=False, ranked=again, agree=agree)
            for own, near, share, again, agree in zip(scores, raw, shares, ranked, agreed, strict=True)
        ]

    def counterpart(self, passage: Passage, language: str) -> Passage | None:
        """Return the passage of another language that answers the same; None where none is near and ahead enough."""
        there = [n for n, own in enumerate(self._tongues) if own == language]
        here = next((n for n, one in enumerate(self.passages) if one.id == passage.id), None)
        if self._asked is None or here is None or not there or self._tongues[here] == language:
            return None
        close = sum(hybrid.products(rows[here][None], rows[there])[0] for rows in (self._told_apart, self._asked_apart))
        near = np.sort(np.asarray(close) / 2)[::-1]
        if near[0] < SAME or (len(near) > 1 and near[0] - near[1] < AHEAD):
            return None
        return self.passages[there[int(np.argmax(close))]]

    def _agreed(self, questions: Sequence[str], asking: Floats, ranked: Floats) -> Sequence[float | None]:
        """Return how far each question and its best passage want the same; None where the weights are not the usual."""
        from desktop_app.tasks import intents  # late: it asks this file for the weights' mark

        assert self._asked is not None
        best = ranked.argmax(1)
        texts = [self.passages[n].question or self.passages[n].text for n in best]
        found = intents.agreement(self._mark, questions, asking, texts, self._asked[best])
        return [None] * len(questions) if found is None else [float(one) for one in found]

    def _evened(self, raw: Floats, apart: Floats, tongues: Sequence[str]) -> Floats:
        """Return how near questions are to passages (n, m), as if all of them were of one language."""
        other = np.array([[tongue != own for own in self._tongues] for tongue in tongues])
        if not other.any():
            return raw
        return np.where(other, np.maximum(raw, sureness.across(hybrid.products(apart, self._asked_apart))), raw)

    def _found(
        self, scores: Floats, raw: Floats, shares: Floats, limit: int, *, words: bool, ranked: Floats | None = None,
        agree: float | None = None,
    ) -> list[Found]:  # fmt: skip
        best = np.argsort(-(scores if ranked is None else ranked), kind="stable")[:limit]
        near, share, lead = signs(scores, raw, shares, int(best[0]))
        found = []
        for place, n in enumerate(best):
            own = (near, share, lead) if not place else (float(raw[n]), float(shares[n]), 0.0)
            told = agree if not place else None
            sure = sureness.by_words(own[1], own[2]) if words else sureness.sureness(*own, told)
            found.append(Found(self.passages[n], float(scores[n]), sure))
        return found


def signs(scores: Floats, raw: Floats, shares: Floats, first: int) -> tuple[float, float, float]:
    """Return what tells whether the ``first`` passage answers: nearness, words shared, its lead over the others."""
    others = np.delete(scores, first)
    lead = float(scores[first] - others.max()) if len(others) else 0.0
    # Among few passages the best one is always far ahead, which says little.
    return float(raw[first]), float(shares[first]), lead * min(1.0, len(scores) / MANY)


def meaning_mark(engine: Engine) -> str:
    """Return what the weights for meaning are known by; "" where there are none."""
    if isinstance(engine, ScriptedEngine):
        return "scripted"
    return mark_of_starter()


def mark_of_starter() -> str:
    """Return what the starter weights for meaning are known by; "" where there are none."""
    found = weights.starter("meaning")
    if found is None:
        return ""
    return found.sha256 or hashlib.sha256(f"{found.name}:{found.size}".encode()).hexdigest()


def tongue_of(text: str) -> str:
    """Return the language of a message, English where it cannot be told."""
    return language_of(text) or "en"


def _meanings(shop: Shop, engine: Engine | None, passages: Sequence[Passage]) -> tuple[Floats, Floats] | None:
    """Return what the passages mean, read as passages and as questions; what is not kept yet is computed and kept."""
    mark = meaning_mark(engine) if engine is not None and passages else ""
    if not mark or engine is None:
        return None
    kept = shop.meanings(mark)
    digests = [digest_of(p) for p in passages]
    fresh = list({d: p for d, p in zip(digests, passages, strict=True) if d not in kept}.items())
    try:
        for start in range(0, len(fresh), SLICE):
            some = fresh[start : start + SLICE]
            told = engine.embed([p.whole for _d, p in some])
            asked = engine.embed([p.question or p.text for _d, p in some], query=True)
            shop.keep_meanings(mark, [d for d, _p in some], told, asked)
            kept |= {d: (a, b) for (d, _p), a, b in zip(some, told, asked, strict=True)}
    except UserError:  # weights that cannot embed: words alone must do
        return None
    return np.stack([kept[d][0] for d in digests]), np.stack([kept[d][1] for d in digests])


@cache
def _known(mark: str) -> dict[str, dict[str, Floats]]:
    """Return where each language's questions and passages lie for the weights the shipped middles were made with."""
    with np.load(paths.assets() / "replies" / "middles.npz", allow_pickle=False) as kept:
        if str(kept["weights"]) != mark:
            return {}
        found: dict[str, dict[str, Floats]] = {}
        for name in kept.files:
            kind, _dot, tongue = name.partition(".")
            if tongue:
                found.setdefault(kind, {})[tongue] = kept[name]
        return found
