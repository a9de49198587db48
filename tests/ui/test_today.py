from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.shop import Shop

Settle = Callable[[Any], None]


def words(page: Any) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def test_today_says_what_waits_and_each_line_goes_there(window: Any, settle: Settle) -> None:
    settle(window)
    said = words(window.page)
    assert "drafts wait for you" in said
    assert "1 of them says something no fact carries" in said
    assert "products have no description" in said
    review = next(b for b in window.page.findChildren(QPushButton) if b.text() == "Review")
    review.click()
    assert window.here == "writing"


def test_only_the_first_thing_to_do_is_the_main_one(window: Any, settle: Settle) -> None:
    settle(window)
    mains = [b for b in window.page.findChildren(QPushButton) if b.property("kind") == "main" and b.isVisible()]
    assert len(mains) == 1


def test_a_new_shop_says_what_to_do_first(open_window: Callable[..., Any], tmp_path: Path, settle: Settle) -> None:
    path = tmp_path / "new.zhanggui"
    Shop.create(path).close()
    window = open_window(path)
    settle(window)
    assert "Your shop is empty" in words(window.page)
    assert any(b.text() == "Open the sample shop" for b in window.page.findChildren(QPushButton))


def test_today_shows_when_the_last_backup_was_made(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle
) -> None:
    with Shop.open(shop_file) as shop:
        shop.back_up()
    window = open_window(shop_file)
    settle(window)
    assert any(text.startswith("Last backup: ") for text in words(window.page))
