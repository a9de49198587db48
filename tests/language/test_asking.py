from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.language import asking
from desktop_app.language.asking import Names, read

TODAY = dt.date(2026, 11, 25)
SHOP = Names(
    ["Enamel mug 350 ml", "Linen tea towel", "Linen shirt", "Jasmine tea", "青瓷小花瓶", "亚麻衬衫"],
    ["Etsy", "淘宝"],
    ["Kitchen"],
)


@pytest.mark.parametrize(
    ("text", "measure", "by"),
    [
        ("How much did we take on Etsy last week?", "sales", ""), ("orders per month", "orders", "month"),
        ("what sells worst", "units", "product"), ("哪个渠道的毛利最高", "margin", "channel"), ("下周能卖多少", "forecast", ""),
        ("青瓷小花瓶还能卖多久", "runs_out", ""), ("谁是最好的客户", "best_customers", ""), ("why did sales change in October", "compare", ""),
        ("what should I reorder", "reorder", ""), ("库存总共值多少钱", "stock_value", ""), ("how many enamel mugs are left", "stock", ""),
    ],
)  # fmt: skip
def test_a_question_is_known_by_what_it_asks(text: str, measure: str, by: str) -> None:
    found = read(text, TODAY, SHOP)
    assert (found.measure, found.unknown, found.outside) == (measure, (), "")
    assert found.by == by


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("How many regulars this year?", "regular"), ("how many regulars do I have", "regular"), ("Who are my loyal customers?", "regular"),
        ("How many customers are at risk?", "at_risk"), ("how many one-time buyers", "once"), ("How many people have I lost?", "lost"),
        ("今年有多少常客", "regular"), ("沉睡客户有几位", "lost"), ("只买过一次的顾客有多少", "once"), ("快要流失的客户有多少", "at_risk"),
    ],
)  # fmt: skip
def test_a_group_of_customers_is_known_by_its_names_whatever_the_products_are_called(text: str, segment: str) -> None:
    for names in (SHOP, Names(["Regular tea towel", "Lost in Tokyo print", "常客茶杯"])):
        found = read(text, TODAY, names)
        assert (found.measure, found.segment, found.unknown, found.products) == ("segments", segment, (), ())
    assert read("How many regular tea towels are left?", TODAY, Names(["Regular tea towel"])).measure == "stock"
    assert read("How much revenue came from regulars?", TODAY, SHOP).measure == "sales"


def test_a_product_is_known_in_the_plural_and_by_part_of_its_name() -> None:
    assert read("How many enamel mugs did I sell?", TODAY, SHOP).products == (0,)
    assert read("青瓷花瓶卖了几个", TODAY, SHOP).products == (4,)
    assert read("青瓷花瓶卖了几个", TODAY, SHOP).unknown == ()
    assert read("小花瓶卖了几个", TODAY, SHOP).products == (4,)
    assert read("sales of linen", TODAY, SHOP).products == (1, 2)


def test_what_the_shop_does_not_have_is_handed_back() -> None:
    assert read("How many bicycles did I sell?", TODAY, SHOP).unknown == ("bicycles",)
    assert read("手机壳卖了几个", TODAY, SHOP).unknown == ("手机壳",)
    assert "张" in "".join(read("客户张三买了什么", TODAY, SHOP).unknown)


def test_what_no_book_holds_is_known_as_such() -> None:
    assert read("how many visitors did the site have", TODAY, SHOP).outside
    assert read("昨天的访客有多少", TODAY, SHOP).outside


def test_likeness_decides_only_where_no_word_does_and_only_if_it_is_clear() -> None:
    likely = [("sales", 0.93), ("orders", 0.90)]
    assert read("howdy", TODAY, Names(), likely).measure == "sales"
    assert read("howdy", TODAY, Names(), [("sales", 0.93), ("orders", 0.925)]).measure == ""
    assert read("how many orders", TODAY, Names(), likely).measure == "orders"


def test_how_many_are_wanted_is_read_and_a_span_is_not_taken_for_it() -> None:
    assert read("the five best sellers of the last 90 days", TODAY, SHOP).top == 5
    assert read("卖得最好的三个商品", TODAY, SHOP).top == 3
    assert read("sales in the last 90 days", TODAY, SHOP).top == 0


def test_every_measure_has_words_and_sentences() -> None:
    assert {name for name, _text in asking.sentences()} == set(asking.measures())
