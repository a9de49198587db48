"""Which product a customer means: by its title, or by the part of it people say ("the oak lamp", 台灯) where only one fits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

LEAST = 3  # letters of a title that is looked for whole
SHARE = 0.6  # of the words of a title that must be said
MOST = 200_000  # titles beyond which only whole ones are looked for
_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_TAIL = re.compile(r"[,，(（].*$|\b(?:set|pack|box) of\b.*$|\bwith\b.*$|\bfor\b.*$", re.IGNORECASE)
_SMALL = frozenset("the and for with set pack piece pieces from our your".split())


@dataclass(frozen=True, slots=True)
class _Index:
    words: dict[str, tuple[int, ...]]  # word → titles that hold it
    sizes: tuple[int, ...]  # how many words each title has
    heads: dict[str, int]  # what things are called, where only one title is called so
    ends: dict[str, int]  # the same for Chinese: the end of a title


def named(titles: Sequence[tuple[int, str]], text: str) -> int | None:
    """Return the id of the product a text names; None where none or more than one may be meant.

    A whole title counts before a part of one, a longer title before a shorter one.
    """
    folded = text.casefold()
    whole = [(len(title), id) for id, title in titles if len(title) >= LEAST and title.casefold() in folded]
    if whole:
        return max(whole)[1]
    if len(titles) > MOST:
        return None
    place = _by_part(_index(tuple(title for _id, title in titles)), folded)
    return None if place is None else titles[place][0]


def without(text: str, title: str) -> str:
    """Return a text without the words of a product's title, in whatever form they stand; what is left asks about it."""
    left = re.sub(re.escape(title), " ", text, flags=re.IGNORECASE)
    for word in _WORD.findall(_HAN.sub(" ", title)):
        left = re.sub(
            rf"(?<![A-Za-z]){re.escape(_bare(word.casefold()))}s?(?:['’]s)?(?![A-Za-z])", " ", left, flags=re.IGNORECASE
        )
    for run in _HAN.findall(title):
        for length in range(len(run), 1, -1):
            for start in range(len(run) - length + 1):
                left = left.replace(run[start : start + length], " ")
    return left


def _by_part(index: _Index, folded: str) -> int | None:
    said = {_bare(word) for word in _WORD.findall(_HAN.sub(" ", folded))}
    hits = Counter(place for word in said for place in index.words.get(word, ()))
    fits = {place: n / index.sizes[place] for place, n in hits.items() if n > 1 and n / index.sizes[place] >= SHARE}
    if fits:
        best = max(fits.values())
        several = [place for place, share in fits.items() if share == best]
        return several[0] if len(several) == 1 else None
    heads = {index.heads[word] for word in said if word in index.heads}
    runs = _HAN.findall(folded)
    pieces = {run[a : a + n] for run in runs for n in range(2, 7) for a in range(len(run) - n + 1)}
    longest = max((len(piece) for piece in pieces if piece in index.ends), default=0)
    heads |= {index.ends[piece] for piece in pieces if len(piece) == longest and piece in index.ends}
    return heads.pop() if len(heads) == 1 else None


@lru_cache(maxsize=2)
def _index(titles: tuple[str, ...]) -> _Index:
    words: dict[str, list[int]] = {}
    sizes, heads, ends = list[int](), dict[str, list[int]](), dict[str, list[int]]()
    for place, title in enumerate(titles):
        name = _TAIL.sub("", title).casefold()
        own = [_bare(word) for word in _WORD.findall(_HAN.sub(" ", name)) if word not in _SMALL]
        sizes.append(max(len(set(own)), 1))
        for word in set(own):
            words.setdefault(word, []).append(place)
        if own:
            heads.setdefault(own[-1], []).append(place)
        if runs := _HAN.findall(name):
            for length in range(2, len(runs[0])):
                ends.setdefault(runs[0][-length:], []).append(place)
    return _Index(
        {word: tuple(places) for word, places in words.items()}, tuple(sizes),
        # A word that other titles hold as well says too little.
        {word: places[0] for word, places in heads.items() if len(places) == 1 and len(words[word]) == 1},
        {end: places[0] for end, places in ends.items() if len(places) == 1},
    )  # fmt: skip


def _bare(word: str) -> str:
    """Return a word without the s of several."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
