"""What the terminal says of what to order, and of the settings of the shop."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_the_reorder_list_has_its_number_its_day_and_its_reason(terminal: Callable[..., Any], tmp_path: Path) -> None:
    today = dt.datetime.now(dt.UTC).date()
    (tmp_path / "p.csv").write_text("SKU,Name,Price,Stock\nM,Mug,9,0\n", "utf-8")
    rows = "".join(
        f"N{week},{today - dt.timedelta(7 * week)},M,Mug,10,9\n"
        for week in range(6, 30)
    )  # fmt: skip
    (tmp_path / "o.csv").write_text("Order,Date,SKU,Product,Quantity,Price\n" + rows, "utf-8")
    terminal("import", "products", tmp_path / "p.csv")
    terminal("import", "orders", tmp_path / "o.csv")
    said = json.loads(terminal("--json", "reorder").out.splitlines()[0])
    assert said["title"] == "Mug"
    assert said["quantity"] > 20
    assert said["late"]
    assert "None in stock" in said["why"]
    assert "weeks out of stock left out." in said["why"]
    surer = json.loads(terminal("--json", "reorder", "--service", "99.9").out.splitlines()[0])
    assert surer["quantity"] >= said["quantity"]


def test_the_settings_of_the_shop_are_shown_changed_and_refused(terminal: Callable[..., Any]) -> None:
    assert "service\t95" in terminal("shop").out
    assert "service\t98" in terminal("shop", "--set", "service=98", "--set", "margin=30%").out
    assert "margin\t30" in terminal("shop").out
    wrong = terminal("shop", "--set", "service=120")
    assert wrong.status == 1
    assert "from 50 to 99.9" in wrong.err
    assert terminal("shop", "--set", "colour=red").status == 1
