"""Web pages and Excel's XML that are called workbooks come in as tables."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from desktop_app.errors import UserError
from desktop_app.formats import look, web_tables
from desktop_app.formats.orders import look_orders, read_orders
from desktop_app.trade import Order

HEAD = ("商品名称", "商家编码", "售价", "库存", "材质")
ROWS = (("青瓷花瓶", "CN-1", "128.00", "12", "陶瓷"), ("亚麻 & 茶巾", "=1+1", "39.90", "0", "亚麻\n水洗"))


def page(charset: str, *rows: tuple[str, ...]) -> str:
    def cell(text: str) -> str:
        return f"<td x:str>{text.replace('&', '&amp;')}</td>".replace("\n", "<br />")

    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>\r\n" for row in rows)
    return (
        f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}"><style>td {{color: red}}'
        f"</style></head><body><table><tr><td>navigation</td></tr></table><table border=1>{body}</table></body></html>"
    )


def xml(*rows: tuple[str, ...]) -> str:
    def cell(text: str) -> str:
        return f'<Cell><Data ss:Type="String">{text.replace("&", "&amp;")}</Data></Cell>'.replace("\n", "&#10;")

    body = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns:ss="urn:s"><Worksheet'
        f' ss:Name="商品"><Table>{body}</Table></Worksheet></Workbook>'
    )


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (page("gb2312", HEAD, *ROWS), "gbk"), (page("utf-8", HEAD, *ROWS), "utf-8-sig"), (page("gb2312", HEAD, *ROWS), "utf-8"),
        (page("utf-16", HEAD, *ROWS), "utf-16"), (xml(HEAD, *ROWS), "utf-8"),
    ],
)  # fmt: skip
def test_a_table_saved_as_a_web_page_or_xml_comes_in(
    written: Callable[..., Path], whole: Callable[..., Any], text: str, encoding: str
) -> None:
    read = whole(written(text, "goods.xls", encoding))
    assert read.problems == ()
    assert [(p.title, p.sku, p.variants[0].price, p.variants[0].stock) for p in read.products] == [
        ("青瓷花瓶", "CN-1", Decimal(128), 12), ("亚麻 & 茶巾", "=1+1", Decimal("39.90"), 0),
    ]  # fmt: skip


def test_orders_of_a_web_page_come_in(written: Callable[..., Path]) -> None:
    head = (
        "订单编号",
        "买家会员名",
        "宝贝标题",
        "宝贝总数量",
        "总金额",
        "买家实际支付金额",
        "订单状态",
        "订单创建时间",
    )
    row = ('="123456789012345678"', "甲", "茶巾", "1", "39.90", "39.90", "交易成功", "2026-03-05 12:30:00")
    path = written(page("gb2312", head, row), "orders.xls", "gbk")
    (order,) = [one for one in read_orders(look_orders(path)) if isinstance(one, Order)]
    assert (order.number, order.total, order.state) == ("123456789012345678", Decimal("39.90"), "delivered")


def test_cells_that_span_others_leave_them_empty() -> None:
    text = "<table><tr><td rowspan=2>a<td colspan=2>b</tr><tr><td>c<td>d</table>"
    assert web_tables.sheets(text.encode()) == {"1": [["a", "b", ""], ["", "c", "d"]]}


def test_a_page_without_a_table_is_refused_in_words(written: Callable[..., Path]) -> None:
    with pytest.raises(UserError, match="web page"):
        look(written("<html><body><p>Please sign in</p></body></html>", "goods.xls"))
