from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest

from desktop_app import paths
from desktop_app.insight import reference
from desktop_app.insight.reference import Law

D = Decimal


def law(place: str) -> Law:
    file = paths.assets() / "rules" / f"price.{place}.toml"
    return reference.law(f"price.{place}", tomllib.loads(file.read_text("utf-8")))


def test_a_price_before_that_was_raised_for_the_sale_is_not_honest() -> None:
    history = [(0, D(20)), (95, D(30))]
    assert reference.price_before(history, 100, D(30), law("eu")).honest is False
    assert reference.price_before(history, 100, D(20), law("eu")).honest is True
    assert reference.price_before(history, 100, D(30), law("us")).allowed == D(20)
    assert reference.price_before(history, 103, D(30), law("cn")).honest is True


def test_a_short_history_says_nothing_about_the_price_before() -> None:
    assert reference.price_before([(90, D(20))], 100, D(20), law("eu")).honest is None


def test_a_price_that_stood_for_no_day_does_not_count() -> None:
    assert reference.price_before([(0, D(30)), (90, D(5)), (90, D(30))], 100, D(30), law("eu")).honest is True


@pytest.mark.parametrize(
    ("currency", "names"),
    [("EUR", "price.eu"), ("CNY", "price.cn"), ("usd", "price.us"), ("", "price.eu"), ("AUD", "price.eu")],
)
def test_the_law_is_that_of_the_shops_money(currency: str, names: str) -> None:
    laws = [law(place) for place in ("eu", "uk", "us", "cn")]
    assert [one.name for one in reference.for_currency(laws, currency)] == [names]


def test_what_one_law_forbids_may_not_be_shown() -> None:
    history = [(0, D(20)), (95, D(30))]
    answers = [reference.price_before(history, 103, D(30), law(place)) for place in ("cn", "eu")]
    assert [one.honest for one in answers] == [True, False]
    assert reference.strictest(answers) == answers[1]
    assert reference.strictest([]) is None
