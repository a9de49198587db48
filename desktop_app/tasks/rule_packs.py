"""The rule packs of a shop: which are on, and taking a newer one from a file; each change can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_app import formats
from desktop_app.errors import UserError
from desktop_app.insight import reference
from desktop_app.language import labels, limits, packs, rules
from desktop_app.language.packs import Chosen, Head
from desktop_app.records import Action
from desktop_app.shop import Shop

_SETTING = "rule_packs"
_TEXTS = tuple(name for several in rules.PACKS.values() for name in several)


def chosen(shop: Shop) -> Chosen:
    """Return what the shop holds its texts and prices against."""
    kept = shop.setting(_SETTING, {})
    return Chosen(tuple(kept.get("off", ())), tuple((name, text) for name, text in kept.get("own", {}).items()))


def listed(shop: Shop) -> tuple[tuple[str, Head, bool], ...]:
    """Return every pack with its name, what it says of itself, and whether it is on."""
    now = chosen(shop)
    names = (
        *packs.names("texts", now, _TEXTS), *packs.names("replies", now, packs.REPLIES),
        *packs.names("channel", now, packs.CHANNELS),
        *packs.names("label", now, packs.LABELS), *packs.names("price", now, packs.PRICES),
    )  # fmt: skip
    return tuple((name, packs.head(packs.raw(name, now)), name not in now.off) for name in names)


def own(shop: Shop) -> frozenset[str]:
    """Return the names of the packs that the shop has its own text of."""
    return frozenset(name for name, _text in chosen(shop).own)


def text(shop: Shop, name: str) -> str:
    """Return the text of a pack as it holds now, to be edited; UserError where there is none of that name."""
    _named(shop, name)
    return packs.text(name, chosen(shop))


def save(shop: Shop, name: str, path: Path) -> None:
    """Write a pack into a file, to be edited and taken in again."""
    formats.write_bytes(text(shop, name).encode(), path)


def switch(shop: Shop, name: str, *, on: bool) -> Action:
    """Switch a pack on or off; words of a machine and gaps nobody filled are found all the same."""
    pack, now = _named(shop, name), chosen(shop)
    off = tuple(n for n in now.off if n != name)
    title = "Switch on the rules “{name}”" if on else "Switch off the rules “{name}”"
    with shop.act(title, name=pack.name) as action:
        _keep(shop, Chosen(off if on else (*off, name), now.own))
    return action


def take(shop: Shop, path: Path) -> tuple[Action, Head]:
    """Take a pack from a file, in place of the one of its name or beside it; UserError says what is wrong."""
    return take_text(shop, path.stem, packs.opened(path))


def take_text(shop: Shop, called: str, written: str) -> tuple[Action, Head]:
    """Take a pack as it was typed or read; UserError says what is wrong, and then nothing is changed."""
    name, raw, pack = packs.examined(called, written)
    _prove(name, written, raw)
    now = chosen(shop)
    before = next((p for n, p, _on in listed(shop) if n == name), None)
    if before is not None and pack.date < before.date:
        raise UserError(
            "The rule pack {name} is of {date}, the one here of {newer}. Nothing was changed.",
            name=name, date=pack.date, newer=before.date,
        )  # fmt: skip
    with shop.act("Take the rules “{name}” from a file", name=pack.name) as action:
        _keep(shop, Chosen(now.off, tuple((dict(now.own) | {name: written}).items())))
    return action, pack


def remove(shop: Shop, name: str) -> Action:
    """Put a pack of the shop's own away; a shipped one of that name holds again."""
    pack, now = _named(shop, name), chosen(shop)
    mine = dict(now.own)
    if name not in mine:
        raise UserError("“{name}” comes with the program. Switch it off instead.", name=name)
    del mine[name]
    with shop.act("Put the rules “{name}” away", name=pack.name) as action:
        _keep(shop, Chosen(tuple(n for n in now.off if n != name), tuple(mine.items())))
    return action


def begun() -> str:
    """Return a pack to begin with: rules of a shop's own, with what each line is for."""
    return _BEGUN


def _prove(name: str, written: str, raw: dict[str, Any]) -> None:
    kind = packs.kind_of_name(name)
    if kind in {"texts", "replies"}:
        rules.prove(name, written)
    elif kind == "channel":
        limits.prove(name, raw)
    elif kind == "label":
        labels.prove(name, raw)
    else:
        packs.examples(name, raw)
        try:
            wrong = reference.wrong_example(reference.law(name, raw), raw)
        except ValueError as error:
            raise UserError("The rule pack {name} cannot be read: {why}", name=name, why=str(error)) from error
        if wrong:
            raise UserError("The rule pack {name} does not hold for its own examples: {text}.", name=name, text=wrong)


def _named(shop: Shop, name: str) -> Head:
    found = next((pack for n, pack, _on in listed(shop) if n == name), None)
    if found is None:
        names = ", ".join(n for n, _pack, _on in listed(shop))
        raise UserError("There is no rule pack “{name}” here. There are: {names}.", name=name, names=names)
    return found


def _keep(shop: Shop, wanted: Chosen) -> None:
    shop.set_setting(_SETTING, {"off": list(wanted.off), "own": dict(wanted.own)})


_BEGUN = """pack = "our-rules"
name = "Our own rules"
jurisdiction = "our shop"
date = "2026-01-01"
language = "en"
source = "what we agreed on"

# kind: health, care, eco, guarantee, certificate, delivery, returns, discount, scarcity, popularity, opinion, feature,
# origin, superlative or absolute. patterns are regular expressions; each rule has to hit its examples and miss the
# harmless words.

[[rule]]
id = "grandma"
kind = "opinion"
why = "We do not speak of grandmothers."
patterns = ["grand(?:ma|mother)s?"]
examples = ["grandma likes it"]
harmless = ["grand piano"]
"""
