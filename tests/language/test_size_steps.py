"""How far sizes lie apart is held against the row that gives it."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

SHIRT = Product("衬衫", facts=(Fact("衣长", "S 66cm，M 68cm，L 70cm"), Fact("胸围", "S 96cm，M 100cm，L 104cm")))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("每大一码胸围加4厘米。", False), ("每大一码胸围加2厘米。", True), ("L比S长4厘米。", False), ("L比S长8厘米。", True), ("衣长每码差2厘米。", False), ("M码衣长70厘米。", True),
    ],
)  # fmt: skip
def test_differences_are_those_of_their_row(text: str, *, wrong: bool) -> None:
    assert bool(check.check(text, SHIRT, language="zh").findings) == wrong
