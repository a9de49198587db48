"""The commands that say what the sales say: scores of forecasts and recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def evaluate_sales(call: Call, mapping: Sequence[tuple[str, str]]) -> None:
    """Score forecasts or recommendations on a file of sales."""
    from desktop_app.tasks import evaluate_sales as scoring

    wishes = call.wishes
    if wishes.task == "forecast":
        found = scoring.evaluate_forecast(
            call.stop, path=wishes.file, mapping=mapping, weeks=wishes.weeks, top=wishes.top
        )
    else:
        found = scoring.evaluate_recommend(call.stop, path=wishes.file, mapping=mapping)
    for event in found:
        if isinstance(event, scoring.Tried):
            if wishes.rows:
                text = f"{event.n}\t{event.about}\t{event.label}\t" + ", ".join(event.ranked or event.predicted)
                call.show.event("row", text, **asdict(event))
        else:
            text = ", ".join(f"{name} {value}" for name, value in event.metrics.items())
            call.show.event("score", f"{event.task}, {event.n}: {text}", **asdict(event))
