"""Which weights can write which language, as far as anybody knows before trying."""

from __future__ import annotations

import re

from desktop_app.records import Weights

# Families trained on much Chinese from their smallest size on.
_CHINESE = ("qwen", "glm", "yi-", "baichuan", "internlm", "minicpm", "deepseek", "hunyuan", "ernie", "kimi", "telechat")
# Families that write Chinese well from about this many parameters on.
_LATER = {
    "gemma": 1_000_000_000, "llama": 7_000_000_000, "mistral": 7_000_000_000, "phi": 3_000_000_000,
    "granite": 2_000_000_000, "gpt-oss": 1_000_000_000, "aya": 1_000_000_000, "exaone": 7_000_000_000,
}  # fmt: skip
_ENOUGH = 4_000_000_000  # weights of nobody's family this large have read some Chinese


_ACTIVE = re.compile(r"(?<![a-z0-9])a(\d+(?:\.\d+)?)b(?![a-z0-9])", re.IGNORECASE)


def active(weights: Weights) -> int:
    """Return how many parameters work on each token: of a mixture of experts those its name tells ("30B-A3B")."""
    told = _ACTIVE.search(weights.name)
    return min(int(float(told.group(1)) * 1e9), weights.parameters) if told else weights.parameters


def can_write(weights: Weights, language: str) -> bool:
    """Say whether these weights can be asked for a text in ``language`` ("en", "zh", …).

    What the file or the manifest says counts first; else the family's name and the size are the best guess.
    Weights for meaning write nothing.
    """
    if weights.kind != "writing":
        return False
    if weights.languages:
        return language.split("-")[0].lower() in {known.split("-")[0].lower() for known in weights.languages}
    if language.startswith("en"):
        return True
    family = f"{weights.name} {weights.architecture}".casefold()
    if any(name in family for name in _CHINESE):
        return True
    sizes = [size for name, size in _LATER.items() if name in family]
    return weights.parameters >= min(sizes, default=_ENOUGH)
