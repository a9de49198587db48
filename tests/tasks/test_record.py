from __future__ import annotations

import csv
import threading
from pathlib import Path

from desktop_app.records import Draft, Fact, Finding, Product, Wishes
from desktop_app.shop import Shop
from desktop_app.tasks import drafts, jobs, record


def test_the_record_says_of_each_text_where_it_came_from_and_who_approved_it(shop: Shop, tmp_path: Path) -> None:
    with shop.act("Stock"):
        ids = shop.add([Product("Oak board", facts=(Fact("Material", "oak"),)), Product("=HYPERLINK(1)")])
    job = jobs.start(shop, products=ids[:1], wishes=Wishes(writer="plain", channel="ebay"))
    list(jobs.run(shop, None, threading.Event(), job=job))
    drafts.approve(shop, [shop.drafts()[0].id or 0])
    with shop.act("Draft"):
        found = (Finding(0, 4, "best", "superlative", "A superlative needs proof."),)
        shop.add_draft(Draft(ids[1], "title", "en", "=best", source="weights", weights="SmolLM2",
                             weights_sha256="abc", prompt="sentence/1/en", findings=found))  # fmt: skip
    path = tmp_path / "record.csv"
    assert record.export(shop, path=path) == 2
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, second = list(csv.DictReader(file))
    assert first["Facts it was given"] == "Material: oak"
    assert (first["Status"], first["Channel"], first["Written by"]) == ("approved", "ebay", "plain")
    assert first["Approved by"]
    assert first["Approved"] >= first["Written"]
    assert "Consumer claims, English (" in first["Rules"]
    assert "eBay (" in first["Rules"]
    assert second["SHA-256 of the weights"] == "abc"
    assert second["Findings"] == "“best” (superlative): A superlative needs proof."
    assert second["Approved by"] == second["Approved"] == ""
    assert (second["Product"], second["Text"]) == ("'=HYPERLINK(1)", "'=best")
