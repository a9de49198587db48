"""What the facts say no to is not claimed, and what comes with it is not to be bought."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product

DRILL = Product(
    "Cordless Drill",
    facts=(
        Fact("Contents", "Drill|2 batteries|Charger|Case"),
        Fact("Weight without battery", "1.4 kg"),
        Fact("Bits", "not included"),
    ),
)
EARBUDS = Product("真无线蓝牙耳机", facts=(Fact("主动降噪", "不支持"), Fact("充电头", "不含"), Fact("耳塞套", "3对")))


def _found(text: str, product: Product) -> bool:
    return any(f.kind in {"contradiction", "relation"} for f in check.check(text, product).findings)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("The charger has to be bought separately.", DRILL),
        ("With the battery in, it still weighs 1.4 kg.", DRILL),
        ("The bits are included.", DRILL),
        ("开了降噪，地铁里也安静。", EARBUDS),
        ("盒子里配了充电头。", EARBUDS),
    ],
)
def test_the_opposite_of_a_fact_is_found(text: str, product: Product) -> None:
    assert _found(text, product)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("Without the battery it weighs 1.4 kg.", DRILL),
        ("The bits are not included.", DRILL),
        ("The drill, its charger and two batteries come in a case.", DRILL),
        ("这款没有主动降噪。", EARBUDS),
        ("充电头要自己备。", EARBUDS),
    ],
)
def test_what_the_facts_say_stands(text: str, product: Product) -> None:
    assert not _found(text, product)
