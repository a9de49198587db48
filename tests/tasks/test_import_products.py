from __future__ import annotations

import contextlib
import sqlite3
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.records import Imported, Matching, Preview, Product, Progress
from desktop_app.shop import Shop
from desktop_app.tasks import history, products
from desktop_app.tasks import import_products as importing

HEAD = "SKU,Name,Price,Stock,Material,Description\n"
FILE = HEAD + "K-1,Oak tray,46.00,14,oak,\nK-2,Linen towel,14.00,112,linen,A towel.\n=1+1,Odd code,1,2,,\n"


def dump(shop: Shop) -> list[tuple[str, tuple[object, ...]]]:
    """Return every row of the shop file but the record of what was done."""
    with contextlib.closing(sqlite3.connect(shop.path)) as file:
        names = [n for (n,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        kept = [n for n in names if n not in {"actions", "journal", "doing", "sqlite_sequence"} and "search_" not in n]
        rows = [(name, row) for name in kept for row in file.execute(f'SELECT * FROM "{name}"')]
    return sorted(rows, key=repr)


def write(folder: Path, text: str = FILE, name: str = "products.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def bring_in(shop: Shop, file: Path, matching: Matching | None = None) -> Imported:
    reading = importing.look(shop, file)
    end = list(importing.import_products(shop, threading.Event(), reading=reading, matching=matching))[-1]
    assert isinstance(end, Imported)
    return end


def by_sku(shop: Shop, sku: str) -> Product:
    return shop.product(products.find_one(shop, sku))


def look_first(shop: Shop, file: Path, matching: Matching | None = None) -> Preview:
    reading = importing.look(shop, file)
    end = list(importing.preview(shop, threading.Event(), reading=reading, matching=matching))[-1]
    assert isinstance(end, Preview)
    return end


def test_a_table_comes_in_with_prices_stock_and_facts(shop: Shop, tmp_path: Path) -> None:
    end = bring_in(shop, write(tmp_path))
    assert (end.added, end.changed, end.problems) == (3, 0, ())
    tray = by_sku(shop, "K-1")
    assert tray.variants[0].price == Decimal("46.00")
    assert tray.variants[0].stock == 14
    assert [(f.name, f.value) for f in tray.facts] == [("Material", "oak")]
    assert tray.facts[0].source == "column:Material"
    assert tray.facts[0].at
    assert by_sku(shop, "=1+1").title == "Odd code"


def test_the_same_file_again_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path))
    again = bring_in(shop, write(tmp_path))
    assert (again.added, again.changed, again.skipped) == (0, 0, 3)
    assert shop.counts().products == 3


def test_a_newer_file_changes_what_it_says_and_adds_what_is_new(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path))
    newer = FILE.replace("46.00,14", "48.00,9") + "K-3,Brass hook,16,41,brass,\n"
    end = bring_in(shop, write(tmp_path, newer))
    assert (end.added, end.changed, end.skipped) == (1, 1, 2)
    tray = by_sku(shop, "K-1")
    assert (tray.variants[0].price, tray.variants[0].stock) == (Decimal("48.00"), 9)


def test_my_own_edit_survives_a_second_import_unless_the_file_is_to_win(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path))
    towel = by_sku(shop, "K-2")
    products.save(shop, replace(towel, title="Linen tea towel"))
    bring_in(shop, write(tmp_path))
    assert by_sku(shop, "K-2").title == "Linen tea towel"
    bring_in(shop, write(tmp_path), Matching(wins="file"))
    assert by_sku(shop, "K-2").title == "Linen towel"


def test_an_empty_cell_does_not_wipe_what_is_known(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path))
    bring_in(shop, write(tmp_path, FILE.replace("A towel.", "")))
    assert by_sku(shop, "K-2").description == "A towel."


def test_products_gone_from_the_file_are_archived_only_when_asked(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path))
    shorter = HEAD + "K-1,Oak tray,46.00,14,oak,\n"
    assert bring_in(shop, write(tmp_path, shorter)).archived == 0
    assert bring_in(shop, write(tmp_path, shorter), Matching(missing="archive")).archived == 2
    assert shop.counts().products == 1


def test_the_answer_about_a_second_import_is_remembered(shop: Shop, tmp_path: Path) -> None:
    assert importing.matching_for(shop) is None
    bring_in(shop, write(tmp_path), Matching(wins="file", missing="archive"))
    assert importing.matching_for(shop) == Matching(wins="file", missing="archive")


def test_the_preview_says_what_the_import_then_does(shop: Shop, tmp_path: Path) -> None:
    first = look_first(shop, write(tmp_path))
    assert (first.added, first.changed, first.again) == (3, 0, False)
    bring_in(shop, write(tmp_path))
    newer = write(tmp_path, FILE.replace("46.00", "48.00"))
    second = look_first(shop, newer)
    assert (second.added, second.changed, second.same, second.again) == (0, 1, 2, True)
    change = second.changes[0]
    assert change.sku == "K-1"
    assert [name for name, _before, _after in change.fields] == ["variants"]
    assert shop.product(products.find_one(shop, "K-1")).variants[0].price == Decimal("46.00")


def test_an_import_is_one_action_that_can_be_taken_back_and_brought_again(shop: Shop, tmp_path: Path) -> None:
    before = dump(shop)
    end = bring_in(shop, write(tmp_path))
    after = dump(shop)
    assert end.action is not None
    history.undo_to(shop, end.action)
    assert dump(shop) == before
    assert list(shop.search("oak")) == []
    history.redo(shop)
    assert dump(shop) == after
    assert len(shop.search("oak")) == 1


def test_a_stopped_import_keeps_what_is_in_and_can_be_undone(shop: Shop, tmp_path: Path) -> None:
    rows = "".join(f"S-{n},Product {n},1,1,wood,\n" for n in range(5000))
    reading = importing.look(shop, write(tmp_path, HEAD + rows))
    stop, end = threading.Event(), None
    for event in importing.import_products(shop, stop, reading=reading):
        if shop.counts().products:
            stop.set()
        end = event
    assert isinstance(end, Imported)
    assert end.stopped
    assert 0 < end.added < 5000
    assert shop.counts().products == end.added
    history.undo(shop)
    assert shop.counts().products == 0


def test_two_rows_with_one_name_and_no_code_are_two_products(shop: Shop, tmp_path: Path) -> None:
    end = bring_in(shop, write(tmp_path, "Name,Price,Material\nBowl,1,oak\nBowl,2,ash\n"))
    assert end.added == 2


def test_a_mapping_made_once_is_used_for_the_next_file_like_it(shop: Shop, tmp_path: Path) -> None:
    text = "aa,bb,cc\nOak tray,46.00,K-1\nTowel,12.00,K-2\n"
    mapping = [("aa", "title"), ("bb", "fact:Worth"), ("cc", "sku")]
    reading = importing.look(shop, write(tmp_path, text), mapping=mapping)
    list(importing.import_products(shop, threading.Event(), reading=reading))
    again = importing.look(shop, write(tmp_path, text.replace("46.00", "47.00"), "next.csv"))
    assert dict(again.mapping)["bb"] == "fact:Worth"


@pytest.mark.parametrize("kind", ["category_translation", "categories_import"])
def test_tables_that_are_no_products_are_refused_in_words(shop: Shop, shared: Path, kind: str) -> None:
    file = next((shared / "data" / "catalog").glob(f"*{kind}*"))
    with pytest.raises(UserError):
        importing.look(shop, file)


def test_progress_is_counted_in_rows_and_never_goes_back(tmp_path: Path) -> None:
    file = tmp_path / "sizes.csv"
    lines = ["Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price"]
    for number in range(900):
        for place, size in enumerate(("S", "M", "L")):
            name = f"Shirt {number}" if not place else ""
            lines.append(f"shirt-{number},{name},{'Size' if not place else ''},{size},S-{number}-{size},9.50")
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with Shop.create(tmp_path / "s.zhanggui") as shop:
        events = list(importing.import_products(shop, threading.Event(), reading=importing.look(shop, file)))
    told = [event.done for event in events if isinstance(event, Progress)]
    assert told == sorted(told)
    assert told[-1] == 2700


def test_stock_from_a_file_stands_in_the_ledger_as_imported_not_as_counted(shop: Shop, tmp_path: Path) -> None:
    bring_in(shop, write(tmp_path))
    bring_in(shop, write(tmp_path, FILE.replace("46.00,14", "46.00,9")), Matching(wins="file"))
    variant = by_sku(shop, "K-1").variants[0].id or 0
    assert [(move.change, move.reason) for move in shop.moves(variant)] == [(-5, "import"), (14, "import")]
    assert shop.disagreeing() == []


def test_an_import_of_which_nothing_can_be_read_leaves_nothing_to_undo(shop: Shop, tmp_path: Path) -> None:
    before = dump(shop)
    end = bring_in(shop, write(tmp_path, "Handle,Title,Variant Price\n", "header.csv"))
    assert (end.added, end.action) == (0, None)
    assert shop.actions() == []
    assert dump(shop) == before


def test_the_very_file_that_came_in_last_leaves_nothing_to_undo(shop: Shop, tmp_path: Path) -> None:
    file = write(tmp_path)
    bring_in(shop, file)
    assert bring_in(shop, file).action is None
    assert len(shop.actions()) == 1


@pytest.mark.parametrize(
    ("head", "prices", "said"),
    [
        ("Price", ("£18.00", "£22"), "GBP"), ("Price (EUR)", ("18", "22"), "EUR"), ("Price", ("18", "22"), ""),
        ("Price", ("US$18", "USD 22"), ""), ("Price", ("£18", "€22"), ""),
    ],
)  # fmt: skip
def test_prices_in_another_money_than_the_shop_counts_in_are_said(
    shop: Shop, tmp_path: Path, head: str, prices: tuple[str, str], said: str
) -> None:
    rows = "".join(f"K-{n},Thing {n},{price}\n" for n, price in enumerate(prices))
    reading = importing.look(shop, write(tmp_path, f"SKU,Name,{head}\n{rows}"))
    told = [note for note in reading.notes if "counts in USD" in note]
    assert ([said] if said else []) == [word for note in told for word in ("GBP", "EUR") if word in note]
    assert len(told) == bool(said)
