"""The head of a page on a small screen: every button is there or in the menu, and none is cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.ui.widgets import Button

Settle = Callable[[Any], None]


@pytest.mark.parametrize("place", ["orders", "messages", "products"])
def test_a_button_that_finds_no_room_is_in_the_menu(
    open_window: Callable[..., Any], shop_file: Path, settle: Settle, place: str
) -> None:
    window = open_window(shop_file)
    window.setMinimumSize(600, 400)  # as on a screen that holds no more
    window.resize(1600, 800)
    window.go(place)
    settle(window)
    page = window.page
    there = _shown(page)
    assert not page.overflow.away
    window.resize(760, 500)
    settle(window)
    away = [button.text() for button in page.overflow.away]
    assert sorted(_shown(page) + away) == sorted(there)
    assert all(b.width() >= b.sizeHint().width() for b in page.findChildren(Button) if b.text() in _shown(page))
    if place == "orders":
        assert away
    window.resize(1600, 800)
    settle(window)
    assert _shown(page) == there


def test_the_window_is_no_larger_than_the_screen(open_window: Callable[..., Any], shop_file: Path) -> None:
    window = open_window(shop_file)
    room = window.screen().availableGeometry().size()
    assert window.minimumWidth() <= room.width()
    assert window.minimumHeight() <= room.height()


def _shown(page: Any) -> list[str]:
    widgets = [page.header.itemAt(n).widget() for n in range(page.header.count())]
    return [w.text() for w in widgets if isinstance(w, Button) and w.text() and not w.isHidden()]
