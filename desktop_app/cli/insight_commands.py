"""The commands that say what the sales say: answers to questions, scores of forecasts and recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from desktop_app import words

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call


def ask(call: Call) -> None:
    """Answer a question from the shop's books, in the language it is asked in."""
    from desktop_app.tasks import ask as asking

    text = " ".join(call.wishes.text)
    words.use("zh" if any("\u4e00" <= c <= "\u9fff" for c in text) else "en")
    with call.shop() as shop, call.engine() as engine:
        for answer in asking.ask(shop, engine, call.stop, text=text):
            lines = [answer.text]
            for one in (answer, *answer.others):
                if one.rows:
                    lines.append("\t".join(one.columns) + (f"\t{one.currency}" if answer.others else ""))
                    lines += [
                        "\t".join(asking.said(v, u, "") for v, u in zip(row, one.units, strict=True))
                        for row in one.rows
                    ]
            call.show.event("answer", "\n".join(lines), **asdict(answer), answered=answer.answered)


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
