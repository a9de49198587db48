"""The commands for customers' messages: scores of what is understood."""

from __future__ import annotations

from argparse import ArgumentParser, _SubParsersAction
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.errors import UserError
from desktop_app.records import Progress

if TYPE_CHECKING:
    from desktop_app.cli.commands import Call

TASKS = ("intents", "retrieval")


def add_scores(tasks: _SubParsersAction[ArgumentParser]) -> None:
    """Add the words of `evaluate intents` and `evaluate retrieval`."""
    wants = tasks.add_parser("intents", help="what messages want")
    wants.add_argument("--train", type=Path, required=True, metavar="FILE", help="labelled messages to learn from")
    wants.add_argument("--test", type=Path, metavar="FILE", help="labelled messages to read (default: see --folds)")
    wants.add_argument("--text", default="utterance", metavar="COLUMN")
    wants.add_argument("--label", default="intent", metavar="COLUMN")
    wants.add_argument("--oos", default="", metavar="LABEL", help="the label of messages that are none of the others")
    wants.add_argument(
        "--split", default="", metavar="COLUMN", help="learn from rows that say train here, read the rest"
    )
    wants.add_argument("--folds", type=int, default=0, metavar="N", help="read each row by a head that did not see it")
    found = tasks.add_parser("retrieval", help="which answer fits a question")
    found.add_argument("file", type=Path, metavar="FILE")
    found.add_argument("--question", default="user_question", metavar="COLUMN")
    found.add_argument("--answer", default="standard_question", metavar="COLUMN")
    found.add_argument("--id", default="label_id", metavar="COLUMN", help="what to call an answer")
    for task in (wants, found):
        task.add_argument("--rows", action="store_true", help="also a line for each row")


def evaluate(call: Call) -> None:
    """Score intents or retrieval on a labelled file."""
    from desktop_app.tasks import evaluate_support as scoring
    from desktop_app.tasks.evaluate import Score

    wishes = call.wishes
    with call.engine() as engine:
        if engine is None:
            raise UserError(
                "There are no weights that understand meaning. Fetch the starter weights on the Weights page."
            )
        if wishes.task == "intents":
            found = scoring.evaluate_intents(
                engine, call.stop, train=wishes.train, test=wishes.test, text=wishes.text, label=wishes.label,
                oos=wishes.oos, split=wishes.split, folds=wishes.folds,
            )  # fmt: skip
        else:
            found = scoring.evaluate_retrieval(  # type: ignore[assignment]
                engine, call.stop, path=wishes.file, question=wishes.question, answer=wishes.answer, id=wishes.id
            )
        for event in found:
            if isinstance(event, Progress):
                call.show.progress(f"{event.what} {event.done}/{event.total}")
            elif isinstance(event, Score):
                text = ", ".join(f"{name} {value}" for name, value in event.metrics.items())
                call.show.event("score", f"{event.task}, {event.n}: {text}", **asdict(event))
            elif wishes.rows:
                said = getattr(event, "predicted", None) or ", ".join(getattr(event, "ranked", ()))
                call.show.event("row", f"{event.n}\t{event.label}\t{said}", **asdict(event))
