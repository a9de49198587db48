"""What the merchant says about themes: names of their own, one theme made of two, one taken out of another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from desktop_app.errors import UserError
from desktop_app.language.aspects import taxonomy
from desktop_app.records import Action
from desktop_app.review_records import Theme
from desktop_app.shop import Shop
from desktop_app.tasks.review_index import targets


def rename(shop: Shop, key: str, name: str) -> Action:
    """Call a theme by another name; an empty one gives it its first name back."""
    name = " ".join(name.split())
    with shop.act("Rename a theme of the reviews") as action:
        _keep(shop, replace(_known(shop, key), name=name))
    return action


def merge(shop: Shop, key: str, into: str) -> Action:
    """Count one theme as part of another; UserError where that one is itself part of the first."""
    if into == key or targets(shop.themes()).get(into) == key:
        raise UserError("A theme cannot be made part of itself. Nothing was changed.")
    with shop.act("Merge two themes of the reviews") as action:
        _keep(shop, replace(_known(shop, key), into=into))
    return action


def split(shop: Shop, name: str, words: Sequence[str]) -> Action:
    """Make a theme of every remark with one of these words, whatever it was counted under before."""
    name = " ".join(name.split())
    said = tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
    if not name or not said:
        raise UserError("A theme of your own needs a name and at least one word to know it by. Nothing was changed.")
    key = "own:" + hashlib.sha256(name.casefold().encode()).hexdigest()[:12]
    with shop.act("Make a theme of the reviews: {name}", name=name) as action:
        _keep(shop, replace(_known(shop, key), name=name, words=said, into="", hidden=False))
    return action


def hide(shop: Shop, key: str, *, hidden: bool = True) -> Action:
    """Leave a theme out of every count, or take it back in."""
    with shop.act("Hide a theme of the reviews" if hidden else "Show a theme of the reviews again") as action:
        _keep(shop, replace(_known(shop, key), hidden=hidden))
    return action


def forget(shop: Shop, key: str) -> Action:
    """Forget what was said about a theme: its first name and place come back; one of the merchant's own goes."""
    with shop.act("Give a theme of the reviews its first shape back") as action:
        shop.remove_theme(key)
    return action


def _known(shop: Shop, key: str) -> Theme:
    found = next((theme for theme in shop.themes() if theme.key == key), None)
    return found or Theme(key)


def _keep(shop: Shop, theme: Theme) -> None:
    plain = not (theme.name or theme.into or theme.words or theme.hidden)
    if plain and theme.key in taxonomy():
        shop.remove_theme(theme.key)
    else:
        shop.set_theme(theme)
