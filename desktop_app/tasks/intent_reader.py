"""A head that says what a message wants, learned from examples, and the bar under which it wants none of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from desktop_app.errors import UserError
from desktop_app.insight import intents
from desktop_app.insight.sparse import Sparse
from desktop_app.language import pieces

HELD_BACK = 5  # every so-manieth example is held back to find the bar
FEW = 20  # strangers from which they alone find it

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what it wants. ``train`` says which part of a file it belongs to."""

    text: str
    label: str
    train: bool = False


class Reader:
    """A head with its bar, learned from some examples; ``meanings`` holds what every text means that it will meet."""

    def __init__(
        self, known: Sequence[Example], strangers: Sequence[Example], meanings: Mapping[str, Floats], bar: bool
    ) -> None:
        if len({e.label for e in known}) < 2:
            raise UserError("There are too few labels to tell apart.")
        self._meanings = meanings
        self._head = self._learn(known)
        self._bar = self._find_bar(known, strangers) if bar else -np.inf

    def read(self, texts: Sequence[str], meanings: Floats | None = None) -> list[intents.Read]:
        """Return what each text wants, with an empty label where that is none of the list."""
        found = self._read(self._head, texts, meanings)
        return [r if r.fit >= self._bar else intents.Read(intents.NONE, r.confidence, r.fit) for r in found]

    def chances(self, texts: Sequence[str], meanings: Floats) -> Floats:
        """Return how likely each text is about each label, shape (n, labels); "none of these" counts as nothing."""
        found = self._head.chances(meanings, grams(texts)).copy()
        if intents.NONE in self._head.head.classes:
            found[:, self._head.head.classes.index(intents.NONE)] = 0
        return found

    def _learn(self, examples: Sequence[Example]) -> intents.Intents:
        texts = [e.text for e in examples]
        return intents.learn(self._vectors(texts), grams(texts), [e.label for e in examples])

    def _find_bar(self, known: Sequence[Example], strangers: Sequence[Example]) -> float:
        """Hold back every fifth example; without strangers, whole labels are held back and play them."""
        labels = sorted({e.label for e in known})
        away = set() if len(strangers) >= FEW else set(labels[:: max(3, min(5, len(labels) // 4 or 1))])
        if len(labels) - len(away) < 2:
            return -np.inf
        kept = [e for n, e in enumerate(known) if n % HELD_BACK and e.label not in away]
        back = [e for n, e in enumerate(known) if not n % HELD_BACK and e.label not in away]
        odd = [e.text for e in strangers] + [e.text for e in known if e.label in away]
        if len({e.label for e in kept}) < 2 or not back:
            return -np.inf
        head = self._learn(kept)
        seen = [
            (r.fit, r.label == e.label) for r, e in zip(self._read(head, [e.text for e in back]), back, strict=True)
        ]
        return intents.bar_between(seen, [r.fit for r in self._read(head, odd)])

    def _read(self, head: intents.Intents, texts: Sequence[str], meanings: Floats | None = None) -> list[intents.Read]:
        if not texts:
            return []
        return head.read(self._vectors(texts) if meanings is None else meanings, grams(texts))

    def _vectors(self, texts: Sequence[str]) -> Floats:
        return np.stack([self._meanings[t] for t in texts])


def grams(texts: Sequence[str]) -> Sparse:
    """Return the hashed pieces of texts as rows."""
    return Sparse(*pieces.hashed(texts), pieces.BUCKETS)
