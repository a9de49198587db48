"""The voice of a shop: what the merchant set, what was learned from their edits, and how often they edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from desktop_app.errors import UserError
from desktop_app.language import voice
from desktop_app.language.voice import Habit, Voice
from desktop_app.records import Action
from desktop_app.shop import Shop

LEARNED = 300  # of the newest edits, what style is learned from


@dataclass(frozen=True, slots=True)
class Heard:
    """The voice as it stands, every habit learned (those switched off too), and the edit rate a month."""

    voice: Voice
    habits: tuple[Habit, ...]
    months: tuple[tuple[str, int, int], ...]  # ("2026-11", drafts approved, of these edited)
    edits: int
    glossary: tuple[str, ...]
    strict: bool
    label: str  # whether exported texts say that AI wrote them: "auto" (where a channel or law asks), "always", "never"


def of(shop: Shop) -> Heard:
    """Return the voice of a shop and what it rests on."""
    edits = shop.edits(limit=LEARNED)
    return Heard(
        voice.read(shop.setting("voice")), tuple(voice.learn(edits)), tuple(shop.edit_months()), len(edits),
        tuple(str(word) for word in shop.setting("glossary", ())), shop.setting("strict", True) is not False,
        str(shop.setting("ai_label", "auto")),
    )  # fmt: skip


def change(shop: Shop, **changes: Any) -> Action:
    """Change the voice as an action that can be undone."""
    before = voice.read(shop.setting("voice"))
    with shop.act("Change the voice of the shop") as action:
        shop.set_setting("voice", voice.kept(replace(before, **changes)))
    return action


def switch(shop: Shop, habit: str, *, on: bool) -> Action:
    """Switch a learned rule on or off."""
    before = voice.read(shop.setting("voice"))
    off = tuple(h for h in before.off if h != habit)
    return change(shop, off=off if on else (*off, habit))


def keep_words(shop: Shop, words: tuple[str, ...]) -> Action:
    """Say which words a translation keeps as they are."""
    with shop.act("Change the glossary") as action:
        shop.set_setting("glossary", list(words))
    return action


def set_strict(shop: Shop, strict: bool) -> Action:
    """Say whether words that nothing carries are marked too, or only claims."""
    with shop.act("Change how strictly texts are checked") as action:
        shop.set_setting("strict", strict)
    return action


def set_label(shop: Shop, wish: str) -> Action:
    """Say when exported texts carry the label that AI had a part in them: "auto", "always" or "never"."""
    if wish not in ("auto", "always", "never"):
        raise UserError("“{wish}” is none of auto, always and never.", wish=wish)
    with shop.act("Change when texts say that AI wrote them") as action:
        shop.set_setting("ai_label", wish)
    return action
