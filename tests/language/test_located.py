"""A logo on the front is not on the back."""

from __future__ import annotations

from desktop_app.language import check
from desktop_app.records import Fact, Product

VEST = Product("Running Vest", facts=(Fact("Reflective logo", "Front"), Fact("Pocket", "1, inside")))
COAT = Product("儿童雨衣", facts=(Fact("反光条", "后背和袖口"),))


def test_what_is_elsewhere_is_found() -> None:
    assert check.check("The logo reflects on the back.", VEST).findings
    assert check.check("帽子上有一圈反光条。", COAT).findings


def test_what_is_there_stands() -> None:
    assert not check.check("The logo on the front reflects.", VEST).findings
    assert not check.check("反光条在后背和袖口。", COAT).findings
