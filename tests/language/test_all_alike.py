"""One of several sorts is not all of them; what is done already is not left to the buyer."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

SOAP = Product("手工皂", facts=(Fact("香型", "薰衣草、柠檬、雪松"), Fact("数量", "3块"), Fact("包装", "纸盒")))
RACKET = Product("球拍", facts=(Fact("线", "已穿线"), Fact("手胶", "已缠1条"), Fact("重量", "82g")))


@pytest.mark.parametrize(
    ("product", "text", "wrong"),
    [
        (SOAP, "三块都是薰衣草。", True), (SOAP, "薰衣草、柠檬、雪松各一块。", False), (RACKET, "线得自己穿。", True), (RACKET, "线已经穿好了。", False), (RACKET, "手胶要另外缠。", True),
    ],
)  # fmt: skip
def test_all_and_already_are_held_against_the_facts(product: Product, text: str, *, wrong: bool) -> None:
    assert bool(check.check(text, product, language="zh").findings) == wrong
