from __future__ import annotations

import importlib.util
import shutil
import sys
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from desktop_app.records import Product, Variant
from desktop_app.shop import Shop
from desktop_app.tasks import import_reviews, products, shops
from desktop_app.tasks.ask import Answer, ask
from desktop_app.trade import Order, OrderLine

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def questions() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ask_benchmark", ROOT / "benchmarks" / "ask.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ask_benchmark"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["first", "second"])
def test_forty_questions_get_the_figure_of_sql_written_by_hand_or_are_said_to_have_none(
    questions: ModuleType, name: str, tmp_path: Path
) -> None:
    found = list(questions.tried(ROOT / "tests" / "data" / "ask" / f"{name}.toml", tmp_path, None))
    assert [(one.text, one.answer.text, one.right) for one in found if not one.good] == []
    assert len(found) == 40
    assert sum(one.right is None for one in found) == 10


@pytest.fixture(scope="module")
def books(questions: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop the questions are about, made once; each test asks a copy."""
    with questions.shop_with_orders(tmp_path_factory.mktemp("books"), "en") as made:
        return Path(made.path)


@pytest.fixture
def shop(books: Path, tmp_path: Path) -> Iterator[Shop]:
    with Shop.open(Path(shutil.copy(books, tmp_path))) as opened:
        yield opened


def told(questions: ModuleType, shop: Shop, text: str) -> Answer:
    (answer,) = ask(shop, None, threading.Event(), text=text, today=questions.TODAY)
    return answer


@pytest.mark.parametrize(
    "text",
    ["What will I sell next week?", "What should I reorder?", "When will the jasmine tea run out?", "How many customers are at risk?",
     "What are my customers worth?", "orders by channel", "sales by country", "profit by category this year", "returns by product",
     "tax last month", "refunds this year", "discounts in October", "how many products do I have", "What changed?", "daily sales last week",
     "What does the wool throw cost me?", "orders with the wool throw"],
)  # fmt: skip
def test_every_kind_of_question_is_answered_or_refused_in_words(questions: ModuleType, shop: Shop, text: str) -> None:
    answer = told(questions, shop, text)
    assert answer.measure
    assert answer.text
    assert all(len(row) == len(answer.columns) == len(answer.units) for row in answer.rows)
    shop.close()


def test_each_currency_has_a_line_of_its_own_and_what_is_counted_counts_all(questions: ModuleType, shop: Shop) -> None:
    before = told(questions, shop, "How many orders did I have this year?").figure
    with shop.act("Sell"):
        line = OrderLine("Cup", "CUP", Decimal(2), Decimal(700))
        shop.intake().take([Order("Y-1", placed=f"{questions.TODAY} 10:00", currency="JPY", lines=(line,))])
    answer = told(questions, shop, "How much did I sell this year?")
    lines = answer.text.splitlines()
    assert len(lines) == 2
    assert "JPY 1,400.00" in lines[1]
    assert [other.currency for other in answer.others] == ["JPY"]
    assert told(questions, shop, "How many orders did I have this year?").figure == float(before or 0) + 1
    assert told(questions, shop, "how many products do I have").others == ()
    shop.close()


def test_orders_without_a_day_do_not_move_the_beginning_of_the_books(questions: ModuleType, shop: Shop) -> None:
    before = told(questions, shop, "How many orders?")
    with shop.act("Sell"):
        lines = (OrderLine("Cup", "CUP", Decimal(1), Decimal(5)),)
        shop.intake().take([Order("N-1", placed="11/7", currency=before.currency, lines=lines)])
    answer = told(questions, shop, "How many orders?")
    assert "1970" not in answer.text
    assert answer.figure == float(before.figure or 0) + 1
    assert "1 order of these has no day." in answer.text
    assert "1970-01" not in str(told(questions, shop, "sales by month").rows)
    assert "1 order has no day and is in no span of time." in told(questions, shop, "How many orders this year?").text
    shop.close()


def test_a_product_is_found_by_the_plural_of_its_name(questions: ModuleType, tmp_path: Path) -> None:
    made = shops.new(tmp_path / "plural.zhanggui", name="Plural")
    products.save(made, Product("Merino Beanie", variants=(Variant("X-1", price=Decimal(5), stock=7),)))
    answer = told(questions, made, "how many beanies are in stock")
    assert (answer.figure, answer.rows[0][0]) == (7.0, "Merino Beanie")
    made.close()


def test_all_that_stand_first_together_are_named(questions: ModuleType, tmp_path: Path) -> None:
    made = shops.new(tmp_path / "tie.zhanggui", name="Tie")
    with made.act("Sell"):
        lines = tuple(OrderLine(name, name, Decimal(n), Decimal(5)) for name, n in (("Cup", 3), ("Jug", 3), ("Lid", 1)))
        made.intake().take([Order("T-1", placed="2025-11-01 10:00", currency="GBP", lines=lines)])
    answer = told(questions, made, "What is my best seller?")
    assert answer.figure == "Cup"
    assert "Cup, Jug, 3" in answer.text
    made.close()


def test_a_variant_that_is_gone_is_out_of_stock_though_others_are_there(questions: ModuleType, tmp_path: Path) -> None:
    made = shops.new(tmp_path / "out.zhanggui", name="Out")
    sizes = tuple(Variant(f"B-{s}", options=(("Size", s),), stock=n) for s, n in (("S", 4), ("M", 0)))
    products.save(made, Product("Beanie", variants=sizes))
    products.save(made, Product("Board", variants=(Variant("O-1", stock=-3),)))
    answer = told(questions, made, "What is out of stock?")
    assert [row[:2] for row in answer.rows] == [("Beanie (M)", 0.0), ("Board", -3.0)]
    made.close()


@pytest.mark.parametrize(
    ("question", "measured", "said"),
    [
        ("哪个商品评价最差", "Cup", "Worst rated"), ("which product has the best reviews", "Jug", "Best rated"),
        ("how many bad reviews are there", 2.0, "one or two stars"), ("有多少条好评", 1.0, "four or five"),
        ("What is the rating of the cup?", 1.5, "Of 5; 2 reviews"),
    ],
)  # fmt: skip
def test_stars_are_answered_from_the_reviews(
    questions: ModuleType, tmp_path: Path, question: str, measured: object, said: str
) -> None:
    made = shops.new(tmp_path / "stars.zhanggui", name="Stars")
    for name in ("Cup", "Jug", "Lid"):
        products.save(made, Product(name, name.lower(), variants=(Variant(f"X-{name}"),)))
    rows = "cup,1,Broke at once\ncup,2,Too small\njug,5,Lovely thing\n"
    (tmp_path / "r.csv").write_text("product_handle,rating,body\n" + rows, "utf-8")
    list(import_reviews.import_reviews(made, threading.Event(), reading=import_reviews.look(made, tmp_path / "r.csv")))
    answer = told(questions, made, question)
    assert answer.figure == measured
    assert said in answer.text
    made.close()


def test_every_figure_comes_with_the_orders_behind_it(questions: ModuleType, shop: Shop) -> None:
    answer = told(questions, shop, "How much did Etsy take in October?")
    behind = shop.orders(answer.orders)
    assert {order.channel for order in behind} == {"Etsy"}
    assert float(sum(line.amount for o in behind if o.state != "cancelled" for line in o.lines)) == pytest.approx(
        answer.figure
    )
    shop.close()


def test_a_shop_without_orders_says_that_there_is_too_little(tmp_path: Path) -> None:
    shop = shops.new(tmp_path / "empty.zhanggui")
    (answer,) = ask(shop, None, threading.Event(), text="How much did I sell last month?")
    assert not answer.answered
    assert "too little data" in answer.text
    shop.close()


def test_the_future_is_not_answered_with_what_was(questions: ModuleType, shop: Shop) -> None:
    assert not told(questions, shop, "sales in 2027").answered
    shop.close()
