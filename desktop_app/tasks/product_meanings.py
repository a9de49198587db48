"""What the shop's products mean to the weights for meaning: computed aside, kept in the shop file, used where kept."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from desktop_app import paths
from desktop_app.engine import Engine
from desktop_app.errors import UserError
from desktop_app.language.kinds import kind_of
from desktop_app.shop import Shop
from desktop_app.tasks.library import mark_of_starter, meaning_mark, tongue_of

Floats = npt.NDArray[np.float32]
MOST = 5_000  # products whose meanings are computed; of more, names are compared
SLICE = 64  # texts that are read at once, between which a stop is seen


def learn(shop: Shop, engine: Engine | None, stop: threading.Event | None = None) -> int:
    """Compute and keep the meanings of the products' names that are not kept yet; return how many these were.

    Nothing where there are no weights for meaning. It takes some seconds for a thousand products: no page waits for it.
    """
    mark = meaning_mark(engine) if engine is not None else ""
    if engine is None or not mark:
        return 0
    titles = [row.title for row in shop.rows(list(shop.search("")))]
    if len(titles) > MOST:
        return 0
    texts = list(dict.fromkeys(text for title in titles for text in (title, kind_of(title).words) if text))
    known = shop.wordings(mark, texts)
    fresh = [text for text in texts if text not in known]
    try:
        for start in range(0, len(fresh), SLICE):
            if stop is not None and stop.is_set():
                return start
            some = fresh[start : start + SLICE]
            shop.keep_wordings(mark, some, np.asarray(engine.embed(some), np.float32))
    except UserError:  # weights that cannot embed: names alone must do
        return 0
    return len(fresh)


def of_titles(shop: Shop, titles: Sequence[str]) -> Floats | None:
    """Return what each title means beside the shop's others, rows of length one; None while one is not known yet.

    Small weights say "alike" of everything; what differs from the middle is what counts.
    """
    mark = mark_of_starter()
    if not mark or not titles or len(titles) > MOST:
        return None
    known = shop.wordings(mark, titles)
    if any(title not in known for title in titles):
        return None
    vectors = np.stack([known[title] for title in titles])
    return _even(vectors - vectors.mean(0))


def of_kinds(shop: Shop, titles: Sequence[str]) -> dict[str, Floats]:
    """Return, by title, what the kinds of thing mean, against the middle of each language; of those kept.

    The middles were measured once for the starter weights, so that a shop of few products has a scale too.
    """
    mark = mark_of_starter()
    middles = _middles(mark)
    if not middles:
        return {}
    words = {title: kind_of(title).words for title in titles}
    known = shop.wordings(mark, [text for text in dict.fromkeys(words.values()) if text])
    return {
        title: _even((known[text] - middles[tongue_of(text)])[None, :])[0]
        for title, text in words.items()
        if text in known and tongue_of(text) in middles
    }


def _even(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)


@cache
def _middles(mark: str) -> dict[str, Floats]:
    with np.load(paths.assets() / "replies" / "middles.npz", allow_pickle=False) as kept:
        if str(kept["weights"]) != mark:
            return {}
        return {tongue: np.asarray(kept[f"told.{tongue}"], np.float32) for tongue in ("en", "zh")}
