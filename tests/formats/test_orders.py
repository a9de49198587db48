"""Files of orders from every shop system come in as orders, whatever they are written in."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.formats.orders import OrderReading, look_orders, read_orders
from desktop_app.records import Problem
from desktop_app.trade import Order


def read(path: Path, **wishes: object) -> tuple[OrderReading, list[Order], list[Problem]]:
    reading = look_orders(path, **wishes)  # type: ignore[arg-type]
    found = list(read_orders(reading))
    return reading, [o for o in found if isinstance(o, Order)], [p for p in found if isinstance(p, Problem)]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


REAL = [
    ("uci_online_retail_450_customers.csv", "table", 2646, 46745, {"sale": 2168, "credit": 478}),
    ("uci_online_retail_20_top_skus.csv", "table", 9413, 19994, {"sale": 9112, "credit": 292, "adjustment": 9}),
    ("uci_online_retail_raw_days.csv", "table", 417, 7607, {"sale": 299, "credit": 93, "adjustment": 25}),
    ("cdnow_6000_customers.txt", "table", 17902, 17902, {"sale": 17902}),
    ("groceries_baskets.csv", "baskets", 4917, 22033, {"sale": 4917}),
    ("olist_orders_dataset_sample.csv", "olist", 999, 0, {"sale": 999}),
    ("olist_order_items_dataset_sample.csv", "olist", 1324, 1499, {"sale": 1324}),
]


@pytest.mark.parametrize(("name", "format", "orders", "lines", "kinds"), REAL)
def test_every_real_file_comes_in_whole(
    shared: Path, name: str, format: str, orders: int, lines: int, kinds: dict[str, int]
) -> None:
    reading, found, problems = read(shared / "data" / "orders" / name)
    assert (reading.format, len(found), sum(len(o.lines) for o in found)) == (format, orders, lines)
    assert Counter(o.kind for o in found) == kinds
    assert problems == []


def test_no_file_of_the_folder_is_left_out(shared: Path) -> None:
    assert {path.name for path in (shared / "data" / "orders").iterdir()} == {name for name, *_rest in REAL}


def test_postage_fees_and_gift_cards_are_no_goods(shared: Path) -> None:
    _reading, found, _problems = read(shared / "data" / "orders" / "uci_online_retail_raw_days.csv")
    kinds = {line.title: line.kind for order in found for line in order.lines}
    expected = {
        "POSTAGE": "shipping", "DOTCOM POSTAGE": "shipping", "CARRIAGE": "shipping", "Manual": "other",
        "Discount": "discount", "Bank Charges": "fee", "Dotcomgiftshop Gift Voucher £10.00": "gift",
        "GIRLS PARTY BAG": "goods",
    }  # fmt: skip
    assert {title: kinds[title] for title in expected} == expected


def test_cdnow_has_customers_days_quantities_and_amounts(shared: Path) -> None:
    _reading, found, _problems = read(shared / "data" / "orders" / "cdnow_6000_customers.txt")
    assert len({o.buyer.account for o in found}) == 6000
    assert found[0].placed == "1997-01-01"
    assert sum(line.quantity for o in found for line in o.lines) == sum(
        int(row.split()[2])
        for row in (shared / "data" / "orders" / "cdnow_6000_customers.txt").read_text().splitlines()
    )
    assert found[6].lines[0].amount == Decimal("73.22")


SHOPIFY = """\
Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Country,Notes,Cancelled at,Refunded Amount,Id,Lineitem discount
#1001,ana@example.com,paid,2026-03-01 10:00:00 +0200,fulfilled,2026-03-02 09:00:00 +0200,yes,EUR,45.00,5.00,8.00,53.00,SPRING,5.00,Standard,2026-03-01 09:58:00 +0200,2,Board - Large,20.00,,KIT-1,true,true,fulfilled,Ana Ruiz,Ana Ruiz,1 Calle,Madrid,'28001,ES,leave at door,,0.00,55,0.00
#1001,,,,,,,,,,,,,,,2026-03-01 09:58:00 +0200,1,Bowl,10.00,,,true,true,fulfilled,,,,,,,,,,,
#1002,bo@example.com,refunded,,unfulfilled,,no,EUR,10,0,0,10,,0,,2026-03-03 09:58:00 +0200,1,Bowl,10,,BOWL,true,true,,Bo,Bo,,,,SE,,2026-03-04 09:58:00 +0200,10.00,56,0
"""


def test_shopify(tmp_path: Path) -> None:
    reading, (first, second), problems = read(written(tmp_path / "orders_export.csv", SHOPIFY))
    assert (reading.format, problems) == ("shopify", [])
    assert (first.number, first.state, first.currency, first.total) == ("#1001", "sent", "EUR", Decimal("53.00"))
    assert (first.discount, first.shipping, first.tax) == (0, 5, 8)
    assert first.placed == "2026-03-01T07:58:00Z"
    assert [(v.title, v.sku, v.quantity, v.price) for v in first.lines] == [
        ("Board - Large", "KIT-1", 2, 20),
        ("Bowl", "", 1, 10),
    ]
    assert (first.buyer.email, first.buyer.name, first.buyer.consent) == ("ana@example.com", "Ana Ruiz", "yes")
    assert (first.ship_to.postcode, first.ship_to.country, first.note) == ("28001", "ES", "leave at door")
    assert (second.state, second.refunded) == ("cancelled", 10)


def test_amazon(tmp_path: Path) -> None:
    text = (
        "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\t"
        "sales-channel\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\t"
        "item-promotion-discount\tship-city\tship-postal-code\tship-country\n"
        '028-1\t\t2026-02-03T10:00:00+00:00\t\tShipped\tMerchant\tAmazon.de\tCutting "board" 30 cm\tKIT-1\tB0\tShipped\t3\tEUR\t59.70\t9.53\t4.90\t5.00\tBerlin\t01067\tDE\n'
        "028-1\t\t2026-02-03T10:00:00+00:00\t\tShipped\tMerchant\tAmazon.de\tBowl\tB-2\tB1\tShipped\t1\tEUR\t10.00\t1.60\t1.10\t\tBerlin\t01067\tDE\n"
        "028-2\t\t2026-02-04T10:00:00+00:00\t\tCancelled\tMerchant\tAmazon.de\tBowl\tB-2\tB1\tCancelled\t0\tEUR\t\t\t\t\tBerlin\t01067\tDE\n"
    )
    reading, found, problems = read(written(tmp_path / "orders.txt", text))
    assert (reading.format, reading.delimiter, problems) == ("amazon", "\t", [])
    assert [(o.number, o.state, o.shipping) for o in found] == [("028-1", "sent", 6), ("028-2", "cancelled", 0)]
    board = found[0].lines[0]
    assert (board.title, board.quantity, board.price, board.amount) == (
        'Cutting "board" 30 cm',
        3,
        Decimal("19.9"),
        Decimal("54.70"),
    )
    assert found[0].ship_to.postcode == "01067"


def test_etsy_sold_items(tmp_path: Path) -> None:
    text = (
        "Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,"
        "Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship City,"
        "Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,SKU\n"
        '03/25/26,"Mug, blue",annab,2,18.00,,,3.60,0,5.50,0,32.40,USD,111,222,03/25/2026,03/27/2026,Anna B,1 Road,Austin,TX,78701,'
        "United States,9001,Glaze:Blue,online,MUG-B\n"
    )
    reading, (order,), _problems = read(written(tmp_path / "EtsySoldOrderItems2026.csv", text))
    assert (reading.format, order.number, order.state, order.placed) == ("etsy", "9001", "sent", "2026-03-25")
    line = order.lines[0]
    assert (line.title, line.sku, line.options, line.amount) == ("Mug, blue", "MUG-B", "Glaze:Blue", Decimal("32.40"))
    assert (order.buyer.account, order.ship_to.name, order.shipping) == ("annab", "Anna B", Decimal("5.50"))


def test_ebay_with_empty_lines_around_the_table(tmp_path: Path) -> None:
    text = (
        '\n"Sales Record Number","Order Number","Buyer Username","Buyer Name","Buyer Email","Ship To Address 1","Ship To Zip",'
        '"Item Number","Item Title","Custom Label","Quantity","Sold For","Shipping And Handling","Total Price","Sale Date",'
        '"Paid On Date","Shipped On Date"\n\n'
        '"101","12-05","bob77","Bob","bob@example.com","2 Lane","12345","9","Lamp","L-1","2","$12.50","$4.00","$29.00","Mar-03-26","Mar-03-26",""\n'
        '\n"1","record(s) downloaded"\n'
    )
    reading, found, _problems = read(written(tmp_path / "ebay.csv", text))
    order = found[0]
    assert (reading.format, order.number, order.state, order.total) == ("ebay", "12-05", "paid", 29)
    assert (order.lines[0].sku, order.lines[0].amount, order.shipping) == ("L-1", 25, 4)


def test_square_items(tmp_path: Path) -> None:
    text = (
        "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,"
        "Transaction ID,Payment ID,Event Type,Location,Customer ID,Customer Name\n"
        "2026-01-05,14:03:22,Eastern Time,Tea,Oolong,2.0,Large,T-1,,$10.00,-$1.00,$9.00,$0.72,TX1,P1,Payment,Main,C1,Ann\n"
        "2026-01-05,15:00:00,Eastern Time,Tea,Oolong,-1.0,Large,T-1,,-$5.00,$0.00,-$5.00,-$0.40,TX2,P2,Refund,Main,C1,Ann\n"
    )
    reading, (sold, back), _problems = read(written(tmp_path / "items.csv", text))
    assert (reading.format, sold.placed, sold.lines[0].amount) == ("square", "2026-01-05 14:03:22", 9)
    assert (back.kind, back.state, back.lines[0].quantity) == ("credit", "refunded", -1)


def test_woocommerce_order_lines(tmp_path: Path) -> None:
    text = (
        "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Email (Billing),"
        "First Name (Shipping),Last Name (Shipping),Address 1&2 (Shipping),City (Shipping),Postcode (Shipping),"
        "Country Code (Shipping),Payment Method Title,Cart Discount Amount,Order Shipping Amount,Order Refund Amount,"
        "Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost\n"
        "77,Completed,2026-02-01 10:00,,Eva,Stein,eva@example.com,Eva,Stein,Weg 1,Bonn,53111,DE,PayPal,1,4.9,0,33.9,5.41,A,1,Tasse,2,15\n"
    )
    reading, (order,), _problems = read(written(tmp_path / "woo.csv", text))
    assert (reading.format, order.state, order.total, order.discount) == (
        "woocommerce",
        "delivered",
        Decimal("33.9"),
        1,
    )
    assert (order.buyer.name, order.ship_to.street, order.lines[0].amount) == ("Eva Stein", "Weg 1", 30)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_taobao(tmp_path: Path, encoding: str) -> None:
    text = (
        '"订单编号","买家会员名","买家应付货款","买家应付邮费","总金额","买家实际支付金额","订单状态","买家留言","收货人姓名","收货地址",'
        '"联系手机","订单创建时间","订单付款时间","宝贝标题","宝贝种类","物流单号","宝贝总数量"\n'
        '="123456789012345678","小明99","39.80","8.00","47.80","47.80","买家已付款，等待卖家发货","请尽快","王小明","上海市 长宁区 仙霞路 1 号",'
        '\'13800001111,"2026-05-01 09:30:00","2026-05-01 09:31:00","竹砧板 大号","1","No:88","2"\n'
        '="123456789012345679","小红","10.00","0.00","10.00","0.00","交易关闭","","李红","北京","\'138****2222","2026-05-02 09:30:00","","木碗","1","","1"\n'
    )
    reading, (first, second), problems = read(written(tmp_path / "ExportOrderList.csv", text, encoding))
    assert (reading.format, problems) == ("taobao", [])
    assert (first.number, first.state, first.total, first.shipping) == (
        "123456789012345678",
        "paid",
        Decimal("47.80"),
        8,
    )
    assert [(v.title, v.quantity, v.price) for v in first.lines] == [("竹砧板 大号", 2, Decimal("19.9"))]
    assert (first.ship_to.name, first.buyer.phone or first.ship_to.phone) == ("王小明", "13800001111")
    assert second.state == "cancelled"


def test_douyin_with_leading_tabs(tmp_path: Path) -> None:
    text = (
        "主订单编号,子订单编号,选购商品,商品规格,商品数量,商品ID,商家编码,商品金额,订单应付金额,运费,收件人,收件人手机号,详细地址,订单提交时间,商家备注,订单完成时间,订单状态,售后状态,取消原因\n"
        "\t6901,\t1,竹砧板,大号,2,\t7,\tKIT-1,19.90,49.80,0,\t王*明,138****0000,上海***,2026-05-01 09:30:00,,,已发货,,\n"
        "\t6901,\t2,木碗,,1,\t8,\tB-1,10.00,49.80,0,\t王*明,138****0000,上海***,2026-05-01 09:30:00,,,已发货,,\n"
        "\t6902,\t3,木碗,,1,\t8,\tB-1,10.00,10.00,0,\t李*,138****0001,北京***,2026-05-02 09:30:00,,,已完成,退款成功,\n"
    )
    reading, (first, second), _problems = read(written(tmp_path / "douyin.csv", text, "utf-8-sig"))
    assert (reading.format, first.number, first.state) == ("douyin", "6901", "sent")
    assert [(v.sku, v.quantity, v.price, v.options) for v in first.lines] == [
        ("KIT-1", 2, Decimal("19.90"), "大号"),
        ("B-1", 1, 10, ""),
    ]
    assert (first.total, second.state) == (Decimal("49.80"), "refunded")


def test_russian_headers_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    text = "Номер заказа ; Дата ; Артикул ; Наименование товара ; Количество ; Цена ; Статус ; Покупатель\n"
    text += "А-1;05.03.2026;K-1;Доска разделочная;2;1 250,50;Отправлен;Иван\nА-1;05.03.2026;K-2;Миска;1;300,00;Отправлен;Иван\n"
    reading, (order,), problems = read(written(tmp_path / "заказы.csv", text, "cp1251"), encoding="cp1251")
    assert (reading.delimiter, reading.comma, problems) == (";", True, [])
    assert (order.number, order.placed, order.state) == ("А-1", "2026-03-05", "sent")
    assert [line.amount for line in order.lines] == [Decimal("2501.00"), Decimal("300.00")]


def test_a_cell_that_is_no_number_is_said_with_its_row(tmp_path: Path) -> None:
    text = "order,date,sku,qty,price\n1,2026-01-01,A,two,2\n1,2026-01-01,B,1,2\n2,someday,B,1,2\n"
    _reading, found, problems = read(written(tmp_path / "a.csv", text))
    assert [(p.row, p.column) for p in problems] == [(2, "qty"), (4, "date")]
    assert [len(o.lines) for o in found] == [1, 1]


def test_columns_named_by_hand(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", "foo,bar,baz\n9,Cup,3\n")
    with pytest.raises(UserError, match="look like orders"):
        look_orders(path)
    _reading, (order,), _problems = read(path, mapping={"foo": "number", "bar": "line.title", "baz": "line.quantity"})
    assert (order.number, order.lines[0].title, order.lines[0].quantity) == ("9", "Cup", 3)
    with pytest.raises(UserError, match="There is no field"):
        look_orders(path, mapping={"foo": "nothing"})
