"""Which of a file's aspects a text speaks of, found unasked, and how well: F1 of each aspect, and their mean."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.formats.aspect_files import Target
from desktop_app.language.aspects import aspects_in

# What speaks of each aspect of well-known files: our keys, and the plain name that a word list of one word would have.
# ASAP's finer aspects go by their families, as its authors group them.
_FAMILIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "food": (("taste", "drinks", "portion"), ("food",)), "staff": (("staff",), ("staff",)),
    "service": (("service", "waiting"), ("service",)), "price": (("price",), ("price", "价格")),
    "menu": (("menu",), ("menu",)), "place": (("place", "space"), ("place",)),
    "ambience": (("ambience", "clean"), ("ambience",)), "location": (("place",), ("位置",)),
    "waiters": (("staff", "service", "waiting"), ("服务",)), "environment": (("ambience", "space", "clean"), ("环境",)),
    "dish": (("taste", "portion", "drinks"), ("味道",)),
}  # fmt: skip
_ASAP = {"location": "location", "service": "waiters", "price": "price", "environment": "environment", "dish": "dish"}


def families_of(targets: Sequence[Target]) -> frozenset[str]:
    """Return what a text was marked with, as far as it is known here."""
    names = (target.name.casefold().partition("#")[0] for target in targets)
    found = {name if name in _FAMILIES else _ASAP.get(name.partition("_")[0], "") for name in names}
    return frozenset(found - {""})


def found_in(text: str, asked: frozenset[str]) -> frozenset[str]:
    """Return which of the ``asked`` families our words find in a text."""
    keys = {key for key, _s, _e in aspects_in(text)}
    return frozenset(name for name in asked if keys & set(_FAMILIES[name][0]))


def named_in(text: str, asked: frozenset[str]) -> frozenset[str]:
    """Return which of the ``asked`` families a text calls by their plain name: the baseline."""
    plain = text.casefold()
    return frozenset(name for name in asked if any(word in plain for word in _FAMILIES[name][1]))


def finding_scores(texts: Sequence[str], marked: Sequence[Sequence[Target]]) -> dict[str, float]:
    """Return the mean F1 over the aspects of a file: ours, of plain names, of taking all for spoken of everywhere.

    Empty where the file marks no aspects by category. Beside it our precision and recall over all aspects together.
    """
    if any(target.end > target.start for targets in marked for target in targets):
        return {}  # a file of words that were marked in the text; what stands nowhere there is no category
    truth = [families_of(targets) for targets in marked]
    asked = frozenset().union(*truth) if truth else frozenset()
    if not asked:
        return {}
    ours, plain = [found_in(text, asked) for text in texts], [named_in(text, asked) for text in texts]
    right = sum(len(t & o) for t, o in zip(truth, ours, strict=True))
    return {
        "found_macro_f1": _mean_f1(truth, ours, asked), "baseline_majority_found_macro_f1": _mean_f1(
            truth, [_usual(truth, asked)] * len(truth), asked),
        "baseline_names_found_macro_f1": _mean_f1(truth, plain, asked),
        "found_precision": round(right / max(sum(map(len, ours)), 1), 4),
        "found_recall": round(right / sum(map(len, truth)), 4),
    }  # fmt: skip


def _usual(truth: Sequence[frozenset[str]], asked: frozenset[str]) -> frozenset[str]:
    """Return the aspects most texts speak of, or the commonest one where none is that common."""
    counts = {name: sum(name in t for t in truth) for name in asked}
    many = frozenset(name for name, n in counts.items() if 2 * n >= len(truth))
    return many or frozenset({max(counts, key=lambda name: counts[name])})


def _mean_f1(truth: Sequence[frozenset[str]], told: Sequence[frozenset[str]], asked: frozenset[str]) -> float:
    total = 0.0
    for name in asked:
        both = sum(name in t and name in o for t, o in zip(truth, told, strict=True))
        total += 2 * both / max(sum((name in t) + (name in o) for t, o in zip(truth, told, strict=True)), 1)
    return round(total / len(asked), 4)
