from __future__ import annotations

from dataclasses import replace

from desktop_app.language import risk
from desktop_app.records import Draft, Finding


def test_what_needs_an_eye_comes_first() -> None:
    plain = Draft(1, "description", "en", "Oak.", source="plain")
    sure = replace(plain, source="weights", likelihood=-0.3)
    guessed = replace(sure, likelihood=-2.5)
    refused = replace(sure, refused=6)
    marked = replace(plain, findings=(Finding(0, 3, "Oak", "material", "…"),))
    order = [marked, replace(plain, stopped=True), guessed, refused, sure, replace(sure, source="mixed"), plain]
    assert sorted(order, key=risk.of, reverse=True) == order
    assert [risk.unsure(d) for d in (plain, sure, guessed)] == [False, False, True]
