"""`zhanggui --self-check`: one plain line for each part of the program, and an exit status that tells."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from desktop_app import settings, words
from desktop_app.cli.show import Show
from desktop_app.tasks.self_check import self_check
from desktop_app.words import _, several


def run(wishes: Namespace, draw: Callable[[], str]) -> int:
    """Check every part, show each result as it comes, and return 0 when all are fine, else 1."""
    chosen = settings.load().language
    words.use(words.system_language() if chosen == "system" else chosen)
    show = Show(json=wishes.json, quiet=wishes.quiet)
    broken = 0
    for checked in self_check(draw):
        broken += not checked.fine
        sign = "✓" if checked.fine else "✗"
        show.event("checked", f"{sign} {checked.text}", what=checked.what, fine=checked.fine, text=checked.text)
    words_at_end = several("{count} part is not as it should be.", "{count} parts are not as they should be.", broken)
    show.event("self_check", words_at_end if broken else _("All is well."), fine=not broken, broken=broken)
    return 1 if broken else 0
