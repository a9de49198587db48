"""A merchant brings in what the shop knows, and takes it out again."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import import_messages, knowledge
from desktop_app.ui.replies.knowledge import KnowledgePage
from desktop_app.ui.setting_rows import SettingRow
from desktop_app.ui.widgets import Button


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

    qtbot.waitUntil(lambda: "faq.csv" in names())
    qtbot.waitUntil(lambda: "3" in known.subtitle.text())
    window.desk.undo()
    qtbot.waitUntil(lambda: "faq.csv" not in names())


def test_an_answer_given_before_is_offered_and_kept(
    qtbot: QtBot, open_window: Any, tmp_path: Path, shop_file: Path
) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        "thread,name,role,time,message\n1,Ann,customer,2026-11-20 10:00,Do you wrap gifts?\n"
        "1,Shop,agent,2026-11-20 11:00,We wrap gifts in linen paper for free.\n",
        "utf-8",
    )
    with Shop.open(shop_file) as shop:
        list(import_messages.import_messages(shop, threading.Event(), looked=import_messages.look(file)))
    window = open_window(shop_file)
    window.go("knowledge")
    known = window.page
    known.mine()
    qtbot.waitUntil(lambda: known.pairs.count() > 0)
    (row,) = [one for one in known.findChildren(SettingRow) if one.title.text() == "Do you wrap gifts?"]
    next(button for button in row.findChildren(Button) if button.text() == "Keep").click()

    def kept() -> list[str]:
        with Shop.open(shop_file) as shop:
            return [p.text for p in shop.passages()]

    qtbot.waitUntil(lambda: kept() == ["We wrap gifts in linen paper for free."])
