from __future__ import annotations

from datetime import datetime

import pytest

from desktop_app.errors import UserError
from desktop_app.tasks import night


@pytest.mark.parametrize(("clock", "inside"), [("21:59", False), ("22:00", True), ("03:00", True), ("07:00", False)])
def test_the_night_goes_over_midnight(clock: str, inside: bool) -> None:
    moment = datetime.fromisoformat(f"2026-11-25T{clock}")
    assert night.within(night.NIGHT, moment) is inside
    assert night.within("07:00-22:00", moment) is not inside
    assert night.within("", moment)


@pytest.mark.parametrize("hours", ["tonight", "25:00-07:00", "22:00-22:00"])
def test_hours_that_are_none_are_refused_in_words(hours: str) -> None:
    with pytest.raises(UserError):
        night.read(hours)
