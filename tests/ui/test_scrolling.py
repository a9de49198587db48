"""What scrolls ends where its content ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QScrollArea

from desktop_app.ui.places import PLACES


@pytest.mark.parametrize("place", [place.key for place in PLACES if not place.alone])
def test_no_page_scrolls_past_its_end(window: Any, settle: Callable[[Any], None], place: str) -> None:
    window.resize(1180, 760)
    window.desk.go(place)
    settle(window)
    for area in window.page.findChildren(QScrollArea):
        inside = area.widget()
        if area.isVisible() and inside.hasHeightForWidth():
            assert inside.height() <= max(inside.heightForWidth(inside.width()), area.viewport().height())
