"""Score this installation on labelled reviews: praise or blame of whole texts, and what is said of each aspect."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop_app.formats.aspect_files import aspect_rows
from desktop_app.formats.labelled import labelled
from desktop_app.formats.reviews import stars_of
from desktop_app.language.aspects import aspects_in
from desktop_app.language.opinion_words import leaning
from desktop_app.records import Progress
from desktop_app.tasks.aspect_finding import finding_scores
from desktop_app.tasks.aspect_targets import read_targets, stretches_of
from desktop_app.tasks.evaluate import Score
from desktop_app.tasks.understanding import Reader

BATCH = 256
_GOOD = {
    "1",
    "pos",
    "positive",
    "pro",
    "good",
    "true",
    "yes",
    "+",
    "+1",
    "好评",
    "正面",
    "积极",
    "正",
    "好",
    "正向",
    "积极评价",
    "褒",
    "褒义",
    "喜欢",
    "推荐",
    "recommended",
    "favorable",
    "thumbs up",
    "label 2",
    "p",
}
_BAD = {
    "0",
    "-1",
    "neg",
    "negative",
    "con",
    "bad",
    "false",
    "no",
    "-",
    "差评",
    "负面",
    "消极",
    "负",
    "差",
    "负向",
    "坏",
    "消极评价",
    "贬",
    "贬义",
    "不喜欢",
    "不推荐",
    "not recommended",
    "unfavorable",
    "thumbs down",
    "label 1",
    "n",
}
_EVEN = {"neutral", "neu", "mixed", "中评", "中性", "中"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one input row, in the words of the file's own labels where it has two."""

    n: int
    label: str
    predicted: str


def evaluate_sentiment(
    stop: threading.Event, reader: Reader, *, path: Path, text: str, label: str
) -> Iterator[Answer | Progress | Score]:
    """Tell praise from blame in every row; rows of three stars or without a side are answered and not scored."""
    started = time.monotonic()
    rows = list(labelled(path, (text, label)))
    sides, names = _sides([row.get(label, "") for row in rows])
    done, pairs, words = 0, list[tuple[int, int]](), list[int]()
    waiting = iter(rows)
    while not stop.is_set() and (batch := list(islice(waiting, BATCH))):
        texts = [row.get(text, "") for row in batch]
        for row, score in zip(batch, reader.logits(texts), strict=True):
            side = sides[done]
            done += 1
            praise = int(score > 0)
            yield Answer(done, row.get(label, ""), names[praise])
            if side is not None:
                pairs.append((side, praise))
                words.append(int(leaning(row.get(text, "")) >= 0))
        yield Progress(done, len(rows), path.name)
    truth = [t for t, _p in pairs]
    most = Counter(truth).most_common(1)[0][0] if truth else 0
    metrics = {
        "accuracy": _share(pairs), "macro_f1": _macro(pairs, (0, 1)),
        "baseline_majority": _share([(t, most) for t in truth]),
        "baseline_words": _share(list(zip(truth, words, strict=True))),
        "scored": len(pairs), "left_out": done - len(pairs),
    }  # fmt: skip
    yield Score("sentiment", done, metrics, round(time.monotonic() - started, 3))


def evaluate_aspects(
    stop: threading.Event, reader: Reader, *, path: Path, format: str, text: str = ""
) -> Iterator[Answer | Progress | Score]:
    """Say of every marked aspect whether it is praised, blamed or neither.

    ``macro_f1`` is over the three polarities. Beside it: the commonest polarity, the words of the aspect's own stretch,
    and the polarity of the whole text for all its aspects; ``found`` is how many marked aspects are also found unasked,
    and ``found_macro_f1`` how well a file's categories are (beside it: those that are everywhere, and plain names).
    """
    started = time.monotonic()
    rows = list(aspect_rows(path, format, text))
    truth, mine, by_words, by_whole = (list[str]() for _n in range(4))
    found = marked = done = 0
    waiting = iter(rows)
    while not stop.is_set() and (batch := list(islice(waiting, BATCH))):
        texts, wanted = [row[0] for row in batch], [row[1] for row in batch]
        kinds, looked, _places = read_targets(reader, texts, wanted)
        at = 0
        for body, targets, spans, whole in zip(texts, wanted, looked.spans, looked.whole, strict=True):
            own = kinds[at : at + len(targets)]
            at += len(targets)
            done += 1
            yield Answer(done, _told([(t.name, t.polarity) for t in targets]),
                         _told([(t.name, k) for t, k in zip(targets, own, strict=True)]))  # fmt: skip
            for target, kind in zip(targets, own, strict=True):
                truth.append(target.polarity)
                mine.append(kind)
                stretches = [body[spans[n][0] : spans[n][1]] for n in stretches_of(body, spans, target)]
                by_words.append(_sign(leaning(" ".join(stretches))))
                by_whole.append(_sign(whole, 0.62))
                marked += 1
                found += any(s < target.end and target.start < e for _k, s, e in aspects_in(body)) or target.end == 0
        yield Progress(done, len(rows), path.name)
    most = Counter(truth).most_common(1)[0][0] if truth else ""
    three = ("positive", "neutral", "negative")
    metrics: dict[str, float] = {}
    for name, told in (("", mine), ("baseline_majority_", [most] * len(truth)), ("baseline_words_", by_words),
                       ("baseline_whole_text_", by_whole)):  # fmt: skip
        pairs = list(zip(truth, told, strict=True))
        metrics[f"{name}macro_f1"] = _macro(pairs, three)
        metrics[f"{name}polarity_accuracy"] = _share(pairs)
    metrics |= finding_scores([body for body, _t in rows], [targets for _b, targets in rows])
    metrics |= {"aspects": marked, "found": round(found / marked, 4) if marked else 0.0}
    yield Score("aspects", done, metrics, round(time.monotonic() - started, 3))


def _sides(labels: Sequence[str]) -> tuple[list[int | None], tuple[str, str]]:
    """Return 1 for praise, 0 for blame, None for neither, a row, and what blame and praise are called in the file."""
    plain = [label.strip().casefold().replace("__label__", "label ").removesuffix(".0") for label in labels]
    values = {value for value in plain if value}
    numbers = {float(v) for v in values if _number(v)}
    if len(numbers) < len(values) or not numbers or numbers <= {0.0, 1.0} or numbers <= {-1.0, 0.0, 1.0}:
        zero = -1.0 in numbers  # then 0 stands between
        sides = [
            None if v in _EVEN or (zero and v == "0") else 1 if v in _GOOD else 0 if v in _BAD else _by_stars(v)
            for v in plain
        ]
    elif len(numbers) == 2:  # 1 and 2, 0 and 4: the higher is praise
        sides = [None if not _number(v) else int(float(v) == max(numbers)) for v in plain]
    elif min(numbers) < 0:  # a scale around nothing
        sides = [None if not _number(v) or float(v) == 0 else int(float(v) > 0) for v in plain]
    else:
        top = 10 if max(numbers) > 5 else 5
        sides = [_of_stars(float(v) * 5 / top) if _number(v) else None for v in plain]
    blame = Counter(label for label, side in zip(labels, sides, strict=True) if side == 0)
    praise = Counter(label for label, side in zip(labels, sides, strict=True) if side == 1)
    two = len(blame) == 1 and len(praise) == 1
    return sides, (next(iter(blame)), next(iter(praise))) if two else ("negative", "positive")


def _by_stars(value: str) -> int | None:
    stars = stars_of(value)
    return None if stars is None else _of_stars(stars)


def _of_stars(stars: float) -> int | None:
    return None if stars == 3 else int(stars > 3)


def _number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def _told(pairs: Sequence[tuple[str, str]]) -> str:
    return "; ".join(f"{name}={kind}" for name, kind in pairs)


def _sign(value: float, within: float = 0.0) -> str:
    return "neutral" if abs(value) <= within else "positive" if value > 0 else "negative"


def _share(pairs: Sequence[tuple[object, object]]) -> float:
    return round(sum(t == p for t, p in pairs) / len(pairs), 4) if pairs else 0.0


def _macro(pairs: Sequence[tuple[object, object]], classes: Sequence[object]) -> float:
    total = 0.0
    for kind in classes:
        right = sum(t == p == kind for t, p in pairs)
        said, there = sum(p == kind for _t, p in pairs), sum(t == kind for t, _p in pairs)
        total += 2 * right / (said + there) if said + there else 0.0
    return round(total / len(classes), 4)
