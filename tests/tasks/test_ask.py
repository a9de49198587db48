from __future__ import annotations

import importlib.util
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from desktop_app import words
from desktop_app.shop import Shop
from desktop_app.tasks import shops
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


@pytest.fixture
def shop(questions: ModuleType, tmp_path: Path) -> Shop:
    words.use("en")
    return questions.shop_with_orders(tmp_path, "en")  # type: ignore[no-any-return]


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


def test_orders_in_another_currency_are_said_to_be_left_out(questions: ModuleType, shop: Shop) -> None:
    with shop.act("Sell"):
        shop.intake().take([Order("Y-1", placed="2026-01-02 10:00", currency="JPY", lines=(OrderLine("Cup", "CUP"),))])
    for text in ("How much did Etsy take in October?", "How many orders did I have this year?"):
        answer = told(questions, shop, text)
        assert "1 orders in other currencies are not counted." in answer.text
    assert "currencies" not in told(questions, shop, "how many products do I have").text
    shop.close()


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
