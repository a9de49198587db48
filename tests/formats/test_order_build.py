"""Orders as hostile files have them: footers, cut ends, headers again, days either way round, signs anywhere."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from desktop_app.formats.orders import OrderReading, look_orders, read_orders
from desktop_app.records import Problem
from desktop_app.trade import Order

HEAD = "Order no,Date,Product,Qty,Price\n"


def read(path: Path, text: str, encoding: str = "utf-8") -> tuple[OrderReading, list[Order], list[Problem]]:
    path.write_bytes(text.encode(encoding))
    return taken(path)


def taken(path: Path) -> tuple[OrderReading, list[Order], list[Problem]]:
    reading = look_orders(path)
    found = list(read_orders(reading))
    return reading, [o for o in found if isinstance(o, Order)], [p for p in found if isinstance(p, Problem)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Bestellnummer;Datum;Artikel;Menge;Einzelpreis\r\n1;03.04.2026;Stuhl;2;1.234,56\r\nSumme;;;2;\r\n", "cp1252"),
        ("Номер заказа;Дата заказа;Товар;Количество;Цена\n1;03.04.2026;Стул;2;1 234,56\nИтого;;;2;\n", "cp1251"),
        ("订单编号,下单时间,商品名称,数量,单价\n1,2026-04-03,椅子,2,1234.56\n合计,,,2,\n", "gbk"),
        (HEAD + '1,3 Apr 2026,Chair,2,"1,234.56"\nGrand total,,,2,\n', "utf-8"),
        (HEAD + '1,2026-04-03,Chair,2,"1,234.56"\n,,,2,2469.12\n', "utf-8"),
    ],
)
def test_a_row_that_only_adds_up_is_no_order(tmp_path: Path, text: str, encoding: str) -> None:
    _reading, (order,), (problem,) = read(tmp_path / "a.csv", text, encoding)
    assert (order.placed, order.lines[0].price, order.lines[0].quantity) == ("2026-04-03", Decimal("1234.56"), 2)
    assert problem.row == 3


@pytest.mark.parametrize("end", ["2,2026-01-0", "2,2026-01-02,Po", "2", "2,2026-01-02,Pot,"])
def test_a_file_that_was_half_written_says_so_and_makes_no_half_order(tmp_path: Path, end: str) -> None:
    _reading, (order,), (problem,) = read(tmp_path / "a.csv", HEAD + "1,2026-01-02,Cup,2,5.50\n" + end)
    assert (order.number, problem.row) == ("1", 3)
    whole = HEAD + "1,2026-01-02,Cup,2,5.50\n2,2026-01-02,Pot,1,9"
    assert len(read(tmp_path / "a.csv", whole)[1]) == 2  # no line end, but nothing is missing


def test_headers_that_come_again_are_passed_over(tmp_path: Path) -> None:
    text = HEAD + "1,2026-01-02,Cup,2,5.50\n" + HEAD + "2,2026-01-02,Cup,2,5.50\n"
    _reading, orders, problems = read(tmp_path / "a.csv", text)
    assert ([o.number for o in orders], problems) == (["1", "2"], [])


def test_one_merged_cell_may_hold_the_number_of_several_rows(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.merge_range(0, 0, 0, 4, "2026年1月销售明细")
    sheet.merge_range(1, 0, 1, 1, "订单")
    sheet.merge_range(1, 2, 1, 4, "商品")
    for row, cells in enumerate(
        [
            ["订单编号", "下单时间", "商品名称", "数量", "单价"], ["1001", "2026/1/5 下午 2:30", "竹碗", 2, 19.9],
            ["", "", "木勺", 1, 5], [1002, "2026/1/6", "竹碗", "3", "￥19.90"], ["合计", "", "", 6, 104.5],
        ],
        2,
    ):  # fmt: skip
        for column, cell in enumerate(cells):
            if cell != "":
                sheet.write(row, column, cell)
    book.close()
    _reading, (first, second), (problem,) = taken(tmp_path / "a.xlsx")
    assert (first.placed, [line.title for line in first.lines]) == ("2026-01-05T14:30:00", ["竹碗", "木勺"])
    assert (second.number, second.lines[0].price, problem.row) == ("1002", Decimal("19.90"), 7)


@pytest.mark.parametrize(
    ("header", "cells", "days", "sure"),
    [
        ("Order Date", ["12/31/2025 11:59 PM", "01/02/2026 12:05 AM"], ["2025-12-31", "2026-01-02"], True),
        ("Order Date", ["31/12/2025", "01/02/2026"], ["2025-12-31", "2026-02-01"], True),
        ("Fecha", ["05/01/2026", "06/01/2026"], ["2026-01-05", "2026-01-06"], True),
        ("Date de commande", ["05/01/2026 10:05", "06/01/2026"], ["2026-01-05", "2026-01-06"], True),
        ("Order Date", ["05/01/2026", "06/01/2026"], ["2026-01-05", "2026-01-06"], False),
        ("Order Date", ["01/05/2026", "01/06/2026"], ["2026-01-05", "2026-01-06"], False),
        ("Order Date", ["Mar-01-26", "4-Mar-26"], ["2026-03-01", "2026-03-04"], True),
        ("Fecha", ["2 de enero de 2026", "3 feb 2026"], ["2026-01-02", "2026-02-03"], True),
        ("Дата заказа", ["2 января 2026 г.", "3 мая 2026"], ["2026-01-02", "2026-05-03"], True),
        ("Order Date", ["Thu 05 March 2026", "46023.5"], ["2026-03-05", "2026-01-01"], True),
    ],
)
def test_days_are_read_as_their_file_means_them_and_doubt_is_said(
    tmp_path: Path, header: str, cells: list[str], days: list[str], sure: bool
) -> None:
    text = f"Order no,{header},Product,Qty,Price\n" + "".join(f"{n},{c},Cup,1,5\n" for n, c in enumerate(cells, 1))
    reading, orders, problems = read(tmp_path / "a.csv", text)
    assert ([o.placed[:10] for o in orders], problems) == (days, [])
    assert bool(reading.notes) is not sure


def test_midnight_is_not_noon(tmp_path: Path) -> None:
    text = HEAD + "1,01/22/2026 12:05 AM,Cup,1,5\n2,01/22/2026 12:05 PM,Cup,1,5\n"
    assert [o.placed[11:] for o in read(tmp_path / "a.csv", text)[1]] == ["00:05:00", "12:05:00"]


def test_the_currency_that_stands_with_an_amount_is_the_orders(tmp_path: Path) -> None:
    text = HEAD + "1,2026-01-02,Cup,1,EUR 12.50\n2,2026-01-02,Cup,1,£12.50\n3,2026-01-02,Cup,1,$12.50\n"
    assert [o.currency for o in read(tmp_path / "a.csv", text)[1]] == ["EUR", "GBP", ""]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD + "1,2026-01-02,Cup,1,120元\n2,2026-01-02,Cup,1,86\n", "CNY"),
        ("订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,宝贝标题,宝贝总数量\n1,小李,256.00,交易成功,2026-01-02 10:00:00,碗,1\n", "CNY"),
        (HEAD + "1,2026-01-02,Cup,1,12.50\n", ""),
    ],
)  # fmt: skip
def test_amounts_without_a_currency_are_in_that_of_the_rest_or_of_the_shop_system(
    tmp_path: Path, text: str, code: str
) -> None:
    assert {o.currency for o in read(tmp_path / "a.csv", text)[1]} == {code}


def test_money_that_went_back_is_taken_off_however_its_sign_is_written(tmp_path: Path) -> None:
    text = "Order no,Date,Product,Qty,Net Sales,Transaction ID,Gross Sales\n"
    text += "".join(
        f"{n},2026-01-02,Cup,-1,{c},t{n},{c}\n" for n, c in enumerate(["-$5.00", "($5.00)", "5.00-", "−5.00"])
    )
    _reading, orders, problems = read(tmp_path / "a.csv", text)
    assert ([o.lines[0].amount for o in orders], problems) == ([Decimal("-5.0000")] * 4, [])
    assert {o.kind for o in orders} == {"credit"}


def test_rows_that_sell_nothing_are_no_orders(tmp_path: Path) -> None:
    text = (
        "\nSales Record Number,Order Number,Buyer Username,Item Title,Custom Label,Quantity,Sold For,Sale Date\n"
        "101,12-1,bob,Cup,C-1,2,$5.00,Mar-01-26\n\n1,record(s) downloaded,from,,,,,\nSeller ID:,shop,,,,,,\n"
    )
    reading, (order,), problems = read(tmp_path / "a.csv", text)
    assert (reading.format, order.number, order.placed) == ("ebay", "12-1", "2026-03-01")
    assert [p.row for p in problems] == [5, 6]


def test_no_price_at_all_is_said_before_anything_counts_for_nothing(tmp_path: Path) -> None:
    reading, _orders, _problems = read(tmp_path / "a.csv", "Order no,Date,Product,Qty\n1,2026-01-02,Cup,1\n")
    assert reading.notes


def test_pinduoduo_says_no_complaint_and_that_is_no_cancelled_order(tmp_path: Path) -> None:
    text = (
        "商品,订单号,订单状态,商品总价(元),店铺优惠折扣(元),邮费(元),用户实付金额(元),商品数量(件),拼单成功时间,售后状态\n"
        "保温杯,240301-1,已收货,118.00,5.00,0.00,113.00,2,2026-03-01 10:00:05\t,无售后或售后取消\n"
        "保温杯,240301-2,已收货,59.00,0.00,0.00,59.00,1,2026-03-01 10:00:05\t,退款成功\n"
    )
    _reading, (first, second), _problems = read(tmp_path / "a.csv", text)
    assert (first.state, first.total, first.placed[:10]) == ("delivered", Decimal("113.00"), "2026-03-01")
    assert (first.lines[0].quantity, first.lines[0].price, second.state) == (2, 59, "refunded")


def test_jingdong(tmp_path: Path) -> None:
    text = (
        "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,订单状态,下单帐号,客户姓名,客户地址,联系电话\n"
        "123,100012,保温杯,2,在线支付,2026-03-01 10:00:00,59.00,118.00,完成,jd_user,王五,上海市,138****1234\n"
    )
    _reading, (order,), _problems = read(tmp_path / "a.csv", text, "gbk")
    assert (order.state, order.total, order.buyer.account, order.ship_to.street) == (
        "delivered", 118, "jd_user", "上海市",
    )  # fmt: skip
    assert (order.lines[0].quantity, order.lines[0].price) == (2, 59)


def test_a_product_whose_code_is_a_letter_is_still_goods(tmp_path: Path) -> None:
    text = (
        "Order no,Date,SKU,Product,Qty,Price\n1,2026-01-02,B,Bowl &amp; spoon,1,5\n1,2026-01-02,POST,Wooden post,1,5\n"
    )
    _reading, (order,), _problems = read(tmp_path / "a.csv", text)
    assert [(line.title, line.kind) for line in order.lines] == [("Bowl & spoon", "goods"), ("Wooden post", "goods")]


@pytest.mark.parametrize(
    ("head", "row", "state", "known"),
    [
        ("Financial Status,Fulfillment Status,Refunded Amount", "partially_refunded,fulfilled,34.90", "sent", True),
        ("Financial Status,Fulfillment Status,Refunded Amount", "partially_refunded,unfulfilled,34.90", "paid", False),
        ("Financial Status,Fulfillment Status,Refunded Amount", "refunded,fulfilled,86.90", "refunded", True),
        ("Order status,Refunded Amount", '"Completed, partially refunded",34.90', "delivered", True),
        ("Order status,Refunded Amount", "Teilweise erstattet,34.90", "paid", False),
        ("订单状态,退款状态,退款金额", "交易成功,部分退款,34.90", "delivered", True),
        ("订单状态,退款状态,退款金额", "卖家已发货,退款成功,34.90", "sent", True),
        ("订单状态,退款状态,退款金额", "卖家已发货,退款成功,86.90", "refunded", True),
    ],
)
def test_a_part_of_the_money_back_leaves_an_order_as_far_as_it_is(
    tmp_path: Path, head: str, row: str, state: str, known: bool
) -> None:
    text = f"Order no,Date,Product,Qty,Price,Total,{head}\n1,2026-04-03,Lantern,1,86.90,86.90,{row}\n"
    _reading, (order,), problems = read(tmp_path / "a.csv", text)
    assert problems == []
    assert (order.state, order.known, order.total) == (state, known, Decimal("86.90"))
    assert order.refunded == Decimal(row.rpartition(",")[2])
