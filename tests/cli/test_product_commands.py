"""What the terminal says of files of products and of the catalogue."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

TABLE = "SKU,Name,Price,Stock\nK-1,Oak tray,46,14\nK-2,Linen towel,14,112\n"


def write(folder: Path, text: str, name: str = "products.csv") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_a_dry_run_says_what_is_new_what_changes_and_what_stays(terminal: Callable[..., Any], tmp_path: Path) -> None:
    terminal("import", "products", write(tmp_path, TABLE))
    newer = TABLE.replace("46,14", "48,13") + "K-3,Felt mat,9,1\nK-4,Jug,no idea,1\n"
    said = terminal("import", "products", write(tmp_path, newer), "--dry-run", "--problems", tmp_path / "p.csv")
    assert said.out.splitlines() == [
        "is new\tK-3\tFelt mat",
        "is new\tK-4\tJug",
        "changes\tK-1\tOak tray",
        "\tPrice: 46.00 → 48.00",
        "\tStock: 14 → 13",
        "unchanged\tK-2\tLinen towel",
        "Would add 2, change 1, leave 1 as they are, archive 0. Nothing was changed.",
        "1 thing in the file to look at (row, column, what it is):",
        "  5\tPrice\t“no idea” is no number.",
    ]
    assert "no idea" in (tmp_path / "p.csv").read_text("utf-8-sig")
    assert json.loads(terminal("--json", "products", "K-1").out)["product"]["title"] == "Oak tray"
    assert "K-3" not in terminal("products").out


def test_a_file_without_products_leaves_no_action_behind(terminal: Callable[..., Any], tmp_path: Path) -> None:
    said = terminal("import", "products", write(tmp_path, "Handle,Title,Variant Price\n"))
    assert said.status == 1
    assert terminal("actions").out == ""


def test_stock_below_zero_goes_out_as_a_number(terminal: Callable[..., Any], tmp_path: Path) -> None:
    terminal("import", "products", write(tmp_path, TABLE.replace("112", "-3") + "=1+1,-odd,5,1\n"))
    terminal("export", "products", tmp_path / "out.csv", "--format", "table")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert ",-3," in text
    assert "'=1+1" in text
    assert "'-odd" in text
