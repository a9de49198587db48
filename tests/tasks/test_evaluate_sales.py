from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop_app.errors import UserError
from desktop_app.tasks import evaluate_sales
from desktop_app.tasks.evaluate import Score


def score(found: object) -> Score:
    *_rows, last = list(found)  # type: ignore[call-overload]
    assert isinstance(last, Score)
    return last


def test_forecasts_of_real_products_beat_simple_ones_and_most_weeks_lie_within(shared: Path) -> None:
    path = shared / "data" / "orders" / "uci_online_retail_20_top_skus.csv"
    found = score(evaluate_sales.evaluate_forecast(threading.Event(), path=path))
    assert found.n == 20
    assert found.metrics["mase"] <= 1.30 < found.metrics["mase_mean4"] < found.metrics["mase_naive"]
    assert 0.7 <= found.metrics["coverage80"] <= 0.9


def test_recommendations_for_real_baskets_beat_what_everybody_buys(shared: Path) -> None:
    path = shared / "data" / "orders" / "groceries_baskets.csv"
    found = score(evaluate_sales.evaluate_recommend(threading.Event(), path=path))
    assert found.metrics["hit@5"] >= 0.265 > found.metrics["hit@5_popular"]


@pytest.mark.long
def test_recommendations_for_a_gift_wholesaler_find_the_hidden_line(shared: Path) -> None:
    path = shared / "data" / "orders" / "uci_online_retail_450_customers.csv"
    found = score(evaluate_sales.evaluate_recommend(threading.Event(), path=path))
    assert found.metrics["hit@10"] >= 0.14 > found.metrics["hit@10_cosine"] > found.metrics["hit@10_popular"]
    assert found.metrics["cold_hit@10"] > 3 * found.metrics["cold_hit@10_chance"]


def test_too_few_weeks_are_too_little_to_say(tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_text("date,product,qty\n2024-01-01,tea,1\n2024-02-01,tea,2\n", "utf-8")
    with pytest.raises(UserError, match="Too little"):
        score(evaluate_sales.evaluate_forecast(threading.Event(), path=file))
