"""Size charts are read by size."""

from __future__ import annotations

import pytest

from desktop_app.language import check
from desktop_app.records import Fact, Product


def thing(title: str, **told: str) -> Product:
    return Product(title, facts=tuple(Fact(name, value) for name, value in told.items()))


def found(text: str, product: Product) -> set[str]:
    return {f.text for f in check.check(text, product, language="zh").findings}


DRESS = Product("针织裙", facts=(Fact("腰围(S/M/L)", "64/68/72", "cm"), Fact("裙长(S/M/L)", "80/82/84", "cm")))
HARNESS = Product("猫胸背", facts=(Fact("适合体重（XS/S/M）", "1–2/2–4/4–6kg"),))
POT = Product("花盆", facts=(Fact("口径(小/大)", "12/18cm"), Fact("高(小/大)", "10/16cm")))


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (DRESS, "S码腰围72厘米。"), (DRESS, "M码裙长84厘米。"), (DRESS, "L码腰围64。厘米。"), (HARNESS, "M码给两公斤的猫穿，2公斤正好。"),
        (HARNESS, "XS适合4到6公斤的猫。"), (POT, "小号口径18厘米。"), (POT, "大号高10厘米。"), (DRESS, "L码裙长80厘米。"),
        (DRESS, "每大一码腰围加6厘米。"), (HARNESS, "S码最重6公斤。"),
    ],
)  # fmt: skip
def test_the_number_of_another_size_is_found(product: Product, text: str) -> None:
    assert found(text, product)


@pytest.mark.parametrize(
    ("product", "text"),
    [
        (DRESS, "S码腰围64厘米，裙长80厘米。"), (DRESS, "每大一码腰围加4厘米。"), (HARNESS, "S码适合2到4公斤的猫。"), (POT, "大号口径18厘米。"),
    ],
)  # fmt: skip
def test_the_number_of_the_size_is_true(product: Product, text: str) -> None:
    assert not found(text, product)
