"""Our arithmetic beside the libraries known for it: `make oracles`, which installs them in a folder of their own.

Forecasts beside statsforecast's automatic methods (UCI, 20 products, last 12 weeks, one step ahead), recency,
frequency, value and what is to come beside lifetimes (CDNOW, 39 weeks), scores and cohorts beside SQL, logistic
regression beside scikit-learn. Prints each figure with theirs; ends with 1 where one lies outside what was asked.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import sqlite3
import sys
import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
DATA = ROOT.parent / "shared" / "data" / "orders"
ORACLES = ("sklearn", "statsforecast", "lifetimes")
EPOCH = dt.date(1970, 1, 1)
UNTIL = dt.date(1997, 10, 5)
Floats = npt.NDArray[np.float64]
_failed: list[str] = []


def said(what: str, ours: object, theirs: object, well: bool) -> None:
    """Print one comparison and remember it if it is not well."""
    print(f"{what:<62} ours {ours}   theirs {theirs}   {'ok' if well else 'NOT WITHIN'}", flush=True)
    if not well:
        _failed.append(what)


def forecasts() -> None:
    """Hold our mean MASE against each automatic method; within 3 % of the best is asked."""
    from statsforecast.models import AutoARIMA, AutoCES, AutoETS, AutoTheta  # type: ignore[import-not-found]

    from desktop_app.formats import sales_lines
    from desktop_app.insight import forecast
    from desktop_app.tasks.evaluate_sales import weekly

    _items, demand, _first = weekly(sales_lines(DATA / "uci_online_retail_20_top_skus.csv").lines)
    ours = forecast.back_test(demand, 12)
    weeks = range(demand.shape[1] - 12, demand.shape[1])
    found: dict[str, float] = {}
    for method in (AutoETS, AutoTheta, AutoCES, AutoARIMA):
        told = [[method(season_length=1).forecast(y=y[:t], h=1)["mean"][0] for t in weeks] for y in demand]
        found[method.__name__] = forecast.scaled_error(ours.actual, np.array(told), ours.scale)
        print(f"  mean MASE of {method.__name__}: {found[method.__name__]:.4f}", flush=True)
    best = min(found, key=lambda name: found[name])
    ratio = ours.mase / found[best]
    said(f"forecast, mean MASE ({best}), {ratio:.3f} of it", f"{ours.mase:.4f}", f"{found[best]:.4f}", ratio <= 1.03)


def cdnow() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
    """Return customers, days since 1970 and amounts of CDNOW's purchases."""
    rows = [line.split() for line in (DATA / "cdnow_6000_customers.txt").read_text().splitlines()]
    days = [(dt.datetime.strptime(row[1], "%Y%m%d").date() - EPOCH).days for row in rows]
    return np.array([int(row[0]) for row in rows]), np.array(days), np.array([float(row[3]) for row in rows])


def customers() -> None:
    """Hold what is known of each customer, what is to come and what it is worth against lifetimes, to rounding."""
    import pandas  # type: ignore[import-untyped,unused-ignore]
    from lifetimes import BetaGeoFitter, GammaGammaFitter  # type: ignore[import-not-found]
    from lifetimes.utils import summary_data_from_transaction_data  # type: ignore[import-not-found]

    from desktop_app.insight import value

    who, days, amounts = cdnow()
    table = pandas.DataFrame({"who": who, "day": days.astype("datetime64[D]"), "amount": amounts})
    theirs = summary_data_from_transaction_data(
        table, "who", "day", "amount", observation_period_end=UNTIL.isoformat(), freq="D"
    )
    _who, seen = value.summarise(who, days, amounts, (UNTIL - EPOCH).days)
    for name, own, column in (
        ("repeats", seen.repeats, "frequency"), ("recency", seen.recency, "recency"), ("age", seen.age, "T"),
        ("mean value", seen.mean, "monetary_value"),
    ):  # fmt: skip
        close(f"CDNOW, {name} of {len(own)} customers", own, theirs[column].to_numpy(), 1e-9)
    coming, spending = value.fit_coming(seen), value.fit_spending(seen)
    assert coming is not None
    assert spending is not None
    bgnbd = BetaGeoFitter().fit(seen.repeats, seen.recency, seen.age)
    told = bgnbd.conditional_expected_number_of_purchases_up_to_time(182, seen.repeats, seen.recency, seen.age)
    close("CDNOW, purchases in the next 182 days", coming.expected(seen, 182), np.asarray(told), 1e-3)
    alive = bgnbd.conditional_probability_alive(seen.repeats, seen.recency, seen.age)
    close("CDNOW, chance to be a customer still", coming.alive(seen), np.asarray(alive), 1e-3)
    paid = (seen.repeats > 0) & (seen.mean > 0)
    gamma = GammaGammaFitter().fit(seen.repeats[paid], seen.mean[paid])
    worth = gamma.conditional_expected_average_profit(seen.repeats[paid], seen.mean[paid])
    close("CDNOW, worth of a purchase", spending.mean(seen)[paid], np.asarray(worth), 1e-3)


def close(what: str, ours: Floats, theirs: Floats, share: float) -> None:
    """Compare two columns: the greatest difference, as a share of theirs."""
    off = float(np.max(np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1e-9) * (ours != theirs)))
    said(f"{what}, greatest difference {off:.1e}", f"{ours.sum():.4f}", f"{theirs.sum():.4f}", off <= share)


def scores() -> None:
    """Hold RFM fifths and cohorts of CDNOW against SQL."""
    from desktop_app.insight import segments

    who, days, amounts = cdnow()
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(int)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE o (who, day, month, amount)")
    rows = zip(who.tolist(), days.tolist(), months.tolist(), amounts.tolist(), strict=True)
    db.executemany("INSERT INTO o VALUES (?, ?, ?, ?)", rows)
    per = "SELECT who, max(day) AS last, count(*) AS n, sum(amount) AS s FROM o GROUP BY who ORDER BY who"
    last, count, spent = (np.array(column) for column in list(zip(*db.execute(per).fetchall(), strict=True))[1:])
    found = segments.rfm(last, count, spent)
    fifths = ", ".join(f"ntile(5) OVER (ORDER BY {name}, who)" for name in ("last", "n", "s"))
    told = np.array(db.execute(f"SELECT {fifths}, who FROM ({per}) ORDER BY who").fetchall())[:, :3]
    same = int((np.stack([found.recency, found.frequency, found.money], 1) == told).all(1).sum())
    said("CDNOW, RFM fifths beside SQL, customers alike", same, len(told), same == len(told))
    first = "(SELECT who, min(month) AS first FROM o GROUP BY who)"
    sql = f"SELECT first, month - first, count(DISTINCT who), sum(amount) FROM o JOIN {first} USING (who) GROUP BY 1, 2"
    table = segments.cohorts(who, months, amounts)
    cells = db.execute(sql).fetchall()
    alike = sum(
        int(table.customers[f - table.months[0], since]) == n
        and abs(table.amounts[f - table.months[0], since] - a) < 1e-6
        for f, since, n, a in cells
    )
    said("CDNOW, cells of the cohorts' table beside SQL, alike", alike, len(cells), alike == len(cells))
    db.close()


def regression() -> None:
    """Hold our logistic regression against scikit-learn's on three heaps of points."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found,import-untyped,unused-ignore]

    from desktop_app.insight import fit_linear

    dice = np.random.default_rng(7)
    truth = dice.integers(0, 3, 300)
    rows = np.array([[2, 0, 0, 1], [0, 2, 0, -1], [0, 0, 2, 0]], float)[truth] + dice.normal(0, 1, (300, 4))
    labels = [("a", "b", "c")[k] for k in truth]
    theirs = LogisticRegression(C=0.5, tol=1e-9, max_iter=5000).fit(rows, labels).predict_proba(rows)
    ours = fit_linear(rows, labels, strength=0.5, tolerance=1e-9).predict_proba(rows)
    off = float(np.abs(ours - theirs).max())
    said(f"logistic regression, chances, greatest difference {off:.1e}", "", "", off < 1e-4)


def main() -> int:
    """Print every comparison; 0 where all are well or no oracle is installed."""
    missing = [name for name in ORACLES if importlib.util.find_spec(name) is None]
    if missing or not DATA.is_dir():
        print(
            f"not run: {', '.join(missing) or DATA} is not here (`make oracles` installs them in a folder of their own)"
        )
        return 0
    warnings.simplefilter("ignore")
    for compare in (regression, scores, customers, forecasts):
        compare()
    print("all within what was asked" if not _failed else f"NOT WITHIN: {'; '.join(_failed)}")
    return 1 if _failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
