"""Reading reviews: overall and remark by remark, what is praised or blamed, and about what."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt

from desktop_app import paths
from desktop_app.insight import Linear
from desktop_app.language.aspects import aspects_in
from desktop_app.language.clauses import clauses
from desktop_app.language.opinion_words import leaning
from desktop_app.language.plain_sides import plain_side
from desktop_app.review_records import Polarity, Remark, Understood
from desktop_app.tasks.opinions import VERSION, Floats, Vectors, heads

Embed = Callable[[Sequence[str]], Vectors]
CERTAIN = 0.62  # log odds within which a remark is neither praise nor blame
OPINION = 0.35  # below it, a stretch tells what is or happened, not what somebody thinks
SHORT = 12  # letters under which a clause is read together with the one before
SHORTEST = 6  # letters under which it is so across a full stop, too
CLAUSE = 40  # letters up to which a text is taken for one clause
PLAIN = 2.0  # log odds at least of a stretch whose side is plain


class Reader:
    """Reads texts with the heads that are shipped; ``embed`` gives their meaning, None where there are no weights.

    ``unbent`` gives their meaning by the weights as they came, which know better what a text is about than what is
    thought of it.
    """

    def __init__(self, embed: Embed | None, unbent: Embed | None = None) -> None:
        self._embed, self._unbent = embed, unbent or embed
        self._heads = heads()

    @property
    def version(self) -> str:
        """What a reading is kept under: another reader reads differently."""
        return f"{VERSION}{'' if self._embed else '-words'}"

    def vectors(self, texts: Sequence[str]) -> Vectors | None:
        """Return the meaning of texts, equal ones computed once and short ones together."""
        return _embedded(self._embed, texts)

    def topics(self, texts: Sequence[str]) -> Vectors | None:
        """Return what texts are about, whatever is thought of it."""
        return _embedded(self._unbent, texts)

    def logits(self, texts: Sequence[str], *, rules: bool = True) -> Floats:
        """Return log odds of praise against blame for whole texts; ``rules`` are those of single words and markers."""
        vectors = self.vectors(texts)
        said = self._heads.logits(texts, vectors, _chinese(texts))
        if not rules:
            return said
        said = said + self.rules(texts)
        # A denied fault that is all there is leaves no doubt; of a drawback alone nobody knows what it weighed.
        plain = np.array([len(text) <= CLAUSE and plain_side(text) > 0 for text in texts], bool)
        return np.where(plain, np.maximum(said, PLAIN), said)

    def rules(self, texts: Sequence[str]) -> Floats:
        """Return what the words and their negations add: a little beside meaning, much where they are alone."""
        return np.array([np.clip(leaning(text), -2, 2) * (0.9 if self._embed is None else 0.3) for text in texts])

    def understand(self, texts: Sequence[str], *, closely: Sequence[bool] = ()) -> list[Understood]:
        """Read texts remark by remark; each stretch of words is looked at once.

        What is thought on the whole follows from the remarks. Those to be read ``closely`` are looked at once more as
        they stand, which takes twice as long and knows better (Chinese reviews of several clauses: 88 of 100 instead of
        76): for reviews without stars, of which nothing else tells.
        """
        looked = self.look(texts)
        kinds = self.kinds(looked)
        wholes = looked.whole.copy()
        again = [n for n, close in enumerate(closely) if close and len(looked.spans[n]) > 1]
        if again and self._embed is not None:
            wholes[again] = self.logits([texts[n] for n in again])
        found, at = [], 0
        for text, spans, whole in zip(texts, looked.spans, wholes, strict=True):
            own = kinds[at : at + len(spans)]
            at += len(spans)
            remarks = []
            for (start, end), kind in zip(spans, own, strict=True):
                keys = dict.fromkeys(key for key, _s, _e in aspects_in(text[start:end]))
                remarks.append(Remark(start, end, kind, tuple((key, kind) for key in keys)))
            positive = float(1 / (1 + np.exp(-whole)))
            found.append(Understood(_overall(own, float(whole)), positive, tuple(remarks)))
        return found

    def look(self, texts: Sequence[str]) -> Looked:
        """Cut texts into stretches and look at each: what it means, which way it leans, whether it is an opinion."""
        spans = [stretches(text) for text in texts]
        pieces = [text[a:b] for text, own in zip(texts, spans, strict=True) for a, b in own]
        owner = np.repeat(np.arange(len(texts)), [len(own) for own in spans])
        vectors = self.vectors(pieces)
        if not pieces:
            return Looked(spans, owner, vectors, np.empty((0, 3)), np.zeros(len(texts)), np.zeros(0, np.int64))
        scores = self._heads.logits(pieces, vectors, _chinese(pieces)) + self.rules(pieces)
        plain = np.array([plain_side(piece) for piece in pieces])
        scores = np.where(plain != 0, plain * np.maximum(np.abs(scores), PLAIN), scores)
        said = self._heads.opinionated(vectors) if vectors is not None else np.ones(len(pieces))
        leans = np.array([leaning(piece) for piece in pieces])
        length = np.array([len(piece) for piece in pieces], float)
        total = np.maximum(np.bincount(owner, length, len(texts)), 1)
        whole = np.bincount(owner, scores * length, len(texts)) / total
        if vectors is not None:
            sums = np.zeros((len(texts), vectors.shape[1]))
            np.add.at(sums, owner, vectors * length[:, None])
            means = (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)).astype(np.float32)
            meant = self._heads.logits(texts, means, _chinese(texts))
            told = np.bincount(owner, length * (plain != 0), len(texts)) / total  # how much of it is plain already
            whole = (0.6 * (1 - told)) * meant + (0.4 + 0.6 * told) * whole
        whole[np.bincount(owner, minlength=len(texts)) == 0] = 0
        return Looked(spans, owner, vectors, np.stack([scores, said, leans], 1), whole, plain)

    def kinds(self, looked: Looked) -> list[Polarity]:
        """Return whether each stretch is praise, blame or neither."""
        if looked.vectors is None or not len(looked.signs):
            kinds = [_polarity(s, o, lean) for s, o, lean in looked.signs]
        else:
            kinds = [cast(Polarity, kind) for kind in aspect_head().predict(features(looked))]
        return [
            borne_out(*one) for one in zip(kinds, looked.plain, looked.signs[:, 0], looked.signs[:, 2], strict=True)
        ]


def _embedded(embed: Embed | None, texts: Sequence[str]) -> Vectors | None:
    if embed is None or not texts:
        return None
    different = sorted(set(texts), key=len)
    place = {text: n for n, text in enumerate(different)}
    return embed(different)[[place[text] for text in texts]]


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen in some texts: ``spans`` a text, and one row a stretch in all else but ``whole``."""

    spans: list[list[tuple[int, int]]]
    owner: np.ndarray  # which text a stretch belongs to
    vectors: Vectors | None
    signs: Floats  # (stretches, 3): log odds of praise, how likely an opinion, praise less blame by words
    whole: Floats  # (texts,): log odds of praise of the whole
    plain: npt.NDArray[np.int64]  # (stretches,): 1 plain praise, -1 plain blame, 0 neither by the words alone


def features(looked: Looked) -> Floats:
    """Return what the head for stretches is asked with, shape (stretches, d + 7)."""
    assert looked.vectors is not None
    score, said, lean = looked.signs.T
    whole = looked.whole[looked.owner]
    count = np.bincount(looked.owner, minlength=len(looked.whole))[looked.owner]
    own = np.stack(
        [score, np.abs(score), 3 * said, lean.clip(-2, 2), np.abs(lean).clip(0, 2), whole, 1.0 * (count == 1)], 1
    )
    return np.hstack([looked.vectors * 5, own])


@cache
def aspect_head(path: Path | None = None) -> Linear:
    """Load the head that tells praise, blame and neither in a stretch of a review."""
    with np.load(path or paths.assets() / "reviews" / "stretches.npz", allow_pickle=False) as kept:
        classes = tuple(str(name) for name in kept["classes"])
        return Linear(classes, kept["weights"].astype(np.float64), kept["bias"].astype(np.float64))


def packed(understood: Understood) -> str:
    """Return a reading as the shop keeps it."""
    rows = [[r.start, r.end, r.polarity[:3], [[k, p[:3]] for k, p in r.aspects]] for r in understood.remarks]
    return json.dumps([understood.polarity[:3], round(understood.positive, 3), rows], separators=(",", ":"))


_LONG: dict[str, Polarity] = {"pos": "positive", "neg": "negative", "neu": "neutral", "mix": "mixed"}


def unpacked(data: str) -> Understood:
    """Return the reading that ``packed`` made small."""
    polarity, positive, rows = json.loads(data)
    remarks = (Remark(a, b, _LONG[p], tuple((k, _LONG[q]) for k, q in keys)) for a, b, p, keys in rows)
    return Understood(_LONG[polarity], positive, tuple(remarks))


def stretches(text: str) -> list[tuple[int, int]]:
    """Return the clauses of a text; a very short one is read together with the one before it."""
    found: list[tuple[int, int]] = []
    for start, end in clauses(text):
        letters = sum(2 if c > "\u3400" else 1 for c in text[start:end])
        if found and letters < SHORT and start - found[-1][1] < 3 and _goes_on(text, found[-1], (start, end), letters):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _goes_on(text: str, before: tuple[int, int], own: tuple[int, int], letters: int) -> bool:
    """Tell whether a short clause belongs to the one before: of the same sentence, and not about another thing."""
    gap = text[before[1] - 1 : own[0]]
    if "\n" in gap or (letters >= SHORTEST and any(c in ".!?。！？" for c in gap)):
        return False
    about = {key for key, _s, _e in aspects_in(text[slice(*own)])}
    return not about or about <= {key for key, _s, _e in aspects_in(text[slice(*before)])}


def _polarity(score: float, said: float, lean: float) -> Polarity:
    if abs(score) < CERTAIN or (said < OPINION and not lean):
        return "neutral"
    return "positive" if score > 0 else "negative"


def borne_out(kind: Polarity, plain: int, score: float, lean: float) -> Polarity:
    """Return the side of a stretch: the plain one, and never one against which both its meaning and its words speak.

    The head sees the whole review, too, so "Shipping was fast" among curses would be cursed with them.
    """
    if plain:
        return "positive" if plain > 0 else "negative"
    if lean * score > 0 and min(abs(lean), abs(score)) >= 0.5:
        side: Polarity = "positive" if score > 0 else "negative"
        return side if kind != "neutral" else kind
    return kind


def _overall(kinds: Sequence[Polarity], whole: float) -> Polarity:
    praise, blame = kinds.count("positive"), kinds.count("negative")
    if praise and blame and abs(whole) < 1.2:
        return "mixed"
    if abs(whole) < CERTAIN and not praise and not blame:
        return "neutral"
    return "positive" if whole > 0 else "negative"


def _chinese(texts: Sequence[str]) -> np.ndarray:
    return np.array([any("\u3400" <= c <= "\u9fff" for c in text) for text in texts], bool)
