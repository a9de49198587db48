from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from desktop_app.engine import Request, ScriptedEngine
from desktop_app.errors import UserError
from desktop_app.records import Fact, Weights
from desktop_app.shop import Shop
from desktop_app.ui.products.origin import writer_hint
from desktop_app.ui.prose import units

Settle = Callable[[Any], None]
SENTENCES = ("This oak tray has two handles and measures 40 × 28 cm.", "It is oiled.", "Wipe with a damp cloth.")
TEXT = " ".join(SENTENCES)
TRIES = 4  # how often each sentence is written, side by side


def answer(request: Request) -> str:
    """Say the sentence a request is for, behind the word it begins with."""
    return SENTENCES[int(request.id.split(":")[1])].removeprefix(request.prefill)


class Gate:
    """Lets an engine write one piece at a time."""

    def __init__(self) -> None:
        self.pieces = threading.Semaphore(0)

    def __call__(self) -> None:
        self.pieces.acquire(timeout=60)

    def let(self, count: int) -> None:
        for _n in range(count):
            self.pieces.release()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def tray(shop_file: Path) -> Path:
    """The shop, with enough known of the tray for three sentences."""
    more = (Fact("Features", "two handles"), Fact("Care", "wipe with a damp cloth"), Fact("Finish", "oiled"))
    with Shop.open(shop_file) as shop, shop.act("Add facts"):
        product = shop.product(shop.search("Oak tray")[0])
        shop.replace(replace(product, facts=product.facts + more))
    return shop_file


@pytest.fixture
def page(open_window: Callable[..., Any], tray: Path, gate: Gate, settle: Settle, qtbot: QtBot) -> Any:
    window = open_window(tray, lambda _s: ScriptedEngine(answer, before_piece=gate))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("products")
    settle(window)
    stand_on_tray(window)
    settle(window)
    return window.page


def stand_on_tray(window: Any) -> None:
    titles = [window.page.model.index(n, 0).data() for n in range(12)]
    window.page.table.stand_on(titles.index("Oak tray"))


def test_text_streams_in_and_the_readers_caret_and_selection_stay(page: Any, gate: Gate, qtbot: QtBot) -> None:
    text = page.panel.description
    text.write()
    gate.let(TRIES)
    qtbot.waitUntil(lambda: text.view.text.startswith("This oak tray"))
    caret = text.view.textCursor()
    caret.setPosition(5)
    caret.setPosition(8, QTextCursor.MoveMode.KeepAnchor)
    text.view.setTextCursor(caret)
    before = len(text.view.text)
    gate.let(TRIES)
    qtbot.waitUntil(lambda: len(text.view.text) > before)
    assert text.view.textCursor().selectedText() == "oak"
    assert (text.view.textCursor().anchor(), text.view.textCursor().position()) == (5, 8)
    gate.let(100)
    qtbot.waitUntil(lambda: text.state == "draft")


def test_stop_stands_where_the_button_was_and_keeps_what_is_there(
    page: Any, gate: Gate, qtbot: QtBot, settle: Settle
) -> None:
    text = page.panel.description
    start = text.buttons.itemAt(0).widget()
    assert start.text() == "Write a description"
    start.setFocus()
    start.click()
    stop = text.buttons.itemAt(0).widget()
    assert stop.text() == "Stop"
    assert stop.hasFocus()
    gate.let(TRIES)
    qtbot.waitUntil(lambda: "oak" in text.view.text)
    stop.click()
    gate.let(100)
    settle(page.window())
    assert text.state == "draft"
    assert text.draft.stopped
    assert text.draft.text.startswith("This oak tray")
    assert "damp" not in text.draft.text
    assert "stopped early" in text.origin.text()


def test_what_was_written_is_a_draft_with_its_provenance(page: Any, gate: Gate, settle: Settle) -> None:
    gate.let(1000)
    page.panel.write()
    settle(page.window())
    text = page.panel.description
    assert text.status.text() == "Draft"
    assert text.origin.text().startswith("Written by scripted on this laptop")
    assert "Material" in text.view.said_at(text.view.text.index("oak"))
    assert page.window().strip.message.text() == "Draft saved"


def test_shorter_and_warmer_write_again_and_are_remembered(page: Any, gate: Gate, settle: Settle) -> None:
    gate.let(1000)
    page.panel.write()
    settle(page.window())
    text = page.panel.description
    names = [text.buttons.itemAt(n).widget().text() for n in range(text.buttons.count())]
    assert {"Approve", "Edit", "Reject", "Write again", "Shorter", "Longer", "Warmer", "中文"} == set(names)
    first = text.draft.id
    text.buttons.itemAt(names.index("Shorter")).widget().click()
    settle(page.window())
    assert text.draft.id != first
    again = [text.buttons.itemAt(n).widget().text() for n in range(text.buttons.count())]
    assert "Shorter" not in again
    assert '"short"' in page.desk.settings.wishes


def test_a_text_written_again_takes_the_place_of_the_draft_that_waited(
    page: Any, gate: Gate, settle: Settle, shop_file: Path
) -> None:
    gate.let(1000)
    before = page.desk.counts.drafts_waiting
    page.panel.write()
    settle(page.window())
    page.panel.write()
    settle(page.window())
    assert page.desk.counts.drafts_waiting == before + 1


def test_looking_at_another_product_meanwhile_loses_nothing(
    page: Any, gate: Gate, qtbot: QtBot, settle: Settle
) -> None:
    text = page.panel.description
    number = page.panel.product_id
    text.write()
    gate.let(TRIES)
    qtbot.waitUntil(lambda: bool(text.view.text))
    page.table.stand_on(0)
    gate.let(1000)
    settle(page.window())
    assert page.panel.product_id != number
    with Shop.open(page.desk.shop.path) as shop:
        assert shop.drafts(product=number)[0].text == TEXT


def test_an_engine_that_fails_says_so_and_the_facts_write_instead(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle
) -> None:
    failing = UserError("The weights stopped answering. Nothing was lost.")
    window = open_window(shop_file, lambda _s: ScriptedEngine(lambda _request: failing))
    window.go("products")
    settle(window)
    window.page.table.stand_on(4)
    settle(window)
    window.page.panel.write()
    settle(window)
    text = window.page.panel.description
    assert "stopped answering" in text.notice.text()
    assert text.draft.source == "plain"


def test_weights_that_cannot_be_made_ready_say_so_and_the_next_try_works(
    open_window: Callable[..., Any], tray: Path, settle: Settle
) -> None:
    tries: list[int] = []

    def engines(_settings: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise UserError("The weights file is not there.")
        return ScriptedEngine(answer)

    window = open_window(tray, engines)
    window.go("products")
    settle(window)
    stand_on_tray(window)
    settle(window)
    window.page.panel.write()
    settle(window)
    text = window.page.panel.description
    assert text.notice.text() == "The weights file is not there."
    window.page.panel.write()
    settle(window)
    assert text.draft.text == TEXT


def test_who_would_write_chinese_is_said_before(page: Any) -> None:
    from desktop_app.ui import describing

    page.desk.weights = Weights("SmolLM2-135M", "x.gguf", 1, languages=("en",))
    wishes = describing.wishes(page.desk)
    assert writer_hint(page.desk, wishes) == ""
    said = writer_hint(page.desk, replace(wishes, language="zh"))
    assert said.startswith("SmolLM2-135M cannot write Chinese well: the text is built from the facts alone.")


def test_that_the_facts_write_is_said_once(page: Any, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app import weights

    page.desk.weights = Weights("SmolLM2-135M", "x.gguf", 1, languages=("en",))
    monkeypatch.setattr(weights, "can_write", lambda *_given: False)
    page.panel.write()
    settle(page.window())
    text = page.panel.description
    assert text.draft.source == "plain"
    assert [said.text() for said in (text.hint, text.notice) if said.isVisible()] == [text.hint.text()]


def test_all_products_without_a_text_are_written_as_one_action(
    page: Any, gate: Gate, settle: Settle, qtbot: QtBot
) -> None:
    gate.let(100_000)
    window = page.window()
    before = page.desk.counts
    page.describe.click()
    qtbot.waitUntil(lambda: page.desk.work.now is not None)
    qtbot.waitUntil(lambda: page.desk.work.now is None)
    settle(window)
    assert page.desk.counts.missing == 0
    assert page.desk.counts.drafts_waiting == before.drafts_waiting + before.missing
    assert page.desk.settings.seconds_a_text > 0
    assert not page.describe.isVisible()
    page.desk.undo()
    settle(window)
    assert page.desk.counts.missing == before.missing


def test_r_writes_the_draft_under_review_again(page: Any, gate: Gate, settle: Settle, qtbot: QtBot) -> None:
    window = page.window()
    window.go("writing")
    settle(window)
    writing = window.page
    old = writing.item.draft.id
    waiting = len(writing.model.items)
    gate.let(1000)
    writing.write_again()
    settle(window)
    assert writing.item.draft.id != old
    assert "40 × 28 cm" in writing.card.view.text  # said plainly where no try says it truthfully
    assert writing.card.view.text == writing.item.draft.text
    assert len(writing.model.items) == waiting


def test_a_queue_is_worked_through_while_more_is_being_written(
    page: Any, gate: Gate, settle: Settle, qtbot: QtBot
) -> None:
    window = page.window()
    page.describe.click()
    qtbot.waitUntil(lambda: page.desk.work.now is not None)
    window.go("writing")
    qtbot.waitUntil(lambda: bool(window.page.is_full and window.page.item))
    before = page.desk.counts.drafts_waiting
    window.page.approve()
    qtbot.waitUntil(lambda: page.desk.counts.drafts_waiting == before - 1)
    gate.let(100_000)
    qtbot.waitUntil(lambda: page.desk.work.now is None)
    settle(window)
    assert page.desk.counts.missing == 0


def test_marks_stand_where_they_belong_after_an_emoji() -> None:
    assert units("🎁🎁 oak", 3) == 5
    assert units("橡木", 1) == 1


def test_a_press_meant_for_stop_does_not_approve_what_nobody_has_read(
    page: Any, gate: Gate, settle: Settle, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.ui.products import text_buttons

    text = page.panel.description
    text.buttons.itemAt(0).widget().setFocus()
    text.write()
    gate.let(1000)
    qtbot.waitUntil(lambda: text.state == "draft")
    approve = text.buttons.itemAt(0).widget()
    assert approve.text() == "Approve"
    assert approve.hasFocus()
    monkeypatch.setattr(text_buttons, "_LOOKED", 60.0)
    approve.click()
    settle(page.window())
    assert text.draft.status == "new"
    monkeypatch.setattr(text_buttons, "_LOOKED", 0.0)
    approve.click()
    settle(page.window())
    assert text.draft.status == "approved"


def test_weights_are_made_ready_while_somebody_looks_at_a_product_without_a_text(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle, qtbot: QtBot
) -> None:
    asked: list[str] = []

    class Slow(ScriptedEngine):
        @property
        def alive(self) -> bool:
            return bool(asked)

        def about(self) -> Weights:
            asked.append("about")
            return super().about()

    window = open_window(shop_file, lambda _s: Slow(TEXT))
    window.desk.weights = Weights("SmolLM2-135M", "x.gguf", 1, languages=("en",))
    window.go("products")
    settle(window)
    titles = [window.page.model.index(n, 0).data() for n in range(12)]
    window.page.table.stand_on(titles.index("Wool throw"))
    qtbot.waitUntil(lambda: bool(asked))
    settle(window)
    assert window.desk.is_ready
    assert asked == ["about"]


def test_a_text_of_ones_own_is_written_without_any_draft(page: Any, settle: Settle, qtbot: QtBot) -> None:
    text = page.panel.description
    names = [text.buttons.itemAt(n).widget().text() for n in range(text.buttons.count())]
    assert "Write it myself" in names
    text.buttons.itemAt(names.index("Write it myself")).widget().click()
    assert text.view.hasFocus()
    assert text.view.text == "An old text."  # one begins with what is in the shop
    text.view.setPlainText("A tray of oak.")
    text.save_edit()
    settle(page.window())
    assert (text.draft.text, text.draft.source) == ("A tray of oak.", "merchant")
    assert text.state == "draft"
    page.desk.undo()
    settle(page.window())
    assert text.draft is None


def test_words_typed_and_not_saved_are_saved_when_one_goes_on_to_another_product(
    page: Any, settle: Settle, qtbot: QtBot
) -> None:
    text, number = page.panel.description, page.panel.product_id
    text.edit()
    text.view.setPlainText("Typed and left.")
    page.table.stand_on(0)
    settle(page.window())
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        assert [d.text for d in shop.drafts(product=number)] == ["Typed and left."]


def test_words_typed_and_not_saved_survive_closing_the_window(page: Any, settle: Settle, tray: Path) -> None:
    text, number = page.panel.description, page.panel.product_id
    text.edit()
    text.view.setPlainText("Typed and closed.")
    page.window().close()
    with Shop.open(tray, read_only=True) as shop:
        assert [d.text for d in shop.drafts(product=number)] == ["Typed and closed."]
