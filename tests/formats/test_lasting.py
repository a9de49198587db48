"""A promotion ends when its words say so."""

from __future__ import annotations

import pytest

from desktop_app.formats.lasting import days_of, last_day

TODAY = "2026-11-26"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Until 30 November 2020 you get ten per cent off with WINTER.", "", "2020-11-30"),
        ("截至11月30日，满200减30。", "", "2026-11-30"),
        ("活动11月1日至11月30日，全场八折", "2026-11-01", "2026-11-30"),
        ("双十一活动持续到11月11日24点", "", "2026-11-11"),
        ("满200减30，2027年1月31日前有效", "", "2027-01-31"),
        ("到年底全场九折", "", "2026-12-31"),
        ("本月底前下单包邮", "", "2026-11-30"),
        ("优惠至12/31", "", "2026-12-31"),
        ("Sale from 1 to 24 December 2026.", "2026-12-01", "2026-12-24"),
        ("1 Dec - 24 Dec 2026: free delivery", "2026-12-01", "2026-12-24"),
        ("valid until Sunday, 6 December", "", "2026-12-06"),
        ("until midnight on 31 December 2026, code X", "", "2026-12-31"),
        ("until the end of February everything is 10% off", "", "2027-02-28"),
        ("Order before 20 December 2026", "", "2026-12-19"),
        ("Until 1 March 12% off", "", "2027-03-01"),
        ("Angebot gültig vom 1. bis 15. Dezember 2026", "2026-12-01", "2026-12-15"),
        ("Bis zum 31.12. 10 % Rabatt", "", "2026-12-31"),
        ("Jusqu'au 15 décembre 2026, remise de 10 %", "", "2026-12-15"),
        ("Hasta el 5 de enero de 2027, descuento", "", "2027-01-05"),
        ("セールは12月25日まで", "", "2026-12-25"),
        ("From 1 December 2026 delivery costs 5 pounds.", "2026-12-01", ""),
        ("12月1日起运费6元", "2026-12-01", ""),
    ],
)
def test_the_days_a_promotion_names_are_read_from_its_words(text: str, first: str, last: str) -> None:
    assert days_of(text, TODAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "Delivery takes 3 to 5 working days.", "You may send it back until 30 days after it came.", "open 9 to 17",
        "Sale: 10 to 20 per cent off", "7天内可以退货，到付不收", "折叠椅 11/30", "从2010年起我们开店",
        "Size 36 to 42, 5% elastane", "We have been here since May 2011.", "Sizes may run small.",
    ],
)  # fmt: skip
def test_numbers_that_are_no_last_day_end_nothing(text: str) -> None:
    assert days_of(text, TODAY) == ("", "")


def test_a_day_without_a_year_that_is_hardly_past_is_past_and_not_next_year() -> None:
    assert days_of("until 10 November, 10% off", TODAY)[1] == "2026-11-10"
    assert days_of("until 10 March, 10% off", TODAY)[1] == "2027-03-10"


def test_a_document_gives_an_end_to_its_offers_alone_and_only_with_a_year() -> None:
    assert last_day("The seams are covered until 5 May 2030 for all bags.") == ""
    assert last_day("Ten per cent off until 5 May 2030.") == "2030-05-05"
    assert last_day("Ten per cent off until 5 May.") == ""
    assert days_of("The seams are covered until 5 May 2030.", TODAY, offers=True) == ("", "")
