"""What a review's own words give away: nobody wrote it, it sells something, or something was given for it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache

from desktop_app import paths
from desktop_app.language.tongue import language_of
from desktop_app.review_records import Mark

READ = ("en", "zh")  # the languages whose words are known here
NEAR = 48  # letters before and behind an address in which an invitation is one to it
_LETTERS = re.compile(r"[^\W\d_]")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”，。；！？、）】]+"
    r"|(?<![\w@.-])[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})?\.(?:com|net|org|shop|store|cn|ru|de|fr|co|io|me|xyz|top|vip|example)"
    r"(?:/[^\s<>\"“”，。；！？、）】]*)?(?![\w.-])",
    re.IGNORECASE | re.ASCII,
)
_END = re.compile(r"[.!?;。！？；]\s|[。！？；\n]")


def marks_of(text: str, own: Sequence[str] = ()) -> tuple[Mark, ...]:
    """Return what makes this text worth a second look; it is kept and shown all the same.

    ``own`` are the names under which the product's own page goes in a web address.
    """
    plain = " ".join(text.split())
    if _patterns("default", "whole").fullmatch(plain.strip(' .。!！~～,，"“”')):
        return ("default",)
    found: list[Mark] = []
    if _patterns("spam", "part").search(plain) or _advertises(plain, own):
        found.append("spam")
    if _patterns("bought", "part").search(plain):
        found.append("bought")
    if _LETTERS.search(plain) and language_of(plain) not in READ:
        found.append("language")
    return tuple(found)


def _advertises(plain: str, own: Sequence[str]) -> bool:
    """Say whether a web address sells something: a way to a person, another shop, or one with an invitation beside it.

    A picture or film, and the product's own page, are what customers show to each other.
    """
    for match in _ADDRESS.finditer(plain):
        address = match[0].rstrip(".,;:!?)]}。，；：！？）】")
        if _patterns("address", "contact").search(address):
            return True
        if _patterns("address", "shown").search(address) or _is_own(address, own):
            continue
        if _patterns("address", "shop").search(address):
            return True
        before, after = plain[: match.start()], plain[match.start() + len(address) :]
        near = (_END.split(before[-NEAR:])[-1], _END.split(after[:NEAR])[0])
        if any(_patterns("address", "invites").search(part) for part in near):
            return True
    return False


def _is_own(address: str, own: Sequence[str]) -> bool:
    parts = re.split(r"[/?#&=]", address.casefold())
    return any(name and name.casefold() in parts for name in own)


@cache
def _patterns(kind: str, key: str) -> re.Pattern[str]:
    table = tomllib.loads((paths.assets() / "reviews" / "marks.toml").read_text("utf-8"))
    return re.compile("|".join(f"(?:{pattern})" for pattern in table[kind][key]), re.IGNORECASE)
