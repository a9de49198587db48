"""How the terminal shows texts while they are written and when they are done."""

from __future__ import annotations

from dataclasses import asdict

from desktop_app.cli.finding_words import draft_words
from desktop_app.cli.show import Show
from desktop_app.records import Described, Draft, Failed, Loading, Note, Piece, Progress, Rejected, Saved
from desktop_app.tasks.describe import DescribeEvent
from desktop_app.words import _, retold, several


def show_described(show: Show, event: DescribeEvent, *, alone: bool) -> None:
    """Show one event of a writing job; a single product's text streams, many are shown as they are saved."""
    if isinstance(event, Saved):
        show_draft(show, event.draft, "saved", text_shown=alone and not show.quiet)
    elif isinstance(event, Piece) and alone:
        show.piece(event.text)
    elif isinstance(event, Note):
        show.note(event.text)
    elif isinstance(event, Failed):
        show.note(event.why)
    elif isinstance(event, Rejected) and not alone:
        show.progress(_("taken back: {why}", why=event.verdict.why))
    elif isinstance(event, Loading):
        show.progress(event.what)
    elif isinstance(event, Progress):
        show.progress(f"{event.done}/{event.total}")
    elif isinstance(event, Described):
        done = several(
            "{count} text in {seconds} s.", "{count} texts in {seconds} s.", event.count, seconds=f"{event.seconds:.1f}"
        )
        number = "" if event.action is None else " " + _("Action {id}.", id=event.action)
        show.event("done", done + number, **asdict(event))


def show_draft(show: Show, draft: Draft, event: str, *, text_shown: bool = False) -> None:
    """Show a draft: as the object scripts read, or its number, its text and what is marked in it."""
    said = draft_words()
    told = " · ".join(said.get(word, word) for word in (draft.status, draft.source))
    head = f"[{draft.id}] id:{draft.product} {said.get(draft.field, draft.field)} {draft.language} · {told}"
    body = "" if text_shown else f"\n{draft.text}"
    marks = "".join(f"\n  ! “{f.text}”: {retold(f.why, text=f.text)}" for f in draft.findings)
    show.event(event, ("\n" if text_shown else "") + head + body + marks, draft=asdict(draft))
