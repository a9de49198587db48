"""What a sentence reckons from the facts is carried."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> set[str]:
    return {f.text for f in check.check(text, product, language="zh").findings}


SET = thing("茶具", 壶重量="380g", 杯重量="60g", 壶容量="220ml", 杯容量="50ml")
TRAIN = thing("积木火车", 车头="1节", 车厢="4节")
SHIRT = Product("衬衫", facts=(Fact("胸围(S/M/L)", "100/104/108cm"),))


@pytest.mark.parametrize(
    ("product", "text"),
    [(SET, "壶和杯加起来440克。"), (TRAIN, "车头加上车厢，一共五节。"), (SHIRT, "每大一码，胸围加4厘米。"), (SHIRT, "S码和L码差8厘米。")],
)  # fmt: skip
def test_sums_and_steps_are_true(product: Product, text: str) -> None:
    assert not found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [(SET, "壶和杯加起来500克。"), (TRAIN, "车头加上车厢，一共六节。"), (SHIRT, "每大一码，胸围加5厘米。"), (SET, "壶重440克。")],
)  # fmt: skip
def test_a_wrong_sum_is_found(product: Product, text: str) -> None:
    assert found(text, product)
