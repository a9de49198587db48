from __future__ import annotations

import datetime as dt

import pytest

from desktop_app.language.ahead import ahead
from desktop_app.language.asking import Names, read

TODAY = dt.date(2026, 11, 26)  # a Thursday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("next week", "2026-11-30", "2026-12-06"), ("下周", "2026-11-30", "2026-12-06"), ("下个星期", "2026-11-30", "2026-12-06"),
        ("next month", "2026-12-01", "2026-12-31"), ("下个月", "2026-12-01", "2026-12-31"), ("下月", "2026-12-01", "2026-12-31"),
        ("in December", "2026-12-01", "2026-12-31"), ("12月", "2026-12-01", "2026-12-31"), ("in March", "2027-03-01", "2027-03-31"),
        ("next quarter", "2027-01-01", "2027-03-31"), ("下季度", "2027-01-01", "2027-03-31"), ("Q4", "2026-10-01", "2026-12-31"),
        ("next year", "2027-01-01", "2027-12-31"), ("明年1月", "2027-01-01", "2027-01-31"), ("明年", "2027-01-01", "2027-12-31"),
        ("the next 10 days", "2026-11-27", "2026-12-06"), ("the next two months", "2026-11-27", "2027-01-26"),
        ("未来两周", "2026-11-27", "2026-12-10"), ("下三周", "2026-11-30", "2026-12-20"), ("下周三", "2026-12-02", "2026-12-02"),
        ("tomorrow", "2026-11-27", "2026-11-27"), ("后天", "2026-11-28", "2026-11-28"), ("周六", "2026-11-28", "2026-11-28"),
        ("this month", "2026-11-01", "2026-11-30"), ("the rest of the year", "2026-11-26", "2026-12-31"),
        ("年底前", "2026-11-26", "2026-12-31"), ("this weekend", "2026-11-28", "2026-11-29"), ("on Christmas", "2026-12-25", "2026-12-25"),
        ("December 24", "2026-12-24", "2026-12-24"), ("12月24日", "2026-12-24", "2026-12-24"), ("双十二", "2026-12-12", "2026-12-12"),
        ("from December to February", "2026-12-01", "2027-02-28"), ("2026-12-01 to 2026-12-15", "2026-12-01", "2026-12-15"),
        ("week after next", "2026-12-07", "2026-12-13"), ("下下周", "2026-12-07", "2026-12-13"), ("in 2027", "2027-01-01", "2027-12-31"),
    ],
)  # fmt: skip
def test_spans_to_come_are_read_as_people_name_them(text: str, first: str, last: str) -> None:
    (found,) = ahead(text, TODAY)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["how may I help", "how much did I sell", "卖得怎么样", "a march of progress"[:1]])
def test_no_span_is_seen_where_none_is_named(text: str) -> None:
    assert ahead(text, TODAY) == []


@pytest.mark.parametrize(
    ("text", "measure", "first"),
    [
        ("How many mugs will I sell in December?", "forecast", "2026-12-01"),
        ("How many mugs did I sell in December?", "units", "2025-12-01"),
        ("12月会卖多少", "forecast", "2026-12-01"), ("12月卖了多少钱", "sales", "2025-12-01"),
        ("mugs tomorrow", "forecast", "2026-11-27"), ("mugs next quarter", "forecast", "2027-01-01"),
        ("forecast for last month", "forecast", "2026-10-01"),
    ],
)  # fmt: skip
def test_a_month_is_the_next_one_where_it_is_asked_what_will_be(text: str, measure: str, first: str) -> None:
    asked = read(text, TODAY, Names(("Mugs",)))
    assert asked.measure == measure
    assert asked.periods[0].first.isoformat() == first
    assert not asked.unknown
