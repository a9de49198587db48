"""English words without the ending of their plural, so that "beanies" finds a beanie and "knives" a knife."""

from __future__ import annotations

_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "geese": "goose", "people": "person",
}  # fmt: skip


def stem(word: str) -> str:
    """Return what a word and its plural have in common; no word of its own, but the same for both."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 3 and word.endswith("ie"):  # beanies and cherries lose their s alike
        return word[:-2] + "y"
    if len(word) > 3 and word.endswith("ve"):
        return word[:-2] + "f"
    if len(word) > 3 and word.endswith("fe"):
        return word[:-1]
    return word[:-1] if len(word) > 3 and word.endswith("oe") else word
