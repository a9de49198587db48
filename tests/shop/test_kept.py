"""Imported files keep every byte; settings and mappings are remembered."""

from __future__ import annotations

import pytest

from desktop_app.errors import UserError
from desktop_app.records import SourceFile
from desktop_app.shop import Shop


def test_an_imported_file_keeps_every_byte(shop: Shop) -> None:
    data = "\ufeff名称,价格\r\n竹,1".encode() + b"\xff\x00" + bytes(range(256)) * 1000
    with shop.act("Import"):
        id = shop.add_source(SourceFile("a.csv", "h", data, "table", "utf-8-sig", '{"x":1}', "t"))
    assert shop.source(id) == SourceFile("a.csv", "h", data, "table", "utf-8-sig", '{"x":1}', "t", id)
    assert shop.sources() == [SourceFile("a.csv", "h", b"", "table", "utf-8-sig", '{"x":1}', "t", id)]
    with pytest.raises(UserError, match="not in this shop"):
        shop.source(99)


def test_settings_hold_any_value_and_mappings_are_remembered_by_the_look_of_a_file(shop: Shop) -> None:
    shop.set_setting("k", {"a": [1, "竹", None]})
    assert shop.setting("k") == {"a": [1, "竹", None]}
    assert shop.setting("none", 5) == 5
    assert shop.setting("name") == "Shop"
    shop.remember_mapping("sig", (("名称", "title"),))
    assert shop.mapping("sig") == (("名称", "title"),)
    assert shop.mapping("other") is None
