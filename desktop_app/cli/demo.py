"""`zhanggui demo`: the sample shop from nothing to an exported file, with whatever weights are here."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from desktop_app.cli.show import Show
from desktop_app.cli.writing import show_described
from desktop_app.engine import Engine
from desktop_app.records import Exported, Saved, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import describe, drafts, export_products, history, shops
from desktop_app.words import _


def run(show: Show, engine: Engine | None, stop: threading.Event, shop_file: Path | None) -> None:
    """Make the sample shop, write, approve, export and undo; everything is shown and nothing of yours is touched."""
    with tempfile.TemporaryDirectory(prefix="zhanggui-demo") as folder:
        target = shop_file or Path(folder) / "demo.zhanggui"
        shop = shops.sample(target, language="en")
        try:
            _tour(show, shop, engine, stop, Path(folder))
        finally:
            shop.close()


def _tour(show: Show, shop: Shop, engine: Engine | None, stop: threading.Event, folder: Path) -> None:
    ids = list(shop.search(text="missing", sort="title"))
    show.event("step", _("The sample shop: {n} products, {m} without a text.", n=shop.counts().products, m=len(ids)))
    saved: list[int] = []
    steps = [
        (ids[:2], Wishes(language="en", writer="auto"), _("Two descriptions, written by the weights on this machine:")),
        (ids[2:5], Wishes(language="en", writer="plain"), _("Three built from the facts alone:")),
        (ids[5:7], Wishes(language="zh", writer="auto"), _("Two in Chinese:")),
    ]
    for chosen, wishes, title in steps:
        show.event("step", f"\n— {title}")
        for event in describe.describe(shop, engine, stop, products=chosen, wishes=wishes):
            show_described(show, event, alone=False)
            if isinstance(event, Saved) and event.draft.id is not None and not event.draft.findings:
                saved.append(event.draft.id)  # what is marked waits for a person
        if stop.is_set():
            return
    action = drafts.approve(shop, saved)
    show.event("step", "\n— " + action.name, action=action.id)
    for done in export_products.export_products(shop, stop, path=folder / "export.csv", format="shopify"):
        if isinstance(done, Exported):
            show.event("step", _("Exported {n} products with {t} texts.", n=done.products, t=done.texts))
    for undone in history.undo(shop):
        show.event("step", _("Undone: {name}", name=undone.name))
    show.event("step", _("All of this happened on this machine; nothing left it."))
