"""A rule pack is read, edited and put away in the window, and what is wrong with it is said beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.language import fields
from desktop_app.shop import Shop
from desktop_app.tasks import rule_packs

Settle = Callable[[Any], None]


@pytest.fixture
def page(open_window: Callable[..., Any], shop_file: Path, settle: Settle) -> Any:
    window = open_window(shop_file)
    window.go("voice")
    settle(window)
    return window.page


def titles_of_ebay(page: Any) -> tuple[str, int]:
    with Shop.open(page.desk.shop.path, read_only=True) as shop:
        return fields.room("title", "ebay", rule_packs.chosen(shop))


def test_a_channels_limit_is_edited_and_put_back(page: Any, settle: Settle, tmp_path: Path) -> None:
    page.rules.open("channel.ebay")
    settle(page.window())
    form = page.rules.dialog
    form.write(tmp_path / "channel.ebay.toml")
    settle(page.window())
    assert "title = 80" in (tmp_path / "channel.ebay.toml").read_text("utf-8")
    form.text.setPlainText(form.text.toPlainText().replace("title = 80", "title = 90"))
    form.keep.click()
    settle(page.window())
    assert "example" in form.said.text()  # its example of 81 letters fits now, so it shows nothing any more
    assert titles_of_ebay(page) == ("letters", 80)
    form.text.setPlainText(form.text.toPlainText().replace("b" * 81, "b" * 91))
    form.keep.click()
    settle(page.window())
    assert titles_of_ebay(page) == ("letters", 90)
    page.rules.open("channel.ebay")
    settle(page.window())
    page.rules.dialog.away.click()
    settle(page.window())
    assert titles_of_ebay(page) == ("letters", 80)
