"""A merchant brings in what the shop knows, and takes it out again."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import import_messages, knowledge
from desktop_app.ui.replies import passages
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


ANSWERS = (
    ("Do you wrap gifts?", "We wrap gifts in linen paper."), ("Can I pay by card?", "Yes, by card and by transfer."),
    ("可以退货吗？", "七天内可以退货。"), ("Is there a code?", "Until 5 May 2020: ten per cent off with SPRING."),
)  # fmt: skip


def page_of(qtbot: QtBot, open_window: Any, shop_file: Path) -> KnowledgePage:
    """Open what the shop knows, with its four answers in the list."""
    with Shop.open(shop_file) as shop:
        for question, text in ANSWERS:
            knowledge.add_policy(shop, question=question, text=text)
    window = open_window(shop_file)
    window.go("knowledge")
    page: KnowledgePage = window.page
    qtbot.waitUntil(lambda: len(page.model.ids) == 4 and page.model.row(0) is not None)
    return page


def shown(page: KnowledgePage) -> list[str]:
    rows = [page.model.row(n) for n in range(page.model.rowCount())]
    return [row.question for row in rows if row is not None]


def kept(shop_file: Path) -> list[tuple[str, str]]:
    with Shop.open(shop_file) as shop:
        return [(p.text, p.valid_to) for p in shop.passages()]


def test_the_answers_are_looked_through_by_words_language_and_what_has_ended(
    qtbot: QtBot, open_window: Any, shop_file: Path
) -> None:
    page = page_of(qtbot, open_window, shop_file)
    page.search.setText("linen")
    qtbot.waitUntil(lambda: shown(page) == ["Do you wrap gifts?"])
    page.search.setText("")
    page.language.setCurrentIndex(page.language.findData("zh"))
    qtbot.waitUntil(lambda: shown(page) == ["可以退货吗？"])
    page.language.setCurrentIndex(0)
    page.state.setCurrentIndex(page.state.findData("ended"))
    qtbot.waitUntil(lambda: shown(page) == ["Is there a code?"])
    row = page.model.row(0)
    assert row is not None
    assert passages.is_idle(row, "2026-11-26")
    assert passages.standing(row, "2026-11-26")[0].startswith("ended")


def test_one_answer_is_opened_changed_taken_out_and_brought_back(
    qtbot: QtBot, open_window: Any, shop_file: Path
) -> None:
    page = page_of(qtbot, open_window, shop_file)
    page.list.stand_on(1)
    qtbot.waitUntil(lambda: page.form.question.text() == "Can I pay by card?")
    page.form.text.setPlainText("By card alone.")
    page.form.keep.click()
    qtbot.waitUntil(lambda: kept(shop_file)[1][0] == "By card alone.")
    page.form.out.click()
    qtbot.waitUntil(lambda: len(kept(shop_file)) == 3 and len(page.model.ids) == 3)
    assert "By card alone." not in [text for text, _until in kept(shop_file)]
    page.desk.undo()
    qtbot.waitUntil(lambda: len(kept(shop_file)) == 4 and len(page.model.ids) == 4)


def test_a_change_that_was_typed_is_kept_when_another_answer_is_opened(
    qtbot: QtBot, open_window: Any, shop_file: Path
) -> None:
    page = page_of(qtbot, open_window, shop_file)
    page.form.question.setText("New?")
    page.form.text.setPlainText("Half an answer")
    page.list.stand_on(0)
    qtbot.waitUntil(lambda: page.form.question.text() == "Do you wrap gifts?")
    page.form.text.setPlainText("We wrap nothing.")
    page.list.stand_on(1)
    qtbot.waitUntil(lambda: page.form.question.text() == "Can I pay by card?")
    qtbot.waitUntil(lambda: kept(shop_file)[0][0] == "We wrap nothing.")
    page.form.new.click()
    assert (page.form.question.text(), page.form.text.toPlainText()) == ("New?", "Half an answer")


def test_the_form_reads_the_last_day_from_the_words_until_it_is_set_by_hand(
    qtbot: QtBot, open_window: Any, shop_file: Path
) -> None:
    page = page_of(qtbot, open_window, shop_file)
    page.form.question.setText("Winter?")
    page.form.text.setPlainText("Until 30 November 2020 you get ten per cent off with WINTER.")
    assert page.form.until.text() == "2020-11-30"
    assert "ended" in page.form.told.text()
    page.form.until.clear()
    page.form.until.textEdited.emit("")
    page.form.text.setPlainText("Until 30 November 2020: ten per cent off with WINTER.")
    assert page.form.until.text() == ""
    page.form.until.setText("30.11.2031")
    page.form.keep.click()
    qtbot.waitUntil(lambda: ("Until 30 November 2020: ten per cent off with WINTER.", "2031-11-30") in kept(shop_file))


def test_a_file_that_says_otherwise_than_the_merchant_asks_and_takes_what_they_choose(
    qtbot: QtBot, open_window: Any, tmp_path: Path, shop_file: Path
) -> None:
    file = tmp_path / "faq.csv"
    file.write_text("question,answer\nHow long?,Two days.\nWhat does it cost?,Four pounds.\n", "utf-8")
    with Shop.open(shop_file) as shop:
        list(knowledge.import_knowledge(shop, threading.Event(), looked=knowledge.look(shop, file)))
        knowledge.change_passage(shop, replace(shop.passage(1), text="Six days."))
    file.write_text("question,answer\nHow long?,Three days.\nWhat does it cost?,Four pounds.\n", "utf-8")
    window = open_window(shop_file)
    window.go("knowledge")
    page: KnowledgePage = window.page
    page.take([file])
    qtbot.waitUntil(lambda: page.notices.notice is not None)
    assert page.notices.notice is not None
    assert page.notices.notice.run is not None
    page.notices.notice.run()
    qtbot.waitUntil(lambda: shown(page) == ["How long?"])
    page.list.stand_on(0)
    qtbot.waitUntil(lambda: page.form.other.isVisible())
    assert "Three days." in page.form._says.text()
    assert kept(shop_file)[0][0] == "Six days."
    page.form._theirs.click()
    qtbot.waitUntil(lambda: kept(shop_file)[0][0] == "Three days.")
    qtbot.waitUntil(lambda: page.form.text.toPlainText() == "Three days." and not page.form.other.isVisible())


def test_approved_texts_become_answers_at_a_press(qtbot: QtBot, open_window: Any, shop_file: Path) -> None:
    page = page_of(qtbot, open_window, shop_file)
    (row,) = [one for one in page.findChildren(SettingRow) if one.title.text() == "Approved texts"]
    next(button for button in row.findChildren(Button) if button.text() == "Use them").click()
    qtbot.waitUntil(lambda: len(page.model.ids) == 5)
    with Shop.open(shop_file) as shop:
        assert shop.passages()[-1].text.startswith("Carry breakfast to the garden")
