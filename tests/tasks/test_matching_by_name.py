"""A merchant who says that the name alone makes it the same product is taken at their word."""

from __future__ import annotations

import threading
from pathlib import Path

from desktop_app.records import Imported, Matching
from desktop_app.shop import Shop
from desktop_app.tasks import import_products


def bring_in(shop: Shop, file: Path, matching: Matching | None = None) -> Imported:
    reading = import_products.look(shop, file)
    end = list(import_products.import_products(shop, threading.Event(), reading=reading, matching=matching))[-1]
    assert isinstance(end, Imported)
    return end


def test_products_meet_by_name_though_their_codes_changed(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("SKU,Name,Price\nOLD-1,Oak tray,46\n", "utf-8")
    bring_in(shop, file)
    file.write_text("SKU,Name,Price\nNEW-1,Oak tray,48\n", "utf-8")
    end = bring_in(shop, file, Matching(match=("title",)))
    assert (end.added, end.changed) == (0, 1)


def test_by_default_another_code_is_another_product(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "products.csv"
    file.write_text("SKU,Name,Price\nOLD-1,Oak tray,46\n", "utf-8")
    bring_in(shop, file)
    file.write_text("SKU,Name,Price\nNEW-1,Oak tray,48\n", "utf-8")
    assert bring_in(shop, file).added == 1
