"""What the other shop will see change is known before a file is written."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Preview, Saved, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import describe, drafts, preview_export
from desktop_app.tasks import import_products as importing


def look_first(shop: Shop, format: str) -> Preview:
    end = list(preview_export.preview_export(shop, threading.Event(), format=format))[-1]
    assert isinstance(end, Preview)
    return end


@pytest.mark.parametrize("format", ["original", "shopify"])
def test_only_the_product_with_an_approved_text_is_seen_to_change(shop: Shop, shared: Path, format: str) -> None:
    file = shared / "data" / "catalog" / "shopify_product_data_packt.csv"
    list(importing.import_products(shop, threading.Event(), reading=importing.look(shop, file)))
    before = look_first(shop, format)
    assert (before.added, before.changed, before.same) == (0, 0, shop.counts().products)
    chosen = shop.search(sort="title")[1]
    wishes = Wishes(language="en", writer="plain")
    events = list(describe.describe(shop, None, threading.Event(), products=[chosen], wishes=wishes))
    draft = next(event.draft for event in events if isinstance(event, Saved))
    drafts.approve(shop, [draft.id or 0])
    after = look_first(shop, format)
    assert (after.added, after.changed) == (0, 1)
    assert [name for name, _was, _now in after.changes[0].fields] == ["description"]
    assert {kept.status for kept in shop.drafts()} == {"approved"}


def test_without_an_imported_file_there_is_nothing_to_compare_with(shop: Shop) -> None:
    with pytest.raises(UserError):
        look_first(shop, "shopify")
