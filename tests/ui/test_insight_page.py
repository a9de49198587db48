from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.shop import Shop
from desktop_app.trade import Buyer, Order, OrderLine


@pytest.fixture
def sample(tmp_path: Path, filled_shops: Path) -> Path:
    return Path(shutil.copy(filled_shops / "trading.zhanggui", tmp_path))


def cells(table: Any) -> list[list[str]]:
    return [[table.item(y, x).text() for x in range(table.columnCount())] for y in range(table.rowCount())]


def test_the_page_shows_the_figures_of_a_span_and_follows_the_filters(
    open_window: Callable[..., Any], sample: Path, settle: Callable[[Any], None]
) -> None:
    window = open_window(sample)
    window.go("insight")
    settle(window)
    page = window.page
    assert page.is_full
    whole = page.tiles["sales"].accessibleName()
    page._channel.setCurrentIndex(page._channel.findData("Etsy"))
    page.refresh()
    settle(window)
    assert page.tiles["sales"].accessibleName() != whole
    assert [row[0] for row in cells(page.channels.table)] == ["Etsy"]
    page._category.setCurrentIndex(1)
    page.refresh()
    settle(window)
    assert page.tiles["orders"].isHidden()  # orders are not kept by category


def test_a_question_is_answered_with_the_rows_behind_it(
    open_window: Callable[..., Any], sample: Path, settle: Callable[[Any], None], qtbot: QtBot
) -> None:
    window = open_window(sample)
    window.go("insight", question="Which channel sells best?")
    settle(window)
    page = window.page
    assert page.answer.isVisible()
    assert "Online shop" in page.answer.accessibleName()
    assert len(cells(page.answer._table)) == 3
    page.question.setText("how many visitors did I have?")
    page.question.returnPressed.emit()
    settle(window)
    assert "hold nothing about" in page.answer.accessibleName()
    assert page.answer._table_holder.isHidden()


def test_a_shop_without_orders_says_that_there_is_too_little(
    open_window: Callable[..., Any], tmp_path: Path, settle: Callable[[Any], None]
) -> None:
    path = tmp_path / "empty.zhanggui"
    Shop.create(path).close()
    window = open_window(path)
    window.go("insight")
    settle(window)
    assert not window.page.is_full


def test_orders_of_another_year_are_said_and_one_press_away(
    open_window: Callable[..., Any], shop_file: Path, settle: Callable[[Any], None], qtbot: QtBot
) -> None:
    line = OrderLine("Oak tray", "KIT-0004", Decimal(1), Decimal(10))
    with Shop.open(shop_file) as shop, shop.act("Orders"):
        shop.intake().take([
            Order(str(n), "shop", f"2011-03-0{n}T10:00:00Z", currency="USD", lines=(line,), buyer=Buyer("Ada"))
            for n in (1, 7)
        ])  # fmt: skip
    window = open_window(shop_file)
    window.go("today")
    settle(window)
    assert "Mar 7, 2011" in window.page._sales.quiet.text()
    assert window.page._sales.best.more == "Nothing was sold this week."
    window.go("insight")
    settle(window)
    notice = window.page.notices.notice
    assert "Mar 7, 2011" in notice.text
    notice.run()
    settle(window)
    assert window.page.subtitle.text() == "Mar 1, 2011 to Mar 7, 2011"  # not fifteen years of nothing
    assert window.page.notices.notice is None


def test_today_shows_the_week_and_what_to_order(
    open_window: Callable[..., Any], sample: Path, settle: Callable[[Any], None]
) -> None:
    window = open_window(sample)
    window.go("today")
    settle(window)
    page = window.page
    assert page._sales.isVisible()
    assert page._day.supplies.buy
    assert cells(page._sales.best.table)


@pytest.mark.parametrize(("language", "theme"), [("zh", "dark"), ("en", "light")])
def test_both_languages_and_themes_draw_the_page(
    open_window: Callable[..., Any], sample: Path, settle: Callable[[Any], None], language: str, theme: str
) -> None:
    window = open_window(sample, language=language, theme=theme)
    window.go("insight")
    settle(window)
    assert window.page.is_full
    assert not window.grab().isNull()


def test_the_orders_behind_an_answer_are_one_click_away_and_no_others(
    open_window: Callable[..., Any], sample: Path, settle: Callable[[Any], None]
) -> None:
    window = open_window(sample)
    window.go("insight", question="How much did I sell last month?")
    settle(window)
    answer = window.page.answer
    behind = answer._answer.orders
    answer._orders.click()
    settle(window)
    assert window.here == "orders"
    assert sorted(window.page.model.ids) == sorted(behind)
    assert window.page.chip.words().endswith("How much did I sell last month?")
    with Shop.open(sample) as shop:
        assert len(behind) < len(shop.find_orders())


def test_customers_have_their_change_and_their_cohorts_with_a_table_beside(
    open_window: Callable[..., Any], sample: Path, settle: Callable[[Any], None]
) -> None:
    window = open_window(sample)
    window.go("insight")
    settle(window)
    cards = window.page.crowd
    assert cards.people.isVisible()
    rows = cells(cards.people.table)
    assert [row[0] for row in rows][:2] == ["Best regulars", "Regulars"]
    assert all(row[2] == "–" or row[2].lstrip("+-").isdecimal() for row in rows)
    assert cards.cohorts.isVisible() == bool(cells(cards.cohorts.table))
    assert cells(cards.cohorts.table)
