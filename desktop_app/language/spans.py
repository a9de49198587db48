"""Stretches of a sentence, (start, end) in code points, and findings made of them."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.records import Finding


def within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Tell whether one of ``spans`` holds all of ``start`` to ``end``."""
    return any(a <= start and end <= b for a, b in spans)


def finding(sentence: str, start: int, end: int, kind: str, why: str) -> Finding:
    """Return a finding for a stretch of ``sentence``."""
    return Finding(start, end, sentence[start:end], kind, why)
