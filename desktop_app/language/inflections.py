"""The forms of an English word: its endings taken off, and the words it was derived from."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=8192)
def related(word: str) -> frozenset[str]:
    """Return the forms of a word and of the verb it comes from: what is removable can be removed."""
    low = word.casefold()
    found = set(forms(word))
    for ending in ("able", "ible"):
        if low.endswith(ending) and len(low) > 7:
            found |= {low[: -len(ending)], low[: -len(ending)] + "e"}
    for ending, more in _DERIVED:
        if low.endswith(ending) and len(low) - len(ending) >= (3 if ending == "er" else 4):
            found |= {low[: -len(ending)] + m for m in more}
            if low[-len(ending) - 1] == low[-len(ending) - 2]:  # repellent, robbery
                found.add(low[: -len(ending) - 1])
    return frozenset(found)


# Endings that turn a word into another of the same meaning: reflective strips reflect, a closure closes, rusty is of rust.
# Those that turn it round (-less, un-) are no such endings.
_DERIVED = (
    ("ive", ("", "e")),
    ("ion", ("", "e")),
    ("ation", ("", "e")),
    ("ment", ("",)),
    ("ure", ("", "e")),
    ("age", ("", "e")),
    ("er", ("", "e")),
    ("or", ("", "e")),
    ("y", ("", "e")),
    ("ance", ("", "e")),
    ("ence", ("", "e")),
    ("ness", ("",)),
    ("al", ("", "e")),
    ("ant", ("",)),
    ("ent", ("", "e")),
    ("ic", ("", "e")),
)


@lru_cache(maxsize=16384)
def forms(word: str) -> frozenset[str]:
    """Return the forms under which an English word may be met again: its stem and its usual endings taken off."""
    low = word.casefold().replace("’", "'").removesuffix("'s")
    found = {low}
    for ending, more in (
        ("ies", "y"),
        ("ves", "f"),
        ("ves", "fe"),
        ("es", ""),
        ("s", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("ically", "ic"),
        ("ly", ""),
        ("en", ""),
    ):
        if low.endswith(ending) and len(low) - len(ending) >= (4 if ending == "en" else 3):  # linen is no lining
            stem = low[: -len(ending)] + more
            found.add(stem)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.add(stem[:-1])
    return frozenset(found)
