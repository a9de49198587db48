"""Days and times look alike on every page."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_app import words
from desktop_app.ui import local

UI = Path(__file__).resolve().parents[2] / "desktop_app" / "ui"
# Where a day is kept or compared and not shown: the day a passage ends, as it is typed; the reviews of the last days.
KEPT = {"replies/passages.py", "replies/passage_form.py", "today.py", "reviews/words.py", "saved_copies.py"}
FORMATS = {"ShortFormat", "LongFormat", "NarrowFormat", "dateFormat", "dateTimeFormat", "strftime", "isoformat"}


def test_no_page_writes_dates_its_own_way() -> None:
    own = []
    for file in UI.rglob("*.py"):
        inside = file.relative_to(UI).as_posix()
        if inside == "local.py" or inside in KEPT:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in FORMATS:
                own.append(f"{inside}:{node.lineno}: {node.attr}")
    assert not own, "\n".join(own)


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("en", "Nov 26, 2021", "Nov 26, 2021, 2:05 PM"), ("zh", "2021年11月26日", "2021年11月26日 14:05")],
)
def test_a_day_is_written_so_that_nobody_takes_the_month_for_the_day(language: str, day: str, moment: str) -> None:
    words.use(language)
    assert local.date(date(2021, 11, 26)) == day
    assert local.days("ends 2021-11-26, code 2021-11-262") == f"ends {day}, code 2021-11-262"
    assert local.days("2021-02-31") == "2021-02-31"
    assert local.moment("2021-11-26T14:05:00Z", "UTC").replace("\u202f", " ") == moment
    assert local.lately("2021-11-26T14:05:00Z", "UTC") == day
    now = datetime.now(UTC)
    assert str(now.year) not in local.moment(now.strftime("%Y-01-02T10:00:00Z"), "UTC")
    assert str(now.year) in local.moment(now.strftime("%Y-01-02T10:00:00Z"), "UTC", whole=True)
