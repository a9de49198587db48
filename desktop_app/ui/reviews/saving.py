"""What can be saved from the Reviews page: one page of paper, and tables; where to is asked."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtWidgets import QFileDialog

from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _
from desktop_app.words import language as spoken

if TYPE_CHECKING:
    from desktop_app.shop import Shop
    from desktop_app.tasks.review_desk import ReviewDesk
    from desktop_app.ui.desk import Desk
    from desktop_app.ui.page import Page
    from desktop_app.ui.reviews.panel import Seen

What = Literal["themes", "summaries", "reviews", "answers"]


def paper(desk: Desk, page: Page, columns: ReviewDesk, seen: Seen, filtered: str) -> None:
    """Print what is looked at as one page of figures, bars and quotes."""
    chosen, _kind = QFileDialog.getSaveFileName(page, _("Save this as one page"), _("reviews") + ".pdf", "PDF (*.pdf)")
    if not chosen:
        return
    path, language = Path(chosen), spoken()

    def save(shop: Shop) -> int:
        from desktop_app.ui.reviews import paper

        sheet = paper.sheet_of(shop, columns, seen.row, seen.look, filtered=filtered, language=language)
        return paper.write(sheet, path)

    desk.ask(save, lambda _n: _saved(desk, path), failed=partial(_failed, page))


def table(desk: Desk, page: Page, columns: ReviewDesk, title: str, what: What) -> None:
    """Write a table as CSV or as a workbook."""
    kinds = f"{_('Table')} (*.csv);;Excel (*.xlsx)" if what != "answers" else f"{_('Table')} (*.csv)"
    chosen, _kind = QFileDialog.getSaveFileName(page, title, _("reviews") + ".csv", kinds)
    if not chosen:
        return
    path, language = Path(chosen), spoken()

    def save(shop: Shop) -> int:
        from desktop_app.tasks import export_reviews, review_replies

        if what == "answers":
            return review_replies.export_replies(shop, path)
        return export_reviews.EXPORTS[what](shop, columns, path, language=language)

    desk.ask(save, lambda _n: _saved(desk, path), failed=partial(_failed, page))


def _saved(desk: Desk, path: Path) -> None:
    desk.said.emit(_("Saved {name}", name=path.name), False)


def _failed(page: Page, why: str) -> None:
    page.tell(Notice(why, "bad"))
