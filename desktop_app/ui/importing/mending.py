"""The rows that could not be read, saved as a file to be mended."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop_app.formats import Reading
from desktop_app.records import Problem
from desktop_app.ui.importing import looking
from desktop_app.ui.page import Page
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _


def save_rows(page: Page, problems: Sequence[Problem], reading: Reading) -> None:
    """Ask where to, and save these rows of the file; what goes wrong is told on the page."""
    usual = reading.path.with_name(_("{name} to mend", name=reading.path.stem) + ".csv")
    chosen, _kind = QFileDialog.getSaveFileName(page, _("Save these rows"), str(usual), f"{_('Tables')} (*.csv)")
    if chosen:
        said = _("Saved: {name}", name=Path(chosen).name)
        page.desk.do(
            lambda shop: looking.save_problems(problems, reading, Path(chosen)),
            then=lambda _result: page.desk.said.emit(said, False),
            failed=lambda why: page.tell(Notice(why, "bad")),
        )
