"""What a file says came back of an order is on the shelf, in the order and in Insight, once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import export_orders, giving_back, history, import_orders
from desktop_app.tasks.import_orders import OrdersImported

STOP = threading.Event()
D = Decimal
HEAD = "Order number,Order date,Status,SKU,Product name,Quantity,Unit price,Refunded Amount,Total,Quantity returned,Return reason,Restocked,Return date\n"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Shop.create(tmp_path / "s.zhanggui", currency="EUR") as shop:
        with shop.act("Fill"):
            shop.add([Product(sku, variants=(Variant(sku, price=D(9), stock=10),)) for sku in ("MUG", "TRAY")])
        yield shop


def bring(shop: Shop, folder: Path, text: str, name: str = "orders.csv") -> OrdersImported:
    path = folder / name
    path.write_text(text, "utf-8")
    end = list(import_orders.import_orders(shop, STOP, reading=import_orders.look(shop, path)))[-1]
    assert isinstance(end, OrdersImported)
    return end


def stock(shop: Shop) -> list[int | None]:
    assert shop.disagreeing() == []
    return [p.variants[0].stock for p in shop.products([1, 2])]


def came(shop: Shop) -> list[tuple[Decimal, Decimal, str, bool]]:
    (id,) = shop.find_orders()
    return [(r.quantity, r.amount, r.reason, r.restocked) for r in shop.returns_of(id)]


def test_pieces_that_came_back_are_booked_with_their_reason_and_once(shop: Shop, tmp_path: Path) -> None:
    rows = "1,2099-03-01,sent,MUG,Mug,3,9,,37,1,Too small,yes,2099-03-09\n1,2099-03-01,sent,TRAY,Tray,1,10,,,1,Broken,damaged,2099-03-09\n"
    end = bring(shop, tmp_path, HEAD + rows)
    assert (end.added, end.returned) == (1, 1)
    assert stock(shop) == [8, 9]  # three mugs went and one came; the broken tray did not
    assert came(shop) == [(D(1), D(9), "Too small", True), (D(1), D(10), "Broken", False)]
    again = bring(shop, tmp_path, HEAD + rows)
    assert (again.changed, again.returned, again.action) == (0, 0, None)
    more = bring(shop, tmp_path, HEAD + rows.replace("37,1,Too small", "37,3,Too small"))
    assert (more.changed, more.returned) == (1, 1)
    assert stock(shop) == [10, 9]
    assert [r[0] for r in came(shop)] == [1, 1, 2]
    assert shop.orders(shop.find_orders())[0].state == "returned"
    history.undo(shop)
    assert stock(shop) == [8, 9]
    history.undo(shop)
    assert (stock(shop), shop.find_orders()) == ([10, 10], [])


def test_money_that_went_back_is_in_the_sums_though_no_goods_came(shop: Shop, tmp_path: Path) -> None:
    rows = "1,2099-03-01,sent,MUG,Mug,2,9,9,18,,,\n"
    bring(shop, tmp_path, HEAD + rows)
    assert (stock(shop), came(shop)) == ([8, 10], [(D(0), D(9), "", False)])
    assert bring(shop, tmp_path, HEAD + rows).changed == 0
    full = bring(shop, tmp_path, HEAD + rows.replace("sent", "refunded").replace("9,18", ",18"))
    assert full.changed == 1
    (order,) = shop.orders(shop.find_orders())
    assert (order.refunded, sum(r[1] for r in came(shop))) == (18, 18)
    assert stock(shop) == [8, 10]


def test_an_order_that_is_called_returned_came_back_whole(shop: Shop, tmp_path: Path) -> None:
    head = "订单编号,买家会员名,宝贝标题,商家编码,购买数量,总金额,订单状态,订单创建时间\n"
    rows = "7,甲,杯子,MUG,2,18,退货退款成功,2099-03-01 10:00:00\n"
    bring(shop, tmp_path, head + rows)
    assert stock(shop) == [10, 10]
    assert [r[0] for r in came(shop)] == [2]
    assert bring(shop, tmp_path, head + rows).changed == 0


def test_what_was_booked_here_by_hand_is_not_booked_again_by_a_file(shop: Shop, tmp_path: Path) -> None:
    rows = "1,2099-03-01,sent,MUG,Mug,3,9,,27,,,\n"
    bring(shop, tmp_path, HEAD + rows)
    (id,) = shop.find_orders()
    line = shop.order(id).lines[0].id or 0
    giving_back.take_back(shop, id, [giving_back.Back(line, D(1))], reason="Too small", money=D(9))
    before = came(shop)
    bring(shop, tmp_path, HEAD + rows.replace("27,,,", "27,1,Too small,yes"))
    bring(shop, tmp_path, HEAD + rows.replace("9,,27,,,", "9,9,27,1,,"))
    assert came(shop) == before


AMAZON = (
    "return-date\torder-id\tsku\tasin\tfnsku\tproduct-name\tquantity\tfulfillment-center-id\tdetailed-disposition\treason\tstatus\n"
    "2099-03-05T10:00:00+00:00\t028-1\tMUG\tB0\tX\tMug\t1\tLEJ1\tSELLABLE\tNOT_AS_DESCRIBED\tUnit returned\n"
    "2099-03-07T10:00:00+00:00\t028-1\tMUG\tB0\tX\tMug\t1\tLEJ1\tCUSTOMER_DAMAGED\tDEFECTIVE\tUnit returned\n"
    "2099-03-07T10:00:00+00:00\t028-9\tMUG\tB0\tX\tMug\t1\tLEJ1\tSELLABLE\tUNWANTED_ITEM\tUnit returned\n"
)


def test_a_file_of_returns_alone_sells_nothing_and_names_orders_nobody_knows(shop: Shop, tmp_path: Path) -> None:
    orders = (
        "amazon-order-id\tpurchase-date\torder-status\tproduct-name\tsku\tquantity\tcurrency\titem-price\n"
        "028-1\t2099-03-01T10:00:00+00:00\tShipped\tMug\tMUG\t3\tEUR\t27\n"
    )
    bring(shop, tmp_path, orders, "orders.txt")
    end = bring(shop, tmp_path, AMAZON, "returns.txt")
    assert (end.added, end.changed, end.returned) == (0, 1, 1)
    assert [p.why.split(" is not")[0] for p in end.problems] == ["The order 028-9"]
    assert came(shop) == [(D(1), D(9), "NOT_AS_DESCRIBED", True), (D(1), D(9), "DEFECTIVE", False)]
    assert stock(shop) == [8, 10]
    assert shop.orders(shop.find_orders())[0].lines[0].quantity == 3
    assert bring(shop, tmp_path, AMAZON, "returns.txt").returned == 0
    later = AMAZON.replace("2099-03-07", "2099-04-01").replace("2099-03-05", "2099-04-02")
    assert bring(shop, tmp_path, later, "april.txt").returned == 1  # the third piece; no fourth was sold
    assert sum(r[0] for r in came(shop)) == 3


def test_a_table_of_returns_in_words_of_its_own(shop: Shop, tmp_path: Path) -> None:
    bring(shop, tmp_path, HEAD + "1,2099-03-01,sent,MUG,Mug,3,9,,27,,,\n")
    end = bring(
        shop, tmp_path, "订单号;商品编码;数量;退货原因;退货时间\n1;MUG;2;尺码不合;2099-03-09 12:00\n", "退货.csv"
    )
    assert (end.added, came(shop)) == (0, [(D(2), D(18), "尺码不合", True)])
    assert stock(shop) == [9, 10]


def test_many_orders_of_one_file_with_and_without_returns_are_found_by_name(shop: Shop, tmp_path: Path) -> None:
    head = "Order number,Order date,Status,SKU,Quantity,Unit price,Refunded Amount,Quantity returned,Customer name\n"
    rows = [
        f"{n},2099-03-0{n},{'refunded' if n == 2 else 'sent'},MUG,1,9,,{n % 2 or ''},Ana {n}\n" for n in range(1, 6)
    ]
    end = bring(shop, tmp_path, head + "".join(rows))
    assert (end.added, end.returned, stock(shop)) == (5, 4, [8, 10])
    assert [len(shop.find_orders(f"Ana {n}")) for n in range(1, 6)] == [1] * 5
    assert sum(o.state == "returned" for o in shop.orders(shop.find_orders())) == 3


def test_what_came_back_goes_out_with_the_orders_and_comes_into_another_shop(shop: Shop, tmp_path: Path) -> None:
    rows = "1,2099-03-01,sent,MUG,Mug,3,9,,37,1,Too small,yes,2099-03-09\n1,,,TRAY,Tray,1,10,,,1,Broken,no,2099-03-10\n"
    bring(shop, tmp_path, HEAD + rows)
    export_orders.export_orders(shop, STOP, path=tmp_path / "out.csv")
    with Shop.create(tmp_path / "other.zhanggui", currency="EUR") as other:
        reading = import_orders.look(other, tmp_path / "out.csv")
        list(import_orders.import_orders(other, STOP, reading=reading))
        (there,) = (other.returns_of(id) for id in other.find_orders())
    (here,) = (shop.returns_of(id) for id in shop.find_orders())
    assert [replace(r, line=0, id=0) for r in here] == [replace(r, line=0, id=0) for r in there]
    assert [(r.reason, r.at[:10], r.restocked) for r in here] == [
        ("Too small", "2099-03-09", True), ("Broken", "2099-03-10", False),
    ]  # fmt: skip


LIST = "订单号;商品编码;数量;退货原因;退货时间\n"


def test_a_piece_written_down_by_hand_on_another_day_is_not_booked_again_by_a_list(shop: Shop, tmp_path: Path) -> None:
    bring(shop, tmp_path, HEAD + "1,2099-03-01,sent,MUG,Mug,4,9,,36,,,\n")
    (id,) = shop.find_orders()
    line = shop.order(id).lines[0].id or 0
    day = giving_back.now()[:10]  # a merchant writes it down today
    giving_back.take_back(shop, id, [giving_back.Back(line, D(1))], reason="Too small")
    before = came(shop)
    near = dt.date.fromisoformat(day) - dt.timedelta(days=3)
    file = LIST + f"1;MUG;1;尺码不合;{near} 12:00\n"
    path = tmp_path / "退货.csv"
    path.write_text(file, "utf-8")
    ahead = list(import_orders.preview(shop, STOP, reading=import_orders.look(shop, path)))[-1]
    assert isinstance(ahead, OrdersImported)
    assert ahead.doubtful == 1
    end = bring(shop, tmp_path, file, "退货.csv")
    assert (end.doubtful, end.returned, came(shop)) == (1, 0, before)
    assert (str(near) in end.problems[0].why, day in end.problems[0].why) == (True, True)
    assert (bring(shop, tmp_path, file, "退货.csv").doubtful, came(shop)) == (0, before)  # the same list once more
    next_list = LIST + f"1;MUG;1;尺码不合;{near - dt.timedelta(days=9)} 12:00\n"
    assert bring(shop, tmp_path, next_list, "退货2.csv").returned == 1  # another piece: the first is accounted for
    history.undo(shop)
    history.undo(shop)  # what was recognised is open again
    again = list(import_orders.import_orders(shop, STOP, reading=import_orders.look(shop, path), again=True))[-1]
    assert isinstance(again, OrdersImported)
    assert (again.returned, sum(r[0] for r in came(shop))) == (1, 2)
    assert bring(shop, tmp_path, file, "退货.csv").action is None


def test_more_that_came_back_than_was_sold_is_said(shop: Shop, tmp_path: Path) -> None:
    bring(shop, tmp_path, HEAD + "1,2099-03-01,sent,MUG,Mug,1,9,,9,,,\n")
    end = bring(shop, tmp_path, LIST + "1;MUG;3;尺码不合;2099-03-09 12:00\n", "退货.csv")
    assert (sum(r[0] for r in came(shop)), end.doubtful) == (1, 0)
    assert "2 more came back on 2099-03-09" in end.problems[0].why
    assert end.adjustments == 0  # a list of returns changes no stock by itself


def test_a_return_that_was_refused_or_names_no_order_is_left_out_and_said(shop: Shop, tmp_path: Path) -> None:
    bring(shop, tmp_path, HEAD + "1,2099-03-01,sent,MUG,Mug,3,9,,27,,,\n")
    head = "退款编号,订单编号,商品编码,退款金额,退货数量,退款原因,退款完结时间,退款状态\n"
    rows = "R1,1,MUG,￥9.00,1,尺码不合,2099/3/5 12:00,退款成功\nR2,1,MUG,￥9.00,1,不想要了,2099/3/6 12:00,退款关闭\n"
    end = bring(shop, tmp_path, head + rows, "tui.csv")
    assert [(r[0], r[1]) for r in came(shop)] == [(1, 9)]
    assert shop.orders(shop.find_orders())[0].refunded == 9
    assert [(p.row, "退款关闭" in p.why) for p in end.problems] == [(3, True)]
    end = bring(shop, tmp_path, "Date,Email,SKU,Returned Qty\n2099-03-05,ann@x.example,MUG,1\n", "nobody.csv")
    assert ["names no order" in p.why for p in end.problems] == [True]


def test_money_in_each_row_of_a_list_is_added_up_and_booked_once(shop: Shop, tmp_path: Path) -> None:
    bring(shop, tmp_path, HEAD + "1,2099-03-01,sent,MUG,Mug,3,9,,27,,,\n2,2099-03-01,sent,TRAY,Tray,1,9,,9,,,\n")
    file = (
        "Return Date,Order ID,SKU,Qty Returned,Reason,Refund\n2099-03-05,1,MUG,1,Broken,$9.00\n"
        "2099-03-05,2,TRAY,1,Broken,$9.00\n2099-03-07,1,MUG,1,Late,$8.00\nTotal,,,3,,$26.00\n"
    )
    for _again in range(2):
        bring(shop, tmp_path, file, "returns.csv")
        orders = {o.number: (o.refunded, o.lines[0].returned) for o in shop.orders(shop.find_orders())}
        assert orders == {"1": (17, 2), "2": (9, 1)}


def test_amounts_with_a_sign_of_several_currencies_are_said_where_the_shop_counts_in_another(
    shop: Shop, tmp_path: Path
) -> None:
    for price, said in (("$9.00", True), ("9.00", False), ("€9.00", False)):
        (tmp_path / "o.csv").write_text(
            f"Order ID,Order Date,SKU,Qty,Unit price\n1,2026-01-05,MUG,1,{price}\n", "utf-8"
        )
        assert any("EUR" in note for note in import_orders.look(shop, tmp_path / "o.csv").notes) == said
