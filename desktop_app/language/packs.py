"""What every rule pack says of itself, whatever it rules: its name, whose rule it is, of when and from which article."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from desktop_app import paths
from desktop_app.errors import UserError

PackKind = Literal["texts", "replies", "channel", "label", "price"]
# Shipped packs that are not about words, in the order in which they are shown.
CHANNELS = tuple(
    f"channel.{name}"
    for name in ("amazon", "ebay", "etsy", "google", "shopify", "taobao", "jd", "douyin", "xiaohongshu")
)
LABELS = ("label.cn", "label.etsy", "label.eu")
REPLIES = ("replies.en", "replies.zh")
PRICES = ("price.eu", "price.uk", "price.us", "price.cn")
_LONGEST = 200_000
_NEEDED = ("name", "jurisdiction", "date", "source")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which packs a shop goes by: shipped ones switched off, and packs of its own (name and text).

    Small and picklable, for it goes to the engine's process with every check.
    """

    off: tuple[str, ...] = ()
    own: tuple[tuple[str, str], ...] = ()


SHIPPED = Chosen()


@dataclass(frozen=True, slots=True)
class Head:
    """What a pack says of itself; ``count`` is how many rules it holds."""

    name: str
    jurisdiction: str
    date: str
    source: str
    kind: PackKind
    language: str = ""
    count: int = 1
    note: str = ""
    verified: bool = True


def kind_of(raw: dict[str, Any]) -> PackKind:
    """Return what a pack rules, by the table it holds; one about words says it where they are those of replies."""
    if raw.get("about") == "replies":
        return "replies"
    kinds: tuple[PackKind, ...] = ("channel", "label", "price")
    return next((kind for kind in kinds if isinstance(raw.get(kind), dict)), "texts")


def kind_of_name(name: str) -> PackKind:
    """Return what the pack of this name rules."""
    first = name.partition(".")[0]
    return first if first in ("replies", "channel", "label", "price") and "." in name else "texts"  # type: ignore[return-value]


def head(raw: dict[str, Any]) -> Head:
    """Return what a pack says of itself."""
    return Head(
        str(raw.get("name", "")), str(raw.get("jurisdiction", "")), str(raw.get("date", "")),
        str(raw.get("source", "")), kind_of(raw), str(raw.get("language", "")), len(raw.get("rule", ())) or 1,
        str(raw.get("note", "")), raw.get("verified", True) is not False,
    )  # fmt: skip


@cache
def shipped(name: str) -> str:
    """Return the text of a shipped pack; raise UserError where there is none or it cannot be read."""
    try:
        return (paths.assets() / "rules" / f"{name}.toml").read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=name, why=str(error)) from error


def names(kind: PackKind, chosen: Chosen, usual: tuple[str, ...]) -> tuple[str, ...]:
    """Return the packs of a kind that a shop has: those shipped, then its own."""
    return (*usual, *(name for name, _text in chosen.own if name not in usual and kind_of_name(name) == kind))


def text(name: str, chosen: Chosen) -> str:
    """Return the text of a pack as it is in force: the shop's own stands in place of the shipped one."""
    return dict(chosen.own).get(name) or shipped(name)


@cache
def raw(name: str, chosen: Chosen) -> dict[str, Any]:
    """Return what a pack holds."""
    return read(name, text(name, chosen))


def read(name: str, written: str) -> dict[str, Any]:
    """Return what the text of a pack holds; raise UserError where it cannot be read."""
    try:
        return tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=f"{name}.toml", why=str(error)) from error


def opened(path: Path) -> str:
    """Return the text of a file a merchant brings; raise UserError where there is none to read."""
    try:
        if path.stat().st_size > 4 * _LONGEST:
            raise UserError("The rule pack {name} is too large, or its file has an odd name.", name=path.name)
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=path.name, why=str(error)) from error


def examined(called: str, written: str) -> tuple[str, dict[str, Any], Head]:
    """Return the name, contents and head of a pack that a merchant brings; UserError where it may not be relied on.

    It has to say whose rule it is, of when and from which article. ``called`` is its file's name without the ending;
    a pack that says itself which one it is goes by that.
    """
    raw_ = read(called, written)
    kind, said = kind_of(raw_), head(raw_)
    name = str(raw_.get("pack") or called).strip()
    if kind != "texts" and kind_of_name(name) != kind:
        name = f"{kind}.{name}"
    if len(written) > _LONGEST or not _NAME.fullmatch(name) or kind_of_name(name) != kind:
        raise UserError("The rule pack {name} is too large, or its file has an odd name.", name=name)
    needed = (*_NEEDED, "language") if kind in {"texts", "replies"} else _NEEDED
    if missing := [word for word in needed if not str(raw_.get(word, "")).strip()]:
        raise UserError("The rule pack {name} does not say its {what}.", name=name, what=", ".join(missing))
    try:
        date.fromisoformat(said.date)
    except ValueError as error:
        raise UserError("The rule pack {name} has no date such as 2026-11-25.", name=name) from error
    return name, raw_, said


def examples(name: str, raw: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what a pack has to find, and what it has to let be; UserError where it shows neither."""
    hits, misses = raw.get("example", []), raw.get("harmless", [])
    if not all(isinstance(some, list) and all(isinstance(one, dict) for one in some) for some in (hits, misses)):
        raise UserError("The examples of the rule pack {name} cannot be read.", name=name)
    if not hits and not misses:
        raise UserError("The rule pack {name} shows no example of what it finds, or lets be.", name=name)
    return hits, misses
