"""A merchant brings in what the shop knows, and takes it out again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import knowledge
from desktop_app.ui.replies.knowledge import KnowledgePage


def test_files_are_brought_in_and_taken_out_again(
    qtbot: QtBot, open_window: Any, tmp_path: Path, shop_file: Path
) -> None:
    with Shop.open(shop_file) as shop:
        knowledge.add_policy(shop, question="How long does delivery take?", text="Delivery takes 3 to 5 working days.")
    window = open_window(shop_file)
    window.go("knowledge")
    known = window.page
    assert isinstance(known, KnowledgePage)
    file = tmp_path / "faq.csv"
    file.write_text("question,answer\nDo you wrap gifts?,We wrap gifts in paper.\nCan I pay by card?,Yes.\n", "utf-8")
    known.take([file])

    def names() -> list[str]:
        with Shop.open(shop_file) as shop:
            return [source.name for source in shop.knowledge_sources()]

    qtbot.waitUntil(lambda: "faq.csv" in names(), timeout=20_000)
    qtbot.waitUntil(lambda: "3" in known.subtitle.text(), timeout=10_000)
    window.desk.undo()
    qtbot.waitUntil(lambda: "faq.csv" not in names(), timeout=10_000)
