"""Who wrote a book did not draw it, where the facts say so."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

BOOK = Product("绘本", facts=(Fact("作者", "许白露"), Fact("绘者", "陈松"), Fact("译者", "何青"), Fact("页数", "36页")))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("陈松写的故事。", True), ("许白露的插画。", True), ("故事是何青写的。", True), ("许白露写的故事，陈松的插画。", False)],
)  # fmt: skip
def test_names_stand_beside_their_own_work(text: str, *, wrong: bool) -> None:
    assert bool(check.check(text, BOOK, language="zh").findings) == wrong
