"""What a review's own words give away: nobody wrote it, it sells something, or something was given for it."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from desktop_app import paths
from desktop_app.language.tongue import language_of
from desktop_app.review_records import Mark

READ = ("en", "zh")  # the languages whose words are known here
_LETTERS = re.compile(r"[^\W\d_]")


def marks_of(text: str) -> tuple[Mark, ...]:
    """Return what makes this text worth a second look; it is kept and shown all the same."""
    plain = " ".join(text.split())
    if _patterns("default", "whole").fullmatch(plain.strip(' .。!！~～,，"“”')):
        return ("default",)
    found: list[Mark] = []
    if _patterns("spam", "part").search(plain):
        found.append("spam")
    if _patterns("bought", "part").search(plain):
        found.append("bought")
    if _LETTERS.search(plain) and language_of(plain) not in READ:
        found.append("language")
    return tuple(found)


@cache
def _patterns(kind: str, key: str) -> re.Pattern[str]:
    table = tomllib.loads((paths.assets() / "reviews" / "marks.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in table[kind][key]), re.IGNORECASE)
