from __future__ import annotations

import importlib.util
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest

from desktop_app.errors import UserError
from desktop_app.formats import sales_lines
from desktop_app.insight import forecast
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


@pytest.mark.long
@pytest.mark.skipif(importlib.util.find_spec("statsforecast") is None, reason="statsforecast is of the oracle group")
def test_forecasts_are_within_three_per_cent_of_the_best_automatic_method(shared: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from statsforecast.models import AutoCES, AutoETS, AutoTheta  # type: ignore[import-not-found]

        path = shared / "data" / "orders" / "uci_online_retail_20_top_skus.csv"
        _items, demand, _first = evaluate_sales.weekly(sales_lines(path).lines)
        ours = forecast.back_test(demand, 12)
        weeks = range(demand.shape[1] - 12, demand.shape[1])
        theirs = []
        for method in (AutoCES, AutoETS, AutoTheta):
            told = [[method(season_length=1).forecast(y=y[:t], h=1)["mean"][0] for t in weeks] for y in demand]
            theirs.append(forecast.scaled_error(ours.actual, np.array(told), ours.scale))
    assert ours.mase <= 1.03 * min(theirs)


def test_too_few_weeks_are_too_little_to_say(tmp_path: Path) -> None:
    file = tmp_path / "few.csv"
    file.write_text("date,product,qty\n2024-01-01,tea,1\n2024-02-01,tea,2\n", "utf-8")
    with pytest.raises(UserError, match="Too little"):
        score(evaluate_sales.evaluate_forecast(threading.Event(), path=file))
