"""What stands beside the list of weights: a file that was looked at, weights that are here, and whether one goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.records import Weights
from desktop_app.ui import local, weights_words
from desktop_app.ui.weights_panel import WeightsPanel
from desktop_app.ui.widgets import Button
from desktop_app.words import _


def candidate(
    panel: WeightsPanel, weights: Weights, seen: Any, memory: Any, add: Callable[..., object],
    leave: Callable[[], object],
) -> None:  # fmt: skip
    """Show a file that is not added yet; ``add`` takes whether it is copied."""
    words = _("Copy it here ({size})", size=local.size(weights.size))
    # What cannot run here is not what the page should invite to.
    copy = Button(words, partial(add, copy=True), kind="" if seen.fits == "no" else "main")
    place = Button(_("Use it where it lies"), partial(add, copy=False))
    buttons = [copy, place, Button(_("Cancel"), leave, kind="quiet")]
    if seen.inside:
        buttons = [Button(_("Add it"), partial(add, copy=False), kind="main"), buttons[2]]
    advice = _(
        "A copy stays when the stick is gone. A file used where it lies "
        "takes no more room and is never changed or deleted."
    )
    verdicts = weights_words.verdicts(weights, seen, memory)
    panel.show_weights(weights, verdicts, buttons, pill=_("not added yet"), tone="muted", advice=advice)
    buttons[0].setFocus()


def known(
    panel: WeightsPanel, weights: Weights, seen: Any, memory: Any, *, used: bool, use: Callable[[], object],
    remove: Callable[[], object],
) -> None:  # fmt: skip
    """Show weights that are here; ``used``: they write."""
    buttons: list[QWidget] = []
    if seen.writes and not used:
        buttons.append(Button(_("Write with these"), use, kind="main"))
    if not weights.starter:
        buttons.append(Button(_("Remove…"), remove, icon="trash-2"))
    verdicts = weights_words.verdicts(weights, seen, memory)
    panel.show_weights(weights, verdicts, buttons, pill=_writes(used), advice=_advice(weights))


def removal(
    panel: WeightsPanel, weights: Weights, seen: Any, *, used: bool, keep: Callable[[], object],
    remove: Callable[[], object],
) -> None:  # fmt: skip
    """Ask once whether they are to go, and say what is deleted by it."""
    sure = _("Delete the copy ({size})", size=local.size(weights.size)) if seen.inside else _("Take it off the list")
    text = (
        _("The copy in the program’s folder is deleted.")
        if seen.inside
        else _("The file stays where it is; only this list forgets it.")
    )
    verdict = weights_words.Verdict("caution", _("Remove {name}?", name=weights.name), text)
    stay = Button(_("Keep it"), keep)
    panel.show_weights(weights, [verdict], [stay, Button(sure, remove)], pill=_writes(used))
    stay.setFocus()


def _writes(used: bool) -> str:
    return _("writes here") if used else ""


def _advice(weights: Weights) -> str:
    if weights.starter and weights.kind == "writing":
        return _(
            "The starter came with the program. It is small and quick, writes short "
            "English texts, and makes mistakes the check has to catch. "
            "It cannot write Chinese. For better texts, or for Chinese, add "
            "a larger file, for instance from the Qwen family."
        )
    if weights.starter:
        return _("Came with the program and stays; search and comparison use it.")
    return ""
