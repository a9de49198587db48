from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.language.periods import Period, periods

TODAY = dt.date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("上个月", "2026-10-01", "2026-10-31"), ("last month", "2026-10-01", "2026-10-31"),
        ("去年12月的销售额", "2025-12-01", "2025-12-31"), ("近30天", "2026-10-27", "2026-11-25"),
        ("the past 7 days", "2026-11-19", "2026-11-25"), ("2025年第四季度", "2025-10-01", "2025-12-31"),
        ("Q3 2025", "2025-07-01", "2025-09-30"), ("in March", "2026-03-01", "2026-03-31"),
        ("December", "2025-12-01", "2025-12-31"), ("last week", "2026-11-16", "2026-11-22"),
        ("since June", "2026-06-01", "2026-11-25"), ("3月到5月", "2026-03-01", "2026-05-31"),
        ("from March to May", "2026-03-01", "2026-05-31"), ("双十一", "2026-11-11", "2026-11-11"),
        ("2026-10-01 to 2026-10-20", "2026-10-01", "2026-10-20"), ("上半年", "2026-01-01", "2026-06-30"),
        ("last Friday", "2026-11-20", "2026-11-20"), ("上周五", "2026-11-20", "2026-11-20"),
        ("this year so far", "2026-01-01", "2026-11-25"), ("最近三个月", "2026-08-26", "2026-11-25"),
        ("two weeks ago", "2026-11-09", "2026-11-15"), ("3个月前", "2026-08-01", "2026-08-31"), ("in 2027", "2027-01-01", "2027-12-31"),
        ("November 11", "2026-11-11", "2026-11-11"), ("前天", "2026-11-23", "2026-11-23"),
    ],
)  # fmt: skip
def test_spans_are_read_as_people_name_them(text: str, first: str, last: str) -> None:
    (found,) = periods(text, TODAY)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["how many may I sell", "周末卖得好吗", "what sells on weekdays", "三个商品", "the 5 best"]
)
def test_what_names_no_span_is_none(text: str) -> None:
    assert periods(text, TODAY) == []


def test_before_a_month_comes_the_month_before() -> None:
    assert Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31)).before() == Period(
        dt.date(2026, 2, 1), dt.date(2026, 2, 28)
    )
    assert Period(dt.date(2026, 3, 5), dt.date(2026, 3, 11)).before() == Period(
        dt.date(2026, 2, 26), dt.date(2026, 3, 4)
    )
