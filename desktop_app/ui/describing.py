"""Asking for descriptions, one or thousands, with the wishes the merchant used last."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from desktop_app.records import Described, Failed, Note, Saved, Wishes
from desktop_app.ui import local
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, language, several

if TYPE_CHECKING:
    from desktop_app.ui.desk import Desk


def wishes(desk: Desk) -> Wishes:
    """Return the wishes used last, or plain ones in the shop's language."""
    spoken = desk.shop.language if desk.shop else language()
    usual = Wishes(language=spoken if spoken in ("en", "zh") else "en")
    try:
        return replace(usual, **json.loads(desk.settings.wishes or "{}"))
    except (ValueError, TypeError):
        return usual


def keep(desk: Desk, chosen: Wishes) -> None:
    """Remember wishes for the next text; which try it was is not one of them."""
    kept = {k: v for k, v in asdict(chosen).items() if k in ("language", "tone", "length", "writer")}
    desk.change_settings(replace(desk.settings, wishes=json.dumps(kept)))


def estimate(desk: Desk, count: int) -> str:
    """Say how long that many texts take here, where it is known from the last time."""
    if not desk.settings.seconds_a_text:
        return ""
    return _("{time} on this computer", time=local.duration(count * desk.settings.seconds_a_text))


def missing(desk: Desk) -> None:
    """Write for every product without a description."""
    desk.ask(lambda shop: list(shop.search(text="missing")), lambda ids: many(desk, ids))


def many(desk: Desk, ids: Sequence[int], chosen: Wishes | None = None) -> None:
    """Write for these products as long work in the strip; what is left when the window closes can go on later."""
    if not ids:
        return
    if not any(u.lane == "writing" for u in desk.work.queue):
        desk.said.emit(several("Writing for {count} product", "Writing for {count} products", len(ids)), False)
    wanted, waiting = chosen or wishes(desk), dict.fromkeys(ids)
    failed: list[str] = []

    def work(shop: Any, stop: Any) -> Any:
        from desktop_app.tasks import describe

        return describe.describe(shop, desk.engine(), stop, products=list(ids), wishes=wanted)

    def heard(event: Any) -> None:
        if isinstance(event, Saved):
            waiting.pop(event.draft.product, None)
            desk.changed_soon()
        elif isinstance(event, Note):
            desk.tell(Notice(event.text))
        elif isinstance(event, Failed):
            failed.append(event.why)

    def done(result: Any) -> None:
        if isinstance(result, Described):
            _finished(desk, result, failed)

    left = lambda: {"kind": "describe", "products": list(waiting), "wishes": asdict(wanted)} if waiting else None  # noqa: E731
    desk.work.start(_("Writing descriptions"), work, event=heard, done=done, lane="writing", left=left)


def go_on(desk: Desk, kept: dict[str, Any]) -> None:
    """Take up a writing job where it was left."""
    try:
        many(desk, [int(i) for i in kept.get("products", [])], Wishes(**kept.get("wishes", {})))
    except TypeError:
        many(desk, [int(i) for i in kept.get("products", [])])


def _finished(desk: Desk, result: Described, failed: Sequence[str]) -> None:
    if result.count and result.seconds and not result.stopped:
        desk.change_settings(replace(desk.settings, seconds_a_text=round(result.seconds / result.count, 3)))
    desk.said.emit(several("{count} draft is ready", "{count} drafts are ready", result.count), bool(result.count))
    if failed:
        text = several("{count} product could not be described", "{count} products could not be described", len(failed))
        desk.tell(Notice(text, "caution", more=failed[0]))
