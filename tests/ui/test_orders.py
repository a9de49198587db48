"""The Orders page, on a real window over a real shop file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.tasks import giving_back
from desktop_app.trade import Address, Buyer, Order, OrderLine
from desktop_app.ui.orders.bringing import OrdersFileDialog
from desktop_app.ui.orders.hand_form import HandOrderDialog
from desktop_app.ui.theme import font
from desktop_app.ui.widgets import Button, Text

Settle = Callable[[Any], None]


def order(number: int, state: Any = "paid") -> Order:
    return Order(
        str(1000 + number), "shopify", f"2027-03-{number:02}T10:00:00Z", state, currency="USD", shipping=Decimal(5),
        lines=(OrderLine("Oak tray", "KIT-0004", Decimal(2), Decimal("16.50")), OrderLine("Soy candle", "KIT-0005", price=Decimal(9))),
        buyer=Buyer(f"Person {number}", f"p{number}@example.com"), note="Leave it at the door",
        ship_to=Address(f"Person {number}", street="1 Lane", city="Austin", postcode="78701", country="US"),
    )  # fmt: skip


@pytest.fixture
def page(open_window: Any, shop_file: Path, settle: Settle) -> Any:
    with Shop.open(shop_file) as shop, shop.act("Orders"):
        ids = shop.intake().take([order(1), order(2, "sent"), order(3, "cancelled")]).orders
        shop.book_orders(ids)
    window = open_window(shop_file)
    window.go("orders")
    settle(window)
    return window.page


def numbers(page: Any) -> list[str]:
    return [page.model.index(n, 0).data() for n in range(page.model.rowCount())]


def test_no_moment_is_cut_off_in_the_list(page: Any) -> None:
    shown = QFontMetrics(font())
    for row in range(page.model.rowCount()):
        assert shown.horizontalAdvance(str(page.model.index(row, 2).data())) <= page.table.columnWidth(2) - 16


def test_orders_stand_newest_first_with_name_total_and_state(page: Any) -> None:
    assert numbers(page) == ["1003", "1002", "1001"]
    cells = [page.model.index(2, column).data() for column in (0, 1, 3, 4)]
    assert cells == ["1001", "Person 1", "$47.00", "Paid"]


def test_a_state_filters_and_the_list_filters_while_one_types(page: Any, qtbot: QtBot, settle: Settle) -> None:
    page.filters["sent"].click()
    settle(page.window())
    assert numbers(page) == ["1002"]
    page.filters[None].click()
    qtbot.keyClicks(page.search, "person 1")
    qtbot.waitUntil(lambda: numbers(page) == ["1001"])


def test_an_order_is_moved_on_and_undone(page: Any, settle: Settle) -> None:
    page.table.stand_on(2)
    settle(page.window())
    page.panel.move_on("packed")
    settle(page.window())
    assert page.panel.order.state == "packed"
    page.desk.undo()
    settle(page.window())
    assert page.panel.order.state == "paid"


def test_cancelling_gives_the_stock_back(page: Any, settle: Settle) -> None:
    with Shop.open(page.desk.shop.path) as shop:
        before = shop.product(5).variants[0].stock
    page.table.stand_on(2)
    settle(page.window())
    page.panel.move_on("cancelled")
    settle(page.window())
    with Shop.open(page.desk.shop.path) as shop:
        assert shop.product(5).variants[0].stock == (before or 0) + 2
        assert shop.disagreeing() == []


def stock_of(page: Any, product: int) -> int:
    with Shop.open(page.desk.shop.path) as shop:
        assert shop.disagreeing() == []
        return shop.product(product).variants[0].stock or 0


def test_what_came_back_is_asked_line_by_line_and_booked_with_its_money(
    page: Any, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A stock count holds for its whole second; what comes back in that second is counted in it.
    after = (datetime.now(UTC) + timedelta(minutes=10)).strftime("%Y-%m-%dT%H:%M:%SZ")
    monkeypatch.setattr(giving_back, "now", lambda: after)
    page.table.stand_on(2)
    settle(page.window())
    before = stock_of(page, 5)
    page.panel.ask_return()
    card = page.panel.card
    assert card.money.text() == "42.00"  # both lines, the postage stays
    card.lines[1][1].setText("0")
    card.lines[0][1].selectAll()
    QTest.keyClicks(card.lines[0][1], "1")
    assert card.money.text() == "16.50"
    card.do.click()
    settle(page.window())
    order = page.panel.order
    assert [line.returned for line in order.lines] == [1, 0]
    assert (order.state, order.refunded) == ("paid", Decimal("16.50"))
    assert stock_of(page, 5) == before + 1
    assert page.panel.card is None
    page.desk.undo()
    settle(page.window())
    assert page.panel.order.refunded == 0
    assert stock_of(page, 5) == before


def test_what_came_back_damaged_has_its_reason_and_is_not_in_stock_again(page: Any, settle: Settle) -> None:
    page.table.stand_on(2)
    settle(page.window())
    before = stock_of(page, 5)
    page.panel.ask_return()
    card = page.panel.card
    card.reason.setCurrentIndex(card.reason.findText("damaged"))
    card.do.click()
    settle(page.window())
    assert page.panel.order.state == "returned"
    assert stock_of(page, 5) == before
    with Shop.open(page.desk.shop.path) as shop:
        assert {row.reason for row in shop.returns_of(page.panel.order_id)} == {"damaged"}


def test_more_than_was_sold_is_said_in_the_card_and_what_was_typed_stays(page: Any, settle: Settle) -> None:
    page.table.stand_on(2)
    settle(page.window())
    page.panel.ask_return()
    card = page.panel.card
    card.lines[0][1].setText("7")
    card.do.click()
    page.desk.touched()  # something else was saved meanwhile
    settle(page.window())
    assert page.panel.card is card
    assert card.said.text() == "Between 0 and 2 of “Oak tray” can come back."
    assert card.lines[0][1].text() == "7"
    QTest.keyClick(card.lines[0][1], Qt.Key.Key_Escape)
    card.guard.question.drop.click()  # what was typed is not gone without a question
    assert page.panel.card is None


def test_money_given_back_is_all_of_it_or_the_part_that_is_typed(page: Any, settle: Settle) -> None:
    page.table.stand_on(2)
    settle(page.window())
    page.panel.ask_refund()
    assert page.panel.card.money.text() == "47.00"
    page.panel.card.money.setText("7,00")
    page.panel.card.do.click()
    settle(page.window())
    assert (page.panel.order.state, page.panel.order.refunded) == ("paid", 7)
    page.panel.ask_refund()
    page.panel.card.do.click()
    settle(page.window())
    assert (page.panel.order.state, page.panel.order.refunded) == ("refunded", 47)


def opened(page: Any, files: list[Path], settle: Settle) -> OrdersFileDialog:
    page.take(files)
    settle(page.window())
    found: OrdersFileDialog = page.window().findChildren(OrdersFileDialog)[-1]
    return found


def test_a_file_of_orders_is_looked_at_and_then_comes_in(
    page: Any, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    file = tmp_path / "more.csv"
    file.write_text(
        "order,date,sku,qty,price,status\n77,2026-04-01,KIT-0004,1,16.5,paid\n77,2026-04-01,KIT-0005,x,9,paid\n"
    )
    dialog = opened(page, [file], settle)
    assert "1 order would come in, with 1 lines" in dialog.said.text()
    assert "Row 3" in dialog.problems.text()
    assert "77" not in numbers(page)
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "77" in numbers(page))


def test_columns_nobody_can_guess_are_told_once_and_remembered(
    page: Any, tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    rows = ["quux,blah,norf,zork", "A-9,2026-04-02,KIT-0004,2", "A-8,2026-04-03,KIT-0005,1"]
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("\n".join(rows) + "\n")
    second.write_text("\n".join([rows[0], "A-7,2026-04-04,KIT-0004,5"]) + "\n")
    dialog = opened(page, [first, second], settle)
    for name, field in (("quux", "number"), ("blah", "date"), ("norf", "line.sku"), ("zork", "line.quantity")):
        pick = dialog.picks[name]
        pick.setCurrentIndex(pick.findData(field))
        pick.activated.emit(pick.currentIndex())
        settle(page.window())
    assert "2 orders would come in, with 2 lines" in dialog.said.text()
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "A-9" in numbers(page))
    settle(page.window())
    assert dialog.file == second
    assert dialog.picks["zork"].currentData() == "line.quantity"
    assert "1 order would come in, with 1 lines" in dialog.said.text()
    qtbot.mouseClick(dialog.do, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "A-7" in numbers(page))
    again = opened(page, [second], settle)
    assert again.picks["quux"].currentData() == "number"
    assert "1 are here already" in again.said.text()
    again.reject()


def test_what_is_no_table_is_said_and_not_taken(page: Any, tmp_path: Path, settle: Settle) -> None:
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(4000))
    dialog = opened(page, [tmp_path / "photo.csv"], settle)
    assert not dialog.do.isEnabled()
    assert "photo.csv" in dialog.said.text()


def test_what_is_unusual_is_shown_with_reasons_and_the_answer_is_remembered(
    open_window: Any, shop_file: Path, settle: Settle
) -> None:
    line = OrderLine("Oak tray", "KIT-0004", Decimal(1), Decimal(20))
    usual = [
        Order(f"U{n}", "shop", f"2027-02-{1 + n % 28:02}T10:00:00Z", currency="USD", lines=(replace(line, price=Decimal(18 + n % 5)),),
              buyer=Buyer(f"P{n}", f"u{n}@x.example"))
        for n in range(60)
    ]  # fmt: skip
    odd = Order("ODD", "shop", "2027-03-01T10:00:00Z", currency="USD", lines=(replace(line, quantity=Decimal(400)),),
                buyer=Buyer("Odd", "odd@x.example"))  # fmt: skip
    with Shop.open(shop_file) as shop, shop.act("Orders"):
        shop.intake().take([*usual, odd])
    window = open_window(shop_file)
    window.go("orders")
    settle(window)
    page = window.page
    assert page.panel.order.number == "ODD"

    def texts() -> str:
        return "\n".join(text.text() for text in page.panel.findChildren(Text))

    assert "Worth a second look" in texts()
    assert "far above what orders here usually come to" in texts()
    next(b for b in page.panel.findChildren(Button) if b.text() == "Fine").click()
    settle(window)
    with Shop.open(shop_file) as shop:
        assert shop.setting("risk answers")
    page.table.stand_on(3)
    settle(window)
    assert "Worth a second look" not in texts()


def test_an_invoice_that_cannot_be_written_there_says_so_and_one_that_can_gets_its_ending(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(tmp_path / "away" / "invoice.pdf"), str(tmp_path / "invoice")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (chosen.pop(0), ""))
    page.panel.print_paper("invoice")
    assert page.notices.notice.text == "invoice.pdf cannot be written there. Choose another place."
    page.panel.print_paper("invoice")
    assert (tmp_path / "invoice.pdf").read_bytes().startswith(b"%PDF")
    assert "invoice.pdf" in page.window().strip.message.text()


def test_the_orders_of_the_list_are_saved_as_a_table(
    page: Any, tmp_path: Path, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.filters["sent"].click()
    settle(page.window())
    target = tmp_path / "sent.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    page.export()
    qtbot.waitUntil(target.exists)
    settle(page.window())
    text = target.read_text("utf-8-sig")
    assert "1002" in text
    assert "1001" not in text


def test_an_empty_shop_says_what_to_do(open_window: Any, shop_file: Path, settle: Settle) -> None:
    window = open_window(shop_file)
    window.go("orders")
    settle(window)
    assert window.page._empty.title.text() == "No orders yet"


def test_the_orders_behind_an_answer_are_shown_and_a_chip_shows_all_again(page: Any, settle: Settle) -> None:
    shown = page.model.ids[:2]
    page.window().go("orders", ids=shown, why="How much in March?")
    settle(page.window())
    assert page.model.ids == shown
    assert page.chip.isVisible()
    assert page.chip.words() == "2 orders behind: How much in March?"
    page.chip.setFocus()
    QTest.keyClick(page.chip, Qt.Key.Key_Return)
    settle(page.window())
    assert len(page.model.ids) == 3
    assert not page.chip.isVisible()


def test_an_order_somebody_goes_to_is_shown_whatever_the_list_was_narrowed_to(page: Any, settle: Settle) -> None:
    one, other = page.model.ids[:2]
    page.window().go("orders", ids=[one])
    settle(page.window())
    page.window().go("orders", order=other)
    settle(page.window())
    assert page.table.current_id() == other
    assert len(page.model.ids) == 3


def test_what_came_back_has_a_filter_of_its_own_though_only_a_part_of_the_order_did(page: Any, settle: Settle) -> None:
    assert not page.filters["returned"].isVisible()
    page.table.stand_on(2)
    settle(page.window())
    page.panel.ask_return()
    page.panel.card.lines[1][1].setText("0")
    page.panel.card.do.click()
    settle(page.window())
    assert page.filters["returned"].text() == "Returned 1"
    page.filters["returned"].click()
    settle(page.window())
    assert numbers(page) == ["1001"]
    page.filters[None].click()
    settle(page.window())
    assert page.filters[None].text() == "All 3"


@pytest.fixture
def doubted(open_window: Any, shop_file: Path, settle: Settle) -> Any:
    """Forty usual orders of these weeks, and one of a hundred times as much."""
    now = datetime.now(UTC)

    def made(number: int, price: str) -> Order:
        line = OrderLine("Soap", "SOAP", price=Decimal(price))
        at = (now - timedelta(days=number % 30, minutes=number)).strftime("%Y-%m-%dT%H:%M:%SZ")
        buyer = Buyer(f"Person {number}", f"p{number}@example.com")
        return Order(str(1000 + number), "web", at, currency="USD", lines=(line,), buyer=buyer)

    with Shop.open(shop_file) as shop, shop.act("Orders"):
        shop.intake().take([*(made(n, "20") for n in range(40)), made(40, "2000")])
    window = open_window(shop_file)
    window.go("orders")
    settle(window)
    return window.page


def test_an_unusual_order_is_marked_in_the_list_without_being_opened(doubted: Any) -> None:
    assert doubted.filters["doubts"].text() == "To look at 1"
    row = numbers(doubted).index("1040")
    number = doubted.model.index(row, 0)
    assert number.data(Qt.ItemDataRole.AccessibleTextRole) == "1040 – Worth a second look"
    assert number.data(Qt.ItemDataRole.ToolTipRole) == "Worth a second look"
    assert doubted.model.index(row - 1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == numbers(doubted)[row - 1]


def test_today_leads_to_the_unusual_orders_and_fine_takes_one_off(doubted: Any, settle: Settle) -> None:
    window = doubted.window()
    window.go("today")
    settle(window)
    names = [b.accessibleName() for b in window.page.findChildren(Button)]
    assert "Look: 1 order is worth a second look" in names
    next(b for b in window.page.findChildren(Button) if "second look" in b.accessibleName()).click()
    settle(window)
    assert numbers(doubted) == ["1040"]
    doubted.panel.answer(doubted.panel.order_id, fine=True)
    settle(window)
    assert numbers(doubted) == []
    doubted.desk.undo()
    settle(window)
    assert numbers(doubted) == ["1040"]


def test_an_order_is_written_down_by_hand_and_typed_things_are_not_lost_by_escape(
    page: Any, qtbot: QtBot, settle: Settle, shop_file: Path
) -> None:
    page.write()
    dialog = page.window().findChild(HandOrderDialog)
    qtbot.waitUntil(lambda: dialog.offered.count() > 0)
    qtbot.keyClicks(dialog.search, "KIT-0004")
    qtbot.waitUntil(lambda: dialog.offered.count() == 1)
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert [line.sku for line in dialog.lines] == ["KIT-0004"]
    dialog.table.item(0, 1).setText("3")
    dialog.table.item(0, 2).setText("16,50")
    dialog.name.setText("Ana Ruiz")
    assert dialog.total.text() == "$49.50"
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.guard.asking
    dialog.guard.go_on()
    dialog.table.item(0, 1).setText("none")
    dialog.save()
    assert "no number of pieces" in dialog.said.text()
    dialog.table.item(0, 1).setText("2")
    dialog.tax.rate.setText("10")
    dialog.tax.side.setCurrentIndex(0)
    dialog.shipping.setText("5,50")
    dialog.address.street.setText("Rua Nova 3")
    dialog._typed()
    assert dialog.total.text() == "$38.50, with $3.50 of tax"
    dialog.save()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    settle(page.window())
    qtbot.waitUntil(lambda: "H1" in numbers(page))
    assert (page.panel.order.number, page.panel.order.buyer.name, page.panel.order.total) == (
        "H1", "Ana Ruiz", Decimal("38.50"),
    )  # fmt: skip
    assert (page.panel.order.tax, page.panel.order.ship_to.street) == (Decimal("3.50"), "Rua Nova 3")
    assert {"Tax, in the prices", "$3.50"} <= {text.text() for text in page.panel.findChildren(Text)}
    page.desk.undo()
    settle(page.window())
    qtbot.waitUntil(lambda: "H1" not in numbers(page))


def test_a_return_that_is_likely_written_down_is_asked_about_and_booked_when_ticked(
    page: Any, settle: Settle, shop_file: Path, tmp_path: Path
) -> None:
    with Shop.open(shop_file) as shop:
        (id,) = shop.find_orders("1002")
        line = shop.order(id).lines[0].id or 0
        giving_back.take_back(shop, id, [giving_back.Back(line, Decimal(1))])
        near = dt.date.fromisoformat(shop.returns_of(id)[0].at[:10]) - dt.timedelta(2)
    file = tmp_path / "returns.csv"
    file.write_text(f"Return date,Order ID,SKU,Qty returned\n{near},1002,KIT-0004,1\n", "utf-8")
    dialog = OrdersFileDialog(page.window(), page.desk, [file])
    settle(page.window())
    assert dialog.again.isVisibleTo(dialog)
    assert "seem to be those written down" in dialog.problems.text()
    dialog.again.setChecked(True)
    dialog.bring()
    settle(page.window())
    with Shop.open(shop_file) as shop:
        assert sum(back.quantity for back in shop.returns_of(id)) == 2
