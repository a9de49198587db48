from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.formats import sales_lines


def told(folder: Path, text: str, name: str = "sales.csv") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def test_columns_are_known_by_what_they_are_called(tmp_path: Path) -> None:
    found = sales_lines(told(tmp_path, "订单号;商品名称;数量;下单时间;单价\nA1;青瓷茶杯;2;2024年3月5日;9,90\n"))
    line = found.lines[0]
    assert (line.order, line.item, line.quantity, line.day) == ("A1", "青瓷茶杯", 2, dt.date(2024, 3, 5))
    assert line.price == pytest.approx(9.9)


def test_the_columns_of_the_uci_workbook_are_known_and_its_days_are_american(tmp_path: Path) -> None:
    head = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
    found = sales_lines(
        told(
            tmp_path,
            head
            + "489434,85048,GLASS BALL,12,12/1/2009 7:45,6.95,13085.0,UK\n489435,85048,GLASS BALL,12,12/13/2009 7:45,6.95,13085.0,UK\n",
        )
    )
    assert [line.day for line in found.lines] == [dt.date(2009, 12, 1), dt.date(2009, 12, 13)]
    assert found.lines[0].customer == "13085"


def test_days_first_are_told_from_months_first_by_their_order(tmp_path: Path) -> None:
    rows = "".join(f"{day:02}/0{1 + day // 10}/2024,tea,1\n" for day in range(1, 13))
    found = sales_lines(told(tmp_path, "date,product,qty\n" + rows))
    assert found.lines[3].day == dt.date(2024, 1, 4)


def test_a_basket_a_line_needs_no_header(shared: Path) -> None:
    found = sales_lines(shared / "data" / "orders" / "groceries_baskets.csv")
    assert found.lines[0].item == "citrus fruit"
    assert len({line.order for line in found.lines}) == 4917


def test_purchases_without_a_header_are_known_by_what_stands_in_them(shared: Path) -> None:
    found = sales_lines(shared / "data" / "orders" / "cdnow_6000_customers.txt")
    line = found.lines[1]
    assert (line.customer, line.day, line.quantity, line.price) == ("00011", dt.date(1997, 1, 28), 1, 19.3)
    assert len(found.lines) == 17902
    assert found.skipped == 0


def test_a_table_without_products_says_which_columns_it_has(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="order_status"):
        sales_lines(told(tmp_path, "order_id,order_status\n1,sent\n"))


def test_a_column_can_be_named(tmp_path: Path) -> None:
    found = sales_lines(told(tmp_path, "bon,ding,qty\n1,kaas,3\n"), [("ding", "item"), ("bon", "order")])
    assert (found.lines[0].item, found.lines[0].order) == ("kaas", "1")
