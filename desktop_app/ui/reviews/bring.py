"""Bringing reviews in: files, any table, or pasted words; looked at before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.review_records import Review, ReviewsImported
from desktop_app.ui import local
from desktop_app.ui.page import Page
from desktop_app.ui.reviews import words
from desktop_app.ui.unsaved import Guard
from desktop_app.ui.widgets import Button, Card, Pick, Text, column, row, scrolling
from desktop_app.ui.widgets.frames import clear
from desktop_app.ui.widgets.notice import Notice
from desktop_app.words import _, several

if TYPE_CHECKING:
    from desktop_app.formats.reviews import ReviewReading
    from desktop_app.shop import Shop
    from desktop_app.ui.desk import Desk

KINDS = "*.csv *.tsv *.txt *.xlsx *.xls *.ods *.jsonl *.ndjson *.json"
SHOWN = 3  # reviews shown before they are kept
TOLD = 2  # rows that could not be read whole, of which it is said why


@dataclass(frozen=True)
class Ahead:
    """A file that was looked at: how it was recognised, and its first reviews."""

    reading: ReviewReading
    first: tuple[Review, ...]


class BringReviewsPage(Page):
    """Choose files, see how each is understood, say what a column holds where that was not clear, keep."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _("Import reviews"))
        self.files: list[Path] = []
        self.ahead: Ahead | None = None
        self.columns: dict[str, Pick] = {}
        self._product: int | None = None
        self.header.addStretch(1)
        self.header.addWidget(Button(_("Back to the reviews"), lambda: desk.go("reviews")))
        self.about = Pick()
        self.about.setAccessibleName(_("The product they are about"))
        self.pasted = QPlainTextEdit()
        self.pasted.setPlaceholderText(
            _("Paste reviews here, one a paragraph or one a line. Stars may stand in front.")
        )
        self.pasted.setAccessibleName(_("Pasted reviews"))
        self.pasted.setTabChangesFocus(True)
        self.pasted.setFixedHeight(110)
        self._build()
        self.show_full()

    def _build(self) -> None:
        choose = Card(margin=20)
        text = _("Judge.me, Yotpo, Okendo, the reviews of Shopify, tables of Amazon, Taobao or JD, and any table with "
                 "a column of words. E-mail addresses and network addresses are not kept.")  # fmt: skip
        choose.body.addWidget(Text(_("From files"), "large", strong=True))
        choose.body.addWidget(Text(text, tone="muted", wrap=True))
        self.choosing = Button(_("Choose files…"), self.choose, kind="main")
        choose.body.addLayout(row(self.choosing, None))
        self.look = Card(margin=20)
        self.look.hide()
        self.told = Text(strong=True, wrap=True)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.first = QVBoxLayout()
        self.keep = Button(_("Import"), self.bring, kind="main")
        for part in (self.told, self.grid, self.first, row(self.keep, Button(_("Leave it"), self._drop), None)):
            self.look.body.addWidget(part) if isinstance(part, QWidget) else self.look.body.addLayout(part)
        paste = Card(margin=20)
        paste.body.addWidget(Text(_("Pasted"), "large", strong=True))
        paste.body.addWidget(self.pasted)
        self.guard = Guard(paste, self.pasted.clear, dirty=lambda: bool(self.pasted.toPlainText().strip()))
        self.keep_pasted = Button(_("Keep"), self.paste)
        paste.body.addLayout(row(self.keep_pasted, None))
        promise = _("Only what customers wrote is kept here. This program never makes up a review.")
        what = row(Text(_("Where a file does not name the product, they are about")), self.about, None, gap=12)
        whole = QWidget()
        whole.setObjectName("plain")
        whole.setMaximumWidth(860)
        whole.setLayout(column(choose, self.look, paste, what, Text(promise, "small", tone="muted", wrap=True), None,
                               gap=16, margins=(24, 16, 24, 32)))  # fmt: skip
        around = scrolling(whole)
        self.set_full(around)

    def arrive(self, product: int | None = None, file: Path | None = None, **where: Any) -> None:
        """Offer the shop's products; ``file`` is looked at at once."""
        self._product = product
        self.desk.ask(_products, self._offer, key="reviews.products")
        if file is not None:
            self.take([file])

    def _offer(self, found: list[tuple[int, str]]) -> None:
        self.about.clear()
        self.about.addItem(_("no product in particular"), None)
        for id, title in found:
            self.about.addItem(title, id)
        self.about.setCurrentIndex(max(0, self.about.findData(self._product)) if self._product else 0)
        self.about.setFixedWidth(300)

    # --- files ---

    def choose(self) -> None:
        """Ask for files."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Choose files of reviews"), "", f"{_('Tables')} ({KINDS})")
        self.take([Path(name) for name in names])

    def take(self, files: Sequence[Path]) -> None:
        """Look at files one after another."""
        self.files += files
        if self.ahead is None:
            self._next()

    def _next(self) -> None:
        self.ahead = None
        self.look.hide()
        self.choosing.set_kind("main")
        if self.files:
            file = self.files.pop(0)
            self._look_at(file, None)

    def _look_at(self, file: Path, mapping: dict[str, str] | None) -> None:
        self.desk.look_ahead(lambda shop, stop: _ahead(shop, file, mapping), done=self._show_ahead,
                             failed=lambda why: self._unclear(why))  # fmt: skip

    def _unclear(self, why: str) -> None:
        self.tell(Notice(why, "bad"))
        if self.ahead is None:
            self._next()

    def _show_ahead(self, ahead: Ahead) -> None:
        self.notices.clear()
        self.ahead = ahead
        table = ahead.reading.table
        self.told.setText(_("{name} · {label} · {encoding} · {rows} rows", name=table.name, label=table.label,
                            encoding=table.encoding, rows=local.number(table.rows or 0)))  # fmt: skip
        clear(self.grid)
        self.columns.clear()
        for n, (name, field) in enumerate(table.mapping):
            sample = next(
                (" ".join(cells[n].split()) for cells in table.sample if n < len(cells) and cells[n].strip()), ""
            )
            pick = _field_pick(field, name)
            pick.activated.connect(lambda _n: self._map())
            self.columns[name] = pick
            self.grid.addWidget(Text(name, strong=True), n, 0)
            self.grid.addWidget(Text(sample[:60] + ("…" if len(sample) > 60 else ""), tone="muted"), n, 1)
            self.grid.addWidget(pick, n, 2)
        self.grid.setColumnStretch(1, 1)
        clear(self.first)
        for review in ahead.first:
            self.first.addWidget(_card(review))
        self.keep.setText(
            local.counted(several("Import {count} row", "Import {count} rows", table.rows or 0), table.rows or 0)
        )
        self.look.show()
        self.choosing.set_kind("")  # the file that is looked at has the main button

    def _map(self) -> None:
        if self.ahead is not None:
            table = self.ahead.reading.table
            self._look_at(table.path, {name: pick.currentData() for name, pick in self.columns.items()})

    def _drop(self) -> None:
        self._next()

    def bring(self) -> None:
        """Import the file as it is understood, in the strip at the bottom, and read it afterwards."""
        ahead, product = self.ahead, self.about.currentData()
        if ahead is None:
            return

        def work(shop: Shop, stop: Any) -> Any:
            from desktop_app.tasks import import_reviews

            yield from import_reviews.import_reviews(shop, stop, reading=ahead.reading, product=product)

        self.desk.work.start(_("Importing reviews"), work, event=self._heard,
                             failed=lambda why: self.tell(Notice(why, "bad")))  # fmt: skip
        self._next()
        if self.ahead is None and not self.files:
            self.desk.go("reviews", read=True)

    def _heard(self, event: Any) -> None:
        if isinstance(event, ReviewsImported):
            self.desk.said.emit(_told(event), True)
            self.desk.go("reviews", read=True)

    # --- pasted ---

    def paste(self) -> None:
        """Keep what was pasted."""
        text, product = self.pasted.toPlainText(), self.about.currentData()

        def task(shop: Shop) -> ReviewsImported:
            from desktop_app.tasks import import_reviews

            return import_reviews.paste(shop, text, product)

        def kept(event: ReviewsImported) -> None:
            self.pasted.clear()
            self._heard(event)

        self.desk.do(task, then=kept, failed=lambda why: self.tell(Notice(why, "bad")))


def _ahead(shop: Shop, file: Path, mapping: dict[str, str] | None) -> Ahead:
    from desktop_app.tasks import import_reviews

    reading = import_reviews.look(shop, file, mapping=mapping)
    return Ahead(reading, import_reviews.first(reading, SHOWN))


def _products(shop: Shop) -> list[tuple[int, str]]:
    return [(one.id, one.title) for one in shop.rows(list(shop.search(sort="title"))[:2000])]


def _field_pick(field: str, column_: str) -> Pick:
    pick = Pick()
    pick.setAccessibleName(_("What the column {name} holds", name=column_))
    for key, said in fields():
        pick.addItem(said, key)
    pick.setCurrentIndex(max(0, pick.findData(field)))
    return pick


def fields() -> list[tuple[str, str]]:
    """Return what a column of a file of reviews can hold, and what that is called."""
    return [
        ("ignore", _("Leave out")), ("text", _("The review")), ("more", _("A later addition")),
        ("title", _("Headline")),
        ("stars", _("Stars")), ("written", _("Date")), ("author", _("Who wrote it")),
        ("handle", _("Handle of the product")),
        ("sku", _("SKU")), ("number", _("Number of the product")), ("product", _("Name of the product")),
        ("variant", _("Variant")), ("place", _("Place")), ("reply", _("Your answer")),
        ("external", _("Number of the review")),
        ("state", _("Published or not")), ("private", _("Private: not read")),
    ]  # fmt: skip


def _card(review: Review) -> QFrame:
    frame = QFrame()
    frame.setObjectName("line")
    stars, day = words.stars(review.stars) if review.stars else "", local.days(review.written[:10])
    parts = [p for p in (stars, review.author, day, review.variant) if p]
    short = replace(review, text=review.text[:240] + ("…" if len(review.text) > 240 else ""))
    frame.setLayout(column(Text(" · ".join(parts), "small", tone="muted"), Text(short.whole, wrap=True), gap=2,
                           margins=(0, 8, 0, 8)))  # fmt: skip
    return frame


def _told(event: ReviewsImported) -> str:
    parts = [_("{added} reviews came in, {changed} changed, {skipped} were here already",
               added=local.number(event.added), changed=local.number(event.changed),
               skipped=local.number(event.skipped))]  # fmt: skip
    if event.doubtful:
        parts.append(_("{n} may be about one of several products", n=local.number(event.doubtful)))
    if event.unlinked:
        parts.append(_("{n} name no product of this shop", n=local.number(event.unlinked)))
    if event.problems:
        parts.append(_("{n} rows could not be read whole", n=local.number(len(event.problems))))
        parts += [_("row {n}: {why}", n=local.number(p.row), why=p.why) for p in event.problems[:TOLD]]
    return "; ".join(parts)
