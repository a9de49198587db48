"""The rule packs of a shop: which are on, and taking a newer one from a file; each change can be undone."""

from __future__ import annotations

from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.language import rules
from desktop_app.language.rules import Chosen, Pack
from desktop_app.records import Action
from desktop_app.shop import Shop

_SETTING = "rule_packs"


def chosen(shop: Shop) -> Chosen:
    """Return what the shop holds its texts against."""
    kept = shop.setting(_SETTING, {})
    return Chosen(tuple(kept.get("off", ())), tuple((name, text) for name, text in kept.get("own", {}).items()))


def listed(shop: Shop) -> tuple[tuple[str, Pack, bool], ...]:
    """Return every pack with its name and whether it is on."""
    return rules.of(chosen(shop))


def switch(shop: Shop, name: str, *, on: bool) -> Action:
    """Switch a pack on or off; words of a machine and gaps nobody filled are found all the same."""
    pack, now = _named(shop, name), chosen(shop)
    off = tuple(n for n in now.off if n != name)
    title = "Switch on the rules “{name}”" if on else "Switch off the rules “{name}”"
    with shop.act(title, name=pack.name) as action:
        _keep(shop, Chosen(off if on else (*off, name), now.own))
    return action


def take(shop: Shop, path: Path) -> tuple[Action, Pack]:
    """Take a pack from a file, in place of the one of its name or beside it; UserError says what is wrong."""
    name, text, pack = rules.examined(path)
    now = chosen(shop)
    before = next((p for n, p, _on in rules.of(now) if n == name), None)
    if before is not None and pack.date < before.date:
        raise UserError(
            "The rule pack {name} is of {date}, the one here of {newer}. Nothing was changed.",
            name=path.name, date=pack.date, newer=before.date,
        )  # fmt: skip
    own = dict(now.own) | {name: text}
    with shop.act("Take the rules “{name}” from a file", name=pack.name) as action:
        _keep(shop, Chosen(now.off, tuple(own.items())))
    return action, pack


def remove(shop: Shop, name: str) -> Action:
    """Put a pack of the shop's own away; a shipped one of that name holds again."""
    pack, now = _named(shop, name), chosen(shop)
    own = dict(now.own)
    if name not in own:
        raise UserError("“{name}” comes with the program. Switch it off instead.", name=name)
    del own[name]
    with shop.act("Put the rules “{name}” away", name=pack.name) as action:
        _keep(shop, Chosen(tuple(n for n in now.off if n != name), tuple(own.items())))
    return action


def _named(shop: Shop, name: str) -> Pack:
    found = next((pack for n, pack, _on in listed(shop) if n == name), None)
    if found is None:
        names = ", ".join(n for n, _pack, _on in listed(shop))
        raise UserError("There is no rule pack “{name}” here. There are: {names}.", name=name, names=names)
    return found


def _keep(shop: Shop, wanted: Chosen) -> None:
    shop.set_setting(_SETTING, {"off": list(wanted.off), "own": dict(wanted.own)})
