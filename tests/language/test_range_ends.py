"""The far end of a range is no floor and no ceiling."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

COFFEE = Product("咖啡豆", facts=(Fact("海拔", "1200-1600米"), Fact("产地", "云南")))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("种在海拔1600米以上。", True), ("种在海拔1200米以下。", True), ("种在海拔1200米以上。", False), ("海拔1200到1600米。", False)],
)  # fmt: skip
def test_a_floor_is_the_near_end(text: str, *, wrong: bool) -> None:
    assert bool(check.check(text, COFFEE, language="zh").findings) == wrong
