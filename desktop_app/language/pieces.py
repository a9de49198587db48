"""The pieces a text is compared by: words, parts of words, Han characters and pairs of them; no spelling is trusted."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"[^\W_\u3400-\u9fff]+(?:['’][^\W_\u3400-\u9fff]+)?")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LONG_NUMBER = re.compile(r"\d{5,}")
BUCKETS = 1 << 18


def folded(text: str) -> str:
    """Return a text with width, case and long numbers (which only name one thing) evened out."""
    return _LONG_NUMBER.sub("0", unicodedata.normalize("NFKC", text).casefold())


def words(text: str) -> list[str]:
    """Return the words of a text, Han characters one by one."""
    plain = folded(text)
    return [*_WORD.findall(plain), *(c for run in _HAN.findall(plain) for c in run)]


def search_terms(text: str) -> list[str]:
    """Return what word search counts: words and parts of them, Han characters and pairs."""
    plain = folded(text)
    found = list[str]()
    for word in _WORD.findall(plain):
        found.append(word)
        edged = f"_{word}_"
        found += [edged[i : i + n] for n in (3, 4) for i in range(len(edged) - n + 1)]
    for run in _HAN.findall(plain):
        found += run
        found += [run[i : i + 2] for i in range(len(run) - 1)]
    return found


def _pieces(text: str) -> Iterator[str]:
    plain = folded(text)
    tokens = [m[0] for m in re.finditer(f"{_WORD.pattern}|{_HAN.pattern}|[?!？！]", plain)]
    for first, second in zip(["^", *tokens], [*tokens, "$"], strict=True):
        yield f"2 {first} {second}"
    for token in tokens:
        yield f"1 {token}"
        if _HAN.match(token):
            yield from (f"h {token[i : i + n]}" for n in (1, 2, 3) for i in range(len(token) - n + 1))
        else:
            edged = f"_{token}_"
            yield from (f"c {edged[i : i + n]}" for n in (3, 4, 5) for i in range(len(edged) - n + 1))


def hashed(texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Return the hashed pieces of each text: where each text begins (n + 1,), the pieces' buckets, their weights.

    A weight is 1 + ln of how often the piece occurs; the inverse document frequency is the classifier's business.
    """
    return _counted(texts, _pieces, BUCKETS)


def hashed_words(
    texts: Sequence[str],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Return the hashed whole words of each text, as `hashed` does: what a plain word model sees, counts unsoftened."""
    return _counted(texts, words, BUCKETS, soften=False)


def _counted(
    texts: Sequence[str], pieces: object, buckets: int, *, soften: bool = True
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    starts, places, weights = [0], list[int](), list[float]()
    for text in texts:
        counts = Counter(zlib.crc32(piece.encode()) % buckets for piece in pieces(text))  # type: ignore[operator]
        places += counts
        weights += counts.values()
        starts.append(len(places))
    amounts = np.array(weights, np.float32)
    return np.array(starts, np.int64), np.array(places, np.int32), 1 + np.log(amounts) if soften else amounts
